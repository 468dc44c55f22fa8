"""Making keyrings, and giving them newer keys."""

from dataclasses import dataclass
from pathlib import Path

from orgpulse_platform.errors import KeyringError, OrgPulseError
from orgpulse_platform.keyring.document import (
    IDENTITY,
    REQUIRED,
    KeyringDocument,
    Use,
    new_document,
    new_key,
)
from orgpulse_platform.keyring.files import change, document_of, write_new
from orgpulse_platform.keyring.opening import WrongKeyringError
from orgpulse_platform.keyring.sources import key_source, keyring_file
from orgpulse_platform.settings import Settings


@dataclass
class NotRotatedError(OrgPulseError):
    """This key is not rotated."""

    guidance = "`orgpulse keyring show` lists the keys; name a purpose, and for pseudonyms a domain."


def create(settings: Settings, to: Path | None = None) -> Path:
    """Write a new keyring where the settings expect it, or to a file for the secret store; returns where.

    Never over an existing one, and never in the place of one that was lost: raises :class:`KeyringError`.
    """
    path = to or _own_file(settings)
    if to is None and not path.exists() and settings.folder.keyring_check.exists():
        raise WrongKeyringError(f"{path} is missing, and this state folder was made with one")
    write_new(path, new_document())
    return path


def create_first(settings: Settings) -> Path | None:
    """Create a keyring for a demonstration, if a file is to hold it and there is none; returns where."""
    if settings.keyring.source != "file" or keyring_file(settings).exists():
        return None
    return create(settings)


def rotate(settings: Settings, use: Use, to: Path | None = None) -> str:
    """Give a use a newer key and keep the older ones; returns its id.

    A keyring that comes from elsewhere than a file is not changed: ``to`` names a new file for what it is to
    become. Raises :class:`NotRotatedError` for what cannot be rotated, and :class:`KeyringError`.
    """
    _require_rotatable(use)
    source = key_source(settings)
    if to is not None:
        document = with_newer_key(use, document_of(source.read(), source.name))
        write_new(to, document)
        return document.uses[use][-1].id
    made: list[str] = []

    def make(before: KeyringDocument) -> KeyringDocument:
        after = with_newer_key(use, before)
        made.append(after.uses[use][-1].id)
        return after

    change(_own_file(settings), make)
    return made[0]


def with_newer_key(use: Use, document: KeyringDocument) -> KeyringDocument:
    """The document with one more key for a use."""
    keys = document.uses.get(use, ())
    taken = {key.id for versions in document.uses.values() for key in versions}
    version = len(keys) + 1
    while (key := new_key(use, version)).id in taken:
        version += 1
    return document.with_versions(use, (*keys, key))


def _require_rotatable(use: Use) -> None:
    if use == IDENTITY:
        raise NotRotatedError(
            "events that were sent twice would no longer be recognised with another identity key"
        )
    if use not in REQUIRED:
        known = ", ".join(str(one) for one in REQUIRED if one != IDENTITY)
        raise NotRotatedError(f"there is no key for {use}; there are: {known}")


def _own_file(settings: Settings) -> Path:
    if settings.keyring.source != "file":
        raise KeyringError(
            f"it comes from a {settings.keyring.source}, which this command cannot write; "
            "with `--to FILE` it writes a file, which you then bring into the secret store and remove"
        )
    return keyring_file(settings)
