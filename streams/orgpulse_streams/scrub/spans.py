"""What is found in a text: a kind of personal detail, and where it stands."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """A kind of personal detail; its value is the word of the placeholder."""

    EMAIL = "EMAIL_ADDRESS"
    URL = "URL"
    """An address on the web, or a bare domain name."""
    IBAN = "IBAN_CODE"
    CARD = "CREDIT_CARD"
    IP = "IP_ADDRESS"
    PHONE = "PHONE_NUMBER"
    SSN = "US_SSN"
    """A social security number of the form that the United States give."""
    NATIONAL_ID = "NATIONAL_ID"
    """A national number with a check digit, of France or Spain."""
    PASSPORT = "PASSPORT"
    """A passport or a laissez-passer of the United Nations."""
    LICENCE = "DRIVER_LICENSE"
    STAFF_ID = "PERSONNEL_ID"
    """A number of a person or of a confidential case in the organisation's own systems."""
    ID = "ID_NUMBER"
    """A number that the words before it call somebody's: of an account, a badge, a file."""
    ADDRESS = "STREET_ADDRESS"
    POSTCODE = "ZIP_CODE"
    DATE = "DATE_TIME"
    """A day, with or without a time of day; a month or a year alone stays."""
    AGE = "AGE"
    TITLE = "TITLE"
    """Mr, Mme, Sra. before a name: it tells the gender."""
    PERSON = "PERSON"


class Span(NamedTuple):
    """A find: ``text[start:end]`` is of a kind."""

    start: int
    end: int
    kind: Kind


def apart(found: Iterable[Span], length: int) -> list[Span]:
    """The finds that do not overlap, by their place; of two that do, the one that came first."""
    taken = bytearray(length)
    kept = []
    for span in found:
        if span.start < span.end and not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            kept.append(span)
    return sorted(kept)
