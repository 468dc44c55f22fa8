"""What the ombudsperson does to prevent conflict: workshops, focal points."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.conduct.family import CONDUCT, OMBUDS_BASIS, OMBUDS_OWNER
from orgpulse_schemas.fields import Date, Language, People, PersonnelId, RecordId, Region, UnitId


@CONDUCT.contract(
    "org.conduct.workshop.held.v1",
    system="PE-4",
    key="workshop_id",
    purpose="Know how many people preventive work reaches.",
    eased="It counts the participants of a workshop that was open to all.",
    owner=OMBUDS_OWNER,
    legal_basis=OMBUDS_BASIS,
)
class WorkshopHeld(Contract):
    """A workshop or webinar on conflict and respect at work was held."""

    workshop_id: RecordId
    """Number of the workshop."""
    modality: Literal["workshop", "webinar"]
    """How it was held."""
    region: Region
    """Region for which it was held."""
    language: Language
    """Language of the workshop."""
    participants: People
    """Number of participants."""
    held_on: Date
    """Day of the workshop."""


@CONDUCT.contract(
    "org.conduct.respect_focal_point.trained.v1",
    system="PE-4",
    key="unit_id",
    purpose="Know which missions have a trained respectful-workplace focal point.",
    eased="A focal point holds an office that colleagues are told of, and is nobody's case.",
    data_subjects="personnel",
    owner=OMBUDS_OWNER,
    legal_basis=OMBUDS_BASIS,
)
class RespectFocalPointTrained(Contract):
    """A respectful-workplace focal point was trained."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    unit_id: UnitId
    """The office served."""
    trained_on: Date
    """Day on which the training was completed."""
