"""Opens the keyring of an installation, and refuses another one than that by which its state was made."""

import fcntl
import json
import os
import resource
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from orgpulse_platform.errors import KeyringError, StateFolderError
from orgpulse_platform.keyring.files import keyring_of
from orgpulse_platform.keyring.keyring import Keyring
from orgpulse_platform.keyring.sources import key_source
from orgpulse_platform.settings import Settings

Recorded = dict[str, dict[str, str]]
"""Check value by key id by use, the oldest key first."""
_RECORDED = TypeAdapter(Recorded)


@dataclass
class WrongKeyringError(KeyringError):
    """This is not the keyring by which the state folder was made."""

    guidance = (
        "Nothing was processed. Put back the keyring that was used before, with all its versions: with "
        "another one people would get other pseudonyms, and events would be counted twice. To begin anew "
        "with this keyring, use an empty state folder (ORGPULSE_STATE) and empty topics."
    )


def open_keyring(settings: Settings) -> Keyring:
    """The keyring that the settings name; also ends core dumps of this process, which would hold its keys.

    Raises :class:`KeyringError` if it cannot be had or lacks a key, and :class:`WrongKeyringError` if it is
    another one than before. The first keyring of a state folder is the right one.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    source = key_source(settings)
    keyring = keyring_of(source.read(), source.name)
    require_same(settings.folder.keyring_check, keyring, source.name)
    return keyring


def require_same(path: Path, keyring: Keyring, name: str) -> None:
    """Compare a keyring with the check values that are recorded, and record those of its newer keys.

    Raises :class:`WrongKeyringError` or :class:`StateFolderError`.
    """
    found = {str(use): values for use, values in keyring.check_values().items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            recorded = _recorded(path, file.read())
            for use, values in recorded.items():
                _require_begins_with(found.get(use, {}), use, values, name)
            merged = recorded | found
            if merged != recorded:
                # Longer than before and written in one go: cut off, it is damaged and says so.
                file.seek(0)
                file.write(json.dumps(merged, indent=2).encode())
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise StateFolderError(f"{path}: {error.strerror}") from None


def _recorded(path: Path, content: bytes) -> Recorded:
    if not content:
        return {}
    try:
        return _RECORDED.validate_json(content)
    except ValidationError:
        raise WrongKeyringError(f"{path} is damaged, so that nobody can tell") from None


def _require_begins_with(found: dict[str, str], use: str, recorded: dict[str, str], name: str) -> None:
    for key_id, value in recorded.items():
        if key_id not in found:
            raise WrongKeyringError(f"{name} lacks the key {key_id} for {use}")
        if found[key_id] != value:
            raise WrongKeyringError(f"{name} has another key under the id {key_id}")
    if list(found)[: len(recorded)] != list(recorded):
        raise WrongKeyringError(f"{name} has the keys for {use} in another order")
