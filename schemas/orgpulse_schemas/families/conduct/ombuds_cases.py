"""Cases of the ombudsperson's visitors (strictly confidential), and the issues that recur in them."""

from typing import Annotated, Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.conduct.family import CONDUCT, JOINS, OMBUDS_BASIS, OMBUDS_OWNER
from orgpulse_schemas.fields import CaseId, CasePersonnelId, Date, FreeText, RecordId
from orgpulse_schemas.privacy import Needed

THREE_YEARS = 1095
TIMED = Needed("Days to closure are measured from it.")
LATER = Needed("Of a resolution and a referral the later one counts.")
VISITORS = "visitors of the ombudsperson"


@CONDUCT.contract(
    "org.conduct.ombuds_case.opened.v1",
    system="PE-4",
    key="case_id",
    purpose="Know how many people seek the ombudsperson's help.",
    data_subjects=VISITORS,
    owner=OMBUDS_OWNER,
    legal_basis=OMBUDS_BASIS,
    retention_days=THREE_YEARS,
)
class OmbudsCaseOpened(Contract):
    """A visitor's case was opened."""

    case_id: Annotated[CaseId, JOINS]
    """Number of the case."""
    concern: Annotated[
        Literal["evaluative_relationship", "career", "peer_relationship", "organisational", "other"],
        Needed("Cases opened are counted by it."),
    ]
    """Category of the concern (International Ombudsman Association)."""
    opened_on: Annotated[Date, TIMED]
    """Day of the first visit."""
    visitor_id: CasePersonnelId | None = None
    """The visitor."""
    notes: FreeText | None = None
    """What the visitor told."""


@CONDUCT.contract(
    "org.conduct.ombuds_case.resolved.v1",
    system="PE-4",
    key="case_id",
    purpose="Measure the share of cases that are resolved informally.",
    data_subjects=VISITORS,
    owner=OMBUDS_OWNER,
    legal_basis=OMBUDS_BASIS,
    retention_days=THREE_YEARS,
)
class OmbudsCaseResolved(Contract):
    """A case was resolved informally."""

    case_id: Annotated[CaseId, JOINS]
    """Number of the case."""
    resolved_on: Annotated[Date, LATER]
    """Day of the resolution."""


@CONDUCT.contract(
    "org.conduct.ombuds_case.referred.v1",
    system="PE-4",
    key="case_id",
    purpose="Measure the share of cases that need a formal channel.",
    data_subjects=VISITORS,
    owner=OMBUDS_OWNER,
    legal_basis=OMBUDS_BASIS,
    retention_days=THREE_YEARS,
)
class OmbudsCaseReferred(Contract):
    """A case was referred to a formal channel with the visitor's consent."""

    case_id: Annotated[CaseId, JOINS]
    """Number of the case."""
    referred_on: Annotated[Date, LATER]
    """Day of the referral."""


@CONDUCT.contract(
    "org.conduct.ombuds_case.closed.v1",
    system="PE-4",
    key="case_id",
    purpose="Measure how long cases stay open.",
    data_subjects=VISITORS,
    owner=OMBUDS_OWNER,
    legal_basis=OMBUDS_BASIS,
    retention_days=THREE_YEARS,
)
class OmbudsCaseClosed(Contract):
    """A case was closed."""

    case_id: Annotated[CaseId, JOINS]
    """Number of the case."""
    closed_on: Annotated[Date, TIMED]
    """Day of closure."""


@CONDUCT.contract(
    "org.conduct.systemic_issue.raised.v1",
    system="PE-4",
    key="issue_id",
    purpose="Show management which issues recur.",
    owner=OMBUDS_OWNER,
    legal_basis=OMBUDS_BASIS,
    retention_days=THREE_YEARS,
    eased="It names what recurs in many cases; no case stands behind it.",
)
class SystemicIssueRaised(Contract):
    """The ombudsperson raised a systemic issue with management."""

    issue_id: RecordId
    """Number of the issue."""
    theme: Literal["workload", "management_skills", "contract_types", "discrimination", "communication"]
    """What recurs."""
    raised_on: Date
    """Day on which it was raised."""
