"""Files as systems really write them: encodings, delimiters, sheets, and broken rows."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pytest

from orgpulse_platform.mapping.errors import FileError, MappingError
from orgpulse_platform.mapping.readers import lines
from orgpulse_platform.mapping.run import events_of

Payloads = Callable[..., list[dict[str, Any]]]
Refusals = Callable[..., list[tuple[int, str, str]]]
Inventories = Callable[..., dict[str, Any]]
NAMED = {"facility_name": "name"}


def sheet(*rows: tuple[Any, ...], title: str = "Export") -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


# --- CSV --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "written_in"),
    [("utf-8-sig", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("latin-1", "latin-1"), ("utf-16", "utf-16")],
)
def test_text_in_its_stated_encoding(
    inventories: Inventories, payloads: Payloads, encoding: str, written_in: str
) -> None:
    content = "site,name\r\nF0001,São Tomé\r\n".encode(written_in)
    assert payloads(inventories({"encoding": encoding}, **NAMED), content)[0]["facility_name"] == "São Tomé"


def test_byte_order_mark_is_no_part_of_the_first_column_in_plain_utf_8_either(
    inventories: Inventories, payloads: Payloads
) -> None:
    assert payloads(inventories({"encoding": "utf-8"}), "site\nF0001\n".encode("utf-8-sig"))


def test_rows_in_a_wrong_encoding_are_refused_and_the_others_are_not(
    inventories: Inventories, outcomes: Any, refusals: Refusals
) -> None:
    content = "site,name\nF0001,Lima\nF0002,Bogotá\nF0003,Quito\n".encode("latin-1")
    assert refusals(inventories(**NAMED), content) == [(3, "facility_name", "wrong_encoding")]
    assert len(outcomes(inventories(**NAMED), content)) == 3


def test_utf_16_that_the_mapping_does_not_state_is_explained(inventories: Inventories, outcomes: Any) -> None:
    with pytest.raises(FileError, match="state `encoding: utf-16`"):
        outcomes(inventories(), "site\nF0001\n".encode("utf-16"))


def test_semicolons_and_decimal_commas(inventories: Inventories, payloads: Payloads) -> None:
    format = {"delimiter": ";", "decimal_separator": ",", "thousands_separator": "."}
    found = payloads(inventories(format, electricity="kwh"), "site;kwh\nF0001;1.234,5\n")
    assert found[0]["electricity"] == "1234.5"


def test_tabs(inventories: Inventories, payloads: Payloads) -> None:
    found = payloads(inventories({"delimiter": "\t"}, **NAMED), "site\tname\nF0001\tLima\n", "export.tsv")
    assert found[0]["facility_name"] == "Lima"


def test_forgotten_delimiter_is_hinted_at(inventories: Inventories, outcomes: Any) -> None:
    with pytest.raises(MappingError, match="is `delimiter` right"):
        outcomes(inventories(), "site;name\nF0001;Lima\n")


def test_row_with_too_few_or_too_many_columns_is_refused_alone(
    inventories: Inventories, refusals: Refusals, outcomes: Any
) -> None:
    content = "site,name\nF0001\nF0002,Lima\nF0003,Quito,more\nF0004,Bogota,\n"
    assert refusals(inventories(**NAMED), content) == [
        (2, "row", "too_few_columns"),
        (4, "row", "too_many_columns"),
    ]
    assert len(outcomes(inventories(**NAMED), content)) == 4


def test_line_numbers_count_quoted_line_breaks(
    inventories: Inventories, refusals: Refusals, outcomes: Any
) -> None:
    content = 'site,name\r\nF0001,"two\r\nlines, ""quoted"""\r\nF1,"x\ny\nz"\nF0002\n'
    assert refusals(inventories(**NAMED), content) == [
        (4, "facility_id", "invalid_value"),
        (7, "row", "too_few_columns"),
    ]
    payload = orjson.loads(outcomes(inventories(**NAMED), content)[0].value)["data"]
    assert payload["facility_name"] == 'two\r\nlines, "quoted"'


def test_missing_quotation_mark_swallows_no_other_row(inventories: Inventories, refusals: Refusals) -> None:
    rows = "".join(f"F{number:04},Site {number}\n" for number in range(1, 1001))
    content = "site,name\n" + rows.replace("F0007,", 'F0007,"').replace("Site 500\n", '"Site" 500\n')
    assert refusals(inventories(**NAMED), content) == [
        (8, "row", "malformed_row"),
        (501, "row", "malformed_row"),
    ]


