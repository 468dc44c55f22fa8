"""At scale 1.0 the invented organisation has the published figures, counted from its events alone."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import pytest

from orgpulse_platform.simulator.scenario import load_scenario
from orgpulse_schemas.families.evaluation.evaluations import EvaluationPublished
from orgpulse_schemas.families.finance.budgets import BudgetApproved, ExpenditurePosted
from orgpulse_schemas.families.finance.donors import ContributionReceived
from orgpulse_schemas.families.hr.positions import PositionCreated
from orgpulse_schemas.families.reference.organisation import (
    CourseRegistered,
    FacilityRegistered,
    OrganisationUnitRegistered,
    ProjectRegistered,
)
from orgpulse_schemas.families.training.courses import AttendanceRecorded, CompletionRecorded, SessionHeld
from orgpulse_schemas.registry import all_contracts

END_OF_2019 = date(2019, 12, 31)
FILES_ONLY = {
    "org.hr.duty_station_headcount.reported.v1",
    "org.hr.organisation_headcount.reported.v1",
    "org.finance.revenue.reported.v1",
    "org.finance.expense.reported.v1",
    "org.finance.flow.reported.v1",
}


def test_a_run_has_about_two_hundred_thousand_records(full):
    assert 180_000 <= sum(full.published.values()) <= 240_000


def test_every_contract_that_no_file_brings_has_events(full):
    published = {contract.about.event_type for contract in full.events}

    assert published == set(all_contracts()) - FILES_ONLY


@pytest.mark.parametrize(("year", "staff"), [(2016, 4104), (2017, 4450), (2018, 4888), (2019, 5564)])
def test_staff_totals_at_the_end_of_each_year_are_the_published_ones(careers, year, staff):
    serving = [
        career
        for career in careers.values()
        if career.appointment.contract_type == "staff" and career.serves_on(date(year, 12, 31))
    ]

    assert len(serving) == staff


def test_every_duty_station_has_its_published_staff_at_the_end_of_2019(full, careers):
    stations = {
        unit.unit_id: (unit.country, unit.duty_station) for unit in full.payloads(OrganisationUnitRegistered)
    }
    staff = Counter(
        stations[career.unit_on(END_OF_2019)]
        for career in careers.values()
        if career.appointment.contract_type == "staff" and career.serves_on(END_OF_2019)
    )

    assert staff == {
        (country.country, station): number
        for country in load_scenario().duty_stations
        for station, number in country.staff.items()
    }
    assert len(staff) == 264
    assert len({country for country, _ in staff}) == 140
    assert staff["CHE", "Geneva"] == 314
    assert staff["PHL", "Manila"] == 417


def test_personnel_with_affiliates_are_about_fifteen_thousand(careers):
    assert sum(career.serves_on(END_OF_2019) for career in careers.values()) == 5564 + 9500


def test_year_ends_are_quiet_so_that_no_reading_of_first_and_last_day_matters(careers):
    days = [career.appointment.appointed_on for career in careers.values()]
    days += [career.separated_on for career in careers.values() if career.separated_on]
    days += [day for career in careers.values() for day, _ in career.moves]

    loud = [day for day in days if day.year >= 2016 and not (1, 6) <= (day.month, day.day) <= (12, 15)]

    assert not loud


@pytest.mark.parametrize(
    ("year", "revenue"),
    [
        (2016, {"R01": "45887855", "R02": "3455096", "R03": "1461551770", "R04": "104739271"}),
        (2017, {"R01": "49453975", "R02": "14880494", "R03": "1450077826", "R04": "100289705"}),
        (2018, {"R01": "51869419", "R02": "30056364", "R03": "1767864849", "R04": "12941248"}),
        (2019, {"R01": "52927963.04", "R02": "28547116.87", "R03": "1962131093.07", "R04": "83463413.02"}),
    ],
)
def test_contributions_sum_up_to_the_published_revenue(full, year, revenue):
    received: Counter[str] = Counter()
    for contribution in full.payloads(ContributionReceived):
        if contribution.received_on.year == year:
            received[contribution.revenue_type] += contribution.amount_usd

    assert received == {type_: Decimal(amount) for type_, amount in revenue.items()}


def test_revenue_of_2019_is_the_published_sum(full):
    received = [c.amount_usd for c in full.payloads(ContributionReceived) if c.received_on.year == 2019]

    assert sum(received) == Decimal("2127069586.00")


@pytest.mark.parametrize(
    ("year", "humanitarian", "development", "total"),
    [
        (2016, 936_364_827, 86_851_769, 1_602_307_417),
        (2017, 660_948_155, 320_196_997, 1_605_352_909),
        (2018, 820_745_795, 717_161_752, 1_841_571_956),
        (2019, 1_094_102_557, 706_633_371, 2_096_318_814),
    ],
)
def test_postings_sum_up_to_the_published_expenses(full, year, humanitarian, development, total):
    spent: Counter[str] = Counter()
    for posting in full.payloads(ExpenditurePosted):
        if posting.posted_on.year == year:
            spent[posting.sector] += posting.amount_usd

    assert spent["humanitarian"] == humanitarian
    assert spent["development"] == development
    assert sum(spent.values()) == total


def test_the_values_e_learning_was_completed_by_14_400_people_by_mid_2019(full):
    course = course_of(full, "ethics_values")
    completed = {
        completion.personnel_id
        for completion in full.payloads(CompletionRecorded)
        if completion.course_id == course.course_id and completion.completed_on <= date(2019, 6, 30)
    }

    assert course.mandatory
    assert course.released_on.year == 2017
    assert len(completed) == 14_400


def test_standards_of_conduct_reached_3000_people_face_to_face_in_dozens_of_missions(full):
    sessions = sessions_of(full, "standards_of_conduct", "face_to_face")
    reached = {a.personnel_id for a in full.payloads(AttendanceRecorded) if a.session_id in sessions}

    assert len(reached) == 3000
    assert len({session.unit_id for session in sessions.values()}) >= 24


def test_500_staff_were_trained_face_to_face_in_data_protection_in_2018(full, careers):
    sessions = sessions_of(full, "data_protection", "face_to_face")
    trained = {
        attendance.personnel_id
        for attendance in full.payloads(AttendanceRecorded)
        if attendance.session_id in sessions and attendance.attended_on.year == 2018
    }

    assert len(trained) == 500
    assert {careers[person].appointment.contract_type for person in trained} == {"staff"}


def test_the_respectful_workplace_course_for_managers_began_in_july_2019(full, careers):
    course = course_of(full, "respectful_workplace")
    completions = [c for c in full.payloads(CompletionRecorded) if c.course_id == course.course_id]

    assert (course.released_on.year, course.released_on.month) == (2019, 7)
    assert min(c.completed_on for c in completions) >= course.released_on
    assert sum(careers[c.personnel_id].appointment.manager for c in completions) >= 360


def test_the_development_fund_had_16_million_dollars_in_2019(full):
    approved = [b for b in full.payloads(BudgetApproved) if b.kind == "development_fund" and b.year == 2019]

    assert [budget.amount_usd for budget in approved] == [Decimal(16_000_000)]


def test_the_development_fund_served_123_countries_with_over_750_projects(full):
    countries = {unit.unit_id: unit.country for unit in full.payloads(OrganisationUnitRegistered)}
    served = {
        project.project_id: countries[project.unit_id]
        for project in full.payloads(ProjectRegistered)
        if project.fund == "development_fund"
    }

    assert len(served) > 750
    assert len(set(served.values())) == 123


def test_the_development_fund_spends_less_than_its_budget(full):
    fund = {p.project_id for p in full.payloads(ProjectRegistered) if p.fund == "development_fund"}
    budgets = load_scenario().development_fund.budget
    spent: defaultdict[int, Decimal] = defaultdict(Decimal)
    for posting in full.payloads(ExpenditurePosted):
        if posting.project_id in fund:
            spent[posting.posted_on.year] += posting.amount_usd

    assert spent == {year: budget * Decimal("0.94") for year, budget in budgets.items()}


def test_the_invented_numbers_are_plausible(full, careers):
    serving = [career.appointment for career in careers.values() if career.serves_on(END_OF_2019)]
    staff = [person for person in serving if person.contract_type == "staff"]
    evaluations = Counter(e.published_on.year for e in full.payloads(EvaluationPublished))
    units = {unit.unit_id: unit for unit in full.payloads(OrganisationUnitRegistered)}

    assert 155 <= len({person.nationality for person in staff}) <= 170
    assert 0.45 <= women_share(staff) <= 0.55
    assert women_share(p for p in staff if p.grade in ("P5", "D1", "D2")) < 0.45
    assert 0.02 <= len(full.payloads(PositionCreated)) / len(staff) - 1 <= 0.2
    assert all(50 <= evaluations[year] <= 90 for year in range(2016, 2020))
    assert len(full.payloads(FacilityRegistered)) == 300
    assert 0.1 <= sum(unit.high_risk for unit in units.values()) / len(units) <= 0.2


def women_share(people) -> float:
    genders = Counter(person.gender for person in people)
    return genders["female"] / sum(genders.values())


def course_of(taken, subject):
    return next(course for course in taken.payloads(CourseRegistered) if course.subject == subject)


def sessions_of(taken, subject, modality):
    courses = {
        course.course_id
        for course in taken.payloads(CourseRegistered)
        if course.subject == subject and course.modality == modality
    }
    return {s.session_id: s for s in taken.payloads(SessionHeld) if s.course_id in courses}
