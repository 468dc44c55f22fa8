"""Names in Arabic script, which has no capitals.

Two words that lists know must stand together, or a title or an introduction before them, or the HR system
must know the word.
"""

from collections.abc import Sequence
from typing import Final

from orgpulse_streams.scrub.name_lists import Known, NameLists
from orgpulse_streams.scrub.name_words import LONGEST, Word
from orgpulse_streams.scrub.words import words as block

_PREFIXES: Final = "وفبلك"
"""Conjunctions and prepositions of one letter, which are written onto the next word."""
_FALSE: Final = frozenset({"على", "إلى"})
"""Prepositions that are names once they are folded."""
_LINKS: Final = frozenset(block("links_arabic"))
_TITLES: Final = block("arabic_titles")
_EVERYDAY: Final = block("nameless_arabic")
_SMALL: Final = block("small_arabic")


class ArabicNames:
    """Tells where a name in Arabic script begins and ends."""

    def __init__(self, known: Known, lists: NameLists) -> None:
        self._known = known
        self._lists = lists

    def end(self, words: Sequence[Word], at: int, *, introduced: bool) -> int:
        """Index after the last word of the name that begins at a word; the word's own index if none does."""
        titled = _is_title(words[at])
        begun = at + titled
        end, named, certain = begun, 0, False
        while (
            end < len(words)
            and end - begun < LONGEST
            and self._goes_on(words, begun, end, titled or introduced)
        ):
            name = self._name(words[end].folded, first=end == begun)
            named += bool(name)
            certain |= bool(name) and name not in _EVERYDAY
            end += 1
        while end > begun and words[end - 1].folded in _LINKS:
            end -= 1
        several = end - begun > 1 and named > 1 and certain
        known = end - begun == 1 and certain and self._is_known(words[begun].folded)
        return end if end > begun and (titled or introduced or several or known) else at

    def _goes_on(self, words: Sequence[Word], begun: int, at: int, sure: bool) -> bool:
        """Whether a word belongs to the name that begins before it, or begins it."""
        word = words[at]
        first = at == begun
        linked = not first and words[at - 1].folded in _LINKS
        if not word.arabic or word.text in _FALSE or not (first or word.glued):
            return False
        if word.folded in _LINKS or linked:
            return True
        if word.folded in _SMALL or (word.folded in _EVERYDAY and at > begun + 1):
            return False
        if first:
            return bool(self._name(word.folded, first=True)) or (sure and word.folded not in _EVERYDAY)
        article = word.folded.startswith("ال") and at == begun + 1
        return article or bool(self._name(word.folded, first=False))

    def _name(self, word: str, *, first: bool) -> str:
        """The word, without a letter written onto the first one, if it is a name; an empty text otherwise."""
        for form in (word, _stem(word, self._lists.given)) if first else (word,):
            if form in self._lists.given or form in self._lists.surnames or form in self._known:
                return form
        return ""

    def _is_known(self, word: str) -> bool:
        if word in self._known:
            return len(word) > 2
        return len(word) > 4 and word[0] in _PREFIXES and word[1:] in self._known


def _is_title(word: Word) -> bool:
    return _stem(word.folded, _TITLES) in _TITLES and (len(word.folded) > 2 or word.pointed)


def _stem(word: str, listed: frozenset[str]) -> str:
    """A word without the letter that is written onto it, where a list knows the rest."""
    rest = word[1:]
    return rest if word not in listed and word[:1] in _PREFIXES and rest in listed and len(rest) > 2 else word
