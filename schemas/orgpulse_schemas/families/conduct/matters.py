"""Enquiries and matters of the ethics and conduct office, from opening to closure."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.conduct.family import CONDUCT
from orgpulse_schemas.fields import CaseId, CasePersonnelId, Date, FreeText, Region

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

    matter_id: CaseId
    """Number of the matter."""
    nature: Literal["enquiry", "matter"]
    """Whether advice was asked for, or something was reported."""
    kind: MatterKind
    """What it is about."""
    region: Region
    """Region in which it arose; the office is not asked for, since it could tell who is meant."""
    opened_on: Date
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

    matter_id: CaseId
    """Number of the matter."""
    advised_on: Date
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

    matter_id: CaseId
    """Number of the matter."""
    outcome: Literal["advice_followed", "referred", "no_action_needed", "withdrawn"]
    """How it ended."""
    closed_on: Date
    """Day of closure."""
