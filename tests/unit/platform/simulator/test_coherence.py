"""What the events say fits together: people, offices, projects and days."""

from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise

from orgpulse_schemas.families.environment.facilities import FacilityInventoryReported
from orgpulse_schemas.families.evaluation.evaluations import EvaluationPublished, MonitoringFrameworkSubmitted
from orgpulse_schemas.families.evaluation.recommendations import (
    ManagementResponseGiven,
    RecommendationClosed,
    RecommendationIssued,
)
from orgpulse_schemas.families.finance.budgets import ExpenditurePosted
from orgpulse_schemas.families.finance.donors import DonorReportSubmitted
from orgpulse_schemas.families.hr.appraisals import AppraisalCompleted
from orgpulse_schemas.families.hr.careers import (
    AppointmentMade,
    PromotionGranted,
    ReassignmentMade,
    SeparationRecorded,
)
from orgpulse_schemas.families.hr.positions import PositionCreated
from orgpulse_schemas.families.reference.organisation import (
    CourseRegistered,
    FacilityRegistered,
    OrganisationUnitRegistered,
    ProjectRegistered,
)
from orgpulse_schemas.families.training.courses import AttendanceRecorded, CompletionRecorded, SessionHeld
from orgpulse_schemas.families.training.feedback import FeedbackGiven
from orgpulse_schemas.families.training.psea import FocalPointDesignated


def test_records_stand_on_the_topic_of_their_contract_under_their_raw_key(full):
    assert full.misplaced == 0


def test_no_event_happens_after_the_last_day(full):
    assert max(time for events in full.events.values() for time, _ in events) < datetime(
        2020, 1, 1, tzinfo=UTC
    )


def test_numbers_are_given_once(full):
    for contract, field in (
        (AppointmentMade, "personnel_id"),
        (AppointmentMade, "email"),
        (PositionCreated, "position_id"),
        (SessionHeld, "session_id"),
        (FeedbackGiven, "feedback_id"),
        (ExpenditurePosted, "posting_id"),
        (DonorReportSubmitted, "report_id"),
        (EvaluationPublished, "evaluation_id"),
        (RecommendationIssued, "recommendation_id"),
        (RecommendationClosed, "recommendation_id"),
        (SeparationRecorded, "personnel_id"),
    ):
        numbers = [getattr(payload, field) for payload in full.payloads(contract)]
        assert len(numbers) == len(set(numbers)), (contract, field)


def test_every_office_reports_to_a_higher_one_up_to_headquarters(full):
    units = {unit.unit_id: unit for unit in full.payloads(OrganisationUnitRegistered)}
    parents = {
        "headquarters": {None},
        "regional_office": {"headquarters"},
        "country_office": {"headquarters", "regional_office"},
        "sub_office": {"country_office", "regional_office"},
    }

    assert units["U0001"].duty_station == "Geneva"
    assert len(units) == 264
    for unit in units.values():
        parent = units[unit.parent_unit_id].unit_type if unit.parent_unit_id else None
        assert parent in parents[unit.unit_type]
    assert Counter(unit.unit_type for unit in units.values())["regional_office"] == 9


def test_nobody_works_in_an_office_before_it_opened(full):
    opened = {unit.unit_id: unit.valid_from for unit in reversed(full.payloads(OrganisationUnitRegistered))}

    assert all(opened[a.unit_id] <= a.appointed_on for a in full.payloads(AppointmentMade))


def test_whoever_is_trained_appraised_or_in_charge_is_in_service(full, careers):
    days = [(c.personnel_id, c.completed_on) for c in full.payloads(CompletionRecorded)]
    days += [(a.personnel_id, a.attended_on) for a in full.payloads(AttendanceRecorded)]
    days += [(a.personnel_id, a.completed_on) for a in full.payloads(AppraisalCompleted)]
    days += [(p.personnel_id, p.effective_on) for p in full.payloads(PromotionGranted)]
    days += [(r.responsible_id, r.given_on) for r in full.payloads(ManagementResponseGiven)]
    days += [(f.personnel_id, f.designated_on) for f in full.payloads(FocalPointDesignated)]

    assert all(careers[person].serves_on(day) for person, day in days)


def test_careers_begin_before_they_move_on_and_end_last(careers):
    for career in careers.values():
        days = [day for day, _ in career.moves]
        assert sorted(days)[0] == career.appointment.appointed_on
        assert career.separated_on is None or career.separated_on >= max(days)


def test_people_move_from_the_office_they_are_in(full, careers):
    for move in full.payloads(ReassignmentMade):
        before = [m for m in careers[move.personnel_id].moves if m[0] < move.effective_on]
        assert max(before)[1] == move.from_unit_id
        assert move.from_unit_id != move.to_unit_id


def test_staff_fill_one_position_that_exists_and_nobody_else_holds(full, careers):
    positions = {p.position_id: p for p in full.payloads(PositionCreated)}
    moves: dict[str, list[ReassignmentMade]] = {}
    for move in sorted(full.payloads(ReassignmentMade), key=lambda move: move.effective_on):
        moves.setdefault(move.personnel_id, []).append(move)
    terms: dict[str, list[tuple[date, date | None]]] = {}
    for career in careers.values():
        appointment = career.appointment
        if appointment.contract_type == "affiliate":
            assert appointment.position_id is None
            continue
        held = [(appointment.appointed_on, appointment.position_id)]
        held += [(move.effective_on, move.position_id) for move in moves.get(appointment.personnel_id, [])]
        ends = [day for day, _ in held[1:]] + [career.separated_on]
        for (since, position), until in zip(held, ends, strict=True):
            assert positions[position].created_on < since
            terms.setdefault(position, []).append((since, until))
    for held in terms.values():
        held.sort(key=lambda term: term[0])
        for (_, until), (since, _) in pairwise(held):
            assert until is not None
            assert until <= since


