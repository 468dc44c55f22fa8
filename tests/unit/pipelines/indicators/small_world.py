"""A small organisation and an indicator of one's own, for tests of the engine alone."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import duckdb
from small_warehouse import periods_of, rows_of

from orgpulse_pipelines.indicators.audiences import Audiences, Limits
from orgpulse_pipelines.indicators.build import compute
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.targets import Target

UNITS = {"A1": "africa", "A2": "africa", "B1": "asia", "C1": "europe"}
"""Offices and their regions; each is its own mission. All report to the regional office R."""
OPEN = "9999-12-31"
Row = dict[str, Any]
Figures = dict[tuple[str, str], Row]
"""Figures by period and member."""

_FLOW = "select day::date as day, unit_id, value, event_id, key, kind from marts.{side}"
_STOCK = (
    "select valid_from::date as valid_from, valid_to::date as valid_to, since::date as since, "
    "unit_id, value, event_id, key, kind from marts.{side}"
)


def measure(side: str, counts: str = "flow", aggregate: str = "sum") -> Row:
    """A measure over the rows that a test gives for the side."""
    sql = (_FLOW if counts == "flow" else _STOCK).format(side=side)
    return {"meaning": f"Rows of the {side}", "counts": counts, "aggregate": aggregate, "sql": sql}


def definition(numerator: Row | None = None, denominator: Row | None = None, **fields: Any) -> Definition:
    """An indicator: a yearly count of things unless a test says otherwise."""
    plain = {
        "id": "tested", "version": 1, "effective_from": date(2000, 1, 1),
        "pillar": "prepared", "system": "PE-3",
        "title": "An indicator", "definition": "What a test is about, in words.", "unit": "things",
        "direction": "higher", "empty_numerator": "zero", "owner": "A test", "standard": "None",
        "events": ["hr_appointment_made_v1"], "limitations": "It is only a test.",
        "numerator": numerator or measure("numerator"), "denominator": denominator,
    }  # fmt: skip
    return Definition.model_validate(plain | fields)


def share(counts: str = "stock", **fields: Any) -> Definition:
    """A share of people, protected from small numbers."""
    protects = {"small_number": {"protects": ["numerator", "denominator", "remainder"]}}
    sides = measure("numerator", counts), measure("denominator", counts)
    return definition(*sides, factor=100, unit="%", decimals=1, **(protects | fields))


def computed(
    definitions: Definition | Iterable[Definition],
    numerator: Iterable[Row],
    denominator: Iterable[Row] = (),
    **options: Any,
) -> list[Row]:
    """Every figure of indicators over the rows of their measures."""
    return next(computed_in_turn(definitions, (numerator, denominator), **options))


def computed_in_turn(
    definitions: Definition | Iterable[Definition],
    *builds: tuple[Iterable[Row], Iterable[Row]],
    years: Iterable[int] = (2018, 2019),
    targets: dict[str, Target] | None = None,
    threshold: int = 5,
    public_threshold: int = 10,
    units: Iterable[Row] | None = None,
    periods: Iterable[Row] | None = None,
) -> Iterator[list[Row]]:
    """The same of one build after the other, each with rows of its own: numerators and denominators."""
    with duckdb.connect() as connection:
        connection.execute("create schema core; create schema marts; create schema indicators")
        connection.execute(
            "create table core.dim_period (grain varchar, period_start date, period_end date, label varchar)"
        )
        _insert(connection, "core.dim_period", periods or [row for year in years for row in periods_of(year)])
        connection.execute(
            "create table core.dim_organisation_unit (unit_id varchar, region varchar, "
            "regional_office_id varchar, mission_id varchar, valid_from date, valid_to date)"
        )
        _insert(connection, "core.dim_organisation_unit", units or organisation())
        all_of_them = (definitions,) if isinstance(definitions, Definition) else tuple(definitions)
        audiences = Audiences(Limits(threshold), Limits(max(threshold, public_threshold)))
        for sides in builds:
            for side, rows in zip(("numerator", "denominator"), sides, strict=True):
                connection.execute(
                    f"create or replace table marts.{side} (day date, valid_from date, valid_to date, "
                    "since date, unit_id varchar, value decimal(18, 4), event_id uuid, key varchar, "
                    "kind varchar)"
                )
                _insert(connection, f"marts.{side}", [{"value": 1, **row} for row in rows])
            compute(connection, all_of_them, targets or {}, audiences)
            yield rows_of(connection, "select * from indicators.value order by all")


def figures(*arguments: Any, **options: Any) -> Figures:
    """The same by period and member."""
    return {(row["period"], row["member"]): row for row in computed(*arguments, **options)}


def organisation() -> list[Row]:
    """The offices, unchanged over all years."""
    return [unit(unit_id, region) for unit_id, region in UNITS.items()]


def unit(unit_id: str, region: str, since: str = "2000-01-01", until: str = OPEN) -> Row:
    """An office over some time."""
    return {
        "unit_id": unit_id, "region": region, "regional_office_id": "R", "mission_id": unit_id,
        "valid_from": since, "valid_to": until,
    }  # fmt: skip


def stock(
    number: int, unit_id: str = "A1", since: str = "2000-01-01", until: str = OPEN, **row: Any
) -> list[Row]:
    """So many things that hold over some time."""
    return [{"valid_from": since, "valid_to": until, "unit_id": unit_id, **row} for _ in range(number)]


def flow(number: int, day: str, unit_id: str = "A1", **row: Any) -> list[Row]:
    """So many things that happen on a day."""
    return [{"day": day, "unit_id": unit_id, **row} for _ in range(number)]


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))
