"""Analysts save an answer: as CSV, as a spreadsheet, as Parquet."""

import csv
import errno
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from orgpulse_pipelines.commands import register
from orgpulse_pipelines.errors import QueryError
from orgpulse_pipelines.publication import spreadsheet
from orgpulse_pipelines.publication.errors import ExportError
from orgpulse_pipelines.publication.export import save
from orgpulse_platform.settings import Settings

QUERY = """
    select * from (values
        ('=HYPERLINK("x")', 1.5::decimal(9, 2), date '2019-06-30', 3),
        ('@SUM(A1)', -2.25, null, -4),
        ('-5', null, date '2020-01-01', null),
        ('- a dash', 0, null, 12345678901234567),
        ('Nyeri, Kenya', 0, null, 0)
    ) as answer(text, amount, day, number)
"""
TEXTS = ['=HYPERLINK("x")', "@SUM(A1)", "-5", "- a dash", "Nyeri, Kenya"]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Settings of a publication with nothing but one table."""
    settings = Settings(state=tmp_path_factory.mktemp("state"))
    settings.folder.publications.mkdir()
    with duckdb.connect(str(settings.folder.published)) as connection:
        connection.execute("create table thing as select range as id from range(12_000)")
        connection.execute(
            "create schema meta; create table meta.publication as select 'p1' as publication_id"
        )
    return settings


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_csv_keeps_text_from_becoming_a_formula(published, tmp_path):
    path = tmp_path / "answer.csv"
    assert save(published, QUERY, path) == 5
    with path.open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["text", "amount", "day", "number"]
    assert [row[0] for row in rows] == ['\'=HYPERLINK("x")', "'@SUM(A1)", "-5", "'- a dash", "Nyeri, Kenya"]
    assert rows[1][1:] == ["-2.25", "", "-4"]
    assert left_in(tmp_path) == ["answer.csv"]


def test_a_spreadsheet_has_numbers_and_days_and_no_formula(published, tmp_path):
    path = tmp_path / "answer.xlsx"
    save(published, QUERY, path)
    sheet = openpyxl.load_workbook(path)["answer"]
    texts = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in texts] == TEXTS
    assert {cell.data_type for cell in texts} == {"s"}
    assert [cell.quotePrefix for cell in texts] == [True, True, False, True, False]
    assert [sheet["B2"].value, sheet["B3"].value] == [1.5, -2.25]
    assert sheet["C2"].value.date() == date(2019, 6, 30)
    assert [sheet["D3"].value, sheet["D5"].value] == [-4, "12345678901234567"]


def test_values_that_no_spreadsheet_knows_become_text(published, tmp_path):
    path = tmp_path / "answer.xlsx"
    save(
        published, "select 'nan'::double, [1, 2], uuid(), timestamptz '2019-01-01 00:00:00Z', 'a\x01b'", path
    )
    (row,) = openpyxl.load_workbook(path)["answer"].iter_rows(min_row=2)
    assert [cell.data_type for cell in row] == ["s"] * 5
    assert [row[0].value, row[1].value, row[4].value] == ["nan", "[1, 2]", "ab"]


def test_parquet_keeps_every_type_and_text_as_it_is(published, tmp_path):
    path = tmp_path / "answer.parquet"
    assert save(published, QUERY, path) == 5
    answer = duckdb.read_parquet(str(path))
    assert [row[0] for row in answer.fetchall()] == TEXTS
    assert [str(one) for one in answer.types] == ["VARCHAR", "DECIMAL(12,2)", "DATE", "BIGINT"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_an_answer_of_many_batches_is_whole(ending, published, tmp_path):
    assert save(published, "from thing", tmp_path / f"answer.{ending}") == 12_000
    if ending == "csv":
        assert len((tmp_path / "answer.csv").read_text().splitlines()) == 12_001


@pytest.mark.parametrize("name", ["answer.txt", "answer"])
def test_an_unknown_ending_is_named_with_those_that_are_known(name, published, tmp_path):
    with pytest.raises(ExportError, match=r"does not end in \.csv, \.xlsx, \.parquet"):
        save(published, QUERY, tmp_path / name)


def test_a_file_is_replaced_only_on_demand(published, tmp_path):
    path = tmp_path / "answer.csv"
    path.write_text("mine")
    with pytest.raises(ExportError, match="--force"):
        save(published, QUERY, path)
    assert path.read_text() == "mine"
    save(published, QUERY, path, force=True)
    assert path.read_text().startswith("text,amount")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_a_query_that_fails_half_way_leaves_the_file_that_was_there(ending, published, tmp_path):
    path = tmp_path / f"answer.{ending}"
    path.write_text("mine")
    with pytest.raises(QueryError):
        save(published, "select error('no') from thing where id > 11_000", path, force=True)
    assert path.read_text() == "mine"
    assert left_in(tmp_path) == [path.name]


def test_a_full_disk_is_told_and_leaves_nothing(published, tmp_path, monkeypatch):
    def full(value):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spreadsheet, "_quoted", full)
    with pytest.raises(ExportError, match="No space left"):
        save(published, QUERY, tmp_path / "answer.csv")
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_a_folder_that_is_not_there_is_told(ending, published, tmp_path):
    with pytest.raises(ExportError, match="answer"):
        save(published, QUERY, tmp_path / "nowhere" / f"answer.{ending}")


def test_more_than_a_sheet_holds_is_refused(published, tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 10)
    with pytest.raises(ExportError, match="a sheet holds 10 rows"):
        save(published, "from thing", tmp_path / "answer.xlsx")
    with pytest.raises(ExportError, match="a cell holds"):
        save(published, "select repeat('a', 40_000)", tmp_path / "answer.xlsx")
    assert left_in(tmp_path) == []


def test_a_statement_without_an_answer_or_that_writes_is_refused(published, tmp_path):
    with pytest.raises(ExportError, match="answers nothing"):
        save(published, "begin", tmp_path / "answer.csv")
    with pytest.raises(QueryError, match="read-only"):
        save(published, "delete from thing", tmp_path / "answer.csv")


def test_the_command_saves_and_says_how_many_rows(published, tmp_path, monkeypatch):
    monkeypatch.setenv("ORGPULSE_STATE", str(published.state))
    app = typer.Typer()
    register(app)
    path = tmp_path / "answer.csv"
    done = CliRunner().invoke(app, ["sql", QUERY, "--output", str(path)], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.strip().endswith("answer.csv: 5 rows")
    assert CliRunner().invoke(app, ["sql", QUERY, "--output", str(path), "--json"]).exit_code == 2
