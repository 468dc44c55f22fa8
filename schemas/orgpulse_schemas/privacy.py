"""What a field says about a person, and what protection does with it before it leaves the raw topics."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class PersonalData(StrEnum):
    """How a field relates to a person (after the organisation's data-protection principles)."""

    NONE = "none"
    """Says nothing about a person."""
    IDENTIFIER = "identifier"
    """Names or numbers a person directly: personnel number, name, e-mail address."""
    ATTRIBUTE = "attribute"
    """Describes a person and can help to single them out: gender, nationality, grade, birth date."""
    FREE_TEXT = "free_text"
    """Written by hand; may name anybody."""


class TreatmentKind(StrEnum):
    """What protection does with a field."""

    KEEP = "keep"
    """The value leaves as it is."""
    DROP = "drop"
    """The field does not leave."""
    PSEUDONYMISE = "pseudonymise"
    """A keyed pseudonym takes the place of the value; it joins only with pseudonyms of the same domain."""
    SCRUB = "scrub"
    """The free text leaves, with a placeholder for every personal detail found in it; some never are."""
    GENERALISE = "generalise"
    """A coarser value takes its place, by the rule that is named."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """The treatment of one field; ``detail`` is the pseudonym domain, the generalisation rule, or the reason
    for which free text is kept."""

    kind: TreatmentKind
    detail: str = ""


FEWEST_WORDS: Final = 6
"""Words of the shortest reason for which free text is kept."""
KEEP: Final = Treatment(TreatmentKind.KEEP)
DROP: Final = Treatment(TreatmentKind.DROP)
AGE_BAND: Final = Treatment(TreatmentKind.GENERALISE, "age_band")
"""A birth date becomes a five-year age band at the time of the event, such as ``25-29``."""


def pseudonymise(domain: str) -> Treatment:
    """Replace the value by a keyed pseudonym; values join only within the same domain."""
    return Treatment(TreatmentKind.PSEUDONYMISE, domain)


def scrub(reason: str) -> Treatment:
    """Keep free text, scrubbed, for a reason that the contract states in a sentence.

    Raises :class:`ValueError` without one: free text is dropped unless a contract argues for it.
    """
    if len(reason.split()) < FEWEST_WORDS:
        raise ValueError("a contract that keeps free text says in a sentence why it must")
    return Treatment(TreatmentKind.SCRUB, reason)


@dataclass(frozen=True, slots=True)
class PersonName:
    """Annotates a text that is the name of a person: scrubbing finds the names of the HR system's people."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """The privacy annotation of a field type: its personal-data class and its treatment."""

    personal_data: PersonalData
    treatment: Treatment


NOBODY: Final = Privacy(PersonalData.NONE, KEEP)
"""Says nothing about a person, and leaves as it is."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Why a field passes that would not pass by itself.

    Said of a field that no indicator reads, and of every field of case data that is to pass at all.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """No indicator needs the field: it is checked on arrival and does not pass, whatever its type says."""


NOT_NEEDED: Final = NotNeeded()


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a number, for example ``USD`` or ``tonnes of CO2 equivalent``."""

    symbol: str
