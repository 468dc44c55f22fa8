"""The published figures come out of their files exactly."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest

from orgpulse_platform.mapping.check import contract_of
from orgpulse_platform.mapping.events import Event
from orgpulse_platform.mapping.load import load_mapping, shipped_mappings
from orgpulse_platform.mapping.run import events_of
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.validation import validate

FILES = {
    "building_energy": ("building_energy_2016.csv", 3376),
    "expenses_by_type": ("iom_expenses_by_type.csv", 52),
    "iati_flows": ("iati_flows.csv", 145),
    "revenue_by_type": ("iom_revenue_by_type.csv", 48),
    "staff_by_duty_station": ("iom_staff_by_duty_station_2019.csv", 264),
    "staff_totals": ("iom_staff_totals.csv", 4),
}

each_file = pytest.mark.parametrize("name", FILES)


def events(folder: Path, name: str) -> list[Event]:
    outcomes = list(events_of(folder / FILES[name][0], load_mapping(name)))
    found = [outcome for outcome in outcomes if isinstance(outcome, Event)]
    assert len(found) == len(outcomes), "a row is refused"
    return found


def data(folder: Path, name: str) -> list[dict[str, Any]]:
    return [orjson.loads(event.value)["data"] for event in events(folder, name)]


def test_every_shipped_mapping_bears_its_own_name_and_fits_its_contract() -> None:
    assert set(shipped_mappings()) == set(FILES)
    for name in shipped_mappings():
        loaded = load_mapping(name)
        assert loaded.mapping.name == name
        contract_of(loaded)


@each_file
def test_every_row_becomes_an_event_that_streams_accept(shared_data: Path, name: str) -> None:
    found = events(shared_data, name)
    assert len(found) == FILES[name][1]
    for event in found:
        payload = validate(parse(event.value))
        assert event.topic == payload.about.raw_topic
        assert event.key == str(getattr(payload, payload.about.key)).encode()


@each_file
def test_every_row_has_an_identity_of_its_own_that_stays_when_published_again(
    shared_data: Path, name: str
) -> None:
    ids = [event.id for event in events(shared_data, name)]
    assert len(set(ids)) == len(ids)
    assert ids == [event.id for event in events(shared_data, name)]


def test_staff_of_2019(shared_data: Path) -> None:
    found = data(shared_data, "staff_by_duty_station")
    assert sum(row["staff"] for row in found) == 5564
    assert len({(row["country"], row["duty_station"]) for row in found}) == 264
    assert len({row["country"] for row in found}) == 140
    assert {row["as_of"] for row in found} == {"2019-12-31"}


def test_staff_totals(shared_data: Path) -> None:
    totals = {row["year"]: row["staff"] for row in data(shared_data, "staff_totals")}
    assert totals == {2016: 4104, 2017: 4450, 2018: 4888, 2019: 5564}


def test_revenue_and_its_unearmarked_share(shared_data: Path) -> None:
    revenue: dict[int, Decimal] = defaultdict(Decimal)
    unearmarked: dict[int, Decimal] = defaultdict(Decimal)
    for row in data(shared_data, "revenue_by_type"):
        revenue[row["year"]] += Decimal(row["amount_usd"])
        if row["revenue_type"] == "R02":
            unearmarked[row["year"]] += Decimal(row["amount_usd"])
    assert revenue[2019] == Decimal("2127069586.00")
    assert revenue[2018] == Decimal("1862731880")
    assert round(100 * unearmarked[2019] / revenue[2019], 2) == Decimal("1.34")
    assert round(100 * unearmarked[2018] / revenue[2018], 2) == Decimal("1.61")
    assert set(revenue) == set(range(2010, 2020))


def test_expenses_of_a_year_keep_lines_of_equal_category_apart(shared_data: Path) -> None:
    found = [row for row in data(shared_data, "expenses_by_type") if row["year"] == 2016]
    assert len(found) == 5
    assert (
        sum(Decimal(row["amount_usd"]) for row in found)
        == 86851769 + 936364827 + 571246061 + 662989 + 7181771
    )


def test_emissions_of_facilities_with_the_unknown_ones_unknown(shared_data: Path) -> None:
    found = data(shared_data, "building_energy")
    emissions = [row["greenhouse_gas"] for row in found]
    assert sum(Decimal(tonnes) for tonnes in emissions if tonnes is not None) == Decimal("403110.61")
    assert emissions.count(None) == 9
    assert len({row["facility_id"] for row in found}) == 3376


def test_facility_figures_are_in_the_units_of_the_contract(shared_data: Path) -> None:
    hotel = next(row for row in data(shared_data, "building_energy") if row["facility_id"] == "F000001")
    assert hotel == {
        "facility_id": "F000001",
        "facility_name": "Mayflower park hotel",
        "year": 2016,
        "floor_area": "8215.79",  # 88,434 square feet
        "electricity": "1156514.25",
        "natural_gas": "374091.447",  # 1,276,453 kBtu
        "greenhouse_gas": "249.98",
    }


def test_facility_that_feeds_the_grid_has_negative_figures(shared_data: Path) -> None:
    found = [
        row for row in data(shared_data, "building_energy") if (row["electricity"] or "").startswith("-")
    ]
    assert [(row["electricity"], row["greenhouse_gas"]) for row in found] == [("-33826.80", "-0.8")]


def test_tag_row_is_no_flow_and_missing_organisations_are_unknown(shared_data: Path) -> None:
    found = data(shared_data, "iati_flows")
    assert not any(row["reporting_org_id"].startswith("#") for row in found)
    assert sum(row["provider_org_name"] is None for row in found) == 119
    assert sum(row["receiver_org_name"] is None for row in found) == 26
    assert sum(int(row["amount_usd"]) < 0 for row in found) > 0
