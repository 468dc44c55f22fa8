"""Encryption of what lies in a spool, for machines whose disk is not encrypted."""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
_CONTEXT: Final = b"orgpulse spool 1"


class Seal:
    """Seals contents with AES-256-GCM, or leaves them open where no key is given."""

    def __init__(self, key: bytes | None) -> None:
        if key is not None and len(key) != KEY_BYTES:
            raise ValueError(f"the key of a spool is {KEY_BYTES} random bytes")
        self._cipher = AESGCM(key) if key is not None else None

    def close(self, content: bytes) -> bytes:
        """The content as it is stored."""
        if self._cipher is None:
            return content
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, _CONTEXT)

    def open(self, stored: bytes) -> bytes | None:
        """The content again, or nothing if this key did not seal it."""
        if self._cipher is None:
            return stored
        try:
            return self._cipher.decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], _CONTEXT)
        except (InvalidTag, ValueError):
            return None
