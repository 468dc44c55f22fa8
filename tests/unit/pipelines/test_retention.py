"""When the time of a contract ends, nobody is known by its rows, and every figure stays what it was."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protected_events import ARRIVED_MS, batch, event
from typer.testing import CliRunner

from orgpulse_pipelines.errors import NothingPublishedError
from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.retention.report import holdings
from orgpulse_pipelines.retention.surrogate import UNLINKED
from orgpulse_pipelines.retention.unlink import RETENTION, unlink_due
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.versions import versions_of
from orgpulse_platform.cli.main import build_app
from orgpulse_platform.settings import load_settings
from orgpulse_schemas.registry import all_contracts, all_families

OPENED = all_contracts()["org.conduct.ombuds_case.opened.v1"]
CLOSED = all_contracts()["org.conduct.ombuds_case.closed.v1"]
MATTER = all_contracts()["org.conduct.matter.opened.v1"]
PROMOTION = all_contracts()["org.hr.promotion.granted.v1"]
RATED = all_contracts()["org.hr.candidate.rostered.v1"]
ARRIVED = datetime.fromtimestamp(ARRIVED_MS / 1000, UTC)
CASE, OTHER = "case-1~aaaaaaaaaaaaaaaaaaaaaaaaaa", "case-1~bbbbbbbbbbbbbbbbbbbbbbbbbb"
ANA = "person-1~aaaaaaaaaaaaaaaaaaaaaaaaaa"
JOINED = """
    select count(distinct case_id), count(*), count(closed.event_id)
    from staging.conduct_ombuds_case_opened_v1
    left join staging.conduct_ombuds_case_closed_v1 as closed using (case_id)
