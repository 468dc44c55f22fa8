"""Names of people, without a language model: by titles, introductions, lists, and as the HR feed knows them.

A name that no list knows is found after a title or an introduction, or beside a word that is a name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from orgpulse_streams.scrub.name_lists import NameLists, folded, name_lists, parts
from orgpulse_streams.scrub.spans import Kind, Span
from orgpulse_streams.scrub.words import any_of
from orgpulse_streams.scrub.words import words as block

LONGEST: Final = 5
"""Words of the longest name, particles not counted."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ELIDED: Final = re.compile(r"(?:[dlcjmnst]|qu)'(?=\w)")
_POSSESSIVE: Final = re.compile(r"'(?:s|ll|re|ve|d|m)?$", re.I)
_CONTRACTED: Final = re.compile(r"n't$", re.I)
_INTRODUCTION: Final = re.compile(
    rf"\b{any_of('introductions')}[ \t,\"'*]{{1,4}}"
    rf"|(?<!\w)و?{any_of('arabic_introductions')}[ \t,:\"]{{1,4}}",
    re.I,
)
_PROUD: Final = re.compile(
    r"\b(?:i am|i'm|this is|je suis|soy|hi|hello|hey|salut|thanks|best|cheers),? ", re.I
)
"""Before a name, and before much else: what follows must look like a name in more than its capital."""
_ARABIC_WORD: Final = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_ARABIC_PREFIX: Final = "وفبلك"
_ARABIC_SMALL: Final = frozenset({"على", "إلى"})
"""Prepositions that fold into names."""
_ARABIC_LINKS: Final = frozenset(["عبد", "ابو", "ابي", "ام", "بن", "ابن", "بنت", "ال", "ابا"])
_TITLES: Final = frozenset(map(folded, block("titles")))
_POINTED: Final = block("pointed")
_ARABIC_TITLES: Final = block("arabic_titles")
_PARTICLES: Final = block("particles")
_SUFFIXES: Final = block("suffixes")
_ORGANISATIONS: Final = block("organisations")
_NAMELESS: Final = frozenset(
    map(folded, block("nameless_english", "nameless_french", "nameless_spanish", "nameless_places"))
)
_ARABIC_NAMELESS: Final = block("nameless_arabic")


class Known(Protocol):
    """Who is known to the HR system."""

    def __contains__(self, word: object) -> bool:
        """Whether a folded word is part of a name there."""


@dataclass(frozen=True)
class _Word:
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
        return folded(self.text)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def initial(self) -> bool:
        return len(self.text) == 1 and self.capital

    @property
    def arabic(self) -> bool:
        return bool(_ARABIC_WORD.match(self.text))


