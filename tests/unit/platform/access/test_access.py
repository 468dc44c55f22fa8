"""The policy says little and means all of it; the files of the state folder follow it."""

import grp
import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from orgpulse_platform.access import modes
from orgpulse_platform.access.errors import AccessDiffersError
from orgpulse_platform.access.policy import Right, kafka_grants, policy
from orgpulse_platform.cli.main import build_app
from orgpulse_platform.errors import SettingsError
from orgpulse_platform.kafka_security import password, security_options
from orgpulse_platform.settings import AccessSettings, KafkaSettings, Settings
from orgpulse_platform.topics import raw_topics
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.systems import SYSTEMS
from orgpulse_streams.app import build_app as build_streams
from orgpulse_streams.supervisor import environment

NOBODY = 65534
as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")


def may(resource: str, right: Right) -> set[str]:
    return {name for name, one in policy().identities.items() if one.may.get(resource) is right}


def test_only_the_streams_and_whoever_traces_one_event_read_raw_topics() -> None:
    assert may("raw", Right.READ) == {"streams", "investigator"}
    assert may("raw", Right.ERASE) == {"protection_officer"}
    assert not may("own_raw", Right.READ)


def test_only_the_streams_write_what_is_protected_or_rejected() -> None:
    assert may("events", Right.WRITE) == may("rejected", Right.WRITE) == {"streams"}


def test_who_writes_the_warehouse_reads_no_raw_topic() -> None:
    assert may("warehouse", Right.WRITE) == {"pipelines", "protection_officer"}
    assert policy().identities["pipelines"].may["raw"] is Right.COUNT


def test_whoever_reads_figures_reads_nothing_else() -> None:
    assert policy().identities["analyst"].may == {"publications": Right.READ}


def test_a_source_system_writes_its_own_raw_topics_and_no_other() -> None:
    systems = {system.lower() for system in SYSTEMS}
    granted = [grant for grant in kafka_grants("g") if grant.principal in systems]
    assert {(grant.principal, grant.name) for grant in granted} == {
        (about.system.id.lower(), about.raw_topic) for about in all_contracts().values()
    }
    assert {grant.name for grant in granted} == set(raw_topics())
    assert not any(grant.prefixed for grant in granted)


def test_nobody_is_granted_whatever_begins_with_nothing() -> None:
    assert all(grant.name for grant in kafka_grants("g"))


@pytest.fixture
def state(settings: Settings) -> Settings:
    """A state folder as a careless hand leaves it."""
    folder = settings.folder
    for path in (folder.warehouse.parent, folder.publications, folder.dagster, folder.logs, folder.broker):
        path.mkdir(parents=True, mode=0o755)
    for path in (folder.keyring, folder.keyring_check, folder.intake_tokens, folder.audit, folder.replays):
        path.touch(mode=0o644)
    (folder.publications / "current.duckdb").write_text("figures")
    folder.warehouse.write_text("people")
    return settings


def test_a_second_application_changes_nothing(state: Settings) -> None:
    found = modes.compare(state)
    assert {one.path.name for one in found} >= {"keyring.json", "warehouse", "publications", "audit.jsonl"}
    modes.apply(found)
    assert modes.compare(state) == []
    assert state.folder.publications.stat().st_mode & 0o7777 == 0o700


def test_what_the_policy_does_not_name_belongs_to_its_owner_alone(state: Settings) -> None:
    (unknown := state.folder.root / "left-by-somebody.csv").touch(mode=0o644)
    modes.apply(modes.compare(state))
    assert unknown.stat().st_mode & 0o777 == 0o600
    assert modes.compare(state) == []


def test_without_a_state_folder_there_is_nothing_to_set(settings: Settings) -> None:
    assert modes.compare(settings) == []


def test_a_group_of_readers_that_does_not_exist_is_named(state: Settings) -> None:
    named = state.model_copy(update={"access": AccessSettings(readers="no-such-group-here")})
    with pytest.raises(SettingsError, match="no-such-group-here"):
        modes.compare(named)


