"""Finding the contracts and the systems that publish them."""

import pytest

from orgpulse_schemas.registry import all_contracts, all_families, contract_for, versions_of
from orgpulse_schemas.systems import SYSTEMS, SourceSystem

PILLARS = {"principled", "purposeful", "prepared"}


def test_contract_is_found_by_its_type() -> None:
    about = contract_for("org.hr.appointment.made.v1")
    assert about is all_contracts()["org.hr.appointment.made.v1"]
    assert about.event_type == "org.hr.appointment.made.v1"


@pytest.mark.parametrize("type_", ["", "org.hr.appointment.made.v99", "ORG.HR.APPOINTMENT.MADE.V1", "hr"])
def test_type_without_contract_has_none(type_: str) -> None:
    assert contract_for(type_) is None


def test_contracts_and_families_stand_in_alphabetical_order() -> None:
    assert list(all_contracts()) == sorted(all_contracts())
    assert list(all_families()) == sorted(all_families())


def test_every_contract_is_of_its_family() -> None:
    for family in all_families().values():
        for type_, about in family.contracts.items():
            assert all_contracts()[type_] is about
            assert about.family == family.name


def test_versions_of_an_event_stand_from_the_oldest_to_the_newest() -> None:
    first, second = "org.hr.appraisal.completed.v1", "org.hr.appraisal.completed.v2"
    expected = (all_contracts()[first], all_contracts()[second])
    assert versions_of(all_contracts()[first]) == versions_of(all_contracts()[second]) == expected


def test_event_with_one_version_is_its_own_newest() -> None:
    about = all_contracts()["org.hr.appointment.made.v1"]
    assert versions_of(about) == (about,)


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.id)
def test_system_states_its_title_and_pillar(system: SourceSystem) -> None:
    assert SYSTEMS[system.id] is system
    assert system.title
    assert system.pillar in PILLARS
    assert system.uri == f"urn:orgpulse:system:{system.id.lower()}"


def test_no_two_systems_share_a_source() -> None:
    assert len({system.uri for system in SYSTEMS.values()}) == len(SYSTEMS)
