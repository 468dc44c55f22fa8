"""What the keys do: pseudonyms, event identities, sealed originals. No key ever leaves this module.

The first key of a domain makes a pseudonym from the identifier of a person, every later key from the
pseudonym before. So whoever has the keyring can renew an old pseudonym without knowing the person, and comes
to the same newest pseudonym as whoever begins with the identifier.
"""

import base64
import hmac
import secrets
import uuid
from dataclasses import dataclass
from typing import Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from orgpulse_platform.errors import DamagedSealError, KeyringError
from orgpulse_platform.keyring.document import PSEUDONYM, Key, KeyringDocument, Use

NONCE_BYTES: Final = 12
PSEUDONYM_BYTES: Final = 16
NAME_HASH_BYTES: Final = 16
CHECK_BYTES: Final = 8


@dataclass(frozen=True, eq=False)
class Keyring:
    """What can be done with the keys; the keys themselves are never shown."""

    _document: KeyringDocument

    def __repr__(self) -> str:
        return "Keyring(...)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a keyring is not handed to another process")

    def pseudonym(self, domain: str, value: str) -> str:
        """The newest pseudonym of an identifier: ``<key id>~<26 characters>``, by HMAC-SHA-256 in its domain.

        Raises :class:`KeyError` for a domain without keys.
        """
        return self.pseudonyms(domain, value)[0]

    def pseudonyms(self, domain: str, value: str) -> tuple[str, ...]:
        """Every pseudonym that an identifier has or had in a domain, the newest first."""
        first, *later = self._document.pseudonyms[domain]
        made = [_text(first, _mac(first, f"pseudonym:{domain}", value.encode()))]
        for key in later:
            made.append(_renewed(key, domain, made[-1]))
        return tuple(reversed(made))

    def all_pseudonyms(self, value: str) -> dict[str, tuple[str, ...]]:
        """Every pseudonym that an identifier has or had, by domain, the newest first.

        Whoever looks for a person looks for all of them.
        """
        return {domain: self.pseudonyms(domain, value) for domain in self._document.pseudonyms}

    def renew(self, domain: str, pseudonym: str) -> str:
        """The newest pseudonym of whoever has this one; itself, if it is the newest.

        Raises :class:`KeyringError` for a pseudonym of a key that the domain does not have.
        """
        keys = self._document.pseudonyms.get(domain, ())
        ids = [key.id for key in keys]
        try:
            newer = keys[ids.index(key_of(pseudonym)) + 1 :]
        except ValueError:  # it repeats what stands before the ~, which may be anything
            raise KeyringError(f"it lacks the key of a pseudonym of {domain}") from None
        for key in newer:
            pseudonym = _renewed(key, domain, pseudonym)
        return pseudonym

    def newest_key(self, domain: str) -> str:
        """Id of the key that the newest pseudonyms of a domain name."""
        return self._document.pseudonyms[domain][-1].id

    def event_identity(self, source: str, id: str) -> uuid.UUID:
        """The identity of an event, 128 bits; the same for the same (source, id), and telling neither."""
        digest = _mac(self._document.identity[0], "event", f"{len(source)}:{source}{id}".encode())
        return _uuid8(digest)

    def name_hash(self, word: str) -> bytes:
        """Hash of a word of a name, 16 bytes: whoever lacks the key cannot try names against it."""
        return _mac(self._document.identity[0], "known name", word.encode())[:NAME_HASH_BYTES]

    def encrypt_original(self, original: bytes, context: str) -> tuple[str, str]:
        """Key id and base64 text of a rejected original, bound to its context (AES-256-GCM)."""
        key = self._document.rejected[-1]
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(key.bytes).encrypt(nonce, original, context.encode())
        return key.id, base64.b64encode(nonce + sealed).decode()

    def decrypt_original(self, sealed: str, context: str, key_id: str | None = None) -> bytes:
        """The original of a rejected event, which says by which key it was sealed; by default the newest.

        Raises :class:`KeyringError` without that key, and :class:`DamagedSealError` for a text that is not
        what it sealed in this context.
        """
        keys = {key.id: key for key in self._document.rejected}
        key = self._document.rejected[-1] if key_id is None else keys.get(key_id)
        if key is None:
            raise KeyringError("it lacks the key that encrypted this rejected event")
        try:
            content = base64.b64decode(sealed, validate=True)
            return AESGCM(key.bytes).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError):
            raise DamagedSealError("its key did not encrypt this rejected event") from None

    def check_values(self) -> dict[Use, dict[str, str]]:
        """For every key a value by which it is known again and that tells nothing of it, the oldest first."""
        return {
            use: {key.id: _mac(key, "check", key.id.encode())[:CHECK_BYTES].hex() for key in keys}
            for use, keys in self._document.uses.items()
        }


def key_of(pseudonym: str) -> str:
    """Id of the key that made a pseudonym."""
    return pseudonym.partition("~")[0]


def _renewed(key: Key, domain: str, pseudonym: str) -> str:
    return _text(key, _mac(key, f"renewed {PSEUDONYM}:{domain}", pseudonym.encode()))


def _text(key: Key, digest: bytes) -> str:
    return f"{key.id}~{base64.b32encode(digest[:PSEUDONYM_BYTES]).decode().rstrip('=').lower()}"


def _uuid8(digest: bytes) -> uuid.UUID:
    """A UUID of version 8 (RFC 9562: bits of the application's own making) from the start of a digest."""
    number = int.from_bytes(digest[:16], "big")
    number = number & ~(0xF << 76) | 8 << 76
    return uuid.UUID(int=number & ~(0b11 << 62) | 0b10 << 62)


def _mac(key: Key, domain: str, message: bytes) -> bytes:
    """HMAC-SHA-256 over a message in a domain; the length before the domain keeps the two apart."""
    return hmac.digest(key.bytes, f"{len(domain)}:{domain}:".encode() + message, "sha256")
