"""Files for others: suppressed anew, whole or not at all, and never without a line in the log."""

import csv
import hashlib
import json
import uuid
from datetime import UTC, date, datetime

import duckdb
import openpyxl
import pytest
import typer
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from typer.testing import CliRunner

from orgpulse_pipelines.commands import register
from orgpulse_pipelines.errors import QueryError
from orgpulse_pipelines.exports import files
from orgpulse_pipelines.exports.errors import (
    AgreementError,
    ExportFilesError,
    ExportLogError,
    ExportRefusedError,
)
from orgpulse_pipelines.exports.journal import read_records
from orgpulse_pipelines.exports.run import run_export
from orgpulse_pipelines.exports.tables import take_in
from orgpulse_pipelines.publication.export import save
from orgpulse_pipelines.publication.query import run_query

from .conftest import STATED, publish_staff

WORKFORCE = {"table": "marts.workforce", "columns": ["region", "member", "people", "suppression"]}


def rows_of(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def shown(exported, name="figures", by="member", value="value"):
    return {row[by]: row[value] for row in rows_of(exported.folder / f"{name}.csv")}


def logged(settings):
    return read_records(settings.folder.exports)[0]


def test_the_public_is_shown_less_and_the_total_gives_nothing_back(settings, define, tmp_path):
    exported = run_export(settings, define(), tmp_path / "out")
    values = shown(exported)
    assert values["all"] == "149.000000"
    assert (values["africa"], values["asia"]) == ("", "")
    assert (values["americas"], values["europe"]) == ("40.000000", "90.000000")
    reasons = shown(exported, value="suppression")
    assert (reasons["africa"], reasons["asia"], reasons["europe"]) == ("suppressed", "suppressed", "none")


def test_an_export_for_the_inside_shows_what_the_publication_shows(settings, define, tmp_path):
    inside = {"name": "Bureau of Statistics", "kind": "internal", "place": "inside"}
    values = shown(run_export(settings, define(recipient=inside, audience="internal"), tmp_path))
    assert values["africa"] == "7.000000"


def test_the_workforce_hides_the_regions_that_the_figures_hide(settings, define, tmp_path):
    exported = run_export(settings, define(tables=[WORKFORCE]), tmp_path)
    people = shown(exported, "marts.workforce", "region", "people")
    assert people == {"all": "149", "africa": "", "asia": "", "americas": "40", "europe": "90"}


def test_what_one_export_hides_another_one_does_not_show(settings, define, tmp_path):
    narrow = define(figures=STATED["figures"] | {"dimensions": ["organisation"]})
    wide = define(id="regions_for_donor")
    assert "africa" not in shown(run_export(settings, narrow, tmp_path))
    assert shown(run_export(settings, wide, tmp_path))["africa"] == ""


@limits(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(staff=st.lists(st.integers(0, 30), min_size=2, max_size=6))
def test_no_region_below_the_threshold_is_shown_nor_left_over(staff, settings, define, tmp_path):
    regions = {f"region_{number}": people for number, people in enumerate(staff)}
    publish_staff(settings.folder.published, regions)
    export = define(tables=[WORKFORCE])
    exported = run_export(settings, export, tmp_path / uuid.uuid4().hex)
    for values in (shown(exported), shown(exported, "marts.workforce", "region", "people")):
        total = values.pop("all")
        told = {region: float(value) for region, value in values.items() if value}
        assert all(told[region] == regions[region] for region in told)
        assert all(not 0 < people < 10 for people in told.values())
        hidden = len(values) - len(told)
        if hidden and total:
            assert hidden > 1
            assert float(total) - sum(told.values()) >= 10


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2031, 1, 1)])
def test_an_agreement_that_has_ended_or_not_begun_lets_nothing_out(day, settings, define, tmp_path):
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with pytest.raises(AgreementError, match="MoU 7 holds from 2019-01-01 to 2030-12-31"):
        run_export(settings, define(), tmp_path / "out", now)
    assert not (tmp_path / "out").exists()
    assert not logged(settings)


def test_each_export_is_logged_with_version_publication_rows_and_digest(settings, define, tmp_path):
    exported = run_export(settings, define(), tmp_path / "out")
    (line,) = logged(settings)
    assert line == exported.record
    assert (line.export, line.version, line.publication, line.place) == (
        "staff_for_partner",
        3,
        "p1",
        "outside",
    )
    (file,) = line.files
    assert file.rows == 5
    content = (exported.folder / "figures.csv").read_bytes()
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    about = json.loads((exported.folder / "about.json").read_text())
    assert about["purpose"] == STATED["purpose"]
    assert about["files"][0]["columns"]["value"] == "The figure."
    assert settings.folder.exports.stat().st_mode & 0o777 == 0o600


