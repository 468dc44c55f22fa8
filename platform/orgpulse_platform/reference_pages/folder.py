"""The folder of the reference: what is not as the code says, and writing it anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from orgpulse_platform.reference_pages.errors import NotGeneratedError, ReferenceFolderError
from orgpulse_platform.reference_pages.page import MARK, Page


class State(StrEnum):
    """How a page differs from what the code says."""

    STALE = "stale"
    MISSING = "missing"
    SURPLUS = "surplus"


@dataclass(frozen=True, slots=True)
class Difference:
    """A page that is not as the code says."""

    path: str
    """Below the reference."""
    state: State


def differences(folder: Path, pages: Sequence[Page]) -> list[Difference]:
    """The pages that are stale, missing or surplus, by path; raises :class:`ReferenceFolderError`."""
    return _compared(_present(folder), pages)


def write(folder: Path, pages: Sequence[Page]) -> list[Difference]:
    """Make the folder hold these pages and no others; returns what was changed, by path.

    Raises :class:`NotGeneratedError`, before anything is written, if it holds a page that was not generated,
    and :class:`ReferenceFolderError`.
    """
    present = _present(folder)
    for path, content in present.items():
        if not content.startswith(MARK.encode()):
            raise NotGeneratedError(str(folder / path))
    contents = {page.path: page.content for page in pages}
    changed = _compared(present, pages)
    try:
        for difference in changed:
            _mend(folder / difference.path, contents.get(difference.path))
    except OSError as error:
        raise ReferenceFolderError(f"{error.filename}: {error.strerror}") from None
    return changed


def _compared(present: dict[str, bytes], pages: Sequence[Page]) -> list[Difference]:
    wanted = {page.path: page.content for page in pages}
    found = [Difference(path, State.SURPLUS) for path in present.keys() - wanted.keys()]
    for path, content in wanted.items():
        if path not in present:
            found.append(Difference(path, State.MISSING))
        elif present[path] != content:
            found.append(Difference(path, State.STALE))
    return sorted(found, key=lambda difference: difference.path)


def _present(folder: Path) -> dict[str, bytes]:
    """Every page that the folder holds, by its path below it."""
    try:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.md")}
    except OSError as error:
        raise ReferenceFolderError(f"{error.filename}: {error.strerror}") from None


def _mend(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