def test_attendance_belongs_to_a_session_of_that_day_in_the_office_of_the_person(full, careers):
    sessions = {session.session_id: session for session in full.payloads(SessionHeld)}

    for attendance in full.payloads(AttendanceRecorded):
        session = sessions[attendance.session_id]
        assert session.held_on == attendance.attended_on
        assert session.unit_id == careers[attendance.personnel_id].unit_on(session.held_on)


def test_nobody_takes_a_course_before_it_is_released(full):
    courses = {course.course_id: course for course in full.payloads(CourseRegistered)}

    for completion in full.payloads(CompletionRecorded):
        assert courses[completion.course_id].modality == "e_learning"
        assert courses[completion.course_id].released_on <= completion.completed_on
    for session in full.payloads(SessionHeld):
        assert courses[session.course_id].modality != "e_learning"
        assert courses[session.course_id].released_on <= session.held_on


def test_projects_spend_while_they_run(full):
    first_month: dict[str, tuple[int, int]] = {}
    last_month: dict[str, tuple[int, int]] = {}
    sectors: dict[str, str] = {}
    for project in full.payloads(ProjectRegistered):
        id_, end = project.project_id, project.end_date or date(2100, 1, 1)
        sectors[id_] = project.sector
        first_month[id_] = (project.start_date.year, project.start_date.month)
        last_month[id_] = max(last_month.get(id_, (0, 0)), (end.year, end.month))

    for posting in full.payloads(ExpenditurePosted):
        month = (posting.posted_on.year, posting.posted_on.month)
        assert posting.sector == sectors[posting.project_id]
        assert first_month[posting.project_id] <= month <= last_month[posting.project_id]


def test_monitoring_frameworks_are_on_time_late_or_missing(full):
    starts = {
        p.project_id: p.start_date for p in full.payloads(ProjectRegistered) if p.start_date.year >= 2016
    }
    delays = [
        (f.submitted_on - starts[f.project_id]).days for f in full.payloads(MonitoringFrameworkSubmitted)
    ]

    assert min(delays) >= 0
    assert any(delay <= 30 for delay in delays)
    assert any(delay > 30 for delay in delays)
    assert len(delays) < len(starts)


def test_ex_post_evaluations_follow_the_end_of_fund_projects_in_and_outside_the_window(full):
    projects: dict[str, list[ProjectRegistered]] = {}
    for project in full.payloads(ProjectRegistered):
        projects.setdefault(project.project_id, []).append(project)
    inside = outside = 0
    for evaluation in full.payloads(EvaluationPublished):
        if evaluation.kind == "ex_post":
            registrations = projects[evaluation.project_id]
            end = max(project.end_date for project in registrations)
            days = (evaluation.published_on - end).days
            assert registrations[0].fund == "development_fund"
            inside += 183 <= days <= 365
            outside += days > 365
            assert days > 180

    assert inside > outside > 0


def test_recommendations_are_answered_and_closed_after_they_are_issued(full):
    evaluations = {e.evaluation_id: e.published_on for e in full.payloads(EvaluationPublished)}
    issued = {r.recommendation_id: r for r in full.payloads(RecommendationIssued)}
    answered = {r.recommendation_id: r.given_on for r in full.payloads(ManagementResponseGiven)}

    assert all(evaluations[r.evaluation_id] == r.issued_on for r in issued.values())
    assert all(issued[id_].issued_on < given for id_, given in answered.items())
    assert any(given > issued[id_].response_due_on for id_, given in answered.items())
    assert len(answered) < len(issued)
    for closure in full.payloads(RecommendationClosed):
        assert answered[closure.recommendation_id] < closure.closed_on


def test_inventories_leave_some_figures_unknown_and_contradict_none(full):
    facilities = {facility.facility_id for facility in full.payloads(FacilityRegistered)}
    inventories = full.payloads(FacilityInventoryReported)

    assert {inventory.facility_id for inventory in inventories} <= facilities
    assert any(inventory.greenhouse_gas is None for inventory in inventories)
    assert len({(i.facility_id, i.year) for i in inventories}) == len(inventories)
    for inventory in inventories:
        if inventory.waste is not None and inventory.waste_diverted is not None:
            assert inventory.waste_diverted <= inventory.waste
        if inventory.electricity is not None and inventory.renewable_electricity is not None:
            assert inventory.renewable_electricity <= inventory.electricity


def test_free_text_names_people_so_that_dropping_it_matters(full):
    comments = [f.comment for f in full.payloads(FeedbackGiven) if f.comment]
    comments += [a.comments for a in full.payloads(AppraisalCompleted) if a.comments]
    texts = [r.text for r in full.payloads(RecommendationIssued) if r.text]

    assert any("@" in comment for comment in comments)
    assert any("@" in text for text in texts)


def test_names_come_with_accents_and_in_other_scripts(full):
    names = [appointment.full_name for appointment in full.payloads(AppointmentMade)]

    assert any("é" in name for name in names)
    assert any("\u0400" <= sign <= "\u04ff" for name in names for sign in name)
    assert any("\u4e00" <= sign <= "\u9fff" for name in names for sign in name)
    assert any("\u0600" <= sign <= "\u06ff" for name in names for sign in name)
    assert all(appointment.email.isascii() for appointment in full.payloads(AppointmentMade))
