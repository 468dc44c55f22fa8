"""Numbers of people: known by their check digits, by their form, or by the words before them."""

import re
from collections.abc import Iterator
from typing import Final

from orgpulse_streams.scrub.spans import Kind, Span
from orgpulse_streams.scrub.words import any_of

_IBAN: Final = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,30}(?!\w)", re.I)
_IBAN_NEAR: Final = re.compile(r"iban|آيبان|ايبان", re.I)
_CARD: Final = re.compile(r"(?<![\w.+-])\d(?:[ -]?\d){11,18}(?![\w-])")
_CARD_NEAR: Final = re.compile(r"card|carte|tarjeta|visa|master|amex|بطاقة", re.I)
_SSN: Final = re.compile(
    r"(?<![\w-])(?!000|9\d\d)\d{3}(?P<between>[- ])(?!00)\d\d(?P=between)(?!0000)\d{4}(?![\w-])"
)
_NIR: Final = re.compile(r"(?<!\w)([12378] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3}) ?(\d\d)(?!\w)")
_DNI: Final = re.compile(r"(?<!\w)([XYZ]|\d)[ -]?(\d{7})[ -]?([A-Z])(?!\w)", re.I)
_DNI_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_STAFF: Final = re.compile(r"(?<![\w/-])(?:[PAQK] ?0{0,3}\d{3} ?\d{3,4}|[paqk]0{0,3}\d{6,7})(?!\w)")
_PASSPORT: Final = re.compile(r"(?<![\w/-])(?:[A-Z]{1,2}\d{7,8}|\d{2}[A-Z]{2}\d{5})(?![\w/-])")
_GAP: Final = rf"[^\w\n]{{0,4}}(?:\b{any_of('between')}\b[^\w\n]{{1,4}}|[#:№°º]\s?){{0,4}}"


def _after(block: str, number: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(block)}{_GAP}(?P<number>{number})(?!\w)", re.I)


_AFTER: Final = (
    (Kind.SSN, _after("social_security", r"\d(?:[ -]?\d){7,14}")),
    (Kind.PASSPORT, _after("passports", r"(?=[a-z]{0,3}[ -]?\d{4})[a-z0-9]{1,3}[ -]?[a-z0-9]{4,12}")),
    (Kind.LICENCE, _after("licences", r"(?=[a-z]{0,5}[ -]?\d{2})[a-z0-9][a-z0-9-]{3,19}")),
)
_FILED: Final = _after("ids", r"(?=[a-z]{0,3}[ -]?\d{4})[a-z0-9][a-z0-9-]{4,24}")


def find_numbers(text: str) -> Iterator[Span]:
    """Every number that names a person, an account or a card of a person."""
    yield from _ibans(text)
    yield from _cards(text)
    yield from _spans(_SSN, text, Kind.SSN)
    yield from _national(text)
    for kind, pattern in _AFTER:
        yield from _spans(pattern, text, kind, "number")
    yield from _spans(_STAFF, text, Kind.STAFF_ID)
    yield from _spans(_FILED, text, Kind.ID, "number")
    yield from _spans(_PASSPORT, text, Kind.PASSPORT)


def _spans(pattern: re.Pattern[str], text: str, kind: Kind, group: str | int = 0) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield Span(match.start(group), match.end(group), kind)


def _ibans(text: str) -> Iterator[Span]:
    """By the check digits of ISO 13616; words that follow in capitals are taken off again."""
    for match in _IBAN.finditer(text):
        ends = [match.end(), *(match.start() + cut.start() for cut in re.finditer(r"[ -]", match[0]))]
        right = (end for end in sorted(ends, reverse=True) if _is_iban(text[match.start() : end]))
        named = _IBAN_NEAR.search(text, max(0, match.start() - 30), match.start())
        end = next(right, match.end() if named else 0)
        if end:
            yield Span(match.start(), end, Kind.IBAN)


def _is_iban(text: str) -> bool:
    signs = re.sub(r"[ -]", "", text).upper()
    if not (15 <= len(signs) <= 34 and signs.isascii()):
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


def _cards(text: str) -> Iterator[Span]:
    """By Luhn's check digit (ISO/IEC 7812); without it where the words before speak of a card."""
    for match in _CARD.finditer(text):
        digits = [int(sign) for sign in match[0] if sign.isdecimal()]
        doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
        right = (sum(doubled) + sum(digits[-1::-2])) % 10 == 0 and any(digits)
        if right or _CARD_NEAR.search(text, max(0, match.start() - 40), match.start()):
            yield Span(match.start(), match.end(), Kind.CARD)


def _national(text: str) -> Iterator[Span]:
    """The French social security number and the Spanish DNI and NIE, by their check digits."""
    for match in _NIR.finditer(text):
        digits = match[1].replace(" ", "").replace("2A", "19").replace("2B", "18")
        if digits.isdecimal() and 97 - int(digits) % 97 == int(match[2]):
            yield Span(match.start(), match.end(), Kind.NATIONAL_ID)
    for match in _DNI.finditer(text):
        first = {"X": "0", "Y": "1", "Z": "2"}.get(match[1].upper(), match[1])
        if _DNI_LETTERS[int(first + match[2]) % 23] == match[3].upper():
            yield Span(match.start(), match.end(), Kind.NATIONAL_ID)
