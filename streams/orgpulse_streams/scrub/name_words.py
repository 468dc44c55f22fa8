"""A text as words that may be names: how each is written, and what stands around it."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from orgpulse_streams.scrub.name_lists import folded

LONGEST: Final = 5
"""Words of the longest name, particles not counted."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ELIDED: Final = re.compile(r"(?:[dlcjmnst]|qu)'(?=\w)")
_POSSESSIVE: Final = re.compile(r"'(?:s|ll|re|ve|d|m)?$", re.I)
_CONTRACTED: Final = re.compile(r"n't$", re.I)
_ARABIC_WORD: Final = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")


@dataclass(frozen=True)
class Word:
    """A word of a text, without what is written onto it: an article, a possessive."""

    start: int
    end: int
    text: str
    glued: bool
    """Whether nothing but blanks, or the point of an abbreviation, stands between it and the word before."""
    pointed: bool
    """Whether a point follows at once."""
    opens: bool
    """Whether it begins a sentence or a line."""

    @cached_property
    def folded(self) -> str:
        """As the lists hold it."""
        return folded(self.text)

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def initial(self) -> bool:
        """Whether it is a single capital."""
        return len(self.text) == 1 and self.capital

    @property
    def arabic(self) -> bool:
        """Whether it is written in Arabic script."""
        return bool(_ARABIC_WORD.match(self.text))


def words_of(text: str) -> list[Word]:
    """The words of a text, in their order."""
    found: list[Word] = []
    before = 0
    for match in _WORD.finditer(text):
        elided = _ELIDED.match(match[0])
        start = match.start() + (elided.end() if elided else 0)
        word = _POSSESSIVE.sub("", _CONTRACTED.sub("", text[start : match.end()])) or match[0]
        between = text[before:start]
        found.append(
            Word(
                start,
                start + len(word),
                word,
                glued=0 < len(between) < 4
                and between.strip(" ") in ("", ".")
                and bool(found)
                and between != ".",
                pointed=text[start + len(word) : start + len(word) + 1] == ".",
                opens=not found or bool(re.search(r"[.!?:;\n\"“«¿¡•*-]", between)),
            )
        )
        before = start + len(word)
    return found
