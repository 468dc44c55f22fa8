"""``orgpulse contracts`` as people and scripts meet it."""

from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest
import typer
import yaml
from click.testing import Result
from typer.testing import CliRunner

from orgpulse_platform.contracts_commands.command import register
from orgpulse_platform.contracts_commands.errors import (
    BreakingContractError,
    FolderNotWritableError,
    UnknownContractError,
    UnreadableSchemaError,
)
from orgpulse_platform.contracts_commands.export import Format, export
from orgpulse_platform.contracts_commands.promises import broken_promises, release_all
from orgpulse_platform.settings import KafkaSettings
from orgpulse_schemas.compatibility.releases import Releases
from orgpulse_schemas.registry import all_contracts

TYPE = "org.hr.appointment.made.v1"


def run(*arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["contracts", *arguments])


def documents(folder: Path, pattern: str) -> Sequence[Path]:
    return sorted(folder.glob(pattern))


def test_list_names_every_contract() -> None:
    rows = orjson.loads(run("list", "--json").stdout)
    assert [row["id"] for row in rows] == list(all_contracts())
    assert {"system", "owner", "key", "raw_topic", "released"} <= rows[0].keys()
    assert "Human Resources" in run("list").stdout


def test_show_says_everything_about_a_contract() -> None:
    contract = orjson.loads(run("show", TYPE, "--json").stdout)
    assert contract["id"] == TYPE
    assert contract["accepted"]["properties"].keys() == {field["id"] for field in contract["fields"]}
    assert "full_name" not in contract["protected"]["properties"]
    assert "personnel_id" in run("show", TYPE).stdout


def test_show_of_an_unknown_contract_says_what_to_do() -> None:
    result = run("show", "org.hr.nothing.happened.v1")
    assert isinstance(result.exception, UnknownContractError)
    assert "contracts list" in result.exception.guidance


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    result = run("export", str(folder), "--json")
    assert len(orjson.loads(result.stdout)) == 4 * len(all_contracts()) + 1
    return folder


def test_export_writes_every_language(exported: Path) -> None:
    count = len(all_contracts())
    assert len(documents(exported, "json-schema/*.json")) == 3 * count
    assert len(documents(exported, "odcs/*.yaml")) == count
    assert orjson.loads((exported / "asyncapi.json").read_bytes())["asyncapi"] == "3.0.0"


def test_export_of_one_language_writes_nothing_else(tmp_path: Path) -> None:
    assert run("export", str(tmp_path), "--format", "asyncapi").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["asyncapi.json"]


def test_export_of_an_unknown_language_is_refused(tmp_path: Path) -> None:
    result = run("export", str(tmp_path), "--format", "avro")
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_export_is_the_same_every_time(exported: Path, tmp_path: Path) -> None:
    for path in export(tmp_path, Format.JSON_SCHEMA, KafkaSettings()):
        assert path.read_bytes() == (exported / path.relative_to(tmp_path)).read_bytes()


def test_export_to_a_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderNotWritableError):
        list(export(tmp_path / "file", Format.ASYNCAPI, KafkaSettings()))


def test_exported_data_contract_is_a_draft_until_it_is_released(exported: Path) -> None:
    released = Releases()
    for about in list(all_contracts().values())[:10]:
        document = yaml.safe_load((exported / "odcs" / f"{about.event_type}.odcs.yaml").read_text())
        assert document["status"] == ("active" if released.is_released(about) else "draft")
        assert document["version"].startswith(f"{about.major}.")


def test_contracts_of_the_platform_keep_their_promises() -> None:
    result = run("check", "--json")
    assert (result.exit_code, orjson.loads(result.stdout)) == (0, [])


def test_release_freezes_every_contract_once(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    first = release_all(releases)
    assert [item["id"] for item in first] == list(all_contracts())
    assert release_all(releases) == []
    assert broken_promises(releases) == []


def test_edited_release_is_a_broken_promise_and_stops_the_next_release(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    release_all(releases)
    path = tmp_path / TYPE / "1.json"
    document = orjson.loads(path.read_bytes())
    document["event"]["properties"]["data"]["properties"]["gender"]["enum"].append("unknown")
    path.write_bytes(orjson.dumps(document))
    broken = broken_promises(releases)
    assert {(item["contract"], item["path"], item["rule"]) for item in broken} == {
        (TYPE, "", "released_file_changed"),
        (TYPE, "/data/gender", "value_removed"),
    }
    assert all(item["way_out"] for item in broken)
    with pytest.raises(BreakingContractError):
        release_all(releases)


def schema_file(folder: Path, name: str, schema: object) -> str:
    path = folder / name
    path.write_bytes(schema if isinstance(schema, bytes) else orjson.dumps(schema))
    return str(path)


def test_two_schemas_of_a_source_team_are_compared(tmp_path: Path) -> None:
    old = schema_file(tmp_path, "old.json", {"properties": {"rating": {"type": "integer", "maximum": 10}}})
    new = schema_file(tmp_path, "new.json", {"properties": {"rating": {"type": "integer", "maximum": 5}}})
    result = run("check", "--old", old, "--new", new, "--json")
    (broken,) = orjson.loads(result.stdout)
    assert result.exit_code == 1
    assert (broken["contract"], broken["path"], broken["rule"]) == ("new.json", "/rating", "bound_tightened")
    assert broken["way_out"].startswith("Keep the old bound")
    assert run("check", "--old", new, "--new", old).exit_code == 0


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"type": 5}', b'{"minimum": NaN}', b'{"$schema": "urn:other"}', b"[" * 100_000]
)
def test_file_that_is_no_schema_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    good = schema_file(tmp_path, "good.json", {})
    bad = schema_file(tmp_path, "bad.json", content)
    for pair in (("--old", good, "--new", bad), ("--old", bad, "--new", good)):
        assert isinstance(run("check", *pair).exception, UnreadableSchemaError)
    missing = str(tmp_path / "missing.json")
    assert isinstance(run("check", "--old", missing, "--new", good).exception, UnreadableSchemaError)


def test_one_schema_alone_cannot_be_compared(tmp_path: Path) -> None:
    assert run("check", "--old", schema_file(tmp_path, "old.json", {})).exit_code == 2


def test_contracts_are_compared_with_every_state_and_not_only_the_last(tmp_path: Path) -> None:
    """The second state had forgotten a code that the first one knows."""
    releases = Releases(tmp_path)
    release_all(releases)
    first = orjson.loads((tmp_path / TYPE / "1.json").read_bytes())
    codes = first["event"]["properties"]["data"]["properties"]["gender"]["enum"]
    codes.append("unknown")
    (tmp_path / TYPE / "2.json").write_bytes(
        (tmp_path / TYPE / "1.json").read_bytes().replace(b": 1,", b": 2,", 1)
    )
    (tmp_path / TYPE / "1.json").write_bytes(orjson.dumps(first))
    broken = [item for item in broken_promises(releases) if item["rule"] != "released_file_changed"]
    assert [(item["release"], item["path"], item["rule"]) for item in broken] == [
        (1, "/data/gender", "value_removed")
    ]
