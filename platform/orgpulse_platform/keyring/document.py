"""The keys of a keyring as its document holds them: by purpose, each in its versions, the oldest first."""

import json
import secrets
from typing import Annotated, Any, Final, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

PSEUDONYM_DOMAINS: Final = ("person", "candidate", "partner-person", "case")
KEY_BYTES: Final = 32


class Key(BaseModel):
    """One secret key with the id by which its products name it."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    id: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    secret: str = Field(pattern=r"^[0-9a-f]{64}$", repr=False, exclude=True)

    @property
    def bytes(self) -> bytes:
        """The secret itself, 32 bytes."""
        return bytes.fromhex(self.secret)


def _listed(versions: Any) -> Any:
    """A single key, as keyrings had it before keys had versions, is the first version."""
    return [versions] if isinstance(versions, dict) else versions


Versions = Annotated[tuple[Key, ...], BeforeValidator(_listed), Field(min_length=1)]


class Use(NamedTuple):
    """What a key is for: one purpose, and for pseudonyms one domain."""

    purpose: str
    domain: str = ""

    def __str__(self) -> str:
        return f"{self.purpose} {self.domain}".rstrip()

    @property
    def prefix(self) -> str:
        """How the ids of its keys begin."""
        return self.domain or self.purpose


PSEUDONYM: Final = "pseudonym"
IDENTITY: Final = Use("identity")
"""Turns (source, id) of an event into the identity by which duplicates are removed."""
REJECTED: Final = Use("rejected")
"""Encrypts the originals of rejected events."""
REQUIRED: Final = (*(Use(PSEUDONYM, domain) for domain in PSEUDONYM_DOMAINS), IDENTITY, REJECTED)


class KeyringDocument(BaseModel):
    """Every key, the newest version of each use last."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    pseudonyms: dict[str, Versions]
    """The keys of each pseudonym domain, so that two domains never join."""
    identity: Annotated[Versions, Field(max_length=1)]
    """It has one version only: with another one events that were sent twice would not be recognised."""
    rejected: Versions

    @property
    def uses(self) -> dict[Use, tuple[Key, ...]]:
        """The versions of every use."""
        domains = {Use(PSEUDONYM, domain): keys for domain, keys in self.pseudonyms.items()}
        return {**domains, IDENTITY: self.identity, REJECTED: self.rejected}

    @property
    def missing(self) -> list[Use]:
        """Uses for which the platform needs a key and this document has none."""
        return [use for use in REQUIRED if use not in self.uses]

    def with_versions(self, use: Use, keys: tuple[Key, ...]) -> "KeyringDocument":
        """The same document with other versions for one use."""
        if use.purpose == PSEUDONYM:
            return self.model_copy(update={"pseudonyms": {**self.pseudonyms, use.domain: keys}})
        return self.model_copy(update={use.purpose: keys})

    def text(self) -> str:
        """The document with its secrets, for the file that keeps it and for nothing else."""
        stated = {
            use: [{"id": key.id, "secret": key.secret} for key in keys] for use, keys in self.uses.items()
        }
        content = {"pseudonyms": {use.domain: keys for use, keys in stated.items() if use.domain}}
        return json.dumps(content | {use.purpose: stated[use] for use in (IDENTITY, REJECTED)}, indent=2)


def parse_document(content: bytes) -> KeyringDocument | None:
    """The document, or nothing: the validator's error holds the secrets and must not leave."""
    try:
        document = KeyringDocument.model_validate_json(content)
    except ValidationError:
        return None
    ids = [key.id for keys in document.uses.values() for key in keys]
    return document if len(set(ids)) == len(ids) else None


def new_document() -> KeyringDocument:
    """New random keys for every use."""
    keys = {use: (new_key(use),) for use in REQUIRED}
    domains = {use.domain: versions for use, versions in keys.items() if use.domain}
    return KeyringDocument(pseudonyms=domains, identity=keys[IDENTITY], rejected=keys[REJECTED])


def new_key(use: Use, version: int = 1) -> Key:
    """A new random key."""
    return Key(id=f"{use.prefix}-{version}", secret=secrets.token_hex(KEY_BYTES))
