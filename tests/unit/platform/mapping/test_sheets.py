"""Workbooks of several sheets, and signs of numbers."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from orgpulse_platform.mapping.errors import FileError, MappingError
from orgpulse_platform.mapping.events import Event
from orgpulse_platform.mapping.identity import Occurrences
from orgpulse_platform.mapping.refusal import Refusal

Inventories = Callable[..., dict[str, Any]]
Sheets = dict[str, list[tuple[Any, ...]]]
YEARS: Sheets = {
    "2018": [("site", "kwh"), ("F0001", 1)],
    "Notes": [],
    "2019": [("kwh", "site"), (2, "F0002"), (3, "Zyx")],
}


def workbook(sheets: Sheets) -> bytes:
    book = openpyxl.Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("chosen", ["*", "20*", ["2018", "2019"], ["2019", "201*"]])
def test_rows_of_every_chosen_sheet_are_read_under_its_own_header(
    inventories: Inventories, outcomes: Any, chosen: Any
) -> None:
    found = outcomes(inventories({"sheet": chosen}, electricity="kwh"), workbook(YEARS), "a.xlsx")
    assert [event.key for event in found if isinstance(event, Event)] == [b"F0001", b"F0002"]
    (refused,) = [outcome for outcome in found if isinstance(outcome, Refusal)]
    assert (refused.sheet, refused.line, refused.id) == (3, 3, "sheet-3-line-3")


def test_name_of_the_sheet_can_be_a_column(inventories: Inventories, payloads: Any) -> None:
    mapping = inventories({"sheet": "*", "sheet_column": "tab"}, facility_name="tab")
    found = payloads(
        mapping, workbook({"A": [("site",), ("F0001",)], "B": [("site",), ("F0002",)]}), "a.xlsx"
    )
    assert [data["facility_name"] for data in found] == ["A", "B"]


def test_row_that_another_sheet_has_too_is_a_repeated_one(inventories: Inventories, refusals: Any) -> None:
    sheets: Sheets = {"A": [("site",), ("F0001",)], "B": [("site",), ("F0001",)]}
    found = refusals(inventories({"sheet": "*"}), workbook(sheets), "a.xlsx")
    assert found == [(2, "identity", "repeated_identity")]


def test_sheet_without_the_columns_stops_the_file_before_anything_is_read(
    inventories: Inventories, outcomes: Any
) -> None:
    sheets: Sheets = {"A": [("site", "kwh"), ("F0001", 1)], "B": [("place", "kwh")]}
    with pytest.raises(MappingError, match=r"sheet 2 of 2 that are read has no column `site`"):
        outcomes(inventories({"sheet": "*"}, electricity="kwh"), workbook(sheets), "a.xlsx")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [(["2018", "2020"], "no sheet `2020`"), ("X*", r"no sheet `X\*`"), ("Notes", "no header")],
)
def test_sheet_that_is_missing_or_empty_is_an_error(
    inventories: Inventories, outcomes: Any, chosen: Any, said: str
) -> None:
    with pytest.raises(FileError, match=said):
        outcomes(inventories({"sheet": chosen}), workbook(YEARS), "a.xlsx")


@pytest.mark.parametrize(
    ("negative", "text", "number"),
    [
        ("trailing", "12.5-", "-12.5"),
        ("trailing", "12.5+", "12.5"),
        ("trailing", "-12.5", "-12.5"),
        ("parentheses", "(12.5)", "-12.5"),
        ("parentheses", "12.5", "12.5"),
    ],
)
def test_sign_stands_where_the_mapping_says(
    inventories: Inventories, payloads: Any, negative: str, text: str, number: str
) -> None:
    mapping = inventories({"negative": negative}, electricity="kwh")
    assert payloads(mapping, f"site,kwh\nF0001,{text}\n")[0]["electricity"] == number


@pytest.mark.parametrize(
    ("negative", "text"),
    [
        ("leading", "12-"),
        ("leading", "(12)"),
        ("trailing", "-12-"),
        ("trailing", "-"),
        ("parentheses", "(-12)"),
        ("parentheses", "(12"),
        ("parentheses", "()"),
    ],
)
def test_sign_in_another_place_is_refused(
    inventories: Inventories, refusals: Any, negative: str, text: str
) -> None:
    mapping = inventories({"negative": negative}, electricity="kwh")
    assert refusals(mapping, f"site,kwh\nF0001,{text}\n") == [(2, "electricity", "wrong_type")]


def test_occurrences_are_counted() -> None:
    occurrences = Occurrences()
    assert [occurrences.earlier(name) for name in (b"a", b"b", b"a", b"a", b"b")] == [0, 0, 1, 2, 1]
