"""The data map of publications, as the data-protection officer reads and compares it."""

import json

import duckdb
import pytest
import typer
from typer.testing import CliRunner

from orgpulse_pipelines.commands import register
from orgpulse_pipelines.data_map.errors import DataMapError, NotInDataMapError
from orgpulse_pipelines.data_map.versions import read_version

CONTRACT = "training_completion_recorded_v1"


@pytest.fixture
def run(small, monkeypatch):
    monkeypatch.setenv("ORGPULSE_STATE", str(small.settings.state))
    app = typer.Typer()
    register(app)

    def run(*arguments):
        answer = CliRunner().invoke(app, ["data-map", *arguments], catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
        return answer

    return run


def test_show_export_and_diff(small, run, tmp_path):
    first = small.publish().publication
    for ending in ("csv", "parquet"):
        run("export", str(tmp_path / f"then.{ending}"))
    assert CONTRACT in run("show", "--json").stdout
    fields = json.loads(run("show", CONTRACT, "--json").stdout)
    assert [one["treatment"] for one in fields if one["field"] == "personnel_id"] == ["pseudonymise person"]
    assert "Measure coverage" in run("show", CONTRACT).stdout
    assert "personnel" in run("show", "training").stdout
    assert {one["system"] for one in json.loads(run("show", "PR-2", "--json").stdout)} == {"PR-2"}

    with duckdb.connect() as connection:
        changed = tmp_path / "now.csv"
        connection.execute(
            f"create table now as from read_csv('{tmp_path / 'then.csv'}', all_varchar = true)"
        )
        connection.execute(f"update now set purpose = 'Rank people.' where contract = '{CONTRACT}'")
        connection.execute(f"copy now to '{changed}' (header)")
    for old in (first.id, str(tmp_path / "then.csv"), str(tmp_path / "then.parquet")):
        found = json.loads(run("diff", old, str(changed), "--json").stdout)
        assert [(one["id"], one["look"]) for one in found] == [(CONTRACT, True)]
    assert "Rank people." in run("diff", str(tmp_path / "then.csv"), str(changed)).stdout
    assert "Nothing changed." in run("diff", first.id, str(tmp_path / "then.csv")).stdout


def test_what_is_no_data_map_is_named(small, tmp_path):
    publication = small.publish().publication
    folder = small.settings.folder
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    (tmp_path / "empty.parquet").write_bytes(b"")
    for named in ("nowhere.csv", str(tmp_path / "notes.csv"), str(tmp_path / "empty.parquet")):
        with pytest.raises(DataMapError):
            read_version(folder, named)
    publication.path.chmod(0o600)
    with duckdb.connect(str(publication.path)) as connection:
        connection.execute("drop table meta.data_map")
    with pytest.raises(DataMapError, match=publication.id):
        read_version(folder, publication.id)


def test_a_name_of_which_nothing_is_processed_is_told(small, run):
    small.publish()
    with pytest.raises(NotInDataMapError):
        run("show", "horoscopes")
