"""What the quality command says about source systems, on small tables made by hand."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from orgpulse_pipelines.quality.commands import register
from orgpulse_pipelines.quality.errors import NoQualityTablesError
from orgpulse_pipelines.quality.figures import read_figures
from orgpulse_pipelines.quality.judgement import THRESHOLDS, Word, load_thresholds
from orgpulse_pipelines.quality.report import Report, advice_table, document, judge, quality_table
from orgpulse_platform.settings import Settings
from orgpulse_schemas.systems import SYSTEMS

TABLES = """
create schema core; create schema marts;
create table marts.completeness (
    system varchar, event_type varchar, month date, kept bigint, duplicates bigint, rejected bigint,
    reported bigint, missing bigint, extra bigint, unreported_days bigint, status varchar);
create table marts.late_arrivals (
    system varchar, event_type varchar, month date, events bigint, late bigint);
create table marts.orphans (system varchar, table_name varchar, column_name varchar, rows bigint);
create table marts.source_freshness (
    system varchar, event_type varchar, newest_arrival timestamp, silent_days bigint, status varchar);
create table core.rejected_event (system varchar, family varchar, reason varchar);
"""
APPOINTMENT, PROMOTION = "org.hr.appointment.made.v1", "org.hr.promotion.granted.v1"
FINE = f"""
insert into marts.completeness values
    ('PE-3', '{APPOINTMENT}', '2019-05-01', 300, 2, 0, null, null, null, 20, 'unreported'),
    ('PE-3', '{APPOINTMENT}', '2019-06-01', 1000, 3, 0, 1000, 0, 0, 0, 'complete');
insert into marts.late_arrivals values ('PE-3', '{APPOINTMENT}', '2019-06-01', 1300, 13);
insert into marts.source_freshness values
    ('PE-3', '{APPOINTMENT}', '2020-01-01 12:00:00', 1, 'usual'),
    ('PE-3', '{PROMOTION}', '2019-12-01 12:00:00', 90, 'unknown');