def test_line_longer_than_any_event_is_refused_and_not_kept_in_memory(
    inventories: Inventories, refusals: Refusals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MAX_CHARACTERS", 100)
    content = f'site,name\nF0001,{"x" * 1000}\nF0002,"{"y" * 1000}"\nF1,z\n'
    assert refusals(inventories(**NAMED), content) == [
        (2, "row", "malformed_row"),
        (3, "row", "malformed_row"),
        (4, "facility_id", "invalid_value"),
    ]


def test_empty_lines_are_no_rows(inventories: Inventories, outcomes: Any) -> None:
    assert len(outcomes(inventories(**NAMED), "site,name\n\nF0001,Lima\n,\n\n\n")) == 1


def test_lines_above_the_header_and_tag_rows_are_passed_over(
    inventories: Inventories, refusals: Refusals, outcomes: Any
) -> None:
    format = {"header_row": 3, "skip_lines_starting_with": "#"}
    content = 'Export of "today\n\nsite,name\n#site+id,#site+name\nF0001,Lima\n"#note",\nF1,Quito\n'
    assert refusals(inventories(format, **NAMED), content) == [(7, "facility_id", "invalid_value")]
    assert len(outcomes(inventories(format, **NAMED), content)) == 2


@pytest.mark.parametrize("content", ["", "\n" * 3, '"site\n'])
def test_file_without_a_header_is_an_error(inventories: Inventories, outcomes: Any, content: str) -> None:
    with pytest.raises((FileError, MappingError)):
        outcomes(inventories(), content)


def test_column_that_stands_twice_is_an_error(inventories: Inventories, outcomes: Any) -> None:
    with pytest.raises(MappingError, match="2 columns `site`"):
        outcomes(inventories(), "site,site\nF0001,F0002\n")


# --- XLSX -------------------------------------------------------------------------------------------


def test_sheet_gives_the_same_events_as_the_text_of_it(inventories: Inventories, outcomes: Any) -> None:
    mapping = inventories(
        {"decimal_separator": ","},
        facility_id={"template": "F{site:04}"},
        electricity={"column": "kwh", "empty": None},
        **NAMED,
    )
    text = outcomes(
        {**mapping, "format": {"delimiter": ";", "decimal_separator": ","}},
        "site;kwh;name\n1;1234,5;Lima\n2;;Quito\n",
    )
    assert (
        outcomes(mapping, sheet(("site", "kwh", "name"), (1, 1234.5, "Lima"), (2.0, None, "Quito")), "a.xlsx")
        == text
    )


def test_dates_of_a_sheet_are_dates(
    appraisals: dict[str, Any], payloads: Payloads, refusals: Refusals
) -> None:
    header = ("person", "cycle", "due", "done", "raters", "comments")
    row = ("P000001", 2019, date(2020, 3, 31), datetime(2020, 2, 1), "yes")
    content = sheet(header, row, ("P000002", 2019, datetime(2020, 3, 31, 17), *row[3:]))
    assert refusals(appraisals, content, "a.xlsx") == [(3, "due_on", "wrong_type")]
    assert payloads(appraisals, sheet(header, row), "a.xlsx")[0]["due_on"] == "2020-03-31"


def test_truth_values_of_a_sheet(appraisals: dict[str, Any], payloads: Payloads) -> None:
    appraisals["fields"]["multi_rater"] = "raters"
    content = sheet(
        ("person", "cycle", "due", "done", "raters", "comments"),
        ("P000001", 2019, *[date(2020, 2, 1)] * 2, True),
    )
    assert payloads(appraisals, content, "a.xlsx")[0]["multi_rater"] is True


def test_row_numbers_are_those_of_the_sheet(inventories: Inventories, refusals: Refusals) -> None:
    content = sheet(
        ("exported today",), ("site", "name"), ("#site", "#name"), (), ("F0001", "Lima"), ("F1", "Quito")
    )
    format = {"header_row": 2, "skip_lines_starting_with": "#", "sheet": "Export"}
    assert refusals(inventories(format, **NAMED), content, "a.xlsx") == [(6, "facility_id", "invalid_value")]


def test_error_of_a_formula_is_no_value(inventories: Inventories, refusals: Refusals) -> None:
    content = sheet(("site", "name"), ("F0001", "#DIV/0!"))
    assert refusals(inventories(**NAMED), content, "a.xlsx") == [(2, "facility_name", "wrong_type")]


def test_sheet_that_is_not_there_is_named(inventories: Inventories, outcomes: Any) -> None:
    with pytest.raises(FileError, match=r"no sheet `Exprt` \(did you mean `Export`\?\)"):
        outcomes(inventories({"sheet": "Exprt"}), sheet(("site",)), "a.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"site\nF0001\n"])
def test_file_that_is_no_workbook_is_an_error(
    inventories: Inventories, outcomes: Any, content: bytes
) -> None:
    with pytest.raises(FileError, match="no XLSX file"):
        outcomes(inventories(), content, "a.xlsx")


def test_sheet_damaged_inside_is_an_error(inventories: Inventories, outcomes: Any) -> None:
    whole = sheet(("site", "name"), *[(f"F{number:04}", "Lima") for number in range(2000)])
    middle = whole.index(b"xl/worksheets/sheet1.xml") + 1000
    damaged = whole[:middle] + bytes(200) + whole[middle + 200 :]
    with pytest.raises(FileError, match="damaged"):
        outcomes(inventories(), damaged, "a.xlsx")


# --- NDJSON -----------------------------------------------------------------------------------------


def test_objects_with_names_inside(inventories: Inventories, payloads: Payloads) -> None:
    mapping = inventories(
        electricity={"column": "energy.kwh", "empty": None}, facility_name={"column": "name", "empty": None}
    )
    content = '{"site": "F0001", "energy": {"kwh": 1234567890123.125}}\n\n{"site": "F0002", "name": "Lima"}\n'
    found = payloads(mapping, content, "export.ndjson")
    assert [(row["electricity"], row["facility_name"]) for row in found] == [
        ("1234567890123.125", None),
        (None, "Lima"),
    ]


def test_line_that_is_no_object_is_refused_alone(
    inventories: Inventories, refusals: Refusals, outcomes: Any
) -> None:
    content = "\n".join(
        [
            '{"site": "F0001", "name": "Lima"}',
            '{"site": "F0002", "name": ',
            '["F0003"]',
            '{"site": "F0004", "name": ["Lima"]}',
            '{"site": "F0005", "site": "F0006", "name": "x"}',
            '{"site": "F0007", "name": NaN}',
            "[" * 100_000,
            '{"site": "F0008", "name": "\\ud800"}',
            '{"site": "F0009"}',
        ]
    )
    assert refusals(inventories(**NAMED), content, "export.jsonl") == [
        (2, "row", "malformed_json"),
        (3, "row", "wrong_type"),
        (4, "facility_name", "wrong_type"),
        (5, "row", "malformed_json"),
        (6, "row", "malformed_json"),
        (7, "row", "malformed_json"),
        (8, "facility_name", "wrong_encoding"),
        (9, "facility_name", "missing_field"),
    ]
    assert len(outcomes(inventories(**NAMED), content, "export.jsonl")) == 9


def test_name_that_no_object_has_is_an_error(inventories: Inventories, outcomes: Any) -> None:
    with pytest.raises(MappingError, match=r"no column `name` \(did you mean `Name`\?\)"):
        outcomes(inventories(**NAMED), '{"site": "F0001", "Name": "Lima"}\n', "export.ndjson")


# --- any file ---------------------------------------------------------------------------------------


def test_kind_of_file_is_stated_where_its_name_does_not_tell(inventories: Inventories, outcomes: Any) -> None:
    with pytest.raises(FileError, match="state `format"):
        outcomes(inventories(), "site\nF0001\n", "export.dat")
    assert len(outcomes(inventories({"type": "csv"}), "site\nF0001\n", "export.dat")) == 1


def test_option_that_means_nothing_for_the_kind_of_file_is_an_error(
    inventories: Inventories, outcomes: Any
) -> None:
    with pytest.raises(MappingError, match=r"line \d+: `format.sheet` means nothing for csv files"):
        outcomes(inventories({"sheet": "Export"}), "site\nF0001\n")


@pytest.mark.parametrize("name", ["missing.csv", ".", "missing.xlsx"])
def test_file_that_is_not_there_is_an_error(
    inventories: Inventories, load: Callable[..., Any], tmp_path: Path, name: str
) -> None:
    with pytest.raises(FileError, match=r"no such file|not a regular file"):
        list(events_of(tmp_path / name, load(inventories())))