"""


def after(days: float) -> datetime:
    """That many days after the first events arrived."""
    return ARRIVED + timedelta(days=days)


def killed(*_: object) -> None:
    """Stands in the place of the last thing that an update does."""
    raise KeyboardInterrupt


class World:
    """A warehouse into which events arrive day by day."""

    def __init__(self, connection, land) -> None:
        self.connection, self._land, self._numbers = connection, land, count(1)

    def arrive(self, *events: bytes, day: int = 0, family: str = "conduct") -> None:
        """Land and stage events that arrive on a day."""
        first = next(self._numbers) * 1000
        self._land(batch(*events, topic=f"events.{family}", first_offset=first), family=family)
        for about in all_families()[family].contracts.values():
            self.connection.execute(
                f"update landing.{about.name} set arrived_at = arrived_at + to_days({day}) "
                f'where "offset" >= {first}'
            )
        stage_family(self.connection, family)

    def ask(self, sql: str):
        return self.connection.execute(sql).fetchall()

    def names(self, about, column: str) -> set[str]:
        """What stands in a column of pseudonyms, in landing and staging."""
        tables = (f"{layer}.{about.name}" for layer in ("landing", "staging"))
        return {name for table in tables for (name,) in self.ask(f"select {column} from {table}")}


@pytest.fixture
def world(connection, land) -> World:
    return World(connection, land)


def test_case_is_unlinked_when_its_three_years_end_and_not_a_day_before(world):
    world.arrive(event(OPENED, 1, case_id=CASE))
    assert unlink_due(world.connection, after(1094.9)) == ()
    (done,) = unlink_due(world.connection, after(1095))
    assert (done.contract, done.days, done.rows) == (OPENED.name, 1095, 2)
    assert all(name.startswith(UNLINKED) for name in world.names(OPENED, "case_id"))


def test_time_of_a_case_runs_from_the_last_event_about_it(world):
    world.arrive(event(OPENED, 1, case_id=CASE), event(OPENED, 2, case_id=OTHER))
    world.arrive(event(CLOSED, 3, case_id=CASE), day=400)
    unlink_due(world.connection, after(1095))
    assert CASE in world.names(OPENED, "case_id")
    assert OTHER not in world.names(OPENED, "case_id")
    unlink_due(world.connection, after(1495))
    assert CASE not in world.names(OPENED, "case_id") | world.names(CLOSED, "case_id")


def test_what_belongs_together_stays_together_and_is_counted_as_before(world):
    world.arrive(*(event(OPENED, number, case_id=name) for number, name in enumerate((CASE, OTHER))))
    world.arrive(event(CLOSED, 7, case_id=CASE))
    before = world.ask(JOINED)
    unlink_due(world.connection, after(2000))
    assert world.ask(JOINED) == before == [(2, 2, 1)]


def test_each_contract_has_a_time_of_its_own(world):
    world.arrive(event(OPENED, 1, case_id=CASE), event(MATTER, 2, matter_id=OTHER))
    world.arrive(event(PROMOTION, 3, personnel_id=ANA), family="hr")
    held = {one.event_type: one for one in holdings(world.connection, after(1825))}
    due = {type_ for type_, one in held.items() if one.due}
    assert due == {OPENED.event_type, MATTER.event_type}
    unlink_due(world.connection, after(1825))
    assert world.names(PROMOTION, "personnel_id") == {ANA}
    unlink_due(world.connection, after(3650))
    assert ANA not in world.names(PROMOTION, "personnel_id")


def test_done_again_it_finds_nothing(world):
    world.arrive(event(OPENED, 1, case_id=CASE))
    unlink_due(world.connection, after(1095))
    names = world.names(OPENED, "case_id")
    assert unlink_due(world.connection, after(9999)) == ()
    assert world.names(OPENED, "case_id") == names
    assert world.ask(f"select contract, retention_days, rows from {RETENTION}") == [(OPENED.name, 1095, 2)]


def test_replay_of_an_unlinked_event_links_nobody_anew(world):
    world.arrive(event(OPENED, 1, case_id=CASE))
    unlink_due(world.connection, after(1095))
    world.arrive(event(OPENED, 1, case_id=CASE), day=1100)
    unlink_due(world.connection, after(1101))
    assert len(world.names(OPENED, "case_id")) == 1
    assert CASE not in world.names(OPENED, "case_id")


def test_kill_in_the_middle_leaves_everything_as_it_was(world, monkeypatch):
    world.arrive(event(OPENED, 1, case_id=CASE), event(MATTER, 2, matter_id=OTHER))
    monkeypatch.setattr("orgpulse_pipelines.retention.unlink.grow", killed)
    with pytest.raises(KeyboardInterrupt):
        unlink_due(world.connection, after(9999))
    monkeypatch.undo()
    assert CASE in world.names(OPENED, "case_id")
    assert unlink_due(world.connection, after(9999)) != ()


def test_report_tells_what_is_linked_due_and_done(world):
    world.arrive(event(OPENED, 1, case_id=CASE), event(OPENED, 2, case_id=OTHER))
    world.arrive(event(CLOSED, 3, case_id=CASE), day=10)
    first = next(
        one for one in holdings(world.connection, after(1100)) if one.event_type == OPENED.event_type
    )
    assert (first.linked, first.due, first.unlinked, first.next_due) == (2, 1, 0, after(1095))
    unlink_due(world.connection, after(1100))
    then = next(one for one in holdings(world.connection, after(1100)) if one.event_type == OPENED.event_type)
    assert (then.linked, then.due, then.unlinked, then.next_due) == (1, 0, 1, after(1105))


def test_models_are_made_anew_of_what_was_unlinked(world):
    world.arrive(event(OPENED, 1, case_id=CASE))
    table = staging_table(OPENED)
    before = versions_of(world.connection, [table])[table]
    unlink_due(world.connection, after(1095))
    assert versions_of(world.connection, [table])[table] == before + 1
    unlink_due(world.connection, after(1095))
    assert versions_of(world.connection, [table])[table] == before + 1


def test_command_tells_what_will_be_due_and_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("ORGPULSE_STATE", str(tmp_path))
    command = CliRunner().invoke(build_app(), ["retention"])
    assert isinstance(command.exception, NothingPublishedError)
    assert not list(tmp_path.iterdir())
    with open_warehouse(load_settings()) as connection:
        create_landing_tables(connection, "conduct")
        create_staging_tables(connection, [OPENED])
        for table in (f"landing.{OPENED.name}", f"staging.{OPENED.name}"):
            connection.execute(
                f"insert into {table} (event_id, case_id, arrived_at) values (uuid(), ?, ?)",
                [CASE, ARRIVED.replace(tzinfo=None)],
            )
    for at, due in (("2022-12-30", 0), ("2022-12-31", 1)):  # three years after the first of January 2020
        command = CliRunner().invoke(build_app(), ["retention", "--at", at, "--json"])
        (opened,) = (one for one in json.loads(command.stdout) if one["id"] == OPENED.event_type)
        assert (opened["linked"], opened["due"], opened["unlinked"]) == (1, due, 0)
        assert opened["next_due"].startswith("2022-12-31")
    assert "case-1" not in command.output
    assert "org.conduct.ombuds_case" in CliRunner().invoke(build_app(), ["retention"]).output


def test_empty_warehouse_has_nothing_to_forget():
    with duckdb.connect() as connection:
        assert unlink_due(connection, after(9999)) == ()
        assert {one.linked for one in holdings(connection, after(9999))} <= {0}


def test_no_row_names_anybody_for_longer_than_the_contract_says(world):
    """Whatever arrived when: after the step nobody is linked whose last event is older than the retention."""
    create_landing_tables(world.connection, "hr")

    @settings(max_examples=6, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from([OPENED, CLOSED]), st.integers(0, 3), st.integers(0, 3000)), max_size=6
        )
    )
    def holds(told):
        for about in (OPENED, CLOSED):
            for layer in ("landing", "staging"):
                world.connection.execute(f"delete from {layer}.{about.name}")
        world.connection.execute("delete from staging.progress")
        for number, (about, case, day) in enumerate(told):
            world.arrive(event(about, number, case_id=f"case-1~{case}"), day=day)
        unlink_due(world.connection, after(3000))
        last = {}
        for _, case, day in told:
            last[f"case-1~{case}"] = max(day, last.get(f"case-1~{case}", 0))
        linked = {case for case, day in last.items() if day > 3000 - 1095}
        named = world.names(OPENED, "case_id") | world.names(CLOSED, "case_id")
        assert {name for name in named if not name.startswith(UNLINKED)} == linked

    world.arrive(event(OPENED, 1, case_id=CASE))
    holds()
