"""The roster of pre-assessed candidates ("pathway pool")."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.hr.family import HR
from orgpulse_schemas.fields import CandidateId, Date, FullName, PositionId
from orgpulse_schemas.rules import require_order

Profile = Literal["chief_of_mission", "resource_mobilisation_officer", "expert"]
CANDIDATES = "candidates of the roster"
RECRUITMENT = "Steps taken at the candidate's request before an appointment; recruitment rules"
FIVE_YEARS = 1825


@HR.contract(
    "org.hr.candidate.assessed.v1",
    system="PE-3",
    key="candidate_id",
    purpose="Know how many candidates are assessed for the roster.",
    data_subjects=CANDIDATES,
    legal_basis=RECRUITMENT,
    retention_days=FIVE_YEARS,
)
class CandidateAssessed(Contract):
    """A candidate was assessed for a profile of the roster."""

    candidate_id: CandidateId
    """Number of the candidate."""
    full_name: FullName
    """Name of the candidate."""
    profile: Profile
    """The profile assessed."""
    passed: bool
    """Whether the candidate passed."""
    assessed_on: Date
    """Day of the assessment."""


@HR.contract(
    "org.hr.candidate.rostered.v1",
    system="PE-3",
    key="candidate_id",
    purpose="Measure the size of the roster by profile.",
    data_subjects=CANDIDATES,
    legal_basis=RECRUITMENT,
    retention_days=FIVE_YEARS,
)
class CandidateRostered(Contract):
    """A candidate was placed on the roster."""

    candidate_id: CandidateId
    """Number of the candidate."""
    profile: Profile
    """The profile."""
    rostered_on: Date
    """First day on the roster."""


@HR.contract(
    "org.hr.candidate.deployed.v1",
    system="PE-3",
    key="candidate_id",
    purpose="Measure deployments from the roster, and how fast they are.",
    data_subjects=CANDIDATES,
    legal_basis=RECRUITMENT,
    retention_days=FIVE_YEARS,
)
class CandidateDeployed(Contract):
    """A candidate of the roster was deployed to a position."""

    candidate_id: CandidateId
    """Number of the candidate."""
    profile: Profile
    """The profile."""
    position_id: PositionId
    """The position."""
    requested_on: Date
    """Day on which somebody was asked for."""
    deployed_on: Date
    """First day of the deployment."""

    _dates = require_order("requested_on", "deployed_on")
