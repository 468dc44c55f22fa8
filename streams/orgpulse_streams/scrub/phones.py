"""Telephone numbers, judged by the numbering plans of phonenumbers or by the words before them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import phonenumbers

from orgpulse_streams.scrub.spans import Kind, Span
from orgpulse_streams.scrub.words import any_of

_CANDIDATE: Final = re.compile(
    r"(?<![\w+.-])(?:\+ ?|\(\+?)?\d(?:[ ().\-/]{0,3}\d){5,16}"
    r"(?: ?(?:x|ext\.?|extension|poste|#) ?\d{1,6})?(?!\w|[-.]\d)",
    re.I,
)
_NEAR: Final = re.compile(any_of("telephones"), re.I)
_NEAR_AFTER: Final = re.compile(r"[ \-,(]{0,3}(?:office|fax|mobile|cell|home|work)\b", re.I)
_DATE: Final = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?:19|20)\d\d[ -]{1,3}(?:19|20)\d\d"
)
"""Days, and spans of years."""
_REGIONS: Final = ("US", "FR", "ES", "GB", "CH", "KE", "EG", "JO", "MA", "MX", "CO")
"""Whose national numbers are known without a country code; several of the organisation's largest missions."""
NEAR: Final = 40
"""How many characters before a number are searched for a word that speaks of the telephone."""


def find_phones(text: str) -> Iterator[Span]:
    """Every telephone number, with its extension."""
    for match in _CANDIDATE.finditer(text):
        if _DATE.fullmatch(match[0]):
            continue
        start = match.start() - (
            text[match.start() - 1 : match.start()] == "(" and match[0].count(")") > match[0].count("(")
        )
        cued = _NEAR.search(text, max(0, start - NEAR), start) or _NEAR_AFTER.match(text, match.end())
        if cued or _is_phone(match[0]):
            yield Span(start, match.end(), Kind.PHONE)


@lru_cache(4096)
def _is_phone(written: str) -> bool:
    digits = sum(sign.isdecimal() for sign in written)
    if written.startswith(("+", "00", "(+")):
        return 7 <= digits <= 18 and (_parses(written, None) or digits > 8)
    if not 7 <= digits <= 15:
        return False
    parts = re.split(r"[^\d]+", written.strip("()"))
    if len(parts) == 1:
        return written.startswith("0") and any(_parses(written, region) for region in _REGIONS)
    if re.fullmatch(r"\d+\.\d+", written):
        return False  # a decimal
    if any(len(part) > 8 for part in parts) or (len(parts) == 2 and re.match(r"(?:19|20)\d\d\D", written)):
        return False  # two figures, or a reference number that begins with a year
    return written.startswith(("(", "0")) or any(_parses(written, region) for region in _REGIONS)


def _parses(written: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, region))
    except phonenumbers.NumberParseException:
        return False
