"""Enquiries and matters of the ethics and conduct office, from opening to closure."""

from typing import Annotated, Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.conduct.family import CONDUCT, JOINS
from orgpulse_schemas.fields import CaseId, CasePersonnelId, Date, FreeText, Region
from orgpulse_schemas.privacy import Needed

COUNTED = Needed("Matters opened are counted by it.")
TIMED = Needed("Days to advice and to closure are measured from it.")
MatterKind = Literal["conflict_of_interest", "outside_activity", "retaliation", "gift", "other"]


@CONDUCT.contract(
    "org.conduct.matter.opened.v1",
    system="PR-2",
    key="matter_id",
    purpose="Know how many matters of which kind the office receives, and where.",
    data_subjects="personnel who ask or report",
)
class MatterOpened(Contract):
    """An enquiry or matter was opened."""

    matter_id: Annotated[CaseId, JOINS]
    """Number of the matter."""
    nature: Annotated[Literal["enquiry", "matter"], COUNTED]
    """Whether advice was asked for, or something was reported."""
    kind: Annotated[MatterKind, COUNTED]
    """What it is about."""
    region: Annotated[Region, COUNTED]
    """Region in which it arose; the office is not asked for, since it could tell who is meant."""
    opened_on: Annotated[Date, TIMED]
    """Day of opening."""
    personnel_id: CasePersonnelId | None = None
    """Person who asked or reported."""
    summary: FreeText | None = None
    """What was asked or reported."""


@CONDUCT.contract(
    "org.conduct.matter.advised.v1",
    system="PR-2",
    key="matter_id",
    purpose="Know how fast advice is given.",
    data_subjects="personnel who ask or report",
)
class MatterAdvised(Contract):
    """Advice was given on a matter."""

    matter_id: Annotated[CaseId, JOINS]
    """Number of the matter."""
    advised_on: Annotated[Date, TIMED]
    """Day of the advice."""
    advice: FreeText | None = None
    """What was advised."""


@CONDUCT.contract(
    "org.conduct.matter.closed.v1",
    system="PR-2",
    key="matter_id",
    purpose="Measure how long matters stay open.",
    data_subjects="personnel who ask or report",
)
class MatterClosed(Contract):
    """A matter was closed."""

    matter_id: Annotated[CaseId, JOINS]
    """Number of the matter."""
    outcome: Literal["advice_followed", "referred", "no_action_needed", "withdrawn"]
    """How it ended; no indicator asks for it, so it does not pass."""
    closed_on: Annotated[Date, TIMED]
    """Day of closure."""