def test_nothing_leaves_that_cannot_be_logged(settings, define, tmp_path):
    settings.folder.exports.mkdir(parents=True)
    with pytest.raises(ExportLogError):
        run_export(settings, define(), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_kill_before_the_folder_has_its_name_leaves_a_line_and_no_files(
    settings, define, tmp_path, monkeypatch
):
    def kill(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(files, "_flush", kill)
        with pytest.raises(KeyboardInterrupt):
            run_export(settings, define(), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert len(logged(settings)) == 1
    assert run_export(settings, "staff_for_partner", tmp_path / "out").folder.is_dir()


def test_a_second_run_does_not_replace_the_files_of_the_first(settings, define, tmp_path):
    run_export(settings, define(), tmp_path)
    with pytest.raises(ExportFilesError, match="exists"):
        run_export(settings, "staff_for_partner", tmp_path)
    assert len(logged(settings)) == 1


@pytest.mark.parametrize(
    ("table", "column"),
    [("indicators.definition", "minimum_people_public"), ("indicators.value", "shown_to_public")],
)
def test_a_publication_that_does_not_know_the_public_is_refused(table, column, settings, define, tmp_path):
    with duckdb.connect(str(settings.folder.published)) as connection:
        connection.execute(f"alter table {table} drop column {column}")
    with pytest.raises(ExportRefusedError):
        run_export(settings, define(), tmp_path)


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "json"])
def test_every_form_holds_the_same_rows(form, settings, define, tmp_path):
    exported = run_export(settings, define(format=form), tmp_path)
    path = exported.folder / f"figures.{form}"
    match form:
        case "xlsx":
            found = openpyxl.load_workbook(path)["answer"].max_row - 1
        case "json":
            found = len(json.loads(path.read_text()))
        case _:
            (found,) = duckdb.execute(f"select count(*) from '{path}'").fetchone()
    assert found == exported.record.files[0].rows == 5


def test_an_analysts_own_file_is_logged_as_internal_use(settings, tmp_path):
    save(settings, "select 'secret search' as asked", tmp_path / "answer.csv")
    (line,) = logged(settings)
    assert (line.export, line.place, line.format, line.publication) == ("internal_use", "inside", "csv", "p1")
    assert "secret" not in settings.folder.exports.read_text()
    assert str(tmp_path) not in settings.folder.exports.read_text()


def test_a_query_writes_no_file_by_itself(settings, tmp_path):
    for ask in (run_query, lambda settings, query: save(settings, query, tmp_path / "a.csv")):
        with pytest.raises(QueryError, match="file system operations are disabled"):
            ask(settings, f"copy (select 1) to '{tmp_path / 'out.csv'}'")
    assert not (tmp_path / "out.csv").exists()


def test_a_build_takes_the_log_in_once_and_keeps_what_it_knew(settings, define, tmp_path):
    run_export(settings, define(tables=[WORKFORCE]), tmp_path)
    with settings.folder.exports.open("ab") as file:
        file.write(b'{"torn')
    connection = duckdb.connect()
    for _ in range(2):
        assert take_in(connection, settings.folder.exports) == 1
    rows = connection.execute("select content, rows, threshold from meta.export order by content").fetchall()
    assert rows == [("figures", 5, 10), ("marts.workforce", 5, 10)]
    save(settings, "select 1", tmp_path / "answer.csv")  # after a torn line
    assert take_in(connection, settings.folder.exports) == 1
    settings.folder.exports.unlink()
    take_in(connection, settings.folder.exports)
    assert connection.execute("select count(*) from meta.export").fetchone() == (3,)


def test_list_show_and_run_as_commands(settings, define, tmp_path, monkeypatch):
    monkeypatch.setenv("ORGPULSE_STATE", str(settings.state))
    monkeypatch.setenv("ORGPULSE_WAREHOUSE__EXPORTS", str(settings.warehouse.exports))
    export = define()
    app = typer.Typer()
    register(app)

    def run(*arguments):
        answer = CliRunner().invoke(app, ["export", *arguments], catch_exceptions=False)
        assert answer.exit_code == 0
        return answer

    assert [(one["id"], one["in_force"]) for one in json.loads(run("list", "--json").stdout)] == [
        (export, True)
    ]
    assert "Statistics Office" in run("show", export).stdout
    (made,) = json.loads(run("run", export, "--output", str(tmp_path / "out"), "--json").stdout)
    assert made["files"][0]["rows"] == 5
    assert "meta.export" in run("run", export, "--output", str(tmp_path / "again")).stderr
