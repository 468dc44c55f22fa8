"""Postal addresses, by how streets and boxes are written; and post codes."""

import re
from collections.abc import Iterator
from typing import Final

from orgpulse_streams.scrub.spans import Kind, Span
from orgpulse_streams.scrub.words import any_of

_BIG: Final = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĮİŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽΑ-ΩΆΈ-ΏА-ЯІЇЄ]"
_WORD: Final = r"[\w.'-]{1,30}"
_NAME: Final = rf"{_BIG}[\w.'-]{{1,30}}"
_UNIT: Final = rf"(?i:{any_of('units')})\b\.? ?#?(?=\w{{0,4}}\d)\w{{1,5}}\b"
_LINK: Final = r"(?:(?i:de|du|des|del|la|le|les|los|las|el|y|et|von|van|der|den|dem|da|do|dos|di) |(?i:l|d)')"
_HOUSE: Final = r"\d{1,5}(?: ?(?:bis|ter|quater))?,? "
_STREETS: Final = (
    rf"\d{{1,5}}[A-Za-z]?(?:[-/]\d{{1,4}})?,?(?: {_WORD}){{1,5}}?,? "
    rf"(?:(?i:{any_of('streets_after')})|{any_of('streets_after_capital')})\b\.?",
    rf"{_NAME}(?: {_NAME}){{0,2}} (?:Street|Avenue|Road|Boulevard|Lane|Drive)\b",
    rf"(?:{_HOUSE}){{0,2}}(?<!\w)(?i:{any_of('streets_before')}) (?:{_LINK}){{0,3}}{_NAME}"
    rf"(?:[ -](?:{_LINK}){{0,2}}{_NAME}){{0,3}}(?:,? (?:n[°º.] ?)?\d{{1,4}}[A-Za-z]?\b)?",
    rf"(?:\d{{1,5}} )?{_NAME}?(?:[ -]{_NAME}){{0,3}}(?:(?<=\w)(?i:{any_of('streets_within')})"
    r"|[ -](?:Straße|Strasse|Weg|Platz|Gasse|Allee)) \d{1,4}[A-Za-z]?\b",
    rf"\d{{1,5}}(?: {_WORD}){{1,6}}?,?\s{{1,3}}{_UNIT}",
    rf"(?!(?:19|20)\d\d\b)\d{{1,4}} {_NAME}(?: {_WORD}){{0,4}}? \d{{1,4}}[A-Za-z]?(?=,? ?[,\n] ?{_NAME})",
    rf"(?i:{any_of('boxes')}) ?:? ?\d{{1,6}}(?:,? (?i:box) \d{{1,6}})?",
    r"(?:PSC|Unit|USS|USNS|USNV|USCGC) [\w ,]{1,30}\n?(?:APO|FPO|DPO) A[AEP]\b",
    r"ص\. ?ب\.? ?:? ?\d{1,7}",
    r"(?<!\w)(?:شارع|طريق|جادة|زقاق|حارة)(?: \w{2,20}){1,3}?،? (?:رقم|بناية|مبنى|عمارة|شقة|منزل) ?\d{1,5}",
    r"(?<!\w)(?:شارع|جادة) \w{2,20}(?: \w{2,20})?",
)
_CODE: Final = (
    r"(?:\d{3,6}(?:-\d{3,4})?(?![ .-]?\d)|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d)\b"
)
_TAIL: Final = (
    rf"(?:[,\s]{{1,3}}{_UNIT}|, ?\d{{1,2}}[º°ª]\.? ?[A-Z]?\b)?"
    rf"(?:(?:[,\s]{{1,4}}(?:{_LINK}){{0,2}}(?:{_NAME}|nan)){{0,7}}[,\s]{{1,4}}(?:[A-Z]{{2}}\s{{1,3}})?{_CODE}"
    rf"(?: {_NAME}(?!\w))?|[,\s]{{1,3}}{_NAME}(?: {_NAME}){{0,2}},? [A-Z]{{2}}\b)?"
)
"""What follows a street: a flat, a town, a region, a post code, a country."""
_ADDRESSES: Final = tuple(re.compile(rf"(?<![\w.-])(?:{street}){_TAIL}") for street in _STREETS)
_AFTER: Final = re.compile(
    rf"(?i:\b{any_of('addressed')}(?: to| is| est| es| at|:| changed to){{0,2}}\s{{1,6}})"
    rf"(?P<address>\d{{1,5}}(?:[ \n]{{1,2}}{_WORD}){{1,4}}?{_TAIL})(?=[\s,.;:!?)]|$)"
)
_POSTCODE: Final = re.compile(
    rf"(?i:\b{any_of('postcodes')}(?:\W{{1,3}}(?:is|est|es|to|from|of|was|changed|now|new|my|هو)\b){{0,3}})"
    r"\W{1,3}(?P<code>(?=[A-Z]{0,3} ?\d)[A-Za-z\d]{2,6}(?:[ -][A-Za-z]?\d[A-Za-z\d]{1,3})?)(?!\w)"
    r"|(?<!\w)(?P<uk>[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?!\w)|(?<=\b[A-Z]{2} )(?P<us>\d{5}(?:-\d{4})?)(?![\w-])"
)


def find_addresses(text: str) -> Iterator[Span]:
    """Every postal address as far as it goes on, the longer one first where two overlap; then post codes."""
    matches = [match for form in _ADDRESSES for match in form.finditer(text)]
    places = [match.span() for match in matches] + [match.span("address") for match in _AFTER.finditer(text)]
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        yield Span(start, start + len(text[start:end].rstrip(".,;-' \n")), Kind.ADDRESS)
    for match in _POSTCODE.finditer(text):
        group = match.lastgroup or "code"
        yield Span(match.start(group), match.end(group), Kind.POSTCODE)
