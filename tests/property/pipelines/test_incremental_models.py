"""A table of which only the touched parts are made anew is, to the row, what its query makes of the whole."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import duckdb
import orjson
from small_warehouse import Row, create_own_tables, insert, needed
from sql_cases import all_models

from orgpulse_pipelines.modelling.currency import bring_up_to_date
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.warehouse.changes import keep_changes
from orgpulse_pipelines.warehouse.versions import create_version_tables, grow
from orgpulse_schemas.contract import About
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.protected import LogicalType, ProtectedField, protected_fields

DAYS = [date(2018, 12, 1) + timedelta(days=days) for days in (0, 20, 45, 200, 400)]
MOMENTS = ["2019-01-01 08:00", "2019-01-02 08:00", "2020-03-01 08:00"]
THINGS = 4
"""Things of each kind, so few that events correct each other and meet."""
LOADS = 8
"""As many as it takes until each table was made in parts; far fewer do."""
LOADS_OF_ALL = 3
"""Loads that all tables take in; later only tables not made in parts yet do, and what they read."""
IN_A_LOAD = 3
"""Events of each contract."""
INCREMENTAL = [model for model in all_models() if model.metadata.incremental]


@cache
def examples(about: About) -> list[Row]:
    """The valid examples of a contract as staging rows."""
    names = [field.name for field in protected_fields(about)]
    valid = [one for one in examples_of(about.event_type) if one.violation is None]
    return [{name: orjson.loads(one.value)["data"].get(name) for name in names} for one in valid]


def told(about: About, random: Random) -> Row:
    """An event as it could be: an example, with other days and about other things."""
    row = dict(random.choice(examples(about)))
    for field in protected_fields(about):
        row[field.name] = value(field, row[field.name], random.choice(examples(about)), random)
    return row | {"occurred_at": random.choice(MOMENTS)}


def value(field: ProtectedField, found: Any, other: Row, random: Random) -> Any:
    if field.name.endswith("_id"):
        if found is None and random.random() < 0.5:
            return None
        kind = "unit_id" if field.name.endswith("unit_id") else field.name
        return f"{kind} {random.randrange(THINGS)}"
    if found is None:
        return None
    if field.type is LogicalType.DATE:
        return random.choice([found, *DAYS])
    if field.name in ("year", "cycle"):
        return random.choice([2018, 2019])
    return random.choice([found, other[field.name] if other[field.name] is not None else found])


def arrive(connection: duckdb.DuckDBPyConnection, load: int, random: Random) -> None:
    """One load of events of some contracts, as staging takes them in."""
    for about in staged_contracts():
        # Now and then the organisation stays as it is: some tables are made whole if it changes.
        if load % 2 and (about.family == "reference" or random.random() < 0.3):
            continue
        table = staging_table(about)
        identities = [f"{about.name} {load} {number}" for number in range(IN_A_LOAD)]
        insert(
            connection,
            table,
            [told(about, random) | {"event_id": identity, "batch_id": load} for identity in identities],
        )
        if load:
            keep_changes(connection, table, f"select * from {table} where batch_id = {load}")
        grow(connection, table, told=load > 0)


def test_touched_parts_make_the_same_table_as_the_whole() -> None:
    random = Random(1)
    in_parts: dict[str, int] = defaultdict(int)
    with duckdb.connect() as connection:
        create_own_tables(connection)
        create_version_tables(connection)
        for load in range(LOADS):
            never = {model.name for model in INCREMENTAL if not in_parts[model.name]}
            if not never:
                break
            arrive(connection, load, random)
            wanted = needed(never) if load >= LOADS_OF_ALL else {model.name for model in all_models()}
            for model in [model for model in all_models() if model.name in wanted]:
                found = bring_up_to_date(connection, model)
                in_parts[model.name] += found.in_parts
                if found.in_parts:
                    assert difference(connection, model) == [], model.name
    never = {model.name for model in INCREMENTAL if not in_parts[model.name]}
    assert never == set()


def difference(connection: duckdb.DuckDBPyConnection, model: Model) -> list[tuple[Any, ...]]:
    """Rows that the table holds and the query does not make, or the other way round."""
    connection.execute(f"create or replace temp table whole as {model.sql}")
    return connection.execute(
        f"(from {model.name} except all from whole) union all (from whole except all from {model.name})"
    ).fetchall()
