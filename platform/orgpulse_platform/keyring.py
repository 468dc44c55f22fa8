"""Keys for pseudonyms, event identities and rejected originals. They live outside of the warehouse."""

import base64
import hmac
import json
import os
import secrets
import uuid
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orgpulse_platform.errors import KeyringError

PSEUDONYM_DOMAINS: Final = ("person", "candidate", "partner-person", "case")
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
PSEUDONYM_BYTES: Final = 16


class Key(BaseModel):
    """One secret key with the id by which its products name it."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    id: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    secret: str = Field(pattern=r"^[0-9a-f]{64}$", repr=False)

    @property
    def bytes(self) -> bytes:
        """The secret itself, 32 bytes."""
        return bytes.fromhex(self.secret)


class KeyringFile(BaseModel):
    """The keyring as its file holds it."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    pseudonyms: dict[str, Key]
    """One key for each pseudonym domain, so that two domains never join."""
    identity: Key
    """Turns (source, id) of an event into the identity by which duplicates are removed."""
    rejected: Key
    """Encrypts the originals of rejected events."""


@dataclass(frozen=True)
class Keyring:
    """What can be done with the keys; the keys themselves are never shown."""

    _file: KeyringFile

    def __repr__(self) -> str:
        return "Keyring(...)"

    def pseudonym(self, domain: str, value: str) -> str:
        """The pseudonym of an identifier: ``<key id>~<26 characters>``, from HMAC-SHA-256 in its domain."""
        return _pseudonym(self._file.pseudonyms[domain], domain, value)

    def event_identity(self, source: str, id: str) -> uuid.UUID:
        """The identity of an event, 128 bits; the same for the same (source, id), and telling neither."""
        digest = _mac(self._file.identity, "event", f"{len(source)}:{source}{id}".encode())
        return _uuid8(digest)

    def encrypt_original(self, original: bytes, context: str) -> tuple[str, str]:
        """Key id and base64 text of a rejected original, bound to its context (AES-256-GCM)."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._file.rejected.bytes).encrypt(nonce, original, context.encode())
        return self._file.rejected.id, base64.b64encode(nonce + sealed).decode()

    def decrypt_original(self, sealed: str, context: str) -> bytes:
        """The original of a rejected event.

        Raises :class:`KeyringError` with a wrong key or context, and for a text that is damaged.
        """
        try:
            content = base64.b64decode(sealed, validate=True)
            return AESGCM(self._file.rejected.bytes).decrypt(
                content[:NONCE_BYTES], content[NONCE_BYTES:], context.encode()
            )
        except (InvalidTag, ValueError):
            raise KeyringError("it did not encrypt this rejected event") from None


@lru_cache(maxsize=65_536)
def _pseudonym(key: Key, domain: str, value: str) -> str:
    digest = _mac(key, f"pseudonym:{domain}", value.encode())
    return f"{key.id}~{base64.b32encode(digest[:PSEUDONYM_BYTES]).decode().rstrip('=').lower()}"


def _uuid8(digest: bytes) -> uuid.UUID:
    """A UUID of version 8 (RFC 9562: bits of the application's own making) from the start of a digest."""
    number = int.from_bytes(digest[:16], "big")
    number = number & ~(0xF << 76) | 8 << 76
    return uuid.UUID(int=number & ~(0b11 << 62) | 0b10 << 62)


def _mac(key: Key, domain: str, message: bytes) -> bytes:
    """HMAC-SHA-256 over a message in a domain; the length before the domain keeps the two apart."""
    return hmac.digest(key.bytes, f"{len(domain)}:{domain}:".encode() + message, "sha256")


def load_keyring(path: Path) -> Keyring:
    """Read a keyring file; raises :class:`KeyringError` if it is missing, readable by others or damaged."""
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except OSError as error:
        raise KeyringError(f"{path}: {error.strerror}") from None
    if mode & 0o077:
        raise KeyringError(f"{path} can be read by others; run `chmod 600` on it")
    file = _parse(content)
    if file is None:
        raise KeyringError(f"{path} is no keyring file")
    missing = set(PSEUDONYM_DOMAINS) - set(file.pseudonyms)
    if missing:
        raise KeyringError(f"{path} has no key for {', '.join(sorted(missing))}")
    return Keyring(file)


def _parse(content: bytes) -> KeyringFile | None:
    """The keyring, or nothing: the validator's error holds the secrets and must not leave."""
    try:
        return KeyringFile.model_validate_json(content)
    except ValidationError:
        return None


def create_keyring(path: Path) -> Keyring:
    """Write a new keyring with random keys, never over an existing one; raises :class:`KeyringError`."""
    content = {
        "pseudonyms": {domain: _new_key(f"{domain}-1") for domain in PSEUDONYM_DOMAINS},
        "identity": _new_key("identity-1"),
        "rejected": _new_key("rejected-1"),
    }
    descriptor = _open_new(path)
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump(content, file, indent=2)
    except OSError as error:
        path.unlink()  # half a keyring would stand in the way of the next attempt
        raise KeyringError(f"{path}: {error.strerror}") from None
    return load_keyring(path)


def _open_new(path: Path) -> int:
    """A file that did not exist, open for writing and readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise KeyringError(f"{path.parent}: {error.strerror}") from None
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyringError(f"{path} exists already") from None
    except OSError as error:
        raise KeyringError(f"{path}: {error.strerror}") from None


def _new_key(id_: str) -> dict[str, str]:
    return {"id": id_, "secret": secrets.token_hex(KEY_BYTES)}
