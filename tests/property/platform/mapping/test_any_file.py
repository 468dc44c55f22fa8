"""Whatever stands in a file: nothing crashes, and every row is accepted or refused."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from orgpulse_platform.mapping.errors import FileError, MappingError
from orgpulse_platform.mapping.events import Event
from orgpulse_platform.mapping.load import LoadedMapping, parse_mapping
from orgpulse_platform.mapping.model import FieldRule, Format, Mapping, TimeRule
from orgpulse_platform.mapping.refusal import Refusal
from orgpulse_platform.mapping.run import check_file, events_of
from orgpulse_platform.mapping.values import number_parser

MAPPING: dict[str, Any] = {
    "name": "inventories",
    "description": "Inventories of facilities.",
    "contract": "org.environment.facility_inventory.reported.v1",
    "time": {"column": "day"},
    "identity": ["site"],
    "repeats": "numbered",
    "expect": {"unit": "kWh"},
    "fields": {
        "facility_id": {"template": "F{site:04}"},
        "facility_name": {"column": "name", "empty": None},
        "year": {"constant": 2019},
        "electricity": {"column": "kwh", "scale": "1000", "round": True},
    },
}
CSV_TEXT = st.text(st.sampled_from('0129F,"\r\n \t;-.eE\ufeff\x00é\u2028')) | st.text()
COLUMNS = st.sampled_from(["site", "name", "kwh", "unit", "day"])
JSON_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(COLUMNS, inner),
)
WORDS = st.sampled_from(
    [*Mapping.model_fields, *Format.model_fields, *TimeRule.model_fields, *FieldRule.model_fields]
)
PARTS = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | COLUMNS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | COLUMNS, inner, max_size=4),
)
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd"), max_size=40)


def loaded(**changes: Any) -> LoadedMapping:
    return parse_mapping(yaml.safe_dump({**MAPPING, **changes}), "test.yaml")


@contextmanager
def written(content: bytes, name: str = "export.csv") -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def account(path: Path, mapping: LoadedMapping) -> None:
    outcomes = list(events_of(path, mapping))
    report = check_file(path, mapping, lambda position, total: None)
    assert report.rows == len(outcomes) == report.accepted + len(report.refused)
    assert [outcome for outcome in outcomes if isinstance(outcome, Refusal)] == report.refused
    assert all(refusal.problems for refusal in report.refused)
    events = [outcome for outcome in outcomes if isinstance(outcome, Event)]
    assert len({event.id for event in events}) == len(events)


@settings(deadline=None)
@given(CSV_TEXT)
def test_any_csv_text_below_a_header(text: str) -> None:
    content = f"site,name,kwh,unit,day\n{text}".encode("utf-8", "surrogatepass")
    with written(content) as path:
        account(path, loaded())


@settings(deadline=None)
@given(st.binary(), st.sampled_from(["utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1", "ascii", "utf-7"]))
def test_any_bytes_in_any_encoding(content: bytes, encoding: str) -> None:
    header = "site,name,kwh,unit,day\n1,a,1,kWh,2019-12-31\n".encode(encoding)
    with written(header + content) as path, suppress(FileError):
        account(path, loaded(format={"encoding": encoding}))


@settings(deadline=None)
@given(st.lists(st.text() | JSON_VALUE.map(json.dumps)))
def test_any_lines_of_ndjson(lines: list[str]) -> None:
    first = '{"site": 1, "name": "a", "kwh": 1e0, "unit": "kWh", "day": "2019-12-31"}'
    with written("\n".join([first, *lines]).encode("utf-8", "surrogatepass"), "export.ndjson") as path:
        account(path, loaded())


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_as_a_workbook(content: bytes) -> None:
    with written(content, "export.xlsx") as path, pytest.raises(FileError):
        account(path, loaded())


@settings(deadline=None)
@given(st.binary() | CSV_TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_header(content: bytes) -> None:
    with written(content) as path, pytest.raises((FileError, MappingError)):
        account(path, loaded())


@settings(deadline=None)
@given(st.lists(CELL.filter(lambda text: text.strip()), min_size=1), st.sampled_from(",;\t|"))
def test_names_pass_unchanged_but_for_surrounding_blanks(names: list[str], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["site", "name", "kwh", "unit", "day"])
    writer.writerows([site, name, "1.5", "kWh", "2019-12-31"] for site, name in enumerate(names))
    with written(text.getvalue().encode()) as path:
        events = list(events_of(path, loaded(format={"delimiter": delimiter})))
    found = [orjson.loads(event.value)["data"] for event in events if isinstance(event, Event)]
    assert [row["facility_name"] for row in found] == [name.strip() for name in names]
    assert {row["electricity"] for row in found} == {"1500.000"}


@given(
    st.decimals(min_value=-(10**15), max_value=10**15, places=2), st.sampled_from([",", ".", " ", "'", "’"])
)
def test_number_is_read_as_it_was_written(number: Decimal, group: str) -> None:
    point = "," if group != "," else "."
    text = f"{number:,}".translate(str.maketrans({",": group, ".": point}))
    format = Format.model_validate({"thousands_separator": group, "decimal_separator": point})
    assert number_parser(format)(text) == number


@settings(deadline=None)
@given(st.text())
def test_any_text_as_a_mapping(text: str) -> None:
    with suppress(MappingError):
        parse_mapping(text, "test.yaml")


@settings(deadline=None)
@given(st.dictionaries(WORDS, PARTS, max_size=4), PARTS)
def test_any_change_of_a_mapping(changes: dict[str, Any], rule: Any) -> None:
    """A mapping is refused, or it reads files."""
    fields = {**MAPPING["fields"], "water": rule}
    text = yaml.safe_dump({**MAPPING, "fields": fields, **changes}, allow_unicode=True)
    with (
        written(b"site,name,kwh,unit,day\n1,a,1,kWh,2019-12-31\n") as path,
        suppress(MappingError, FileError),
    ):
        account(path, parse_mapping(text, "test.yaml"))
