"""Field types that contracts share: each states once what is valid, its personal-data class and treatment."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from orgpulse_schemas.canonical import EMAIL, PERSON_NUMBER
from orgpulse_schemas.codes.lists import (
    COUNTRIES,
    CURRENCIES,
    GRADES,
    LANGUAGES,
    OBJECTIVES,
    REGIONS,
    REVENUE_TYPES,
    TARGETS,
)
from orgpulse_schemas.iso_date import IsoDate
from orgpulse_schemas.iso_timestamp import IsoTimestamp
from orgpulse_schemas.plain_decimal import PlainDecimal
from orgpulse_schemas.privacy import (
    AGE_BAND,
    DROP,
    KEEP,
    NOBODY,
    PersonalData,
    PersonName,
    Privacy,
    Unit,
    pseudonymise,
)

Date = Annotated[date, IsoDate(), NOBODY]
"""A day, written ``YYYY-MM-DD``."""
Timestamp = Annotated[datetime, IsoTimestamp(), NOBODY]
"""A moment, written ``YYYY-MM-DDThh:mm:ss`` with its offset from UTC; read into UTC."""

# --- people -----------------------------------------------------------------------------------------
# What names a person is read in other spellings too (PERSON_NUMBER, EMAIL): one person, one pseudonym.

PersonnelId = Annotated[
    str,
    StringConstraints(pattern=r"^P[0-9]{6,7}$"),
    PERSON_NUMBER,
    Privacy(PersonalData.IDENTIFIER, pseudonymise("person")),
]
"""Number that the HR system gives a person for life, ``P`` and six digits or seven."""

CandidateId = Annotated[
    str,
    StringConstraints(pattern=r"^A[0-9]{6}$"),
    PERSON_NUMBER,
    Privacy(PersonalData.IDENTIFIER, pseudonymise("candidate")),
]
"""Number of a candidate of the roster; its pseudonym joins with no person in service."""
PartnerPersonId = Annotated[
    str,
    StringConstraints(pattern=r"^Q[0-9]{6}$"),
    PERSON_NUMBER,
    Privacy(PersonalData.IDENTIFIER, pseudonymise("partner-person")),
]
"""Number of a person who works for an implementing partner."""
CaseId = Annotated[
    str,
    StringConstraints(pattern=r"^K[0-9]{6}$"),
    PERSON_NUMBER,
    Privacy(PersonalData.IDENTIFIER, pseudonymise("case")),
]
"""Number of a confidential case; whoever knows the number must not find the case in the warehouse."""
CasePersonnelId = Annotated[
    str,
    StringConstraints(pattern=r"^P[0-9]{6,7}$"),
    PERSON_NUMBER,
    Privacy(PersonalData.IDENTIFIER, DROP),
]
"""Number of a person in a confidential case. No indicator needs it, not even as a pseudonym."""

FullName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    PersonName(),
    Privacy(PersonalData.IDENTIFIER, DROP),
]
EmailAddress = Annotated[
    str,
    StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254),
    EMAIL,
    Privacy(PersonalData.IDENTIFIER, DROP),
]
BirthDate = Annotated[date, IsoDate(), Privacy(PersonalData.ATTRIBUTE, AGE_BAND)]
Gender = Annotated[Literal["female", "male", "other"], Privacy(PersonalData.ATTRIBUTE, KEEP)]
FreeText = Annotated[str, StringConstraints(max_length=10_000), Privacy(PersonalData.FREE_TEXT, DROP)]
"""Text written by hand. No indicator needs it, and it may name anybody: it does not pass protection."""

Grade = Annotated[
    Literal["G1", "G2", "G3", "G4", "G5", "G6", "G7", "NOA", "NOB", "NOC", "NOD",
            "P1", "P2", "P3", "P4", "P5", "D1", "D2", "UG"],
    GRADES,
    Privacy(PersonalData.ATTRIBUTE, KEEP),
]  # fmt: skip

# --- code lists -------------------------------------------------------------------------------------

CountryCode = Annotated[str, COUNTRIES, NOBODY]
Nationality = Annotated[str, COUNTRIES, Privacy(PersonalData.ATTRIBUTE, KEEP)]
CurrencyCode = Annotated[str, CURRENCIES, NOBODY]
Language = Annotated[Literal["AR", "EN", "ES", "FR", "RU", "ZH"], LANGUAGES, NOBODY]
Region = Annotated[Literal["africa", "americas", "asia", "europe", "oceania"], REGIONS, NOBODY]
RevenueType = Annotated[Literal["R01", "R02", "R03", "R04"], REVENUE_TYPES, NOBODY]
SdgTarget = Annotated[str, TARGETS, NOBODY]
"""Number of one of the 169 targets of the Sustainable Development Goals, such as ``10.7`` or ``16.a``."""
GcmObjective = Annotated[
    int, Field(ge=1, le=len(OBJECTIVES.codes)), OBJECTIVES, Unit("number of the objective"), NOBODY
]

# --- identifiers of things --------------------------------------------------------------------------

UnitId = Annotated[str, StringConstraints(pattern=r"^U[0-9]{4}$"), NOBODY]
"""Organisation unit: headquarters, a regional, country or sub-office."""
PositionId = Annotated[str, StringConstraints(pattern=r"^N[0-9]{6}$"), NOBODY]
ProjectId = Annotated[str, StringConstraints(pattern=r"^J[0-9]{5}$"), NOBODY]
CourseId = Annotated[str, StringConstraints(pattern=r"^C[0-9]{3}$"), NOBODY]
SessionId = Annotated[str, StringConstraints(pattern=r"^S[0-9]{6}$"), NOBODY]
EvaluationId = Annotated[str, StringConstraints(pattern=r"^E[0-9]{5}$"), NOBODY]
RecommendationId = Annotated[str, StringConstraints(pattern=r"^R[0-9]{6}$"), NOBODY]
DonorId = Annotated[str, StringConstraints(pattern=r"^D[0-9]{4}$"), NOBODY]
PartnerId = Annotated[str, StringConstraints(pattern=r"^I[0-9]{4}$"), NOBODY]
"""Implementing partner: an organisation, not a person."""
ServiceId = Annotated[str, StringConstraints(pattern=r"^V[0-9]{3}$"), NOBODY]
"""ICT service of the service catalogue."""
FacilityId = Annotated[str, StringConstraints(pattern=r"^F[0-9]{4,6}$"), NOBODY]
RecordId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{2,31}$"), NOBODY]
"""Number of a ledger line, report or other record in its source system; never built from a person's data."""
PublicName = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"\S"), NOBODY]
"""Name of an office, course, facility, project or institution that is public by nature."""

