"""Names of people, without a language model: by titles, introductions, lists, and as the HR feed knows them.

A name that no list knows is found after a title or an introduction, or beside a word that is a name.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import pycountry

from orgpulse_streams.scrub.arabic_names import ArabicNames
from orgpulse_streams.scrub.name_lists import Known, NameLists, folded, name_lists, parts
from orgpulse_streams.scrub.name_words import LONGEST, Word, words_of
from orgpulse_streams.scrub.spans import Kind, Span
from orgpulse_streams.scrub.words import any_of
from orgpulse_streams.scrub.words import words as block

_INTRODUCTION: Final = re.compile(
    rf"\b{any_of('introductions')}[ \t,\"'*]{{1,4}}"
    rf"|(?<!\w)و?{any_of('arabic_introductions')}[ \t,:\"]{{1,4}}",
    re.I,
)
_PROUD: Final = re.compile(
    r"\b(?:i am|i'm|this is|je suis|soy|hi|hello|hey|salut|thanks|best|cheers),? ", re.I
)
"""Before a name, and before much else: what follows must look like a name in more than its capital."""
_TITLES: Final = frozenset(map(folded, block("titles")))
_POINTED: Final = block("pointed")
_PARTICLES: Final = block("particles")
_SUFFIXES: Final = block("suffixes")
_ORGANISATIONS: Final = block("organisations")
_COUNTRIES: Final = frozenset(
    folded(name)
    for country in pycountry.countries
    for name in (country.name, getattr(country, "common_name", country.name))
)
_NAMELESS: Final = _COUNTRIES | frozenset(
    map(folded, block("nameless_english", "nameless_french", "nameless_spanish", "nameless_places"))
)


class NameFinder:
    """Finds names in a text; ``known`` are the words that are names in the HR system, folded."""

    def __init__(self, known: Known = frozenset(), lists: NameLists | None = None) -> None:
        self._known = known
        self._lists = lists or name_lists()
        self._arabic = ArabicNames(known, self._lists)

    def find(self, text: str) -> Iterator[Span]:
        """Every name, whole where its parts stand together, and the title before it."""
        words = words_of(text)
        introduced = {match.end() for match in _INTRODUCTION.finditer(text)}
        greeted = {match.end() for match in _PROUD.finditer(text)}
        lowered = not any(word.capital for word in words if not word.arabic)
        at = 0
        while at < len(words):
            word = words[at]
            if word.arabic:
                end = self._arabic.end(words, at, introduced=word.start in introduced)
            elif self._is_title(word) and at + 1 < len(words) and words[at + 1].glued:
                end = self._run(words, at + 1, lowered) if self._may_begin(words[at + 1], lowered) else at
                if end > at + 1:
                    yield Span(word.start, word.end + word.pointed, Kind.TITLE)
                    at += 1
            elif self._begins(words, at, lowered, word.start in introduced, word.start in greeted):
                end = self._run(words, at, lowered)
            else:
                end = at
            if end > at and not _is_other(text, words, at, end):
                yield Span(words[at].start, words[end - 1].end, Kind.PERSON)
            at = max(end, at + 1)

    def _is_title(self, word: Word) -> bool:
        return word.folded in _TITLES and (word.folded not in _POINTED or word.capital)

    def _may_begin(self, word: Word, lowered: bool) -> bool:
        return (word.capital or lowered) and (word.folded not in _NAMELESS or self._listed(word))

    def _listed(self, word: Word) -> bool:
        return self._is_given(word) or self._is_surname(word)

    def _is_given(self, word: Word) -> bool:
        return any(part in self._lists.given or part in self._known for part in parts(word.text))

    def _is_surname(self, word: Word) -> bool:
        return any(part in self._lists.surnames or part in self._known for part in parts(word.text))

    def _begins(  # noqa: PLR0911 - one answer for each kind of word
        self, words: Sequence[Word], at: int, lowered: bool, introduced: bool, greeted: bool
    ) -> bool:
        """Whether a name begins at a word, as far as the word itself, its place and the next one tell."""
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) and words[at + 1].glued else None
        plain = word.folded not in _NAMELESS
        if not word.capital:
            return self._begins_small(word, after, lowered or introduced, plain)
        if introduced:
            return plain
        if word.text.isupper() and 1 < len(word.text) < 5 and (after is None or not after.capital):
            return False  # an abbreviation
        if word.initial:
            return word.pointed and after is not None and after.capital and after.folded not in _NAMELESS
        if not plain:  # a word of everyday language that is a given name too: Grace Okello, not Grace alone
            return (
                after is not None and after.capital and self._is_given(word) and len(word.text) > 2
                and after.folded not in _NAMELESS and self._is_surname(after)
            )  # fmt: skip
        if self._is_given(word):
            return len(word.text) > 2 or (after is not None and after.capital and self._listed(after))
        if after is not None and after.capital and after.folded not in _NAMELESS and not after.initial:
            # a name that no list knows before one that a list does; at the start of a sentence two of them
            beyond = words[at + 2] if at + 2 < len(words) and words[at + 2].glued else after
            return self._listed(after) and (not word.opens or self._is_surname(word) or (
                beyond is not after and beyond.capital and self._listed(beyond)
            ))  # fmt: skip
        if greeted:
            return self._is_surname(word) or not word.opens
        return self._is_surname(word) and not word.opens and len(word.text) > 3

    def _begins_small(self, word: Word, after: Word | None, lowered: bool, plain: bool) -> bool:
        """A name in small letters: two that lists know side by side, or one that HR and a list know."""
        if not plain or len(word.text) < 3 or not self._is_given(word):
            return False
        if (
            after is not None
            and after.folded not in _NAMELESS
            and len(after.text) > 2
            and self._is_surname(after)
        ):
            return True
        return (lowered and len(word.text) > 3) or (
            len(word.text) > 3 and word.folded in self._known and word.folded in self._lists.given
        )

    def _run(self, words: Sequence[Word], at: int, lowered: bool) -> int:
        """Where the name that begins at a word ends: the index after its last word."""
        end, taken, ahead = at + 1, 1, at + 1
        while ahead < len(words) and taken < LONGEST and words[ahead].glued:
            word = words[ahead]
            if word.folded in _PARTICLES and not word.capital and ahead - end < 2:
                ahead += 1
                continue
            if not self._goes_on(word, lowered or not words[at].capital, words[ahead - 1]):
                break
            ahead += 1
            end, taken = ahead, taken + 1
        return end

    def _goes_on(self, word: Word, lowered: bool, before: Word) -> bool:
        if word.folded in _SUFFIXES:
            return True
        if word.folded in _ORGANISATIONS:
            return False
        if before.pointed and not before.initial and word.opens:
            return False
        if word.initial:
            return word.pointed or word.folded not in _NAMELESS
        if not word.capital:
            return lowered and len(word.text) > 2 and word.folded not in _NAMELESS and self._listed(word)
        return word.folded not in _NAMELESS or (len(word.text) > 3 and self._is_surname(word))


def _is_other(text: str, words: Sequence[Word], at: int, end: int) -> bool:
    """Whether what looks like a name is the name of a country or of an organisation."""
    after = words[end] if end < len(words) and words[end].glued else None
    named = folded(text[words[at].start : words[end - 1].end])
    return named in _COUNTRIES or (after is not None and after.folded in _ORGANISATIONS)
