"""The scenario restates the published figures as they are in the files, and says when it cannot be right."""

import csv
from collections import Counter
from decimal import Decimal

import pytest
from pydantic import ValidationError

from orgpulse_platform.simulator.breakage import BREAKABLE
from orgpulse_platform.simulator.scenario import Scenario, load_scenario

SECTORS = {"Humanitarian Assistance": "humanitarian", "Development Assistance": "development"}


@pytest.fixture
def scenario() -> Scenario:
    return load_scenario()


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_duty_stations_are_those_of_the_published_file(scenario, shared_data):
    published = {
        (row["ISO"], row["DS"], row["REGION"].lower()): int(row["Count"])
        for row in rows(shared_data / "iom_staff_by_duty_station_2019.csv")
    }

    assert published == {
        (country.country, station, country.region): staff
        for country in scenario.duty_stations
        for station, staff in country.staff.items()
    }


def test_staff_totals_are_those_of_the_published_file(scenario, shared_data):
    published = {int(row["YEAR"]): int(row["STAFF"]) for row in rows(shared_data / "iom_staff_totals.csv")}

    assert published == scenario.staff_totals


def test_revenue_is_that_of_the_published_file(scenario, shared_data):
    published: Counter[tuple[int, str]] = Counter()
    for row in rows(shared_data / "iom_revenue_by_type.csv"):
        if int(row["calendar_year"]) >= 2016:
            published[int(row["calendar_year"]), row["rev_code"]] += Decimal(row["amount"])

    assert published == {
        (year, type_): amount for year, types in scenario.revenue.items() for type_, amount in types.items()
    }


def test_expenses_are_those_of_the_published_file(scenario, shared_data):
    published: Counter[tuple[int, str]] = Counter()
    for row in rows(shared_data / "iom_expenses_by_type.csv"):
        if int(row["calendar_year"]) >= 2016:
            sector = SECTORS.get(row["transaction_type"], "global_agenda")
            published[int(row["calendar_year"]), sector] += Decimal(row["amount"])

    assert published == {
        (year, sector): amount
        for year, sectors in scenario.expenses.items()
        for sector, amount in sectors.items()
    }


def test_the_staff_of_the_duty_stations_is_the_total_of_the_last_year(scenario):
    stations = sum(sum(country.staff.values()) for country in scenario.duty_stations)

    assert stations == scenario.staff_totals[scenario.last_year] == 5564


def test_every_reason_that_can_be_made_is_in_the_scenario(scenario):
    assert set(scenario.faults.broken) == set(BREAKABLE)


def test_an_unknown_name_in_a_scenario_is_a_mistake(scenario):
    with pytest.raises(ValidationError, match="unknown_name"):
        Scenario.model_validate({**scenario.model_dump(), "unknown_name": 1})
