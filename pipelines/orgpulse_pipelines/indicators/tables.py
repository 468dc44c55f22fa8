"""The tables of the schema ``indicators``: what every column means and how rows are written."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

import duckdb
import orjson
import pyarrow as pa

from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.judgement import Judged
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
    "numerator_sql": (
        "VARCHAR",
        "Rows of the numerator: (period_start, unit_id, value, event_id). It runs on the warehouse.",
    ),
    "denominator_sql": ("VARCHAR", "Rows of the denominator; empty for counts and totals."),
    "factor": (_NUMBER, "What the ratio is multiplied by."),
    "unit": ("VARCHAR", "Unit of the value."),
    "decimals": ("INTEGER", "Digits after the point that are shown."),
    "direction": ("VARCHAR", "Whether a higher or a lower value is better; neutral if neither is."),
    "period": ("VARCHAR", "Reporting period."),
    "dimensions": ("VARCHAR[]", "What it is broken down by beside the whole organisation."),
    "owner": ("VARCHAR", "Unit of the organisation that answers for it."),
    "standard": ("VARCHAR", "Norm or publication that it follows."),
    "events": ("VARCHAR[]", "Contracts whose events it is computed from."),
    "protects": ("VARCHAR[]", "Parts that count people and are suppressed where they count few."),
    "minimum_people": (
        "INTEGER",
        "Fewest people that a protected part may show; empty if none is protected.",
    ),
    "limitations": ("VARCHAR", "What it does not say."),
    "target": (_NUMBER, "What is aimed at, in the unit; empty if no target is set."),
    "tolerance": (_NUMBER, "How far a value may miss the target and still count as near."),
    "target_source": ("VARCHAR", "Who set the target, or which standard it comes from."),
}
VALUE: Final = {
    "indicator_id": ("VARCHAR", "Identity of the indicator."),
    "version": ("INTEGER", "Version of the definition that the value was computed by."),
    "period": ("VARCHAR", "Name of the reporting period."),
    "period_start": ("DATE", "First day of the reporting period."),
    "period_end": ("DATE", "Last day of the reporting period."),
    "dimension": ("VARCHAR", "organisation, or the dimension that the value is broken down by."),
    "member": ("VARCHAR", "all, or the member of the dimension."),
    "numerator": (_NUMBER, "Sum of the numerator; empty if unknown or suppressed."),
    "denominator": (_NUMBER, "Sum of the denominator; empty for counts, if unknown or suppressed."),
    "value": (_NUMBER, "The figure; empty if unknown, suppressed, or the denominator is zero."),
    "unit": ("VARCHAR", "Unit of value, baseline and target."),
    "baseline": (_NUMBER, "What it is measured from; empty if none is set."),
    "target": (_NUMBER, "What is aimed at; empty if none is set or none holds for the member."),
    "status": ("VARCHAR", "on_target, near, off_target, no_target, no_data or suppressed."),
    "suppressed": ("BOOLEAN", "Whether the figure is withheld because it counts few people."),
    "suppression": (
        "VARCHAR",
        "none, primary (counts few people) or complementary (would give such a one back).",
    ),
    "previous_value": (_NUMBER, "Value of the period before, by the same version."),
    "trend": ("VARCHAR", "up, down or steady against the period before; empty without one."),
    "progress": ("VARCHAR", "better, worse or unchanged; empty where neither direction is better."),
    "publication_id": ("VARCHAR", "Publication that the value was computed for."),
}


def definition_row(definition: Definition, target: Target, threshold: int) -> dict[str, Any]:
    """A definition as a row of ``indicators.definition``."""
    plain = definition.model_dump(include=set(DEFINITION) & set(Definition.model_fields))
    rule = definition.small_number
    return plain | {
        "indicator_id": definition.id,
        "formula": definition.formula,
        "numerator_sql": definition.numerator.sql,
        "denominator_sql": definition.denominator.sql if definition.denominator else None,
        "protects": rule.protects if rule else (),
        "minimum_people": (rule.minimum or threshold) if rule else None,
        "target": target.target,
        "tolerance": target.tolerance,
        "target_source": target.source,
    }


def value_row(judged: Judged, publication_id: str | None) -> dict[str, Any]:
    """A judged cell as a row of ``indicators.value``."""
    cell = judged.cell
    return {
        "indicator_id": cell.definition.id,
        "version": cell.definition.version,
        "period": cell.period.label,
        "period_start": cell.period.start,
        "period_end": cell.period.end,
        "dimension": cell.dimension,
        "member": cell.member,
        "numerator": cell.numerator,
        "denominator": cell.denominator,
        "value": cell.value,
        "unit": cell.definition.unit,
        "baseline": judged.baseline,
        "target": judged.target,
        "status": judged.status.value,
        "suppressed": cell.suppression != "none",
        "suppression": cell.suppression,
        "previous_value": judged.previous,
        "trend": judged.trend,
        "progress": judged.progress,
        "publication_id": publication_id,
    }


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
