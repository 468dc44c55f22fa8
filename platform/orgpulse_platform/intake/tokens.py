"""The tokens by which source systems identify themselves: who has one, and whose a presented one is.

A token is 256 random bits, so its plain SHA-256 tells nothing about it and needs no salt or stretching. The
file holds hashes only. A system may have several tokens: a new one is created and put in place before the old
one is revoked. A running intake follows the file.
"""

import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orgpulse_platform.errors import OrgPulseError
from orgpulse_schemas.systems import SYSTEMS, SourceSystem

PREFIX: Final = "orgpulse_"
"""How every token begins, so that scanners for secrets in code and logs can recognise one."""
TOKEN_BYTES: Final = 32


@dataclass
class TokenFileError(OrgPulseError):
    """The file of intake tokens cannot be used."""

    guidance = (
        "Mend its permissions (`chmod 600`) or restore it from a backup; without one, remove it and create "
        "new tokens with `orgpulse intake token create SYSTEM`."
    )


@dataclass
class UnknownSystemError(OrgPulseError):
    """No source system has this id."""

    guidance = f"Name one of {', '.join(sorted(SYSTEMS))}."


@dataclass
class UnknownTokenError(OrgPulseError):
    """No token has this id."""

    guidance = "List the tokens with `orgpulse intake token list`."


class StoredToken(BaseModel):
    """A token as the file knows it."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    id: str = Field(pattern=r"^[0-9a-f]{8}$")
    """Names the token; it is no part of it."""
    system: str
    """Id of the source system it belongs to."""
    created_at: datetime
    """When it was created, in UTC."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", repr=False)


class TokenFile(BaseModel):
    """The file as a whole."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    tokens: tuple[StoredToken, ...] = ()


def read_tokens(path: Path) -> tuple[StoredToken, ...]:
    """Every token there is; raises :class:`TokenFileError` for a file that is damaged or open to others."""
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise TokenFileError(f"{path}: {error.strerror}") from None
    if mode & 0o077:
        raise TokenFileError(f"{path} can be read by others")
    try:
        return TokenFile.model_validate_json(content).tokens
    except ValidationError:
        pass  # it repeats what the file holds
    raise TokenFileError(f"{path} is no token file")


def create_token(path: Path, system: str) -> tuple[StoredToken, str]:
    """A new token for a source system: what is stored, and the token itself, which is never shown again.

    Raises :class:`UnknownSystemError`, :class:`TokenFileError`.
    """
    known = SYSTEMS.get(system.upper())
    if known is None:
        raise UnknownSystemError(system)
    token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    with _locked(path):
        tokens = read_tokens(path)
        stored = StoredToken(
            id=secrets.token_hex(4), system=known.id, created_at=datetime.now(UTC), sha256=_digest(token)
        )
        _write(path, (*tokens, stored))
    return stored, token


def revoke_token(path: Path, token_id: str) -> StoredToken:
    """Remove a token; raises :class:`UnknownTokenError`, :class:`TokenFileError`."""
    with _locked(path):
        tokens = read_tokens(path)
        revoked = next((token for token in tokens if token.id == token_id), None)
        if revoked is None:
            raise UnknownTokenError
        _write(path, tuple(token for token in tokens if token is not revoked))
    return revoked


class TokenBook:
    """The tokens of a running intake; it notices when the file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, ...] | None = None
        self._tokens: tuple[StoredToken, ...] = ()

    def system_of(self, presented: str) -> SourceSystem | None:
        """The source system that a token belongs to, or nothing; raises :class:`TokenFileError`.

        Every stored hash is compared, each in constant time, so that the time of the answer tells nothing.
        """
        self._follow()
        digest = _digest(presented)
        found = None
        for token in self._tokens:
            if hmac.compare_digest(token.sha256, digest):
                found = token.system
        return SYSTEMS.get(found) if found is not None else None

    def _follow(self) -> None:
        seen = self._stamp()
        if seen != self._seen:
            self._tokens = read_tokens(self._path)
            self._seen = seen  # not before it was read: an unreadable file is no file without tokens

    def _stamp(self) -> tuple[int, ...]:
        try:
            stat = self._path.stat()
        except OSError:
            return ()
        return stat.st_mtime_ns, stat.st_ino, stat.st_size, stat.st_mode


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One command at a time changes the file, else the slower one would undo what the other did."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        raise TokenFileError(f"{path}: {error.strerror}") from None
    with os.fdopen(descriptor, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, tokens: tuple[StoredToken, ...]) -> None:
    """Put a new file in place of the old one, never readable by others and never half of it."""
    draft = path.with_suffix(".tmp")
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(TokenFile(tokens=tokens).model_dump_json(indent=2))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise TokenFileError(f"{path}: {error.strerror}") from None
