"""``orgpulse docs`` as people and scripts meet it."""

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import orjson
import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from orgpulse_platform.reference_pages import page as contributions
from orgpulse_platform.reference_pages.command import register
from orgpulse_platform.reference_pages.errors import RoomNotInstalledError
from orgpulse_platform.reference_pages.page import contributed_pages


def run(*arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["docs", *arguments])


def contribute(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    group = "orgpulse.reference_pages"
    entries = EntryPoints(EntryPoint(f"room{number}", value, group) for number, value in enumerate(values))
    monkeypatch.setattr(contributions, "entry_points", lambda **_: entries)


def test_check_names_what_differs_and_build_mends_it(tmp_path: Path) -> None:
    folder = str(tmp_path / "reference")
    assert run("build", folder).exit_code == 0
    assert run("check", folder).exit_code == 0

    (tmp_path / "reference" / "topics.md").unlink()
    checked = run("check", folder, "--json")
    assert checked.exit_code == 1
    assert orjson.loads(checked.stdout) == [{"id": "topics.md", "state": "missing"}]
    said = run("check", folder)
    assert "missing  topics.md" in said.stdout
    assert "orgpulse docs build" in said.stderr

    built = run("build", folder, "--json")
    assert orjson.loads(built.stdout) == [{"id": "topics.md", "state": "missing"}]
    assert orjson.loads(run("check", folder, "--json").stdout) == []


def test_pages_are_the_same_whatever_is_set_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [page.content for page in contributed_pages()]
    monkeypatch.setenv("ORGPULSE_KAFKA__PARTITIONS", "17")
    monkeypatch.setenv("ORGPULSE_KAFKA__RAW_RETENTION_HOURS", "5")
    monkeypatch.chdir(tmp_path)
    assert [page.content for page in contributed_pages()] == before


def test_room_that_cannot_be_imported_is_no_reason_to_remove_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contribute(monkeypatch, "a_room_that_is_not_installed.pages:pages")
    result = run("build", str(tmp_path / "reference"))
    assert isinstance(result.exception, RoomNotInstalledError)
    assert "make setup" in result.exception.guidance


def test_two_rooms_cannot_make_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    contribute(monkeypatch, *["orgpulse_platform.reference_pages.platform_pages:pages"] * 2)
    with pytest.raises(ValueError, match="two pages have the path"):
        contributed_pages()
