"""A text as the patterns read it: one sign for each way to write it, and where each stood."""

import unicodedata
from typing import NamedTuple

from orgpulse_streams.scrub.spans import Span

_TATWEEL = "\u0640"
_APOSTROPHES = "\u2018\u2019\u02bc\u02b9\uff07\u00b4"


class _Signs(dict[str, str]):
    """What is read for a sign, worked out once for each: an empty text for one that is passed over."""

    def __missing__(self, sign: str) -> str:
        self[sign] = read = _read(sign)
        return read


def _read(sign: str) -> str:  # noqa: PLR0911 - one answer for each kind of sign
    category = unicodedata.category(sign)
    if category in ("Cf", "Mn") or sign == _TATWEEL:  # marks of direction, zero width, vowel signs, accents
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Zs":
        return " "
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Pd" or sign == "\u2212":
        return "-"
    if sign in _APOSTROPHES:
        return "'"
    if unicodedata.decomposition(sign).startswith(("<wide>", "<narrow>", "<font>", "<isolated>")):
        folded = unicodedata.normalize("NFKC", sign)
        return folded if len(folded) == 1 else sign
    return sign


_SIGNS = _Signs()


class Plain(NamedTuple):
    """The text that the patterns read."""

    text: str
    places: list[int] | None
    """Where each sign stood in the original; nothing where all of them stand where they stood."""
    length: int
    """Of the original."""

    def original(self, span: Span) -> Span:
        """A find in the original, with the invisible signs and accents that follow its last sign."""
        if self.places is None:
            return span
        end = self.places[span.end] if span.end < len(self.places) else self.length
        return span._replace(start=self.places[span.start], end=end)


def plain(text: str) -> Plain:
    """Read a text; in time that grows with its length only."""
    if text.isascii():
        return Plain(text, None, len(text))
    read = [(_SIGNS[sign], place) for place, sign in enumerate(text)]
    kept = [(sign, place) for sign, place in read if sign]
    return Plain("".join(sign for sign, _ in kept), [place for _, place in kept], len(text))