# --- measures ---------------------------------------------------------------------------------------

Year = Annotated[int, Field(ge=1951, le=2100), Unit("calendar year"), NOBODY]
People = Annotated[int, Field(ge=0, le=10_000_000), Unit("people"), NOBODY]
"""How many people; a number, not who."""
Documents = Annotated[int, Field(ge=0, le=10_000_000), Unit("documents"), NOBODY]
Workplaces = Annotated[int, Field(ge=0, le=10_000_000), Unit("workplaces"), NOBODY]
AmountUsd = Annotated[Decimal, Field(max_digits=18, decimal_places=2), PlainDecimal(), Unit("USD"), NOBODY]
"""Amount in United States dollars; negative amounts are corrections."""
Amount = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=2),
    PlainDecimal(),
    Unit("units of the stated currency"),
    NOBODY,
]
TonnesCo2e = Annotated[
    Decimal,
    Field(ge=0, max_digits=18, decimal_places=6),
    PlainDecimal(),
    Unit("tonnes of CO2 equivalent"),
    NOBODY,
]
NetTonnesCo2e = Annotated[
    Decimal, Field(max_digits=18, decimal_places=6), PlainDecimal(), Unit("tonnes of CO2 equivalent"), NOBODY
]
"""Negative where a facility saves the grid more emissions than it causes."""
KilowattHours = Annotated[
    Decimal, Field(ge=0, max_digits=18, decimal_places=3), PlainDecimal(), Unit("kWh"), NOBODY
]
NetKilowattHours = Annotated[
    Decimal, Field(max_digits=18, decimal_places=3), PlainDecimal(), Unit("kWh"), NOBODY
]
"""Negative where a facility feeds more into the grid than it takes."""
CubicMetres = Annotated[
    Decimal, Field(ge=0, max_digits=18, decimal_places=3), PlainDecimal(), Unit("m3"), NOBODY
]
Kilograms = Annotated[
    Decimal, Field(ge=0, max_digits=18, decimal_places=3), PlainDecimal(), Unit("kg"), NOBODY
]
SquareMetres = Annotated[
    Decimal, Field(ge=0, max_digits=18, decimal_places=2), PlainDecimal(), Unit("m2"), NOBODY
]
Percentage = Annotated[
    Decimal, Field(ge=0, le=100, max_digits=6, decimal_places=3), PlainDecimal(), Unit("%"), NOBODY
]
Months = Annotated[int, Field(ge=1, le=120), Unit("months"), NOBODY]
Rating = Annotated[int, Field(ge=1, le=5), Unit("points from 1 (lowest) to 5 (highest)"), NOBODY]
