"""Moving files so that each is in one place or the other, also when the machine stops half-way."""

import errno
import os
import shutil
from itertools import count
from pathlib import Path
from typing import Final

from orgpulse_platform.inbox.report_files import JSON_ENDING, TEXT_ENDING, sha256_in

LONGEST_NAME: Final = 220
"""Bytes that a name may have, so that its reports can have it too."""


def move(source: Path, target: Path) -> None:
    """Move a file to a free name, atomically; across file systems by a copy that appears when it is whole."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(source, target)
        source.unlink()
    for folder in {source.parent, target.parent}:
        _sync(folder)


def free_name(folder: Path, name: str, sha256: str | None) -> str:
    """The name itself, or with a number if a file or report of another content has it."""
    stem, ending = Path(name).stem, Path(name).suffix
    if len(os.fsencode(name)) > LONGEST_NAME:
        stem, ending = (sha256 or "unreadable")[:32], ending if len(os.fsencode(ending)) < 10 else ""
    candidates = (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}" for number in count(1))
    return next(candidate for candidate in candidates if _is_free(folder, candidate, sha256))


def _is_free(folder: Path, name: str, sha256: str | None) -> bool:
    """A report without its file, about the same content, is what a crash left: it is written again."""
    if os.path.lexists(folder / name):
        return False
    report, text = folder / f"{name}{JSON_ENDING}", folder / f"{name}{TEXT_ENDING}"
    if os.path.lexists(report):
        return sha256_in(report) == sha256
    return not os.path.lexists(text)


def _copy(source: Path, target: Path) -> None:
    draft = target.with_name(f".{target.name}.tmp")
    try:
        with open(source, "rb", opener=_without_links) as old, draft.open("wb") as new:
            shutil.copyfileobj(old, new, 1 << 20)
            new.flush()
            os.fsync(new.fileno())
        shutil.copystat(source, draft)
        draft.rename(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _without_links(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