"""
Judge = Callable[..., Report]


@pytest.fixture
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        yield connection


@pytest.fixture
def judged(tables: duckdb.DuckDBPyConnection) -> Judge:
    """The report on the tables, filled as is told."""

    def report(*statements: str) -> Report:
        for statement in (FINE, *statements):
            tables.execute(statement)
        return judge(read_figures(tables))

    return report


def measure(report: Report, name: str, system: str = "PE-3") -> Any:
    return next(one for one in report[system] if one.name == name)


def shown(report: Report) -> str:
    console = Console(file=io.StringIO(), width=160)
    console.print(quality_table(report))
    console.print(advice_table(report))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_source_system_of_which_all_came_is_good(judged: Judge) -> None:
    report = judged()
    assert [one.word for one in report["PE-3"]] == [Word.GOOD] * 5
    assert measure(report, "completeness").shown == "all 1,000"
    assert measure(report, "late").shown == "1.0%"
    assert "PE-3 " not in shown(report).partition("What to do next")[2]


def test_one_missing_event_asks_for_a_look_and_one_in_fifty_is_bad(judged: Judge) -> None:
    def lost(events: int) -> str:
        values = f"'PE-3', '{PROMOTION}', '2019-07-01', 0, 0, 0, {events}, {events}, 0, 0, 'missing'"
        return f"insert into marts.completeness values ({values})"

    few = measure(judged(lost(1)), "completeness")
    assert (few.word, few.shown) == (Word.LOOK, "1 missing")
    assert f"{PROMOTION} in 2019-07" in few.advice
    many = measure(judged(lost(40)), "completeness")
    assert many.word is Word.BAD


def test_more_than_was_reported_is_not_complete_either(judged: Judge) -> None:
    row = f"('PE-3', '{PROMOTION}', '2019-07-01', 5, 0, 0, 0, 0, 5, 0, 'extra')"
    found = measure(judged(f"insert into marts.completeness values {row}"), "completeness")
    assert (found.word, found.shown) == (Word.LOOK, "5 extra")
    assert "count again" in found.advice


def test_what_is_missing_is_named_and_not_where_there_is_too_much(judged: Judge) -> None:
    found = judged(
        f"""
        insert into marts.completeness values
            ('PE-3', '{PROMOTION}', '2019-07-01', 5, 0, 0, 0, 0, 5, 0, 'extra'),
            ('PE-3', '{PROMOTION}', '2019-08-01', 5, 0, 0, 6, 1, 0, 0, 'missing')
        """
    )
    assert measure(found, "completeness").shown == "1 missing, 5 extra"
    assert f"{PROMOTION} in 2019-08" in measure(found, "completeness").advice


def test_days_without_a_count_matter_from_the_first_count_on(judged: Judge) -> None:
    row = f"('PE-3', '{APPOINTMENT}', '2019-07-01', 9, 0, 0, null, null, null, 4, 'unreported')"
    found = measure(judged(f"insert into marts.completeness values {row}"), "completeness")
    assert (found.word, found.figures["unreported_days"]) == (Word.LOOK, 4)
    assert "4 days" in found.advice


def test_source_system_that_never_counted_is_asked_to(judged: Judge) -> None:
    row = (
        "('PE-5', 'org.finance.budget.approved.v1', '2019-07-01', 9, 0, 0, null, null, null, 4, 'unreported')"
    )
    found = measure(judged(f"insert into marts.completeness values {row}"), "completeness", "PE-5")
    assert (found.word, found.shown) == (Word.LOOK, "not counted")
    assert "docs/guides/data-quality.md" in found.advice


def test_source_system_without_any_event_is_bad(judged: Judge) -> None:
    report = judged()
    assert measure(report, "completeness", "PR-4").word is Word.BAD
    assert {measure(report, name, "PR-4").word for name in ("late", "rejections", "freshness")} == {None}


def test_orphans_rejections_and_silence_say_where_to_look(judged: Judge) -> None:
    report = judged(
        "insert into marts.orphans values ('PE-3', 'core.dim_position', 'unit_id', 2)",
        "update marts.completeness set rejected = 100 where month = '2019-06-01'",
        "insert into core.rejected_event values ('PE-3', 'hr', 'wrong_type')",
        "update marts.source_freshness set status = 'silent' where status = 'usual'",
    )
    assert "core.dim_position.unit_id" in measure(report, "orphans").advice
    assert measure(report, "orphans").word is Word.LOOK
    assert "rejected stats --family hr" in measure(report, "rejections").advice
    assert measure(report, "rejections").word is Word.BAD
    assert measure(report, "freshness").word is Word.BAD
    assert APPOINTMENT in measure(report, "freshness").advice
    text = shown(report)
    assert "PE-3 rejections" in text, "a bad measure comes before one that asks for a look"
    assert "PE-3 orphans" not in text


def test_document_has_an_object_with_an_id_for_each_source_system(judged: Judge) -> None:
    found = json.loads(json.dumps(document(judged()), default=str))
    assert [one["id"] for one in found] == list(SYSTEMS)
    hr = next(one for one in found if one["id"] == "PE-3")
    assert hr["completeness"]["word"] == "good"
    assert hr["late"]["share"] == pytest.approx(0.01)
    assert hr["freshness"]["judged"] == 1


def test_command_speaks_and_gives_one_document(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGPULSE_STATE", str(settings.state))
    settings.folder.prepare(settings.folder.publications)
    with duckdb.connect(str(settings.folder.published)) as connection:
        connection.execute(TABLES + FINE)
    app = typer.Typer()
    register(app)
    table = CliRunner().invoke(app, [], catch_exceptions=False)
    assert "all 1,000" in table.stdout
    found = CliRunner().invoke(app, ["--json"], catch_exceptions=False)
    assert len(json.loads(found.stdout)) == len(SYSTEMS)


def test_publication_from_before_says_so() -> None:
    with duckdb.connect() as connection, pytest.raises(NoQualityTablesError):
        read_figures(connection)


def test_thresholds_rise_and_are_explained() -> None:
    lines = THRESHOLDS.read_text("utf-8").splitlines()
    for name, threshold in load_thresholds():
        assert 0 <= threshold.look < threshold.bad <= 1, name
        assert any(line.startswith(f"{name}:") and "#" in line for line in lines), name
