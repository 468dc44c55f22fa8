"""Whatever is opened, asked for or registered in the younger systems has a number of its own."""

import pytest

from orgpulse_schemas.families.conduct.prevention import WorkshopHeld
from orgpulse_schemas.families.ict.digitisation import ProcessDigitised
from orgpulse_schemas.families.ict.incidents import ChangeDeployed, IncidentOpened, SatisfactionAnswered
from orgpulse_schemas.families.ict.initiatives import InitiativeDelivered, MilestoneMet
from orgpulse_schemas.families.ict.vulnerabilities import VulnerabilityFound, VulnerabilityPatched
from orgpulse_schemas.families.knowledge.repository import (
    DocumentDownloaded,
    DocumentRegistered,
    RepositorySearched,
)
from orgpulse_schemas.families.knowledge.support import DataAssetRegistered, PolicySupportRequested
from orgpulse_schemas.families.protection.guidance import ProtectionTrainingHeld, ToolPublished
from orgpulse_schemas.families.protection.processing import ImpactAssessmentCompleted
from orgpulse_schemas.families.protection.rights import BreachDetected, SubjectRequestReceived
from orgpulse_schemas.families.reference.organisation import OrganisationUnitRegistered
from orgpulse_schemas.families.results.capacity import ResultsTrainingHeld, StrategyAdopted
from orgpulse_schemas.families.results.frameworks import FrameworkApproved
from orgpulse_schemas.families.results.proposals import ProposalSubmitted
from orgpulse_schemas.families.results.regional_support import CapacityEventHeld, SupportRequestOpened

FAMILIES = ("results", "knowledge", "ict", "protection", "conduct")


@pytest.mark.parametrize(
    ("contract", "field"),
    [
        (StrategyAdopted, "strategy_id"),
        (FrameworkApproved, "framework_id"),
        (ProposalSubmitted, "proposal_id"),
        (SupportRequestOpened, "request_id"),
        (CapacityEventHeld, "capacity_event_id"),
        (ResultsTrainingHeld, "training_id"),
        (DocumentRegistered, "document_id"),
        (RepositorySearched, "search_id"),
        (DocumentDownloaded, "download_id"),
        (PolicySupportRequested, "request_id"),
        (DataAssetRegistered, "asset_id"),
        (ChangeDeployed, "change_id"),
        (IncidentOpened, "incident_id"),
        (SatisfactionAnswered, "answer_id"),
        (MilestoneMet, "milestone_id"),
        (InitiativeDelivered, "initiative_id"),
        (VulnerabilityFound, "vulnerability_id"),
        (VulnerabilityPatched, "vulnerability_id"),
        (ProcessDigitised, "process_id"),
        (ImpactAssessmentCompleted, "assessment_id"),
        (ProtectionTrainingHeld, "training_id"),
        (ToolPublished, "tool_id"),
        (SubjectRequestReceived, "request_id"),
        (BreachDetected, "breach_id"),
        (WorkshopHeld, "workshop_id"),
    ],
)
def test_numbers_are_given_once(full, contract, field):
    numbers = [getattr(payload, field) for payload in full.payloads(contract)]

    assert numbers
    assert len(numbers) == len(set(numbers))


def test_every_office_named_exists(full):
    units = {unit.unit_id for unit in full.payloads(OrganisationUnitRegistered)}

    for contract in full.events:
        if contract.about.family in FAMILIES and "unit_id" in contract.model_fields:
            assert {payload.unit_id for payload in full.payloads(contract)} <= units, contract