def reads(uid: int, groups: list[int], path: Path) -> bool:
    """Whether somebody else can read a file."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            os.setgroups(groups)
            os.setgid(groups[0] if groups else NOBODY)
            os.setuid(uid)
            path.read_bytes()
            code = 0
        except PermissionError:
            code = 1
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 1)
    return code == 0


@as_root
def test_readers_reach_the_publications_and_nothing_else(state: Settings, tmp_path: Path) -> None:
    readers = next(group for group in grp.getgrall() if group.gr_gid not in (0, NOBODY))
    for parent in (tmp_path, *tmp_path.parents):
        if parent.stat().st_mode & 0o011 != 0o011 and parent.stat().st_uid == os.getuid():
            parent.chmod(parent.stat().st_mode | 0o011)
    named = state.model_copy(update={"access": AccessSettings(readers=readers.gr_name)})
    modes.apply(modes.compare(named))
    folder = state.folder
    published = folder.publications / "newer.duckdb"  # written by a later build, in the group of its folder
    published.write_text("figures")
    published.chmod(0o440)
    assert reads(NOBODY, [readers.gr_gid], published)
    assert not reads(NOBODY, [], published)
    for secret in (folder.warehouse, folder.keyring, folder.audit, folder.intake_tokens):
        assert not reads(NOBODY, [readers.gr_gid], secret)


def run(settings: Settings, *arguments: str) -> Any:
    environment = {"ORGPULSE_STATE": str(settings.folder.root)}
    return CliRunner().invoke(build_app(), ["access", *arguments], env=environment)


def test_the_commands_tell_set_and_check(state: Settings) -> None:
    shown = json.loads(run(state, "show", "--json").stdout)
    assert {one["id"] for one in shown} == set(policy().identities)
    differs = run(state, "check", "--files")
    assert isinstance(differs.exception, AccessDiffersError)
    assert "keyring.json has mode 644, not 600" in differs.stdout
    assert run(state, "apply", "--files").exit_code == 0
    assert run(state, "check", "--files").exit_code == 0


class TestPasswords:
    def locked(self, **changes: object) -> KafkaSettings:
        stated = {"bootstrap_servers": "k:9092", "security_protocol": "SASL_SSL", "sasl_username": "pr-2"}
        return KafkaSettings.model_validate(stated | changes)

    def test_an_open_cluster_needs_nothing(self) -> None:
        assert security_options(KafkaSettings()) == {}

    def test_a_password_comes_from_a_file_that_only_its_owner_reads(self, tmp_path: Path) -> None:
        (path := tmp_path / "password").write_text("Zanzibar\n")
        path.chmod(0o644)
        with pytest.raises(SettingsError, match="chmod 600"):
            password(self.locked(sasl_password_file=path))
        path.chmod(0o600)
        assert password(self.locked(sasl_password_file=path)) == "Zanzibar"

    @pytest.mark.parametrize("missing", ["SASL_USERNAME", "SASL_PASSWORD", "SSL_CA_FILE", "PASSWORD_FILE"])
    def test_what_is_missing_is_named(self, tmp_path: Path, missing: str) -> None:
        changes = {
            "SASL_USERNAME": {"sasl_username": None, "sasl_password": "x"},
            "SASL_PASSWORD": {},
            "SSL_CA_FILE": {"sasl_password": "x", "ssl_ca_file": tmp_path / "none"},
            "PASSWORD_FILE": {"sasl_password_file": tmp_path / "none"},
        }[missing]
        with pytest.raises(SettingsError, match=missing):
            security_options(self.locked(**changes))

    def test_settings_never_show_a_password_but_hand_it_to_the_worker(self, settings: Settings) -> None:
        kafka = self.locked(sasl_password="Zanzibar")
        own = settings.model_copy(update={"kafka": kafka})
        assert "Zanzibar" not in f"{own!r} {own} {own.model_dump_json()}"
        assert environment(own)["ORGPULSE_KAFKA__SASL_PASSWORD"] == "Zanzibar"

    def test_the_streams_prove_who_they_are(self, settings: Settings) -> None:
        kafka = self.locked(sasl_password="Zanzibar", security_protocol="SASL_SSL")
        credentials = build_streams(
            settings.model_copy(update={"kafka": kafka}), lambda stream: None
        ).conf.broker_credentials
        assert (credentials.username, credentials.password) == ("pr-2", "Zanzibar")
        assert credentials.protocol.value == "SASL_SSL"
        assert "Zanzibar" not in repr(credentials)
