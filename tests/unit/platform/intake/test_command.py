"""The commands of the intake."""

import json
import socket
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from orgpulse_platform.intake import command
from orgpulse_platform.intake.server import AddressInUseError
from orgpulse_platform.intake.tokens import UnknownSystemError, UnknownTokenError


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORGPULSE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("ORGPULSE_KAFKA__BOOTSTRAP_SERVERS", "127.0.0.1:1")
    return tmp_path / "state"


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    command.register(app)
    return app


def run(app: typer.Typer, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["intake", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_token_is_created_listed_without_itself_and_revoked(app: typer.Typer, state: Path) -> None:
    created = json.loads(run(app, "token", "create", "pe-3", "--json"))
    assert created["system"] == "PE-3"
    listed = run(app, "token", "list", "--json")
    assert [entry["id"] for entry in json.loads(listed)] == [created["id"]]
    assert set(json.loads(listed)[0]) == {"id", "system", "created_at"}
    assert created["token"] not in listed + run(app, "token", "list")
    assert json.loads(run(app, "token", "revoke", created["id"], "--json"))["revoked"] is True
    assert json.loads(run(app, "token", "list", "--json")) == []


def test_only_the_token_is_on_standard_output(app: typer.Typer, state: Path) -> None:
    token = run(app, "token", "create", "PE-3").strip()
    assert token.startswith("orgpulse_")
    assert len(token.split()) == 1


def test_what_does_not_exist_is_said(app: typer.Typer, state: Path) -> None:
    with pytest.raises(UnknownSystemError):
        run(app, "token", "create", "XX-1")
    with pytest.raises(UnknownTokenError):
        run(app, "token", "revoke", "00000000")


def test_a_port_in_use_is_said(app: typer.Typer, state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(AddressInUseError):
        run(app, "run", "--port", str(taken.getsockname()[1]))
