"""Explains a figure: from the value to its rows, to the events, to where they stand in Kafka.

It reads what the build stored for it: the publication holds no rows about people
that could be added up again.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import duckdb

from orgpulse_pipelines.indicators.errors import UnknownIndicatorError, UnknownPeriodError
from orgpulse_pipelines.indicators.figures import Figure, as_document, figures_of, number
from orgpulse_pipelines.warehouse.failures import sql_errors


@dataclass(frozen=True, slots=True)
class SourceContract:
    """How many rows of a measure come from the events of one contract."""

    contract: str | None
    """Several where people are counted; nothing for rows without an event that is on record."""
    topic: str | None
    rows: int
    events: int | None
    """Nothing where people are counted."""
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a measure and the event from which it comes."""

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
    people: bool
    """Whether it counts people: the sample then holds a few examples and no more."""
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
    publication is one of an earlier version, which does not hold what is needed.
    """
    figure = _figure(connection, indicator_id, period, region)
    row = connection.execute(
        "select definition, formula, effective_from, limitations, denominator_sql is not null "
        "from indicators.definition where indicator_id = ? and version = ?",
        [indicator_id, figure.version],
    ).fetchone()
    if row is None:
        raise UnknownIndicatorError(indicator_id)
    definition, formula, effective_from, limitations, is_ratio = row
    names = ("numerator", "denominator") if is_ratio else ("numerator",)
    measures = tuple(_measure(connection, name, figure, limit) for name in names if not figure.suppressed)
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


_PLACE: Final = "indicator_id = $id and version = $version and period_start = $start and side = $side"
_SOURCES: Final = f"""
    select contract, topic, rows, events, value
    from indicators.source
    where {_PLACE} and region is not distinct from $region
    order by rows desc, contract
"""  # noqa: S608
_SAMPLE: Final = f"""
    select
      evidence.value, event_id, lineage.contract, lineage.topic, lineage."partition", lineage."offset",
      lineage.origin, lineage.occurred_at
    from indicators.evidence as evidence
    left join core.event_lineage as lineage using (event_id)
    where {_PLACE} and ($region is null or region = $region)
    order by lineage.occurred_at desc, event_id
    limit $limit
"""  # noqa: S608
_PEOPLE: Final = f"select count(*) > 0 from indicators.source where {_PLACE} and people"  # noqa: S608


def _measure(
    connection: duckdb.DuckDBPyConnection, name: str, figure: Figure, limit: int
) -> ExplainedMeasure:
    place = {
        "id": figure.indicator_id,
        "version": figure.version,
        "start": figure.period_start,
        "side": name,
    }
    region = {"region": None if figure.dimension == "organisation" else figure.member}
    with sql_errors(f"indicator {figure.indicator_id}"):
        contracts = connection.execute(_SOURCES, place | region).fetchall()
        sample = connection.execute(_SAMPLE, place | region | {"limit": limit}).fetchall()
        people = connection.execute(_PEOPLE, place).fetchone()
    sources = tuple(SourceContract(*row) for row in contracts)
    values = [one.value for one in sources if one.value is not None]
    return ExplainedMeasure(
        name=name,
        people=bool(people and people[0]),
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
                "people": measure.people,
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
