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
from orgpulse_pipelines.indicators.evidence import counts_in
from orgpulse_pipelines.indicators.figures import Figure, as_document, figures_of, number
from orgpulse_pipelines.warehouse.failures import sql_errors

WHOLE: Final = ("organisation", "all")
"""Dimension and member of the whole organisation."""


@dataclass(frozen=True, slots=True)
class SourceContract:
    """A contract whose events stand behind a measure."""

    contract: str | None
    """Nothing for rows without an event that is on record."""
    topic: str | None
    rows: int | None
    """How many rows come from it; nothing where people are counted."""
    events: int | None
    """How many different events they name; nothing where people are counted."""


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
    """Whether it counts people: the sample then holds a few examples of a year, and no more."""
    rows: int | None
    """How many rows were put together; nothing where people are counted."""
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
    part: tuple[str, str] = WHOLE,
    limit: int = 10,
) -> Explanation:
    """Explain the figure of an indicator for a period, of the whole organisation or of a part of it.

    ``part`` is a dimension and its member, such as ``("region", "africa")``. Raises
    :class:`UnknownIndicatorError` or :class:`UnknownPeriodError`; :class:`ModelBuildError` if the publication
    is one of an earlier version, which does not hold what is needed.
    """
    figure = _figure(connection, indicator_id, period, part)
    with sql_errors(f"indicator {indicator_id}"):
        row = connection.execute(
            "select definition, formula, effective_from, limitations, about_people, "
            "denominator_sql is not null from indicators.definition where indicator_id = ? and version = ?",
            [indicator_id, figure.version],
        ).fetchone()
    if row is None:
        raise UnknownIndicatorError(indicator_id)
    definition, formula, effective_from, limitations, about_people, is_ratio = row
    sides = ("numerator", "denominator") if is_ratio else ("numerator",)
    measures = tuple(
        (_people if side in about_people else _things)(connection, side, figure, limit)
        for side in sides
        if not figure.suppressed
    )
    return Explanation(figure, definition, formula, effective_from.isoformat(), limitations, measures)


def _figure(
    connection: duckdb.DuckDBPyConnection, indicator_id: str, period: str, part: tuple[str, str]
) -> Figure:
    figures = figures_of(connection, indicator_id)
    if not figures:
        known = connection.execute(
            "select 1 from indicators.definition where indicator_id = ?", [indicator_id]
        ).fetchone()
        if known is None:
            raise UnknownIndicatorError(indicator_id)
    found = (one for one in figures if (one.period, one.dimension, one.member) == (period, *part))
    figure = next(found, None)
    if figure is None:
        raise UnknownPeriodError(f"{indicator_id}, {period}" + (f", {part[1]}" if part != WHOLE else ""))
    return figure


# A flow counts where its unit belonged at the end of its month, a stock where it belonged on the last day.
_ROWS: Final = f"""
    with row as (
      select
        evidence.*,
        if(definition.counts = 'flow', last_day(evidence.first_day), $as_of::date) as placed_on
      from indicators.evidence as evidence
      join (
        select if($side = 'numerator', numerator_counts, denominator_counts) as counts
        from indicators.definition
        where indicator_id = $id and version = $version
      ) as definition on true
      where evidence.indicator_id = $id and evidence.version = $version and evidence.side = $side
        and {counts_in("definition.counts", "$period_start", "$as_of")}
    ),
    counted as (
      select row.*, lineage.* exclude (event_id)
      from row
      left join core.event_lineage as lineage on lineage.event_id = row.event_id
      left join core.dim_organisation_unit as unit
        on unit.unit_id = row.unit_id and unit.valid_from <= placed_on and placed_on < unit.valid_to
      where $member = case $dimension
        when 'organisation' then 'all'
        when 'region' then coalesce(unit.region, 'unknown')
        when 'regional_office' then coalesce(unit.regional_office_id, unit.mission_id, 'unknown')
        when 'office' then coalesce(unit.mission_id, 'unknown')
        else row.part[$dimension]
      end
    )
"""  # noqa: S608 - made of constants
_CONTRACTS: Final = """
    select contract, topic, count(*), count(distinct event_id)
    from counted
    group by all
    order by count(*) desc, contract
"""
_SAMPLE: Final = """
    select value, event_id, contract, topic, "partition", "offset", origin, occurred_at
    from counted
    order by occurred_at desc, event_id
    limit $limit
"""
_EXAMPLES: Final = """
    select
      evidence.value, event_id, lineage.contract, lineage.topic, lineage."partition", lineage."offset",
      lineage.origin, lineage.occurred_at
    from indicators.evidence as evidence
    left join core.event_lineage as lineage using (event_id)
    where evidence.indicator_id = $id and evidence.version = $version and evidence.side = $side
      and evidence.period = $period
      and ($dimension = 'organisation' or ($dimension = 'region' and evidence.region = $member))
    order by lineage.occurred_at desc, event_id
    limit $limit
"""
_CONTRACTS_OF_PEOPLE: Final = """
    select named.contract, any_value(lineage.topic)
    from (
      select unnest(events) as contract from indicators.definition where indicator_id = ? and version = ?
    ) as named
    left join core.event_lineage as lineage using (contract)
    group by all
    order by all
"""


def _things(connection: duckdb.DuckDBPyConnection, side: str, figure: Figure, limit: int) -> ExplainedMeasure:
    place = {
        "id": figure.indicator_id,
        "version": figure.version,
        "side": side,
        "period_start": figure.period_start,
        "as_of": figure.as_of,
        "dimension": figure.dimension,
        "member": figure.member,
    }
    with sql_errors(f"indicator {figure.indicator_id}"):
        contracts = connection.execute(_ROWS + _CONTRACTS, place).fetchall()
        sample = connection.execute(_ROWS + _SAMPLE, place | {"limit": limit}).fetchall()
    return ExplainedMeasure(
        name=side,
        people=False,
        rows=sum(rows for _, _, rows, _ in contracts),
        value=getattr(figure, side),
        contracts=tuple(SourceContract(*row) for row in contracts),
        sample=tuple(SourceRow(*row) for row in sample),
    )


def _people(connection: duckdb.DuckDBPyConnection, side: str, figure: Figure, limit: int) -> ExplainedMeasure:
    place = {
        "id": figure.indicator_id,
        "version": figure.version,
        "side": side,
        "period": figure.period,
        "dimension": figure.dimension,
        "member": figure.member,
        "limit": limit,
    }
    with sql_errors(f"indicator {figure.indicator_id}"):
        contracts = connection.execute(_CONTRACTS_OF_PEOPLE, [figure.indicator_id, figure.version]).fetchall()
        sample = connection.execute(_EXAMPLES, place).fetchall()
    return ExplainedMeasure(
        name=side,
        people=True,
        rows=None,
        value=getattr(figure, side),
        contracts=tuple(SourceContract(contract, topic, None, None) for contract, topic in contracts),
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
                "contracts": [asdict(one) | {"id": one.contract} for one in measure.contracts],
                "sample": [
                    asdict(one) | {"id": str(one.event_id), "value": number(one.value)}
                    for one in measure.sample
                ],
            }
            for measure in explanation.measures
        ],
    }
