"""Project proposals on their way to endorsement by a regional office."""

from typing import Annotated, Literal

from pydantic import Field

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.results.family import RESULTS, SUPPORT_OWNER
from orgpulse_schemas.fields import AmountUsd, Date, FreeText, RecordId, UnitId
from orgpulse_schemas.privacy import NOBODY, Unit

ReviewRound = Annotated[int, Field(ge=1, le=50), Unit("number of the review"), NOBODY]
SUPPORT = "Measure how fast and how well offices are supported."


@RESULTS.contract(
    "org.results.proposal.submitted.v1",
    system="PE-2",
    key="proposal_id",
    purpose=SUPPORT,
    owner=SUPPORT_OWNER,
)
class ProposalSubmitted(Contract):
    """An office submitted a project proposal to its regional office."""

    proposal_id: RecordId
    """Number of the proposal."""
    unit_id: UnitId
    """The office that proposes."""
    kind: Literal["emergency", "development", "policy", "capacity_building"]
    """What kind of project it is."""
    budget_usd: AmountUsd
    """Budget proposed."""
    submitted_on: Date
    """Day of submission."""


@RESULTS.contract(
    "org.results.proposal.reviewed.v1", system="PE-2", key="proposal_id", purpose=SUPPORT, owner=SUPPORT_OWNER
)
class ProposalReviewed(Contract):
    """The regional office reviewed a proposal."""

    proposal_id: RecordId
    """Number of the proposal."""
    round: ReviewRound
    """Number of the review, from 1."""
    reviewed_on: Date
    """Day of the review."""


@RESULTS.contract(
    "org.results.proposal.returned.v1",
    system="PE-2",
    key="proposal_id",
    purpose=SUPPORT,
    owner=SUPPORT_OWNER,
    data_subjects="people whom the text may name",
)
class ProposalReturned(Contract):
    """A proposal was returned for revision."""

    proposal_id: RecordId
    """Number of the proposal."""
    comments: FreeText | None = None
    """What is to be revised."""
    returned_on: Date
    """Day of the return."""


@RESULTS.contract(
    "org.results.proposal.endorsed.v1", system="PE-2", key="proposal_id", purpose=SUPPORT, owner=SUPPORT_OWNER
)
class ProposalEndorsed(Contract):
    """A proposal was endorsed."""

    proposal_id: RecordId
    """Number of the proposal."""
    endorsed_on: Date
    """Day of the endorsement."""
