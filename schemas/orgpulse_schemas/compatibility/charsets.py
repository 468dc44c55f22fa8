"""Sets of characters as ranges of code points, and what the classes of an expression mean by dialect."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Final

LAST: Final = 0x10FFFF
_ECMA_SPACE: Final = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)


class Dialect(Enum):
    """Who reads the expression: browsers, or Python and Rust."""

    ECMA = "ecma"
    UNICODE = "unicode"


@dataclass(frozen=True, slots=True)
class Charset:
    """Ranges of code points, first and last included, sorted and apart."""

    ranges: tuple[tuple[int, int], ...]

    @staticmethod
    def of(ranges: Iterable[tuple[int, int]]) -> "Charset":
        """A set from ranges in any order."""
        merged: list[tuple[int, int]] = []
        for first, last in sorted(ranges):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        return Charset(tuple(merged))

    @staticmethod
    def characters(text: str) -> "Charset":
        """The set of the characters of a text."""
        return Charset.of((ord(character), ord(character)) for character in text)

    def joined(self, other: "Charset") -> "Charset":
        """Characters of either set."""
        return Charset.of(self.ranges + other.ranges)

    def complement(self) -> "Charset":
        """All other characters."""
        edges = [(-1, -1), *self.ranges, (LAST + 1, LAST + 1)]
        return Charset(
            tuple(
                (left[1] + 1, right[0] - 1) for left, right in pairwise(edges) if left[1] + 1 <= right[0] - 1
            )
        )

    def has(self, point: int) -> bool:
        """Whether a code point is in the set."""
        before = bisect_right(self.ranges, (point, LAST)) - 1
        return before >= 0 and point <= self.ranges[before][1]


EVERYTHING: Final = Charset(((0, LAST),))


@cache
def class_of(letter: str, dialect: Dialect) -> Charset:
    r"""The characters of ``\d``, ``\w``, ``\s``, of their opposites, and of the dot."""
    if letter.isupper():
        return class_of(letter.lower(), dialect).complement()
    if letter == ".":
        ends = "\n\r\u2028\u2029" if dialect is Dialect.ECMA else "\n"
        return Charset.characters(ends).complement()
    if dialect is Dialect.UNICODE:
        return _unicode_class(letter)
    if letter == "s":
        return Charset.characters(_ECMA_SPACE)
    digits = ((ord("0"), ord("9")),)
    letters = ((ord("A"), ord("Z")), (ord("a"), ord("z")), (ord("_"), ord("_")))
    return Charset.of(digits if letter == "d" else digits + letters)


def _unicode_class(letter: str) -> Charset:
    member = {"d": str.isdecimal, "s": str.isspace, "w": _is_word}[letter]
    return Charset.of((point, point) for point in range(LAST + 1) if member(chr(point)))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
