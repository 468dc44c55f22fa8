"""What `orgpulse validate` tells of a file before it is published."""

import json
from pathlib import Path

import orjson
import pytest
import typer
from typer.testing import CliRunner

from orgpulse_platform.errors import OrgPulseError
from orgpulse_platform.validation_report import command
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.registry import all_contracts

TYPE = "org.hr.appointment.made.v1"


@pytest.fixture
def good() -> dict:
    example = next(one for one in examples_of(TYPE) if one.violation is None)
    return orjson.loads(example.value)


@pytest.fixture
def validate(tmp_path: Path):
    """Runs the command on a file with this content; its exit code, document and what it said to people."""
    app = typer.Typer()
    command.register(app)

    def run(content: bytes, *options: str, name: str = "events.ndjson"):
        path = tmp_path / name
        path.write_bytes(content)
        result = CliRunner().invoke(app, [str(path), "--json", *options], env={"COLUMNS": "200"})
        if isinstance(result.exception, OrgPulseError):
            raise result.exception
        document = json.loads(result.stdout) if result.stdout.strip() else None
        return result.exit_code, document, result.stderr

    return run


def lines(*events: dict) -> bytes:
    return b"\n".join(map(orjson.dumps, events)) + b"\n"


def codes(outcome: dict) -> list[tuple[str, str]]:
    return [(violation["code"], violation["path"]) for violation in outcome["violations"]]


def test_a_file_of_good_events_would_be_accepted(validate, good):
    code, document, said = validate(lines(good, {**good, "id": "other"}))
    assert code == 0
    assert (document["events"], document["accepted"], document["rejected"]) == (2, 2, 0)
    assert document["contracts"] == [{"id": TYPE, "accepted": 2}]
    assert "2 would be accepted" in said


def test_an_event_is_told_everything_that_is_wrong_with_it(validate, good):
    data = {**good["data"], "grade": "Q9", "birth_date": "1984-02-30"}
    del data["gender"]
    code, document, _ = validate(lines(good, {**good, "time": "yesterday", "data": data}))
    assert code == 1
    assert [outcome["accepted"] for outcome in document["outcomes"]] == [True, False]
    assert document["outcomes"][1]["line"] == 2
    assert codes(document["outcomes"][1]) == [
        ("impossible_date", "/time"),
        ("impossible_date", "/data/birth_date"),
        ("missing_field", "/data/gender"),
        ("invalid_value", "/data/grade"),
    ]
    assert document["reasons"][0]["id"] == "impossible_date"
    assert document["reasons"][0]["mended_by"] == "source system"


def test_each_example_of_each_contract_has_the_verdict_that_it_states(validate):
    for type_ in all_contracts():
        for example in (one for one in examples_of(type_) if one.value.strip()):
            code, document, _ = validate(example.value)
            outcome = document["outcomes"][0]
            if example.violation is None:
                assert (code, outcome["accepted"]) == (0, True), example
            else:
                expected = (example.violation.reason.value, example.violation.path)
                assert codes(outcome)[0] == expected, example


def test_an_event_that_stands_twice_counts_once(validate, good):
    code, document, said = validate(lines(good, good))
    assert (code, document["accepted"], document["repeated"]) == (0, 2, 1)
    assert [outcome["repeats"] for outcome in document["outcomes"]] == [False, True]
    assert "1 repeat an earlier one" in said


@pytest.mark.parametrize("name", ["event.json", "event.ndjson", "event"])
def test_a_single_event_may_be_written_over_several_lines(validate, good, name):
    code, document, _ = validate(orjson.dumps(good, option=orjson.OPT_INDENT_2), name=name)
    assert (code, document["events"]) == (0, 1)


def test_a_single_event_over_several_lines_that_is_malformed_is_one_event(validate, good):
    content = orjson.dumps(good, option=orjson.OPT_INDENT_2)[:-1]
    code, document, _ = validate(content, name="event.json")
    assert (code, document["events"]) == (1, 1)
    assert codes(document["outcomes"][0]) == [("malformed_json", "")]


def test_an_array_of_events_is_read_event_by_event(validate, good):
    code, document, _ = validate(
        orjson.dumps([good, {**good, "type": "org.hr.unknown.made.v1"}]), name="events.json"
    )
    assert code == 1
    assert codes(document["outcomes"][1]) == [("unknown_contract", "/type")]


def test_empty_lines_byte_order_marks_and_windows_line_ends_are_no_events(validate, good):
    content = b"\xef\xbb\xbf" + orjson.dumps(good) + b"\r\n\r\n" + orjson.dumps({**good, "id": "2"}) + b"\r\n"
    code, document, _ = validate(content)
    assert (code, document["events"]) == (0, 2)
    assert [outcome["line"] for outcome in document["outcomes"]] == [1, 3]


def test_a_line_that_is_too_large_harms_no_other(validate, good):
    huge = {**good, "data": {**good["data"], "note": "x" * 5_000_000}}
    code, document, _ = validate(lines(good, huge, {**good, "id": "2"}))
    assert code == 1
    assert [codes(outcome) for outcome in document["outcomes"]] == [[], [("too_large", "")], []]


def test_no_value_is_repeated(validate, good):
    data = dict.fromkeys([*good["data"], "zyxcanary_field"], "zyxcanary")
    broken = {**dict.fromkeys(good, "zyxcanary"), "type": TYPE, "specversion": "1.0", "data": data}
    _, document, said = validate(lines(broken) + b"zyxcanary\n" + lines({**good, "type": "zyxcanary"}))
    assert document["rejected"] == 3
    assert "zyxcanary" not in json.dumps(document) + said


@pytest.mark.parametrize("content", [b"[", b'[{"id": 1}'])
def test_an_array_that_is_cut_off_is_named(validate, content):
    with pytest.raises(OrgPulseError, match="no well-formed one"):
        validate(content, name="events.json")


def test_a_missing_file_is_named(tmp_path):
    app = typer.Typer()
    command.register(app)
    result = CliRunner().invoke(app, [str(tmp_path / "none.json")])
    assert isinstance(result.exception, OrgPulseError)
    assert "NDJSON" in result.exception.guidance


def test_an_empty_file_holds_no_events(validate):
    assert validate(b"")[1]["events"] == 0


def test_an_export_needs_its_mapping(validate):
    with pytest.raises(OrgPulseError, match="is an export"):
        validate(b"year,amount\n", name="export.csv")
    with pytest.raises(OrgPulseError, match="no-such-mapping"):
        validate(b"year,amount\n", "--mapping", "no-such-mapping", name="export.csv")


def test_an_export_is_checked_with_its_mapping(validate):
    content = b"agency,sub_agency,calendar_year,rev_code,sub_type,sub_type_name,amount\n" + (
        b"IOM,IOM,2019,zyxcanary,zyxcanary,zyxcanary,1\n"
    )
    code, document, said = validate(content, "--mapping", "revenue_by_type", name="export.csv")
    assert code == 1
    assert (document["events"], document["rejected"]) == (1, 1)
    assert document["outcomes"][0]["line"] == 2
    assert document["outcomes"][0]["violations"]
    assert "zyxcanary" not in json.dumps(document) + said
