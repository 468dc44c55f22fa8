"""Reports: every refused row with line, field and reason, whatever their number."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from orgpulse_platform.inbox.account import GUIDANCE, Account, FileProblem, FileReason, State
from orgpulse_platform.inbox.errors import ReportWriteError
from orgpulse_platform.inbox.refused import IN_MEMORY, SHOWN, RefusedRows
from orgpulse_platform.inbox.report_files import sha256_in, text_of, write_reports
from orgpulse_platform.mapping.refusal import Problem, Refusal
from orgpulse_platform.mapping.report import Report
from orgpulse_schemas.reasons import Reason

SHA = "0123456789abcdef" * 4


def account(refused: RefusedRows, *refusals: Refusal, **options: object) -> Account:
    report = Report("visitors", "org.x", "visitors:sha256:0", dry_run=False, family="environment")
    report.accepted = report.published = 2
    for refusal in refusals:
        report.refuse(refusal)
        refused.add(refusal)
    return Account(sha256=SHA, mapping="visitors", rows=report, refused=refused, **options)  # type: ignore[arg-type]


def refusal(line: int, sheet: int | None = None) -> Refusal:
    return Refusal(
        line, (Problem("facility_id", Reason.INVALID_VALUE), Problem("year", Reason.WRONG_TYPE)), sheet
    )


def test_every_reason_of_a_file_says_what_to_do() -> None:
    assert set(GUIDANCE) == set(FileReason)


def test_file_is_done_only_if_every_row_was_published() -> None:
    with RefusedRows() as refused:
        assert account(refused).state is State.DONE
        assert account(refused, refusal(3)).state is State.FAILED
        problem = FileProblem(FileReason.DAMAGED, "after row 7")
        assert account(refused, problem=problem).state is State.FAILED
        assert Account(refused=refused, problem=problem).state is State.FAILED


def test_report_names_line_field_and_reason(tmp_path: Path) -> None:
    with RefusedRows() as refused:
        write_reports(tmp_path, "a.csv", account(refused, refusal(3), refusal(9, sheet=2)))
    report = orjson.loads((tmp_path / "a.csv.report.json").read_bytes())
    assert (report["id"], report["state"], report["published"], report["refused_rows"]) == (
        "0123456789ab",
        "failed",
        2,
        2,
    )
    assert report["reasons"][0] == {
        "id": "facility_id:invalid_value",
        "field": "facility_id",
        "reason": "invalid_value",
        "meaning": Problem("facility_id", Reason.INVALID_VALUE).meaning,
        "rows": 2,
    }
    also = [{"id": "year", "field": "year", "reason": "wrong_type"}]
    assert report["refused"] == [
        {"id": "line-3", "line": 3, "field": "facility_id", "reason": "invalid_value", "also": also},
        {
            "id": "sheet-2-line-9",
            "line": 9,
            "sheet": 2,
            "field": "facility_id",
            "reason": "invalid_value",
            "also": also,
        },
    ]
    text = (tmp_path / "a.csv.report.txt").read_text()
    assert "  sheet 2, 9  facility_id  invalid_value\n" in text
    assert "What to do: Mend the refused rows" in text
    assert sha256_in(tmp_path / "a.csv.report.json") == SHA


def test_report_of_a_good_file_is_whole_json_too(tmp_path: Path) -> None:
    with RefusedRows() as refused:
        write_reports(tmp_path, "a.csv", account(refused))
    assert orjson.loads((tmp_path / "a.csv.report.json").read_bytes())["refused"] == []


def test_refused_rows_beyond_the_memory_are_all_in_the_report(tmp_path: Path) -> None:
    rows = IN_MEMORY // 100
    with RefusedRows() as refused:
        write_reports(tmp_path, "a.csv", account(refused, *map(refusal, range(rows))))
    report = orjson.loads((tmp_path / "a.csv.report.json").read_bytes())
    assert [row["line"] for row in report["refused"]] == list(range(rows))
    assert f"and {rows - SHOWN:,} more rows" in (tmp_path / "a.csv.report.txt").read_text()


def test_file_that_was_seen_before_is_said_to_be() -> None:
    earlier = datetime(2019, 5, 3, 7, 8, tzinfo=UTC)
    with RefusedRows() as refused:
        seen = account(refused, first_published_at=earlier)
    assert seen.document()["seen_before"] is True
    assert "same content as on 2019-05-03 07:08 UTC" in seen.summary()
    assert seen.summary() in text_of(seen)


def test_report_that_cannot_be_written_leaves_no_half_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv.report.json").mkdir()
    with RefusedRows() as refused, pytest.raises(ReportWriteError, match="0123456789ab") as error:
        write_reports(tmp_path, "a.csv", account(refused))
    assert "a.csv" not in error.value.detail
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv.report.json"]
