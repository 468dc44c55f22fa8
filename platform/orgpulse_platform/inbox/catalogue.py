"""Which mapping applies to a file: the one that names its sub-folder, or the one that declares its name."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from orgpulse_platform.inbox.account import FileProblem, FileReason
from orgpulse_platform.mapping.check import contract_of
from orgpulse_platform.mapping.errors import MappingError
from orgpulse_platform.mapping.load import LoadedMapping, load_mapping, shipped_mappings

_ENDINGS: Final = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The mappings of an inbox, by name. Of two of one name, the organisation's own counts."""

    mappings: Mapping[str, LoadedMapping]

    @classmethod
    def load(cls, folder: Path | None) -> "Catalogue":
        """Read the shipped mappings and those of a folder.

        Raises :class:`MappingError` for the first that does not fit its contract, and for a name that two
        files of the folder have.
        """
        shipped = {name: load_mapping(name) for name in shipped_mappings()}
        return cls({**shipped, **({} if folder is None else _of_folder(folder))})

    def choose(self, place: Path) -> LoadedMapping | FileProblem:
        """The mapping of a file, by its place relative to the inbox, or why there is not exactly one."""
        if len(place.parts) > 1:
            return self._named(place.parts[0])
        name = _plain(place.name)
        found = [
            mapping
            for mapping in self.mappings.values()
            if any(fnmatchcase(name, _plain(pattern)) for pattern in mapping.mapping.files)
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            return FileProblem(FileReason.NO_MAPPING, "no mapping declares its name under `files`")
        names = ", ".join(sorted(f"`{mapping.mapping.name}`" for mapping in found))
        return FileProblem(FileReason.SEVERAL_MAPPINGS, f"{names} declare its name under `files`")

    def _named(self, folder: str) -> LoadedMapping | FileProblem:
        known = self.mappings.get(folder)
        if known is None:
            return FileProblem(FileReason.NO_MAPPING, "no mapping has the name of the sub-folder")
        return known


def _of_folder(folder: Path) -> dict[str, LoadedMapping]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS)
    except OSError as error:
        raise MappingError(f"{folder}: {error.strerror}") from None
    found: dict[str, LoadedMapping] = {}
    for file in files:
        loaded = load_mapping(str(file))
        contract_of(loaded)
        name = loaded.mapping.name
        if name in found:
            raise loaded.lines.error([(("name",), f"another mapping of the folder is named `{name}` too")])
        found[name] = loaded
    return found


def _plain(name: str) -> str:
    """A name as it is compared: some systems write é as one character, others as two."""
    return unicodedata.normalize("NFC", name).casefold()
