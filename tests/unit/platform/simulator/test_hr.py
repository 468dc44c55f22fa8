"""Positions, performance cycles, the roster and the talent programmes fit people's careers."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from orgpulse_platform.simulator.scenario import load_scenario
from orgpulse_schemas.families.hr.appraisals import (
    AppraisalCompleted,
    AppraisalCompletedV2,
    MultiRaterFeedbackGiven,
    ObjectivesSet,
)
from orgpulse_schemas.families.hr.careers import (
    AppointmentMade,
    PromotionGranted,
    ReassignmentMade,
    SeparationRecorded,
)
from orgpulse_schemas.families.hr.positions import (
    PositionAdvertised,
    PositionCreated,
    PositionFilled,
    PositionVacated,
)
from orgpulse_schemas.families.hr.programmes import (
    HrStrategyMilestoneReached,
    ProgrammeCompleted,
    ProgrammeEnrolled,
    ProgrammeMilestoneReached,
)
from orgpulse_schemas.families.hr.roster import CandidateAssessed, CandidateDeployed, CandidateRostered
from orgpulse_schemas.families.reference.organisation import OrganisationUnitRegistered

FIRST_DAY = date(2016, 1, 1)
STRATEGY_BEGINS = date(2020, 1, 1)


def test_every_entry_and_move_of_staff_since_2016_fills_its_position_on_that_day(full):
    entries = {
        (a.position_id, a.personnel_id, a.appointed_on)
        for a in full.payloads(AppointmentMade)
        if a.contract_type == "staff" and a.appointed_on >= FIRST_DAY
    }
    moves = {
        (m.position_id, m.personnel_id, m.effective_on)
        for m in full.payloads(ReassignmentMade)
        if m.position_id is not None
    }
    filled = full.payloads(PositionFilled)

    assert Counter((f.position_id, f.personnel_id, f.filled_on) for f in filled) == Counter(entries | moves)
    for filling in filled:
        internal = (filling.position_id, filling.personnel_id, filling.filled_on) in moves
        assert (filling.channel == "internal") == internal


def test_positions_are_advertised_after_they_open_and_before_they_are_filled(full):
    opened: defaultdict[str, list[date]] = defaultdict(list)
    for position in full.payloads(PositionCreated):
        opened[position.position_id].append(position.created_on)
    for vacancy in full.payloads(PositionVacated):
        opened[vacancy.position_id].append(vacancy.vacated_on)
    advertised: defaultdict[str, list[PositionAdvertised]] = defaultdict(list)
    for advertisement in full.payloads(PositionAdvertised):
        advertised[advertisement.position_id].append(advertisement)

    for filling in full.payloads(PositionFilled):
        since = max(day for day in opened[filling.position_id] if day <= filling.filled_on)
        found = [a for a in advertised[filling.position_id] if since <= a.advertised_on < filling.filled_on]
        assert len(found) == 1, filling.position_id
        assert filling.channel == "internal" or found[0].scope == filling.channel


def test_a_position_falls_vacant_when_its_incumbent_leaves_or_moves(full, careers):
    left = {s.personnel_id: s.separated_on for s in full.payloads(SeparationRecorded)}
    staff = [c for c in careers.values() if c.appointment.contract_type == "staff"]
    leaving = sum(c.appointment.personnel_id in left for c in staff)
    moving = sum(m.position_id is not None for m in full.payloads(ReassignmentMade))

    assert len(full.payloads(PositionVacated)) == leaving + moving


def test_positions_are_filled_and_vacated_in_turn(full):
    turns: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for filling in full.payloads(PositionFilled):
        turns[filling.position_id].append((filling.filled_on, "filled"))
    for vacancy in full.payloads(PositionVacated):
        turns[vacancy.position_id].append((vacancy.vacated_on, "vacated"))

    for steps in turns.values():
        names = [name for _, name in sorted(steps)]
        assert all(first != second for first, second in pairwise(names))


def test_some_vacancies_last(full):
    positions = len(full.payloads(PositionCreated))

    assert 0.01 <= positions / 5564 - 1 <= 0.15


def test_every_deployment_from_the_roster_fills_a_position_through_the_roster(full):
    through = {(f.position_id, f.filled_on) for f in full.payloads(PositionFilled) if f.channel == "roster"}
    deployed = full.payloads(CandidateDeployed)

    assert {(d.position_id, d.deployed_on) for d in deployed} == through
    assert len(deployed) == len(through) > 50


def test_candidates_are_assessed_then_rostered_then_deployed_for_one_profile(full):
    assessed = {c.candidate_id: c for c in full.payloads(CandidateAssessed)}
    rostered = {c.candidate_id: c for c in full.payloads(CandidateRostered)}

    for candidate in rostered.values():
        assessment = assessed[candidate.candidate_id]
        assert assessment.passed
        assert assessment.assessed_on < candidate.rostered_on
        assert assessment.profile == candidate.profile
    for deployment in full.payloads(CandidateDeployed):
        candidate = rostered[deployment.candidate_id]
        assert candidate.profile == deployment.profile
        assert candidate.rostered_on < deployment.requested_on
    assert {c.profile for c in rostered.values()} == {
        "chief_of_mission",
        "resource_mobilisation_officer",
        "expert",
    }
    assert any(not assessment.passed for assessment in assessed.values())


def test_both_versions_of_the_appraisal_run_beside_each_other_in_one_cycle(full, careers):
    pilot = {
        unit.unit_id
        for unit in full.payloads(OrganisationUnitRegistered)
        if unit.duty_station in load_scenario().hr.performance.pilot_offices
    }
    first, second = full.payloads(AppraisalCompleted), full.payloads(AppraisalCompletedV2)

    assert {a.cycle for a in second} == {2019}
    assert sum(a.cycle == 2019 for a in first) > len(second) > 200
    assert all(careers[a.personnel_id].unit_on(a.completed_on) in pilot for a in second)
    assert all(careers[a.personnel_id].unit_on(a.completed_on) not in pilot for a in first if a.cycle == 2019)


def test_nobody_is_appraised_twice_in_a_cycle(full):
    appraised = [
        (a.personnel_id, a.cycle)
        for a in (*full.payloads(AppraisalCompleted), *full.payloads(AppraisalCompletedV2))
    ]

    assert len(appraised) == len(set(appraised))


def test_objectives_come_before_the_appraisal_and_name_its_goal(full, careers):
    first = {(a.personnel_id, a.cycle): a for a in full.payloads(AppraisalCompleted)}
    second = {(a.personnel_id, a.cycle): a for a in full.payloads(AppraisalCompletedV2)}

    for objectives in full.payloads(ObjectivesSet):
        key = (objectives.personnel_id, objectives.cycle)
        assert careers[objectives.personnel_id].serves_on(objectives.set_on)
        assert objectives.set_on.year == objectives.cycle
        appraisal = first.get(key) or second.get(key)
        assert appraisal is None or objectives.set_on < appraisal.completed_on
        if key in first:
            assert first[key].aligned_to_corporate_goal == (objectives.corporate_goal is not None)
        if key in second:
            assert second[key].corporate_goal == (objectives.corporate_goal or "none")
    assert len({(o.personnel_id, o.cycle) for o in full.payloads(ObjectivesSet)}) == len(
        full.payloads(ObjectivesSet)
    )


def test_multi_rater_appraisals_rest_on_the_feedback_of_several(full, careers):
    feedback: defaultdict[str, list[MultiRaterFeedbackGiven]] = defaultdict(list)
    for given in full.payloads(MultiRaterFeedbackGiven):
        assert given.cycle == 2019
        assert careers[given.personnel_id].serves_on(given.given_on)
        feedback[given.personnel_id].append(given)
    appraisals = [a for a in full.payloads(AppraisalCompleted) if a.cycle == 2019]
    appraisals += full.payloads(AppraisalCompletedV2)

    for appraisal in appraisals:
        raters = feedback.pop(appraisal.personnel_id, [])
        assert appraisal.multi_rater == (len(raters) >= 2)
        assert all(given.given_on < appraisal.completed_on for given in raters)
        assert getattr(appraisal, "raters", len(raters)) == len(raters)
    assert not feedback


def test_participants_serve_from_enrolment_to_completion_and_reach_milestones_in_order(full, careers):
    enrolled = {e.personnel_id: e for e in full.payloads(ProgrammeEnrolled)}
    completed = {c.personnel_id: c for c in full.payloads(ProgrammeCompleted)}

    assert len(enrolled) == len(full.payloads(ProgrammeEnrolled))
    for enrolment in enrolled.values():
        assert careers[enrolment.personnel_id].serves_on(enrolment.enrolled_on)
        assert careers[enrolment.personnel_id].appointment.birth_date == enrolment.birth_date
    for milestone in full.payloads(ProgrammeMilestoneReached):
        assert enrolled[milestone.personnel_id].programme == milestone.programme
        assert enrolled[milestone.personnel_id].enrolled_on < milestone.reached_on
        if milestone.milestone == "placed":
            assert completed[milestone.personnel_id].completed_on < milestone.reached_on
    for completion in completed.values():
        assert careers[completion.personnel_id].serves_on(completion.completed_on)
    assert len(completed) < len(enrolled)


def test_young_talents_are_25_or_under_and_train_for_three_months(full):
    enrolled = {e.personnel_id: e for e in full.payloads(ProgrammeEnrolled) if e.programme == "yeti"}
    days = [
        (c.completed_on - enrolled[c.personnel_id].enrolled_on).days
        for c in full.payloads(ProgrammeCompleted)
        if c.programme == "yeti"
    ]

    assert len(enrolled) > 60
    assert all((e.enrolled_on - e.birth_date).days < 26 * 365.25 for e in enrolled.values())
    assert all(85 <= length <= 95 for length in days)


def test_mid_career_placements_are_steps_in_the_career(full):
    steps = {(m.personnel_id, m.effective_on) for m in full.payloads(ReassignmentMade)}
    steps |= {(p.personnel_id, p.effective_on) for p in full.payloads(PromotionGranted)}
    placed = {
        (m.personnel_id, m.reached_on)
        for m in full.payloads(ProgrammeMilestoneReached)
        if m.programme == "el4m" and m.milestone == "placed"
    }

    assert placed
    assert placed <= steps


def test_only_preparatory_milestones_of_the_hr_strategy_are_reached(full):
    milestones = full.payloads(HrStrategyMilestoneReached)

    assert all(milestone.reached_on < STRATEGY_BEGINS for milestone in milestones)
    assert any(milestone.reached_on > milestone.due_on for milestone in milestones)


@pytest.mark.parametrize(
    ("contract", "field"),
    [
        (CandidateAssessed, "candidate_id"),
        (CandidateDeployed, "candidate_id"),
        (MultiRaterFeedbackGiven, "feedback_id"),
        (HrStrategyMilestoneReached, "milestone_id"),
    ],
)
def test_numbers_are_given_once(full, contract, field):
    numbers = [getattr(payload, field) for payload in full.payloads(contract)]

    assert len(numbers) == len(set(numbers))
