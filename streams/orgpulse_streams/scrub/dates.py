"""Days and ages."""

import re
from collections.abc import Iterator
from typing import Final

from orgpulse_streams.scrub.spans import Kind, Span
from orgpulse_streams.scrub.words import any_of

_MONTH: Final = any_of("months")
_TIME: Final = (
    r"(?:[T ,]{1,2}\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?: ?[ap]\.?m\b\.?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_DAYS: Final = (
    rf"(?<![\w.-])\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}{_TIME}(?![\w-]|[./]\d)",
    rf"(?<![\w.-])\d{{1,2}}(?P<between>[-/.])\d{{1,2}}(?P=between)(?:\d{{4}}|\d\d){_TIME}(?![\w-]|[./]\d)",
    rf"(?<!\w)\d{{1,2}}(?:st|nd|rd|th|er|º|°)?[ -](?:of |de |d')?{_MONTH}\.?"
    rf"(?:,? (?:de |del )?\d{{4}}|-\d{{2,4}})?{_TIME}(?!\w)",
    rf"(?<!\w){_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?{_TIME}(?!\w)",
)
_DAY: Final = re.compile("|".join(_DAYS), re.I)
_NUMBER: Final = r"(?:1[01]\d|\d{1,2})"
_OLD: Final = r"(?:years?[ -]old|yrs? old|y/?o\b|años de edad|ans révolus|(?:سنة|عاما|عامًا) من العمر)"
_AGES: Final = (
    rf"(?<![\w.,-])(?P<a>{_NUMBER})(?=[ -]?{_OLD})",
    rf"(?<!\w){any_of('ages')}\s(?P<b>{_NUMBER})(?![\w%]|[.,]\d)",
    r"\b(?:i am|i'm|he is|he's|she is|she's|was) (?P<c>[1-9]\d)(?=[.,;!?]?(?:$|\s(?:and|but|now|today)))",
    rf"\b(?:j'ai|(?:il|elle) a) (?P<d>{_NUMBER})(?= ans(?! d))",
    rf"\b(?:tengo|tiene|cumpl\w{{1,6}}|de) (?P<e>{_NUMBER})(?= años(?! de (?!edad)))",
)
_AGE: Final = re.compile("|".join(_AGES), re.I)


def find_dates(text: str) -> Iterator[Span]:
    """Every day and every age; the age is the number alone."""
    for match in _DAY.finditer(text):
        yield Span(match.start(), match.end(), Kind.DATE)
    for match in _AGE.finditer(text):
        group = match.lastgroup or "a"
        yield Span(match.start(group), match.end(group), Kind.AGE)