class NameFinder:
    """Finds names in a text; ``known`` are the words that are names in the HR system, folded."""

    def __init__(self, known: Known = frozenset(), lists: NameLists | None = None) -> None:
        self._known = known
        self._lists = lists or name_lists()

    def find(self, text: str) -> Iterator[Span]:
        """Every name, whole where its parts stand together, and the title before it."""
        words = _words(text)
        introduced = {match.end() for match in _INTRODUCTION.finditer(text)}
        greeted = {match.end() for match in _PROUD.finditer(text)}
        lowered = not any(word.capital for word in words if not word.arabic)
        at = 0
        while at < len(words):
            word = words[at]
            if word.arabic:
                end = self._arabic(words, at, introduced)
            elif self._is_title(word) and at + 1 < len(words) and words[at + 1].glued:
                end = self._run(words, at + 1, lowered) if self._may_begin(words[at + 1], lowered) else at
                if end > at + 1:
                    yield Span(word.start, word.end + word.pointed, Kind.TITLE)
                    at += 1
            elif self._begins(words, at, lowered, word.start in introduced, word.start in greeted):
                end = self._run(words, at, lowered)
            else:
                end = at
            if end > at and not (
                end < len(words) and words[end].glued and words[end].folded in _ORGANISATIONS
            ):
                yield Span(words[at].start, words[end - 1].end, Kind.PERSON)
            at = max(end, at + 1)

    def _is_title(self, word: _Word) -> bool:
        return word.folded in _TITLES and (word.folded not in _POINTED or word.capital)

    def _may_begin(self, word: _Word, lowered: bool) -> bool:
        return (word.capital or lowered) and (word.folded not in _NAMELESS or self._listed(word))

    def _listed(self, word: _Word) -> bool:
        return self._is_given(word) or self._is_surname(word)

    def _is_given(self, word: _Word) -> bool:
        return any(part in self._lists.given or part in self._known for part in parts(word.text))

    def _is_surname(self, word: _Word) -> bool:
        return any(part in self._lists.surnames or part in self._known for part in parts(word.text))

    def _begins(  # noqa: PLR0911 - one answer for each kind of word
        self, words: Sequence[_Word], at: int, lowered: bool, introduced: bool, greeted: bool
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

    def _begins_small(self, word: _Word, after: _Word | None, lowered: bool, plain: bool) -> bool:
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

    def _run(self, words: Sequence[_Word], at: int, lowered: bool) -> int:
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

    def _goes_on(self, word: _Word, lowered: bool, before: _Word) -> bool:
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

    def _arabic(self, words: Sequence[_Word], at: int, introduced: set[int]) -> int:
        """Where an Arabic name that begins at a word ends; the word's own index if none does.

        Arabic has no capitals: two words that lists know must stand together, or a title or an introduction
        before them, or the HR system must know the word.
        """
        word = words[at]
        begun = at
        sure = word.start in introduced
        if _arabic_stem(word.folded, _ARABIC_TITLES) in _ARABIC_TITLES and (
            len(word.folded) > 2 or word.pointed
        ):
            begun, sure = at + 1, True
        end, certain, listed = begun, False, 0
        while end < len(words) and words[end].arabic and end - begun < LONGEST:
            if end > begun and not words[end].glued:
                break
            stem = self._arabic_name(words[end].folded, first=end == begun)
            link = words[end].folded in _ARABIC_LINKS
            article = words[end].folded.startswith("ال") and end == begun + 1 and (sure or listed > 0)
            linked = end > begun and words[end - 1].folded in _ARABIC_LINKS
            everyday = end > begun + 1 and words[end].folded in _ARABIC_NAMELESS and not linked
            if words[end].text in _ARABIC_SMALL or everyday:
                break
            if not (
                stem
                or link
                or linked
                or article
                or (sure and end == begun and words[end].folded not in _ARABIC_NAMELESS)
            ):
                break
            listed += bool(stem)
            certain |= bool(stem) and stem not in _ARABIC_NAMELESS
            end += 1
        while end > begun and words[end - 1].folded in _ARABIC_LINKS:
            end -= 1
        single = end - begun == 1 and certain and self._arabic_known(words[begun].folded)
        if end > begun and (sure or (end - begun > 1 and listed > 1 and certain) or single):
            return end
        return at

    def _arabic_name(self, word: str, *, first: bool) -> str:
        """The word, without a small word written onto it, if it is a name; an empty text otherwise."""
        stem = _arabic_stem(word, self._lists.given) if first else word
        for form in (word, stem):
            if form in self._lists.given or form in self._lists.surnames or form in self._known:
                return form
        return ""

    def _arabic_known(self, word: str) -> bool:
        return len(word) > 2 and (
            word in self._known or (len(word) > 4 and word[1:] in self._known and word[0] in _ARABIC_PREFIX)
        )


def _arabic_stem(word: str, listed: frozenset[str]) -> str:
    """A word without the conjunction or preposition that is written onto it, where a list knows the rest."""
    rest = word[1:]
    return (
        rest
        if word not in listed and word[:1] in _ARABIC_PREFIX and rest in listed and len(rest) > 2
        else word
    )


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    before = 0
    for match in _WORD.finditer(text):
        elided = _ELIDED.match(match[0])
        start = match.start() + (elided.end() if elided else 0)
        word = _POSSESSIVE.sub("", _CONTRACTED.sub("", text[start : match.end()])) or match[0]
        between = text[before:start]
        found.append(
            _Word(
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
