"""What facilities emit, take and throw away by source sums up to their inventories; markers are reviewed."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from orgpulse_schemas.families.environment.facilities import FacilityInventoryReported
from orgpulse_schemas.families.environment.footprint import EmissionReported, WasteReported, WaterUseReported
from orgpulse_schemas.families.environment.projects import ProjectMarkerAssessed, ProjectMarkerReviewed
from orgpulse_schemas.families.environment.strategy import EnvironmentMilestoneReached
from orgpulse_schemas.families.reference.organisation import ProjectRegistered

FIRST_YEAR = 2018
DIVERTED = ("reuse", "recycling", "composting")


@pytest.fixture
def inventories(full):
    return {
        (i.facility_id, i.year): i for i in full.payloads(FacilityInventoryReported) if i.year >= FIRST_YEAR
    }


def test_emissions_by_source_sum_up_to_the_inventory(full, inventories):
    emitted: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for emission in full.payloads(EmissionReported):
        emitted[emission.facility_id, emission.year] += emission.greenhouse_gas

    assert emitted == {
        key: inventory.greenhouse_gas
        for key, inventory in inventories.items()
        if inventory.greenhouse_gas is not None
    }


def test_every_source_has_one_scope_and_is_reported_once(full):
    emissions = full.payloads(EmissionReported)
    scopes = {
        "generators": "1",
        "vehicles": "1",
        "refrigerants": "1",
        "heating": "1",
        "electricity": "2",
        "air_travel": "3",
        "commuting": "3",
    }

    assert {(e.source, e.scope) for e in emissions} == set(scopes.items())
    assert len({(e.facility_id, e.year, e.source) for e in emissions}) == len(emissions)


def test_water_is_that_of_the_inventory(full, inventories):
    water = {(use.facility_id, use.year): use.water for use in full.payloads(WaterUseReported)}

    assert water == {key: i.water for key, i in inventories.items() if i.water is not None}


def test_waste_by_stream_and_treatment_sums_up_to_the_inventory(full, inventories):
    waste: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    diverted: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for report in full.payloads(WasteReported):
        key = (report.facility_id, report.year)
        waste[key] += report.waste
        if report.treatment in DIVERTED:
            diverted[key] += report.waste
        assert (report.treatment == "unknown") == (inventories[key].waste_diverted is None)

    assert waste == {key: i.waste for key, i in inventories.items() if i.waste is not None}
    for key, inventory in inventories.items():
        if inventory.waste is not None and inventory.waste_diverted is not None:
            assert diverted[key] == inventory.waste_diverted


def test_a_stream_and_treatment_is_reported_once_a_year(full):
    reports = full.payloads(WasteReported)

    assert len({(w.facility_id, w.year, w.stream, w.treatment) for w in reports}) == len(reports)


def test_markers_are_reviewed_while_the_project_runs_and_mitigation_was_planned(full):
    assessed = {marker.project_id: marker for marker in full.payloads(ProjectMarkerAssessed)}
    ends = {p.project_id: p.end_date for p in full.payloads(ProjectRegistered)}
    starts = {p.project_id: p.start_date for p in full.payloads(ProjectRegistered)}

    for review in full.payloads(ProjectMarkerReviewed):
        assert assessed[review.project_id].mitigation_planned
        assert starts[review.project_id] < review.reviewed_on <= (ends[review.project_id] or date.max)
    assert {r.mitigation_effective for r in full.payloads(ProjectMarkerReviewed)} == {True, False}


def test_the_impact_that_remains_is_no_higher_than_the_risk(full):
    order = ("low", "medium", "high")
    markers = full.payloads(ProjectMarkerAssessed)

    assert any(marker.impact is None for marker in markers)
    assert all(order.index(m.impact) <= order.index(m.risk) for m in markers if m.impact is not None)


def test_milestones_lie_between_the_launch_of_the_programme_and_phase_one(full):
    days = [milestone.reached_on for milestone in full.payloads(EnvironmentMilestoneReached)]

    assert min(days).year == 2017
    assert max(days) < date(2020, 1, 1)
