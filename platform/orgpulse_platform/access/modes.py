"""The policy as permissions of the files in the state folder."""

import grp
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orgpulse_platform.access.errors import AccessNotAppliedError
from orgpulse_platform.access.policy import policy
from orgpulse_platform.errors import SettingsError
from orgpulse_platform.keyring.sources import keyring_file
from orgpulse_platform.settings import Settings

ROOT_MODE: Final = 0o711
"""Of the state folder itself: whoever may read something inside must get through, and sees no names."""


@dataclass(frozen=True, slots=True)
class ModeDifference:
    """A file or folder that others can reach in another way than they should."""

    path: Path
    mode: int
    wanted: int
    group: int | None = None
    """Id of the group that it should belong to."""

    def __str__(self) -> str:
        return f"{self.path} has mode {self.mode:o}, not {self.wanted:o}, or another group"


def compare(settings: Settings) -> list[ModeDifference]:
    """What there is in the state folder with another mode than the policy asks for.

    Raises :class:`SettingsError` if the group of the readers does not exist.
    """
    wanted = list(_wanted(settings))
    wanted += [(path, mode, None) for path, mode in _unnamed(settings, {path for path, _, _ in wanted})]
    return [found for path, mode, group in wanted if (found := _difference(path, mode, group))]


def apply(differences: list[ModeDifference]) -> None:
    """Set modes and groups; raises :class:`AccessNotAppliedError`."""
    for found in differences:
        try:
            if found.group is not None:
                os.chown(found.path, -1, found.group)
            found.path.chmod(found.wanted)
        except OSError as error:
            raise AccessNotAppliedError(f"{found.path}: {error.strerror}") from None


def _wanted(settings: Settings) -> Iterator[tuple[Path, int, int | None]]:
    yield settings.folder.root, ROOT_MODE, None
    readers = _readers(settings)
    for resource in policy().resources.values():
        for place, mode in resource.files.items():
            wanted = int(mode, 8)
            if wanted & 0o070 and readers is None:
                wanted &= 0o700  # nobody is named who may read it beside its owner
            yield _path(settings, place), wanted, readers if wanted & 0o070 else None


def _unnamed(settings: Settings, named: set[Path]) -> Iterator[tuple[Path, int]]:
    """Whatever else lies in the state folder, without rights for anybody but its owner."""
    try:
        for path in sorted(settings.folder.root.iterdir()):
            if path not in named and not path.is_symlink():
                yield path, stat.S_IMODE(path.stat().st_mode) & 0o700
    except FileNotFoundError:
        return  # there is no state yet, or what was listed has just gone
    except OSError as error:
        raise AccessNotAppliedError(f"{settings.folder.root}: {error.strerror}") from None


def _path(settings: Settings, place: str) -> Path:
    match place:
        case "keyring":
            return keyring_file(settings)
        case "warehouse_folder":
            return settings.folder.warehouse.parent
        case _:
            return Path(getattr(settings.folder, place))


def _readers(settings: Settings) -> int | None:
    name = settings.access.readers
    if name is None:
        return None
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        raise SettingsError(f"ORGPULSE_ACCESS__READERS: there is no group {name}") from None


def _difference(path: Path, wanted: int, group: int | None) -> ModeDifference | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AccessNotAppliedError(f"{path}: {error.strerror}") from None
    mode = stat.S_IMODE(found.st_mode)
    if mode == wanted and group in (None, found.st_gid):
        return None
    return ModeDifference(path, mode, wanted, group)
