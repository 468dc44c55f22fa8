"""Lines of a text file, numbered and of limited length, so that no file fills the memory."""

import io
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from orgpulse_platform.mapping.errors import FileError

MAX_CHARACTERS: Final = 1_000_000
"""Longest line that is read: an event of this size would be refused as well."""
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


class Line(NamedTuple):
    """A line with its end."""

    number: int
    text: str
    whole: bool = True
    """False if it is longer than any line may be, and cut."""


class NumberedLines:
    """The lines of a file. Undecodable bytes become U+FFFD, for which a field refuses its row."""

    def __init__(self, path: Path, encoding: str) -> None:
        try:
            self._raw = path.open("rb")
        except OSError as error:
            raise FileError(f"{error.strerror}") from None
        if self._raw.read(2) in _UTF16_MARKS and "16" not in encoding and "32" not in encoding:
            self._raw.close()
            raise FileError("it starts with the byte-order mark of UTF-16; state `encoding: utf-16`")
        self._raw.seek(0)
        self._text = io.TextIOWrapper(self._raw, encoding=encoding, errors="replace", newline="")
        self._number = 0
        self._given_back: deque[Line] = deque()

    def take(self) -> Line | None:
        """The next line, or nothing at the end; raises :class:`FileError` if the disk fails."""
        if self._given_back:
            return self._given_back.popleft()
        try:
            return self._read()
        except OSError as error:
            raise FileError(f"{error.strerror}") from None
        except UnicodeError:
            pass  # it holds the bytes, so the error is raised outside of its reach
        raise FileError(f"after line {self._number} it is not in the encoding that the mapping states")

    def give_back(self, lines: Iterable[Line]) -> None:
        """Have lines come again, before those not taken yet."""
        self._given_back.extendleft(reversed(list(lines)))

    def position(self) -> int:
        """Bytes read so far."""
        return self._raw.tell()

    def close(self) -> None:
        """Close the file."""
        self._text.close()

    def _read(self) -> Line | None:
        text = self._text.readline(MAX_CHARACTERS)
        if not text:
            return None
        self._number += 1
        if len(text) < MAX_CHARACTERS or text.endswith(("\n", "\r")):
            return Line(self._number, text)
        while (rest := self._text.readline(MAX_CHARACTERS)) and not rest.endswith(("\n", "\r")):
            pass
        return Line(self._number, text, whole=False)
