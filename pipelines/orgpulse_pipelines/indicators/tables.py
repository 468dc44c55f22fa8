"""The tables of the schema ``indicators``: what every column means and how rows are written."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

import duckdb
import orjson
import pyarrow as pa

from orgpulse_pipelines.indicators.audiences import Audiences
from orgpulse_pipelines.indicators.definition import Definition, Measure
from orgpulse_pipelines.indicators.judgement import JUDGED
from orgpulse_pipelines.indicators.people import minimum_of
from orgpulse_pipelines.indicators.sources import Side
from orgpulse_pipelines.indicators.targets import Target
from orgpulse_pipelines.warehouse.catalog import comment_on, identifier

_NUMBER: Final = "DECIMAL(28,6)"
DEFINITION: Final = {
    "indicator_id": ("VARCHAR", "Identity of the indicator."),
    "version": ("INTEGER", "Version of the definition."),
    "effective_from": ("DATE", "First day on which the version holds."),
    "pillar": ("VARCHAR", "Pillar of organisational effectiveness: principled, purposeful or prepared."),
    "system": ("VARCHAR", "Source system that answers for the subject."),
    "title": ("VARCHAR", "Title for leaders."),
    "definition": ("VARCHAR", "What it says, in words."),
    "formula": ("VARCHAR", "Numerator, denominator and factor in words."),
    "numerator_meaning": ("VARCHAR", "What the numerator counts, in words."),
    "numerator_counts": (
        "VARCHAR",
        "flow, stock, average (of stocks) or age: how its rows fall into periods.",
    ),
    "numerator_aggregate": (
        "VARCHAR",
        "sum, distinct, median or concentration: how its rows are put together.",
    ),
    "numerator_sql": ("VARCHAR", "Rows of the numerator. It runs on the warehouse."),
    "denominator_meaning": ("VARCHAR", "What the denominator counts; empty for counts and totals."),
    "denominator_counts": ("VARCHAR", "As numerator_counts; empty for counts and totals."),
    "denominator_aggregate": ("VARCHAR", "As numerator_aggregate."),
    "denominator_sql": ("VARCHAR", "Rows of the denominator."),
    "factor": (_NUMBER, "What the ratio is multiplied by."),
    "unit": ("VARCHAR", "Unit of the value."),
    "decimals": ("INTEGER", "Digits after the point that are shown."),
    "direction": ("VARCHAR", "Whether a higher or a lower value is better; neutral if neither is."),
    "periods": ("VARCHAR[]", "Kinds of reporting period for which it says something."),
    "places": ("VARCHAR[]", "Levels of the organisation that it is broken down by."),
    "dimensions": ("VARCHAR[]", "What it is broken down by besides."),
    "owner": ("VARCHAR", "Unit of the organisation that answers for it."),
    "standard": ("VARCHAR", "Norm or publication that it follows."),
    "events": ("VARCHAR[]", "Contracts whose events it is computed from."),
    "protects": ("VARCHAR[]", "Parts that count people and are suppressed where they count few."),
    "about_people": (
        "VARCHAR[]",
        "Sides whose rows are about people: indicators.evidence then holds a few examples.",
    ),
    "minimum_people": (
        "INTEGER",
        "Fewest people that a protected part may show; empty if none is protected.",
    ),
    "minimum_people_public": ("INTEGER", "The same for readers outside the organisation."),
    "limitations": ("VARCHAR", "What it does not say."),
    "target": (_NUMBER, "What is aimed at, in the unit; empty if no target is set."),
    "tolerance": (_NUMBER, "How far a value may miss the target and still count as near."),
    "target_source": ("VARCHAR", "Who set the target, or which standard it comes from."),
}
VALUE: Final = {
    "indicator_id": "Identity of the indicator.",
    "version": "Version of the definition that the value was computed by.",
    "grain": "Kind of period: month, quarter, year or year_to_date.",
    "period": "Name of the reporting period: 2019-03, 2019-Q1, 2019, or 2019-03 YTD for January to March.",
    "period_start": "First day of the reporting period.",
    "period_end": "Last day of the reporting period.",
    "as_of": "Last day that is covered: of a period in progress, the end of the newest month with activity.",
    "dimension": "organisation, region, regional_office, office, or a dimension of the definition.",
    "member": "all, or the member of the dimension; offices by their number.",
    "numerator": "Numerator; empty if unknown or suppressed.",
    "denominator": "Denominator; empty for counts, if unknown or suppressed.",
    "value": "The figure; empty if unknown, suppressed, or the denominator is zero.",
    "unit": "Unit of value, baseline and target.",
    "baseline": "What it is measured from; empty if none is set.",
    "target": "What is aimed at; empty if none is set or none holds for the period and member.",
    "status": "on_target, near, off_target, no_target, no_data or suppressed.",
    "suppressed": "Whether the figure is withheld: it counts few people, or would give such a figure back.",
    "suppression": "none or suppressed. Why is not said: it would tell how many people are behind it.",
    "shown_to_public": "Whether exports may show the figure outside the organisation.",
    "previous_value": "Value of the period before; of the same months of the year before for year_to_date.",
    "year_before_value": "Value of the same period of the year before.",
    "trend": "up, down or steady against previous_value; empty without one.",
    "progress": "better, worse or unchanged; empty where neither direction is better.",
    "publication_id": "Publication that the value was computed for.",
}
VALUE_COMMENT: Final = (
    "Figures of the indicators, small numbers suppressed. "
    "Grain: one row per indicator, period, dimension and member."
)


def definition_row(
    definition: Definition, target: Target, audiences: Audiences, about_people: Collection[Side]
) -> dict[str, Any]:
    """A definition as a row of ``indicators.definition``."""
    plain = definition.model_dump(include=set(DEFINITION) & set(Definition.model_fields))
    rule = definition.small_number
    return plain | {
        "indicator_id": definition.id,
        "formula": definition.formula,
        **_measure_columns("numerator", definition.numerator),
        **_measure_columns("denominator", definition.denominator),
        "protects": rule.protects if rule else (),
        "minimum_people": minimum_of(definition, audiences.internal.people) if rule else None,
        "minimum_people_public": minimum_of(definition, audiences.public.people) if rule else None,
        "about_people": [
            side
            for side in definition.measures
            if rule is not None or (definition.id, definition.version, side) in about_people
        ],
        "target": target.target,
        "tolerance": target.tolerance or 0,
        "target_source": target.source,
    }


def _measure_columns(side: str, measure: Measure | None) -> dict[str, Any]:
    return {
        f"{side}_{name}": None if measure is None else getattr(measure, name)
        for name in ("meaning", "counts", "aggregate", "sql")
    }


def create_value_table(connection: duckdb.DuckDBPyConnection) -> None:
    """Replace ``indicators.value`` by the judged figures."""
    written = {
        "period": "label",
        "baseline": f"baseline::{_NUMBER}",
        "target": f"target::{_NUMBER}",
        "suppressed": "suppression <> 'none'",
        "publication_id": "null::varchar",
    }
    columns = ", ".join(f"{written.get(name, name)} as {name}" for name in VALUE)
    connection.execute(
        f"create or replace table indicators.value as with judged as ({JUDGED}) "  # noqa: S608
        f"select {columns} from judged order by indicator_id, period_end, grain, dimension, member"
    )
    comment_on(connection, "indicators.value", VALUE_COMMENT, VALUE)


def replace_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    comment: str,
    columns: dict[str, tuple[str, str]],
    rows: Iterable[dict[str, Any]],
) -> int:
    """Replace a table (``schema.table``) by rows, comment it, and say how many rows it has."""
    plain = [{name: _plain(row[name]) for name in columns} for row in rows]
    listed = ", ".join(f"{identifier(name)} {type_}" for name, (type_, _) in columns.items())
    connection.execute(f"create or replace table {table} ({listed})")
    if plain:
        # One JSON text is parsed by the column types: a thousand rows cost as little as one.
        lines = pa.table({"line": [orjson.dumps(row).decode() for row in plain]})
        structure = orjson.dumps({name: type_ for name, (type_, _) in columns.items()}).decode()
        connection.register("incoming_rows", lines)
        connection.execute(
            f"insert into {table} select unnest(from_json(line, ?)) from incoming_rows",  # noqa: S608
            [structure],
        )
        connection.unregister("incoming_rows")
    comment_on(connection, table, comment, {name: meaning for name, (_, meaning) in columns.items()})
    return len(plain)


def _plain(value: Any) -> Any:
    """A value as JSON; a decimal as text at the six digits that the tables hold, so that it stays exact."""
    if isinstance(value, Decimal):
        return str(round(value, 6))
    return value.isoformat() if isinstance(value, date) else value
