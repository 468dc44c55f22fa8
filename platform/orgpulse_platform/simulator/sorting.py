"""Sorting more lines than memory is to hold: sorted runs go to disk and are merged while they are read."""

import heapq
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedRandom
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from orgpulse_platform.errors import StateFolderError

BLOCK: Final = 1 << 15
"""Bytes read from a run at once."""


class Sorter:
    """Takes lines in any order and gives them back sorted.

    ``run`` is the most lines kept in memory; as long as no more are added, nothing is written. What is
    written has no name in the folder: nobody else can open it, and its space is free again once the sorter is
    closed or its process is gone, however it ended. Raises :class:`StateFolderError` if the disk is full.
    """

    def __init__(self, folder: Path | None, run: int) -> None:
        self._folder = folder
        self._run = run
        self._held: list[bytes] = []
        self._file: BufferedRandom | None = None
        self._ends: list[int] = []
        """Where each run ends in the file."""

    @property
    def held(self) -> int:
        """Lines in memory."""
        return len(self._held)

    @property
    def disk(self) -> int:
        """Bytes on disk."""
        return self._ends[-1] if self._ends else 0

    def add(self, line: bytes) -> None:
        """Take a line, which has no end of line in it."""
        self._held.append(line)
        if len(self._held) >= self._run:
            self._write_run()

    def __iter__(self) -> Iterator[bytes]:
        """Every line in order; they can be read more than once."""
        self._held.sort()
        runs = (self._read_run(start, end) for start, end in pairwise([0, *self._ends]))
        return heapq.merge(*runs, self._held)

    def close(self) -> None:
        """Forget every line and free the disk."""
        self._held.clear()
        self._ends.clear()
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):  # what could not be written is not needed any more
                file.close()

    def _write_run(self) -> None:
        self._held.sort()
        with self._disk_errors():
            if self._file is None:
                self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by close()
            self._file.writelines(line + b"\n" for line in self._held)
            self._file.flush()
            self._ends.append(self._file.tell())
        self._held.clear()

    def _read_run(self, start: int, end: int) -> Iterator[bytes]:
        file, rest = self._file, b""
        while file is not None and start < end:
            with self._disk_errors():
                block = os.pread(file.fileno(), min(BLOCK, end - start), start)
            start += len(block)
            *lines, rest = (rest + block).split(b"\n")
            yield from lines

    @contextmanager
    def _disk_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            place = self._folder or "The folder of temporary files"
            self.close()
            raise StateFolderError(f"{place}: {error.strerror}") from None
