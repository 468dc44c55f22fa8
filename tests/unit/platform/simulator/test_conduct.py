"""The stories of conduct: few matters a region, told by people in service, with names in every note."""

from collections import Counter
from datetime import date

from orgpulse_schemas.families.conduct.matters import MatterAdvised, MatterClosed, MatterOpened
from orgpulse_schemas.families.conduct.ombuds_cases import (
    OmbudsCaseClosed,
    OmbudsCaseOpened,
    OmbudsCaseReferred,
    OmbudsCaseResolved,
)
from orgpulse_schemas.families.conduct.prevention import RespectFocalPointTrained
from orgpulse_schemas.families.reference.organisation import OrganisationUnitRegistered


def test_matters_are_so_few_that_most_cells_are_too_small_to_show(full):
    cells = Counter((m.opened_on.year, m.region, m.kind) for m in full.payloads(MatterOpened))
    by_year = Counter(m.opened_on.year for m in full.payloads(MatterOpened))

    assert sum(number < 10 for number in cells.values()) / len(cells) > 0.8
    assert min(by_year.values()) > 40


def test_matters_arise_in_the_region_where_the_person_works(full, careers):
    regions = {unit.unit_id: unit.region for unit in full.payloads(OrganisationUnitRegistered)}
    named = [matter for matter in full.payloads(MatterOpened) if matter.personnel_id]

    assert named
    for matter in named:
        career = careers[matter.personnel_id]
        assert career.serves_on(matter.opened_on)
        assert regions[career.unit_on(matter.opened_on)] == matter.region


def test_matters_are_advised_and_closed_after_they_are_opened(full):
    opened = {matter.matter_id: matter.opened_on for matter in full.payloads(MatterOpened)}
    advised = {matter.matter_id: matter.advised_on for matter in full.payloads(MatterAdvised)}
    closed = {matter.matter_id: matter.closed_on for matter in full.payloads(MatterClosed)}

    assert all(opened[matter] < day for matter, day in advised.items())
    assert all(advised.get(matter, opened[matter]) < day for matter, day in closed.items())
    assert len(closed) < len(opened)


def test_visitors_cases_end_informally_or_in_a_formal_channel_never_in_both(full):
    opened = {case.case_id: case for case in full.payloads(OmbudsCaseOpened)}
    resolved = {case.case_id: case.resolved_on for case in full.payloads(OmbudsCaseResolved)}
    referred = {case.case_id: case.referred_on for case in full.payloads(OmbudsCaseReferred)}

    assert not set(resolved) & set(referred)
    assert len(resolved) > len(referred) > 0
    assert all(opened[id_].opened_on < day for id_, day in {**resolved, **referred}.items())
    for closure in full.payloads(OmbudsCaseClosed):
        ended = resolved.get(closure.case_id) or referred.get(closure.case_id, date.min)
        assert ended < closure.closed_on


def test_no_case_shares_a_number_with_a_matter(full):
    matters = {matter.matter_id for matter in full.payloads(MatterOpened)}
    cases = {case.case_id for case in full.payloads(OmbudsCaseOpened)}

    assert not matters & cases


def test_visitors_are_in_service(full, careers):
    for case in full.payloads(OmbudsCaseOpened):
        assert case.visitor_id is None or careers[case.visitor_id].serves_on(case.opened_on)


def test_focal_points_work_in_the_office_that_they_serve(full, careers):
    trained = full.payloads(RespectFocalPointTrained)

    assert len({focal_point.personnel_id for focal_point in trained}) == len(trained)
    for focal_point in trained:
        career = careers[focal_point.personnel_id]
        assert career.serves_on(focal_point.trained_on)
        assert career.unit_on(focal_point.trained_on) == focal_point.unit_id


def test_what_is_confided_names_people_so_that_dropping_it_matters(full):
    texts = [m.summary for m in full.payloads(MatterOpened) if m.summary]
    texts += [m.advice for m in full.payloads(MatterAdvised) if m.advice]
    texts += [case.notes for case in full.payloads(OmbudsCaseOpened) if case.notes]

    assert any("@" in text for text in texts)
    assert len(set(texts)) > 0.7 * len(texts)
