"""The register of erased people: by it a later load knows a pseudonym that must not come back.

It holds keyed hashes of pseudonyms and nothing else. Its key lies beside it and not in the keyring, so that
neither who has the keyring nor who reads the warehouse can ask it about a person.
"""

import fcntl
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orgpulse_platform.errors import OrgPulseError, StateFolderError
from orgpulse_platform.state import StateFolder

REGISTER: Final = "register.txt"
KEY: Final = "register.key"
KEY_BYTES: Final = 32
_LINE_CHARACTERS: Final = 64


@dataclass
class RegisterError(OrgPulseError):
    """The register of erased people cannot be used."""

    guidance = (
        "Bring the folder `erasures` of the state folder back from a backup, register and key together. "
        "Until then nothing is landed: a replay would bring people back who were erased."
    )


class ErasedRegister:
    """Which pseudonyms were erased. Raises :class:`RegisterError` if it is damaged or its key is missing."""

    def __init__(self, folder: Path, key: bytes, hashes: Iterable[str]) -> None:
        self._folder = folder
        self._key = key
        self._hashes = set(hashes)

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def __contains__(self, pseudonym: str) -> bool:
        return self._hash(pseudonym) in self._hashes

    def add(self, pseudonyms: Iterable[str]) -> None:
        """Enter pseudonyms, on disk when this returns; those that stand there stay.

        Raises :class:`StateFolderError`.
        """
        new = sorted({self._hash(one) for one in pseudonyms} - self._hashes)
        try:
            with (self._folder / REGISTER).open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                os.fchmod(file.fileno(), 0o600)
                size = file.seek(0, os.SEEK_END)
                file.truncate(size - size % (_LINE_CHARACTERS + 1))  # a line that a crash cut off
                file.write("".join(f"{one}\n" for one in new).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StateFolderError(f"{self._folder}: {error.strerror}") from None
        self._hashes.update(new)

    def seal(self, document: bytes) -> str:
        """A keyed hash of a document, by which its evidence can be told from an altered one."""
        return hmac.digest(self._key, b"evidence:" + document, "sha256").hex()

    def _hash(self, pseudonym: str) -> str:
        return hmac.digest(self._key, b"pseudonym:" + pseudonym.encode(), "sha256").hex()


def read_register(folder: StateFolder) -> ErasedRegister | None:
    """The register, or nothing if nobody was ever erased; raises :class:`RegisterError`."""
    path, key_path = folder.erasures / REGISTER, folder.erasures / KEY
    if not path.exists() and not key_path.exists():
        return None
    try:
        key = key_path.read_bytes()
        *lines, _ = path.read_text(encoding="ascii").split("\n") if path.exists() else [""]
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(f"{folder.erasures} ({type(error).__name__})") from None
    if len(key) != KEY_BYTES:
        raise RegisterError(f"{key_path} is no key")
    for number, line in enumerate(lines, start=1):
        if len(line) != _LINE_CHARACTERS or not set(line) <= set("0123456789abcdef"):
            raise RegisterError(f"{path}: line {number} is no keyed hash")
    return ErasedRegister(folder.erasures, key, lines)


def open_register(folder: StateFolder) -> ErasedRegister:
    """The register, made if there is none; raises :class:`RegisterError` or :class:`StateFolderError`."""
    found = read_register(folder)
    if found is not None:
        return found
    home = folder.prepare(folder.erasures)
    draft = home / f"{KEY}.new"
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(home / KEY)
    except OSError as error:
        raise StateFolderError(f"{home}: {error.strerror}") from None
    return ErasedRegister(home, (home / KEY).read_bytes(), ())
