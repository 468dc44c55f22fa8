"""Implementing partners and the people who work for them."""

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.training.family import PSEA_BASIS, PSEA_OWNER, TRAINING
from orgpulse_schemas.fields import Date, FullName, PartnerId, PartnerPersonId, PublicName, UnitId

PARTNER_PERSONNEL = "personnel of implementing partners"
COVERAGE = "Measure coverage of the prevention of sexual exploitation and abuse."


@TRAINING.contract(
    "org.training.partner.registered.v1",
    system="PR-1",
    key="partner_id",
    purpose=COVERAGE,
    owner=PSEA_OWNER,
    legal_basis=PSEA_BASIS,
)
class PartnerRegistered(Contract):
    """An implementing partner was registered."""

    partner_id: PartnerId
    """Number of the partner."""
    name: PublicName
    """Name of the partner organisation."""
    unit_id: UnitId
    """The office that works with it."""
    registered_on: Date
    """Day of registration."""


@TRAINING.contract(
    "org.training.partner_person.registered.v1",
    system="PR-1",
    key="partner_person_id",
    purpose=COVERAGE,
    data_subjects=PARTNER_PERSONNEL,
    owner=PSEA_OWNER,
    legal_basis=PSEA_BASIS,
)
class PartnerPersonRegistered(Contract):
    """A person who works for an implementing partner was registered."""

    partner_person_id: PartnerPersonId
    """Number of the person at the partner."""
    partner_id: PartnerId
    """The partner."""
    full_name: FullName
    """Name of the person."""
    registered_on: Date
    """Day of registration."""
