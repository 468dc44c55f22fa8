"""Settings from the environment: defaults, nesting, and how a wrong one is reported."""

import os
import traceback
from pathlib import Path

import pytest

from orgpulse_platform.errors import SettingsError
from orgpulse_platform.settings import load_settings

SECRET = "hunter2-Zzyzx"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ORGPULSE_")]:
        monkeypatch.delenv(name)


def test_without_any_variable_the_state_is_in_the_working_directory() -> None:
    settings = load_settings()
    assert settings.state == Path(".orgpulse")
    assert settings.folder.root == Path.cwd() / ".orgpulse"
    assert settings.kafka.bootstrap_servers is None


def test_nested_setting_is_reached_with_two_underscores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGPULSE_KAFKA__PARTITIONS", "12")
    monkeypatch.setenv("ORGPULSE_STREAMS__MAX_REJECTED_RATIO", "0.25")
    settings = load_settings()
    assert settings.kafka.partitions == 12
    assert settings.kafka.replication_factor == 1
    assert settings.streams.max_rejected_ratio == 0.25


def test_state_folder_follows_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ORGPULSE_STATE", str(tmp_path / "state"))
    assert load_settings().folder.keyring == tmp_path / "state" / "keyring.json"


@pytest.mark.parametrize("name", ["ORGPULSE_STATE", "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS", "ORGPULSE_KAFKA"])
def test_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """An empty state folder would otherwise be the working directory itself."""
    monkeypatch.setenv(name, "")
    assert load_settings().model_dump() == _defaults(monkeypatch, name)


def _defaults(monkeypatch: pytest.MonkeyPatch, name: str) -> dict[str, object]:
    monkeypatch.delenv(name)
    return load_settings().model_dump()


@pytest.mark.parametrize(
    "name",
    [
        "ORGPULSE_KAFKA__PARTITIONS",
        "ORGPULSE_KAFKA__RAW_RETENTION_HOURS",
        "ORGPULSE_BROKER__KIND",
        "ORGPULSE_BROKER__PORT",
        "ORGPULSE_STREAMS__MAX_REJECTED_RATIO",
        "ORGPULSE_WAREHOUSE__THREADS",
        "ORGPULSE_LOG_LEVEL",
        "ORGPULSE_KAFKA",
        "ORGPULSE_KAFKA__PARTITIONS__DEEPER",
    ],
)
def test_wrong_value_is_reported_by_the_variable_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, SECRET)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    error = refused.value
    assert name.removesuffix("__DEEPER") in error.detail
    assert error.__context__ is None
    assert SECRET not in "".join([repr(error), str(error), error.message, *traceback.format_exception(error)])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ORGPULSE_KAFKA__PARTITIONS", "0"),
        ("ORGPULSE_KAFKA__PARTITIONS", "1.5"),
        ("ORGPULSE_BROKER__PORT", "65536"),
        ("ORGPULSE_STREAMS__MAX_REJECTED_RATIO", "nan"),
        ("ORGPULSE_STREAMS__MAX_REJECTED_RATIO", "0"),
        ("ORGPULSE_WAREHOUSE__KEEP_PUBLICATIONS", "-1"),
    ],
)
def test_value_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings()
