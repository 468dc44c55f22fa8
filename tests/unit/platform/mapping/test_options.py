"""Each word of the mapping's vocabulary does what it says."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from orgpulse_platform.mapping.events import Event

Payloads = Callable[..., list[dict[str, Any]]]
Refusals = Callable[..., list[tuple[int, str, str]]]
Inventories = Callable[..., dict[str, Any]]
HEADER = "person,cycle,due,done,raters,comments\n"
ROW = "P000001,2019,2020-03-31,2020-02-01,yes,\n"


def test_row_becomes_the_payload_of_its_contract(appraisals: dict[str, Any], payloads: Payloads) -> None:
    assert payloads(appraisals, HEADER + ROW) == [
        {
            "personnel_id": "P000001",
            "cycle": 2019,
            "due_on": "2020-03-31",
            "completed_on": "2020-02-01",
            "multi_rater": True,
            "aligned_to_corporate_goal": True,
            "comments": None,
        }
    ]


def test_surrounding_blanks_are_no_part_of_a_value(appraisals: dict[str, Any], payloads: Payloads) -> None:
    assert payloads(appraisals, HEADER + ROW) == payloads(appraisals, HEADER + ROW.replace(",", " , "))


def test_empty_cell_without_a_word_about_it_is_refused(
    appraisals: dict[str, Any], refusals: Refusals
) -> None:
    appraisals["fields"]["comments"] = "comments"
    assert refusals(appraisals, HEADER + ROW) == [(2, "comments", "missing_field")]


def test_empty_cell_can_stand_for_a_value(inventories: Inventories, payloads: Payloads) -> None:
    mapping = inventories(renewable_electricity={"column": "green", "empty": "0"})
    assert [row["renewable_electricity"] for row in payloads(mapping, "site,green\nF0001,\nF0002,5\n")] == [
        "0",
        "5",
    ]


def test_texts_can_stand_for_an_empty_cell(inventories: Inventories, payloads: Payloads) -> None:
    mapping = inventories({"empty_cells": ["NA", "-"]}, water={"column": "water", "empty": None})
    found = payloads(mapping, "site,water\nF0001,NA\nF0002,-\nF0003,3\n")
    assert [row["water"] for row in found] == [None, None, "3"]


def test_value_that_the_map_does_not_name_is_refused(appraisals: dict[str, Any], refusals: Refusals) -> None:
    content = HEADER + ROW.replace("yes", "perhaps")
    assert refusals(appraisals, content) == [(2, "multi_rater", "not_in_map")]


def test_value_mapped_to_null_counts_as_empty(appraisals: dict[str, Any], payloads: Payloads) -> None:
    appraisals["fields"]["comments"] = {
        "column": "comments",
        "map": {"none": None, "ok": "Fine."},
        "empty": None,
    }
    content = HEADER + ROW.strip() + "none\n" + ROW.strip().replace("P000001", "P000002") + "ok\n"
    assert [row["comments"] for row in payloads(appraisals, content)] == [None, "Fine."]


def test_template_fills_up_with_zeros(inventories: Inventories, payloads: Payloads) -> None:
    mapping = inventories(
        facility_id={"template": "F{site:05}"}, facility_name={"template": "{site} of {town}"}
    )
    found = payloads(mapping, "site,town\n7,Geneva\n123456,Panama\n")
    assert [row["facility_id"] for row in found] == ["F00007", "F123456"]
    assert found[0]["facility_name"] == "7 of Geneva"


def test_template_with_an_empty_column_is_empty(inventories: Inventories, payloads: Payloads) -> None:
    mapping = inventories(facility_name={"template": "{site} of {town}", "empty": None})
    assert payloads(mapping, "site,town\nF0001,\n")[0]["facility_name"] is None


@pytest.mark.parametrize(
    ("format", "written", "meant"),
    [
        ({"thousands_separator": ","}, "1,156,514.25", "1156514.25"),
        ({"thousands_separator": ","}, "88,434", "88434"),
        ({"thousands_separator": ","}, "7", "7"),
        ({"thousands_separator": ".", "decimal_separator": ","}, "1.156.514,25", "1156514.25"),
        ({"thousands_separator": " ", "decimal_separator": ","}, "1\u202f156\u00a0514,25", "1156514.25"),
        ({"thousands_separator": "'"}, "1'156'514.25", "1156514.25"),
        ({}, "1.5E+07", "15000000"),
        ({}, "+12.50", "12.50"),
        ({}, "-3", "-3"),
    ],
)
def test_numbers_are_read_as_the_format_writes_them(
    inventories: Inventories, payloads: Payloads, format: dict[str, Any], written: str, meant: str
) -> None:
    mapping = inventories({**format, "delimiter": ";"}, electricity="kwh")
    assert payloads(mapping, f"site;kwh\nF0001;{written}\n")[0]["electricity"] == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1,5", "wrong_type"),  # a decimal comma is not taken for a thousands comma
        ("1234,567", "wrong_type"),
        ("twelve", "wrong_type"),
        ("1.2.3", "wrong_type"),
        ("٣", "wrong_type"),
        ("NaN", "wrong_type"),
        ("1e99", "invalid_value"),
        ("1.2345", "invalid_value"),  # more decimals than the contract has, and no word about rounding
    ],
)
def test_number_that_is_none_is_refused(
    inventories: Inventories, refusals: Refusals, written: str, reason: str
) -> None:
    mapping = inventories({"thousands_separator": ",", "delimiter": ";"}, electricity="kwh")
    assert refusals(mapping, f"site;kwh\nF0001;{written}\n") == [(2, "electricity", reason)]


def test_scale_reaches_the_unit_of_the_contract_and_rounds_half_up(
    inventories: Inventories, payloads: Payloads
) -> None:
    mapping = inventories(electricity={"column": "mwh", "scale": "1000", "round": True})
    found = payloads(mapping, "site,mwh\nF0001,1.2345675\nF0002,-0.0000005\n")
    assert [row["electricity"] for row in found] == ["1234.568", "-0.001"]


def test_count_with_decimals_is_refused_unless_it_is_rounded(payloads: Payloads, refusals: Refusals) -> None:
    mapping: dict[str, Any] = {
        "name": "totals",
        "description": "Totals.",
        "contract": "org.hr.organisation_headcount.reported.v1",
        "time": {"template": "{year}-12-31"},
        "identity": ["year"],
        "fields": {"year": "year", "staff": "staff"},
    }
    content = "year,staff\n2019,5563.5\n"
    assert refusals(mapping, content) == [(2, "staff", "wrong_type")]
    mapping["fields"]["staff"] = {"column": "staff", "round": True}
    assert payloads(mapping, content) == [{"year": 2019, "staff": 5564}]
    assert refusals(mapping, "year,staff\n2019,99999999999999999999\n") == [(2, "staff", "invalid_value")]


def test_dates_are_read_as_the_field_states(appraisals: dict[str, Any], payloads: Payloads) -> None:
    for field in ("due_on", "completed_on"):
        appraisals["fields"][field] = {"column": field.split("_")[0], "format": "%d.%m.%Y"}
    appraisals["fields"]["completed_on"]["column"] = "done"
    appraisals["time"] = {"column": "done", "format": "%d.%m.%Y"}
    content = HEADER + "P000001,2019,31.03.2020,01.02.2020,yes,\n"
    assert payloads(appraisals, content)[0]["completed_on"] == "2020-02-01"


@pytest.mark.parametrize("written", ["2020-02-30", "01.02.2020", "yesterday"])
def test_day_that_does_not_exist_is_refused(
    appraisals: dict[str, Any], refusals: Refusals, written: str
) -> None:
    content = HEADER + ROW.replace("2020-03-31", written)
    assert refusals(appraisals, content) == [(2, "due_on", "impossible_date")]


@pytest.mark.parametrize(
    ("rule", "time"),
    [
        ({"column": "done"}, "2020-02-01T00:00:00Z"),
        ({"column": "done", "zone": "Africa/Nairobi"}, "2020-01-31T21:00:00Z"),
        ({"template": "{cycle}-12-31"}, "2019-12-31T00:00:00Z"),
        ({"template": "{done}T18:30:00+02:00"}, "2020-02-01T16:30:00Z"),
    ],
)
def test_time_of_the_event(
    appraisals: dict[str, Any], outcomes: Callable[..., Any], rule: dict[str, str], time: str
) -> None:
    appraisals["time"] = rule
    (event,) = outcomes(appraisals, HEADER + ROW)
    assert orjson.loads(event.value)["time"] == time


def test_row_without_a_time_is_refused(appraisals: dict[str, Any], refusals: Refusals) -> None:
    appraisals["time"] = {"column": "comments"}
    assert refusals(appraisals, HEADER + ROW) == [(2, "time", "missing_field")]
    assert refusals(appraisals, HEADER + ROW.strip() + "soon\n") == [(2, "time", "impossible_date")]


def test_column_that_must_hold_a_text_refuses_another(inventories: Inventories, refusals: Refusals) -> None:
    mapping = {**inventories(), "expect": {"unit": "kWh"}}
    assert refusals(mapping, "site,unit\nF0001,kWh\nF0002,MWh\n") == [(3, "unit", "unexpected_value")]


def test_rows_of_equal_identity_are_refused_or_numbered(inventories: Inventories, outcomes: Any) -> None:
    content = "site\nF0001\nF0002\nF0001\nF0001\n"
    refused = outcomes(inventories(), content)
    assert [(row.line, row.problems[0].reason.value) for row in refused[2:]] == [
        (4, "repeated_identity"),
        (5, "repeated_identity"),
    ]
    numbered = outcomes({**inventories(), "repeats": "numbered"}, content)
    assert len({event.id for event in numbered}) == 4
    assert [event.id for event in refused[:2]] == [event.id for event in numbered[:2]]


def test_mending_a_row_moves_no_identity_of_another(inventories: Inventories, outcomes: Any) -> None:
    mapping = {**inventories(water="water"), "repeats": "numbered"}
    before = outcomes(mapping, "site,water\nF0001,wrong\nF0001,2\n")
    after = outcomes(mapping, "site,water\nF0001,1\nF0001,2\n")
    assert before[1].id == after[1].id != after[0].id


def test_row_that_nothing_identifies_is_refused(appraisals: dict[str, Any], refusals: Refusals) -> None:
    appraisals["identity"] = ["comments"]
    assert refusals(appraisals, HEADER + ROW) == [(2, "identity", "no_identity")]


def test_identity_depends_on_mapping_contract_time_and_columns_only(
    appraisals: dict[str, Any], outcomes: Any
) -> None:
    def id_of(mapping: dict[str, Any], row: str = ROW) -> str:
        (event,) = outcomes(mapping, HEADER + row)
        assert isinstance(event, Event)
        return event.id

    first = id_of(appraisals)
    assert id_of(appraisals, ROW.replace("yes", "no")) == first
    assert id_of({**appraisals, "name": "appraisals_of_others"}) != first
    assert id_of({**appraisals, "time": {"template": "2020-05-01"}}) != first
    assert id_of(appraisals, ROW.replace("P000001", "P000002")) != first


def test_contradiction_between_fields_is_refused_as_the_contract_says(refusals: Refusals) -> None:
    mapping: dict[str, Any] = {
        "name": "projects",
        "description": "Projects.",
        "contract": "org.reference.project.registered.v1",
        "time": {"column": "start"},
        "identity": ["project"],
        "fields": {
            "project_id": "project",
            "unit_id": {"constant": "U0001"},
            "fund": {"constant": "other"},
            "sector": {"constant": "humanitarian"},
            "start_date": "start",
            "end_date": "end",
        },
    }
    content = "project,start,end\nJ00001,2020-01-01,2019-01-01\n"
    assert refusals(mapping, content) == [(2, "row", "inconsistent_fields")]


def test_every_problem_of_a_row_is_reported(appraisals: dict[str, Any], refusals: Refusals) -> None:
    content = HEADER + "P1,2019,soon,2020-02-01,perhaps,\n"
    assert refusals(appraisals, content) == [
        (2, "due_on", "impossible_date"),
        (2, "multi_rater", "not_in_map"),
    ]


def test_event_that_is_too_large_is_refused(
    appraisals: dict[str, Any], refusals: Refusals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orgpulse_platform.mapping.events.MAX_BYTES", 100)
    assert refusals(appraisals, HEADER + ROW) == [(2, "row", "too_large")]
