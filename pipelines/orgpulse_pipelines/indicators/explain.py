"""Explains a figure: from the value to its rows, to the events, to where they stand in Kafka.

Nothing is stored for it: the SQL that the publication holds beside the figure runs on the publication again.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import duckdb

from orgpulse_pipelines.indicators.errors import UnknownIndicatorError, UnknownPeriodError
from orgpulse_pipelines.indicators.evaluation import UNKNOWN_REGION, relation
from orgpulse_pipelines.indicators.figures import Figure, as_document, figures_of, number
from orgpulse_pipelines.warehouse.failures import sql_errors


@dataclass(frozen=True, slots=True)
class SourceContract:
    """How many rows of a measure come from the events of one contract."""

    contract: str | None
    """Nothing for rows without an event that is on record."""
    topic: str | None
    rows: int
    events: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a measure and the event from which it comes."""

    unit_id: str | None
    value: Decimal | None
    event_id: UUID | None
    contract: str | None
    topic: str | None
    partition: int | None
    offset: int | None
    origin: str | None
    """Where the event stood on the raw topic: topic/partition/offset@arrival in ms since 1970."""
    occurred_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExplainedMeasure:
    """A numerator or denominator taken apart."""

    name: str
    rows: int
    value: Decimal | None
    contracts: tuple[SourceContract, ...]
    sample: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind a figure; no measures where it is suppressed."""

    figure: Figure
    definition: str
    formula: str
    effective_from: str
    limitations: str
    measures: tuple[ExplainedMeasure, ...]


def explain(
    connection: duckdb.DuckDBPyConnection,
    indicator_id: str,
    period: str,
    region: str | None = None,
    limit: int = 10,
) -> Explanation:
    """Explain the figure of an indicator for a period, of the whole organisation or of a region.

    Raises :class:`UnknownIndicatorError` or :class:`UnknownPeriodError`; :class:`ModelBuildError` if the
    publication's SQL does not run.
    """
    figure = _figure(connection, indicator_id, period, region)
    row = connection.execute(
        "select definition, formula, effective_from, limitations, numerator_sql, denominator_sql "
        "from indicators.definition where indicator_id = ? and version = ?",
        [indicator_id, figure.version],
    ).fetchone()
    if row is None:
        raise UnknownIndicatorError(indicator_id)
    definition, formula, effective_from, limitations, numerator_sql, denominator_sql = row
    parts = {"numerator": numerator_sql, "denominator": denominator_sql}
    measures = tuple(
        _measure(connection, name, sql, figure, limit)
        for name, sql in parts.items()
        if sql is not None and not figure.suppressed
    )
    return Explanation(figure, definition, formula, effective_from.isoformat(), limitations, measures)


def _figure(
    connection: duckdb.DuckDBPyConnection, indicator_id: str, period: str, region: str | None
) -> Figure:
    figures = figures_of(connection, indicator_id)
    if not figures:
        known = connection.execute(
            "select 1 from indicators.definition where indicator_id = ?", [indicator_id]
        ).fetchone()
        if known is None:
            raise UnknownIndicatorError(indicator_id)
    place = (period, "organisation", "all") if region is None else (period, "region", region)
    found = (one for one in figures if (one.period, one.dimension, one.member) == place)
    figure = next(found, None)
    if figure is None:
        raise UnknownPeriodError(f"{indicator_id}, {period}" + (f", {region}" if region else ""))
    return figure


def _measure(
    connection: duckdb.DuckDBPyConnection, name: str, sql: str, figure: Figure, limit: int
) -> ExplainedMeasure:
    source = f"""
    {relation(sql)},
    traced as (
      select
        measure.unit_id, measure.value::decimal(28, 6) as value, measure.event_id,
        lineage.contract, lineage.topic, lineage."partition", lineage."offset", lineage.origin,
        lineage.occurred_at
      from measure
      left join core.unit_year_end as unit
        on unit.unit_id = measure.unit_id and unit.period_start = measure.period_start
      left join core.event_lineage as lineage on lineage.event_id = measure.event_id
      where measure.period_start = $start
        and ($member = 'all' or coalesce(unit.region, '{UNKNOWN_REGION}') = $member)
    )
    """  # noqa: S608
    parameters = {"start": figure.period_start, "member": figure.member}
    with sql_errors(f"indicator {figure.indicator_id}"):
        contracts = connection.execute(
            f"{source} select contract, topic, count(*), count(distinct event_id), sum(value) from traced "  # noqa: S608
            "group by all order by count(*) desc, contract",
            parameters,
        ).fetchall()
        sample = connection.execute(
            f"{source} select * from traced order by occurred_at desc, event_id limit $limit",  # noqa: S608
            parameters | {"limit": limit},
        ).fetchall()
    sources = tuple(SourceContract(*row) for row in contracts)
    values = [one.value for one in sources if one.value is not None]
    return ExplainedMeasure(
        name=name,
        rows=sum(one.rows for one in sources),
        value=sum(values, Decimal(0)) if values else None,
        contracts=sources,
        sample=tuple(SourceRow(*row) for row in sample),
    )


def explanation_document(explanation: Explanation) -> dict[str, Any]:
    """An explanation as a JSON object."""
    return as_document(explanation.figure) | {
        "definition": explanation.definition,
        "formula": explanation.formula,
        "effective_from": explanation.effective_from,
        "limitations": explanation.limitations,
        "measures": [
            {
                "id": measure.name,
                "rows": measure.rows,
                "value": number(measure.value),
                "contracts": [
                    asdict(one) | {"id": one.contract, "value": number(one.value)}
                    for one in measure.contracts
                ],
                "sample": [
                    asdict(one) | {"id": str(one.event_id), "value": number(one.value)}
                    for one in measure.sample
                ],
            }
            for measure in explanation.measures
        ],
    }
