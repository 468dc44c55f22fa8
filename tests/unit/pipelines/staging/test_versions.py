"""Events of older contract versions stand in the newest version's table, as the contract upgrades them."""

from decimal import Decimal
from random import Random
from typing import Any

import duckdb
import orjson
import pytest
from protected_events import batch, event, identity

from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.lineage import create_lineage
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_pipelines.staging.versions import column_origins, staged_contracts, staging_table, versions
from orgpulse_schemas.contract import About
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.protected import LogicalType, ProtectedField, protected_fields
from orgpulse_schemas.registry import all_contracts

FIRST = all_contracts()["org.hr.appraisal.completed.v1"]
SECOND = all_contracts()["org.hr.appraisal.completed.v2"]
TABLE = "staging.hr_appraisal_completed_v2"
ABSENT = 0.3
"""Share of optional values that are left out."""
UPGRADED = [about for about in all_contracts().values() if about.upgrades]


def rows(connection: duckdb.DuckDBPyConnection, columns: str, table: str = TABLE) -> list[tuple[Any, ...]]:
    return connection.execute(f"select {columns} from {table} order by event_id").fetchall()


def test_events_of_both_versions_stand_side_by_side(connection, land):
    land(batch(event(FIRST, 1, aligned_to_corporate_goal=False), event(FIRST, 2)))
    land(batch(event(SECOND, 3, corporate_goal="prepared"), first_offset=2))
    staged = next(one for one in stage_family(connection, "hr") if one.contract == SECOND.name)
    assert (staged.landed, staged.kept, staged.total) == (3, 3, 3)
    assert rows(connection, "corporate_goal, contract") == [
        ("none", FIRST.name),
        ("not_named", FIRST.name),
        ("prepared", SECOND.name),
    ]


@pytest.mark.parametrize("at_once", [True, False])
def test_an_event_that_comes_again_in_the_other_version_is_kept_as_landed_first(connection, land, at_once):
    land(batch(event(FIRST, 1)))
    if not at_once:
        stage_family(connection, "hr")
    land(batch(event(SECOND, 1), event(SECOND, 2), first_offset=1))
    stage_family(connection, "hr")
    assert rows(connection, "contract") == [(FIRST.name,), (SECOND.name,)]


def test_lineage_names_the_contract_under_which_an_event_arrived(connection, land):
    land(batch(event(FIRST, 1), event(SECOND, 2)))
    stage_family(connection, "hr")
    create_staging_tables(connection)
    create_lineage(connection)
    assert rows(connection, "event_id::varchar, contract", "core.event_lineage") == [
        (identity(1), FIRST.name),
        (identity(2), SECOND.name),
    ]


def test_the_first_build_with_a_newer_version_takes_over_what_was_staged_before(connection, land):
    land(batch(event(FIRST, 1), event(FIRST, 2)))
    stage_family(connection, "hr")
    connection.execute(f"drop table {TABLE}; create table staging.{FIRST.name} (event_id uuid)")
    connection.execute(
        "update staging.progress set staged_in = ? where contract = ?", [f"staging.{FIRST.name}", FIRST.name]
    )
    stage_family(connection, "hr")
    assert rows(connection, "contract") == [(FIRST.name,), (FIRST.name,)]
    left = connection.execute("select count(*) from duckdb_tables() where table_name = ?", [FIRST.name])
    assert left.fetchone() == (1,), "landing alone keeps the older version"


def test_models_read_the_newest_version_alone():
    read = {name for model in load_models() for name in model.depends_on if name.startswith("staging.")}
    assert staging_table(FIRST) == staging_table(SECOND) == TABLE
    assert TABLE in read
    assert read <= {staging_table(about) for about in staged_contracts()}


def test_a_translated_column_comes_from_the_column_of_each_version():
    assert set(column_origins("corporate_goal", SECOND)) == {
        (SECOND, "corporate_goal"),
        (FIRST, "aligned_to_corporate_goal"),
    }
    assert len(list(column_origins("event_id", SECOND))) == 2


def invented(field: ProtectedField, choose: Random) -> Any:
    """Any value of a protected field, as an event writes it; also nothing where nothing may stand there."""
    if not field.required and choose.random() < ABSENT:
        return None
    day = f"20{choose.randrange(10, 30)}-0{choose.randrange(1, 10)}-1{choose.randrange(10)}"
    return {
        LogicalType.BOOLEAN: choose.random() < ABSENT,
        LogicalType.INTEGER: choose.randrange(3000),
        LogicalType.DATE: day,
        LogicalType.DECIMAL: str(Decimal(choose.randrange(10**4)).scaleb(-field.scale)),
        LogicalType.TIMESTAMP: f"{day}T01:02:03Z",
        LogicalType.TEXT: choose.choice(["x", "it's", ""]),
    }[field.type]


def older_payloads(about: About) -> list[dict[str, Any]]:
    """Protected payloads of the version before: those of its examples, and invented ones."""
    before = versions(about)[-2]
    choose = Random(7)
    names = [field.name for field in protected_fields(before)]
    stated = [
        orjson.loads(example.value)["data"]
        for example in examples_of(before.event_type)
        if example.violation is None
    ]
    made = [{field.name: invented(field, choose) for field in protected_fields(before)} for _ in range(200)]
    return [{name: payload.get(name) for name in names} for payload in (*stated, *made)]


@pytest.mark.parametrize("about", UPGRADED, ids=lambda about: about.name)
def test_sql_makes_of_an_older_event_what_the_contract_makes_of_it(about: About, connection, land):
    create_landing_tables(connection, about.family)
    before, payloads = versions(about)[-2], older_payloads(about)
    values = [event(before, number, **payload) for number, payload in enumerate(payloads)]
    land(batch(*values, topic=about.events_topic), family=about.family)
    stage_family(connection, about.family)
    columns = ", ".join(f'"{field.name}"' for field in protected_fields(about))
    found = rows(connection, columns, staging_table(about))
    assert about.upgrades is not None
    expected = [
        [about.upgrades.upgrade(payload)[field.name] for field in protected_fields(about)]
        for payload in payloads
    ]
    assert [[plain(value) for value in row] for row in found] == expected


def plain(value: Any) -> Any:
    """A value of the warehouse as an event writes it."""
    return value if value is None or isinstance(value, bool | int) else str(value)
