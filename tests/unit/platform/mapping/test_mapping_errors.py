"""A mapping that is wrong is refused before anything is sent, naming the line and the key."""

from pathlib import Path

import pytest

from orgpulse_platform.mapping.check import contract_of
from orgpulse_platform.mapping.errors import MappingError
from orgpulse_platform.mapping.load import load_mapping, parse_mapping, shipped_text
from orgpulse_platform.mapping.run import events_of

GOOD = """\
name: totals
description: Staff totals.
contract: org.hr.organisation_headcount.reported.v1
time: {template: "{year}-12-31"}
identity: [year]
fields:
  year: year
  staff:
    column: staff
"""


def error(text: str) -> str:
    with pytest.raises(MappingError) as raised:
        contract_of(parse_mapping(text, "totals.yaml"))
    return raised.value.detail


def test_good_mapping_is_good() -> None:
    assert contract_of(parse_mapping(GOOD, "totals.yaml")).entity == "organisation_headcount"


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("time:", "tyme:", "line 4: mappings know no key `tyme` (did you mean `time`?)"),
        ("time:", "tyme:", "line 1: `time` is missing"),
        (
            "column: staff",
            "colum: staff",
            "line 9: mappings know no key `fields.staff.colum` (did you mean `column`?)",
        ),
        (
            "column: staff",
            "map: {a: b}",
            "line 8: `fields.staff`: state exactly one of `column`, `constant`, `template`",
        ),
        (
            "column: staff",
            "{constant: 1, round: true}",
            "line 8: `fields.staff`: a `constant` is taken as it stands",
        ),
        (
            "column: staff",
            "column: staff\n    round: perhaps",
            "line 10: `fields.staff.round`: input should be",
        ),
        ("column: staff", "column: staff\n    scale: much", "line 10: `fields.staff.scale`: "),
        ("column: staff", "column: staff\n    scale: 0", "line 10: `fields.staff.scale`: "),
        (
            "column: staff",
            "column: staff\n    format: 'DD.MM'",
            "line 10: `fields.staff.format`: not a date format",
        ),
        (
            "column: staff",
            "template: 'F{staff'",
            "line 9: `fields.staff.template`: a column stands in a pair of braces",
        ),
        ("column: staff", "column: staff\n    column: people", "line 10: `column` stands twice"),
        ("name: totals", "name: Staff totals", "line 1: `name`: "),
        ("[year]", "[]", "line 5: `identity`: "),
        (
            "identity: [year]",
            "identity: [year]\nrepeats: often",
            "line 6: `repeats`: input should be 'refused' or",
        ),
        (
            "identity:",
            "format: {encoding: utf-99}\nidentity:",
            "line 5: `format.encoding`: no encoding of this name",
        ),
        (
            "identity:",
            "format: {encoding: hex}\nidentity:",
            "line 5: `format.encoding`: no encoding of this name",
        ),
        ("identity:", "format: {delimiter: ';;'}\nidentity:", "line 5: `format.delimiter`: "),
        ("identity:", "format: {thousands_separator: .}\nidentity:", "are the same"),
        (
            '{template: "{year}-12-31"}',
            "{column: year, zone: Mars}",
            "line 4: `time.zone`: no time zone of this name",
        ),
        ('{template: "{year}-12-31"}', "{column: year, template: a}", "line 4: `time`: state exactly one of"),
        ("headcount.reported.v1", "headcount.reportd.v1", "line 3: there is no contract"),
        (
            "headcount.reported.v1",
            "headcount.reportd.v1",
            "did you mean `org.hr.organisation_headcount.reported.v1`?",
        ),
        ("  staff:", "  staf:", "line 8: the contract has no field `staf` (did you mean `staff`?)"),
        ("  staff:", "  staf:", "line 6: the contract's field `staff` is required and not mapped"),
        ("column: staff", "column: staff\n    empty: null", "line 10: `empty: null` cannot be"),
        (
            "column: staff",
            "column: staff\n    format: '%Y'",
            "line 10: `format` means nothing for `staff`, which is of type integer",
        ),
        (
            "column: staff",
            "column: staff\n    map: {a: 1}\n    round: true",
            "line 11: `round` and `map` of `staff` exclude each other",
        ),
        (
            "column: staff",
            "constant: many",
            "line 9: `constant` of `staff` holds a value that the contract does not",
        ),
        (
            "column: staff",
            "constant: null",
            "line 9: `constant` of `staff` holds a value that the contract does not",
        ),
        (
            "column: staff",
            "constant: -1",
            "line 9: `constant` of `staff` holds a value that the contract does not",
        ),
        (
            "column: staff",
            "column: staff\n    empty: few",
            "line 10: `empty` of `staff` holds a value that the contract",
        ),
        (
            "column: staff",
            "column: staff\n    map:\n      few: 3\n      many: lots",
            "line 12: `map.many` of `staff` holds",
        ),
        ("column: staff", "[staff]", "line 8: `fields.staff`: "),
        (GOOD, "- name", "line 1: a mapping consists of"),
        (GOOD, "", "line 1: a mapping consists of"),
        (GOOD, "a: [", "line 1: no YAML"),
        (GOOD, "a: \x01", "no YAML"),
        (GOOD, "? [a]\n: b", "line 1: a key is a single word or text"),
        (GOOD, "a: &x [1]\nb: *x", "a mapping uses no anchors"),
        (GOOD, "a: &x [*x]", "a mapping uses no anchors"),
    ],
)
def test_error_names_line_and_key(good: str, bad: str, said: str) -> None:
    assert good in GOOD
    assert said in error(GOOD.replace(good, bad))


def test_all_that_is_wrong_is_said_at_once() -> None:
    detail = error(GOOD.replace("time:", "tyme:").replace("[year]", "[]"))
    assert detail.count("totals.yaml, line") == 3


def test_columns_that_the_file_lacks_are_named_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "totals.csv"
    path.write_text("Year,Staf,other\n2019,5564,x\n")
    rows = events_of(path, parse_mapping(GOOD, "totals.yaml"))
    with pytest.raises(MappingError) as raised:
        next(rows)
    assert raised.value.detail.splitlines() == [
        "totals.yaml, line 4: the file has no column `year` (did you mean `Year`?)",
        "totals.yaml, line 5: the file has no column `year` (did you mean `Year`?)",
        "totals.yaml, line 7: the file has no column `year` (did you mean `Year`?)",
        "totals.yaml, line 8: the file has no column `staff` (did you mean `Staf`?)",
    ]


def test_yaml_guesses_nothing() -> None:
    text = GOOD.replace("column: staff", "column: NO\n    empty: 012")
    rule = parse_mapping(text, "totals.yaml").mapping.fields["staff"]
    assert (rule.column, rule.empty) == ("NO", "012")


def test_name_of_no_shipped_mapping_is_answered_with_the_nearest() -> None:
    with pytest.raises(
        MappingError, match=r"no mapping `staff_total` is shipped \(did you mean `staff_totals`\?\)"
    ):
        load_mapping("staff_total")


def test_mapping_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert load_mapping(str(path)).mapping.name == "totals"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(MappingError, match="not written in UTF-8"):
        load_mapping(str(path))
    with pytest.raises(MappingError, match="No such file"):
        load_mapping(str(tmp_path / "missing.yaml"))


def test_shipped_mapping_is_a_start_for_ones_own() -> None:
    assert parse_mapping(shipped_text("iati_flows"), "copy.yaml").mapping.name == "iati_flows"
