"""Scores of a framework over figures that a test states, without the way from events to figures."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import duckdb
from small_warehouse import rows_of

from orgpulse_pipelines.frameworks.build import score
from orgpulse_pipelines.frameworks.definition import Framework
from orgpulse_pipelines.indicators.definition import Definition

Row = dict[str, Any]
OFFICES = {"A1": ("africa", "R1"), "A2": ("africa", "R1"), "B1": ("asia", "R2")}
"""Offices with their region and regional office."""


def indicator(id_: str = "coverage", **fields: Any) -> Definition:
    """An indicator: a share of which more is better, unless a test says otherwise."""
    measure = {
        "meaning": "What is counted",
        "counts": "stock",
        "sql": "select valid_from, valid_to, unit_id, value, event_id from marts.thing",
    }
    plain = {
        "id": id_, "version": 1, "effective_from": "2000-01-01", "pillar": "prepared", "system": "PE-3",
        "title": "An indicator", "definition": "What a test is about, in words.", "unit": "%",
        "direction": "higher", "empty_numerator": "zero", "owner": "A test", "standard": "None",
        "events": ["hr_appointment_made_v1"], "limitations": "It is only a test.", "factor": 100,
        "numerator": measure, "denominator": measure,
    }  # fmt: skip
    return Definition.model_validate(plain | fields)


def mapping(name: str = "coverage", **fields: Any) -> Row:
    """An indicator that earns a tenth of its score by each percent from 50 to 60."""
    return {"indicator": name, "weight": 1, "thresholds": [[50, 0], [60, 100]]} | fields


def framework(*mappings: Row, **fields: Any) -> Framework:
    """A framework with one item."""
    plain = {
        "id": "ours", "title": "A framework", "edition": "Of a test",
        "limitations": "It is only a test of ours.",
        "items": [{"id": "item", "title": "An item", "indicators": list(mappings)}],
    }  # fmt: skip
    return Framework.model_validate(plain | fields)


def figure(value: float | None, member: str = "all", *, of: str = "coverage", **row: Any) -> Row:
    """A figure of 2019; without a member that of the organisation. Suppressed ones have no value."""
    dimension = "organisation" if member == "all" else "office" if member in OFFICES else "region"
    plain = {
        "indicator_id": of, "version": 1, "grain": "year", "period": "2019",
        "period_start": "2019-01-01", "period_end": "2019-12-31",
        "dimension": dimension, "member": member, "value": value, "denominator": 100, "suppressed": False,
    }  # fmt: skip
    filled = plain | row
    return {"as_of": filled["period_end"]} | filled


def hidden(member: str = "all", **row: Any) -> Row:
    """A suppressed figure of 2019."""
    return figure(None, member, denominator=None, suppressed=True, **row)


def fill(connection: duckdb.DuckDBPyConnection, figures: Iterable[Row], units: Iterable[Row] = ()) -> None:
    """Put figures, and the offices unless others are given, into an empty database."""
    connection.execute("create schema core; create schema indicators")
    connection.execute(
        "create table core.dim_organisation_unit (unit_id varchar, region varchar, "
        "regional_office_id varchar, mission_id varchar, valid_from date, valid_to date)"
    )
    connection.execute(
        "create table indicators.value (indicator_id varchar, version integer, grain varchar, "
        "period varchar, period_start date, period_end date, as_of date, dimension varchar, member varchar, "
        "value decimal(28, 6), denominator decimal(28, 6), suppressed boolean)"
    )
    _insert(connection, "core.dim_organisation_unit", list(units) or [unit(name) for name in OFFICES])
    _insert(connection, "indicators.value", figures)


def scored(
    framework: Framework,
    figures: Iterable[Row],
    *,
    indicators: Iterable[Definition] | None = None,
    units: Iterable[Row] = (),
) -> dict[tuple[str, str], Row]:
    """The rows of ``indicators.framework_score`` by period and member."""
    with duckdb.connect() as connection:
        fill(connection, figures, units)
        score(connection, [framework], indicators or [indicator()])
        rows = rows_of(connection, "from indicators.framework_score")
    return {(row["period"], row["member"]): row for row in rows}


def by_item(
    framework: Framework, figures: Iterable[Row], indicators: Iterable[Definition]
) -> dict[str, Decimal]:
    """The scores of the whole organisation by item."""
    with duckdb.connect() as connection:
        fill(connection, figures)
        score(connection, [framework], indicators)
        return dict(connection.execute("select item_id, score from indicators.framework_score").fetchall())


def points(framework: Framework, figures: Iterable[Row], **options: Any) -> Decimal | None:
    """The score of the whole organisation for 2019."""
    found: Decimal | None = scored(framework, figures, **options)["2019", "all"]["score"]
    return found


def unit(name: str, region: str = "", since: str = "2000-01-01", until: str = "9999-12-31") -> Row:
    """An office over some time; in its own region unless another is named."""
    own, regional_office = OFFICES[name]
    return {
        "unit_id": name, "region": region or own, "regional_office_id": regional_office, "mission_id": name,
        "valid_from": since, "valid_to": until,
    }  # fmt: skip


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))
