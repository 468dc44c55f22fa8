"""Field types that contracts share: each states once what is valid, its personal-data class and treatment."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Literal

import pycountry
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from orgpulse_schemas.codes.sdg import SDG_TARGETS
from orgpulse_schemas.iso_date import IsoDate
from orgpulse_schemas.iso_timestamp import IsoTimestamp
from orgpulse_schemas.privacy import AGE_BAND, DROP, KEEP, PersonalData, Privacy, Unit, pseudonymise

Date = Annotated[date, IsoDate()]
"""A day, written ``YYYY-MM-DD``."""
Timestamp = Annotated[datetime, IsoTimestamp()]
"""A moment, written ``YYYY-MM-DDThh:mm:ss`` with its offset from UTC; read into UTC."""

# --- people -----------------------------------------------------------------------------------------

PersonnelId = Annotated[
    str,
    StringConstraints(pattern=r"^P[0-9]{6}$"),
    Privacy(PersonalData.IDENTIFIER, pseudonymise("person")),
]
"""Number that the HR system gives a person for life, ``P`` and six digits."""

CandidateId = Annotated[
    str,
    StringConstraints(pattern=r"^A[0-9]{6}$"),
    Privacy(PersonalData.IDENTIFIER, pseudonymise("candidate")),
]
"""Number of a candidate of the roster; its pseudonym joins with no person in service."""
PartnerPersonId = Annotated[
    str,
    StringConstraints(pattern=r"^Q[0-9]{6}$"),
    Privacy(PersonalData.IDENTIFIER, pseudonymise("partner-person")),
]
"""Number of a person who works for an implementing partner."""
CaseId = Annotated[
    str,
    StringConstraints(pattern=r"^K[0-9]{6}$"),
    Privacy(PersonalData.IDENTIFIER, pseudonymise("case")),
]
"""Number of a confidential case; whoever knows the number must not find the case in the warehouse."""
CasePersonnelId = Annotated[
    str, StringConstraints(pattern=r"^P[0-9]{6}$"), Privacy(PersonalData.IDENTIFIER, DROP)
]
"""Number of a person in a confidential case. No indicator needs it, not even as a pseudonym."""

FullName = Annotated[
    str, StringConstraints(min_length=1, max_length=200), Privacy(PersonalData.IDENTIFIER, DROP)
]
EmailAddress = Annotated[
    str,
    StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254),
    Privacy(PersonalData.IDENTIFIER, DROP),
]
BirthDate = Annotated[Date, Privacy(PersonalData.ATTRIBUTE, AGE_BAND)]
Gender = Annotated[Literal["female", "male", "other"], Privacy(PersonalData.ATTRIBUTE, KEEP)]
FreeText = Annotated[str, StringConstraints(max_length=10_000), Privacy(PersonalData.FREE_TEXT, DROP)]
"""Text written by hand. No indicator needs it, and it may name anybody: it does not pass protection."""

Grade = Annotated[
    Literal["G1", "G2", "G3", "G4", "G5", "G6", "G7", "NOA", "NOB", "NOC", "NOD",
            "P1", "P2", "P3", "P4", "P5", "D1", "D2", "UG"],
    Privacy(PersonalData.ATTRIBUTE, KEEP),
]  # fmt: skip
"""Grade of the United Nations common system: general service, national officer, professional, director."""

# --- code lists -------------------------------------------------------------------------------------


@cache
def _is_country(code: str) -> bool:
    return pycountry.countries.get(alpha_3=code) is not None


@cache
def _is_currency(code: str) -> bool:
    return pycountry.currencies.get(alpha_3=code) is not None


def _country(code: str) -> str:
    if not _is_country(code):
        raise PydanticCustomError("not_in_code_list", "not an ISO 3166-1 alpha-3 country code")
    return code


def _currency(code: str) -> str:
    if not _is_currency(code):
        raise PydanticCustomError("not_in_code_list", "not an ISO 4217 currency code")
    return code


CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), AfterValidator(_country)]
"""ISO 3166-1 alpha-3."""
Nationality = Annotated[CountryCode, Privacy(PersonalData.ATTRIBUTE, KEEP)]
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), AfterValidator(_currency)]
"""ISO 4217."""
Language = Literal["AR", "EN", "ES", "FR", "RU", "ZH"]
"""ISO 639-1 code, upper case, of an official language of the United Nations."""
Region = Literal["africa", "americas", "asia", "europe", "oceania"]
"""Continental region after the UN M49 standard."""
RevenueType = Literal["R01", "R02", "R03", "R04"]
"""UN Data Cube: R01 assessed, R02 voluntary un-earmarked, R03 voluntary earmarked, R04 other revenue."""


def _sdg_target(number: str) -> str:
    if number not in SDG_TARGETS:
        raise PydanticCustomError("not_in_code_list", "not a target of the Sustainable Development Goals")
    return number


SdgTarget = Annotated[
    str, StringConstraints(pattern=r"^(1[0-7]|[1-9])\.(1[0-9]|[1-9]|[a-d])$"), AfterValidator(_sdg_target)
]
"""Number of one of the 169 targets of the Sustainable Development Goals, such as ``10.7`` or ``16.a``."""
GcmObjective = Annotated[int, Field(ge=1, le=23)]
"""Number of an objective of the Global Compact for Safe, Orderly and Regular Migration."""

# --- identifiers of things --------------------------------------------------------------------------

UnitId = Annotated[str, StringConstraints(pattern=r"^U[0-9]{4}$")]
"""Organisation unit: headquarters, a regional, country or sub-office."""
PositionId = Annotated[str, StringConstraints(pattern=r"^N[0-9]{6}$")]
ProjectId = Annotated[str, StringConstraints(pattern=r"^J[0-9]{5}$")]
CourseId = Annotated[str, StringConstraints(pattern=r"^C[0-9]{3}$")]
SessionId = Annotated[str, StringConstraints(pattern=r"^S[0-9]{6}$")]
EvaluationId = Annotated[str, StringConstraints(pattern=r"^E[0-9]{5}$")]
RecommendationId = Annotated[str, StringConstraints(pattern=r"^R[0-9]{6}$")]
DonorId = Annotated[str, StringConstraints(pattern=r"^D[0-9]{4}$")]
PartnerId = Annotated[str, StringConstraints(pattern=r"^I[0-9]{4}$")]
"""Implementing partner: an organisation, not a person."""
ServiceId = Annotated[str, StringConstraints(pattern=r"^V[0-9]{3}$")]
"""ICT service of the service catalogue."""
FacilityId = Annotated[str, StringConstraints(pattern=r"^F[0-9]{4,6}$")]
RecordId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{2,31}$")]
"""Number of a ledger line, report or other record in its source system; never built from a person's data."""
PublicName = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""Name of an office, course, facility, project or institution that is public by nature."""

# --- measures ---------------------------------------------------------------------------------------

Year = Annotated[int, Field(ge=1951, le=2100), Unit("calendar year")]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
AmountUsd = Annotated[Decimal, Field(max_digits=18, decimal_places=2), Unit("USD")]
"""Amount in United States dollars; negative amounts are corrections."""
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=2), Unit("units of the stated currency")]
TonnesCo2e = Annotated[
    Decimal, Field(ge=0, max_digits=18, decimal_places=6), Unit("tonnes of CO2 equivalent")
]
NetTonnesCo2e = Annotated[Decimal, Field(max_digits=18, decimal_places=6), Unit("tonnes of CO2 equivalent")]
"""Negative where a facility saves the grid more emissions than it causes."""
KilowattHours = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=3), Unit("kWh")]
NetKilowattHours = Annotated[Decimal, Field(max_digits=18, decimal_places=3), Unit("kWh")]
"""Negative where a facility feeds more into the grid than it takes."""
CubicMetres = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=3), Unit("m3")]
Kilograms = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=3), Unit("kg")]
SquareMetres = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2), Unit("m2")]
Percentage = Annotated[Decimal, Field(ge=0, le=100, max_digits=6, decimal_places=3), Unit("%")]
Months = Annotated[int, Field(ge=1, le=120), Unit("months")]
Rating = Annotated[int, Field(ge=1, le=5), Unit("points from 1 (lowest) to 5 (highest)")]
