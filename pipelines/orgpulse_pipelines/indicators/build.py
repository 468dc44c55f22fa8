"""Builds the tables of the schema ``indicators``: evaluate, suppress, judge, store."""

from collections import Counter
from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.indicators.definition import Definition, load_definitions
from orgpulse_pipelines.indicators.errors import TargetsError
from orgpulse_pipelines.indicators.evaluation import evaluate
from orgpulse_pipelines.indicators.evidence import build_evidence
from orgpulse_pipelines.indicators.judgement import Judged, judge
from orgpulse_pipelines.indicators.sources import sides_about_people
from orgpulse_pipelines.indicators.suppression import suppress
from orgpulse_pipelines.indicators.tables import DEFINITION, VALUE, definition_row, replace_table, value_row
from orgpulse_pipelines.indicators.targets import NO_TARGET, Target, load_targets
from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.warehouse.catalog import transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_platform.settings import Settings

DEFINITION_COMMENT = (
    "What the indicators mean and how they are computed. Grain: one row per indicator and version."
)
VALUE_COMMENT = (
    "Figures of the indicators, small numbers suppressed. "
    "Grain: one row per indicator, period, dimension and member."
)


@dataclass(frozen=True, slots=True)
class BuiltIndicators:
    """What became of the indicators."""

    definitions: int
    values: int
    suppressed: int
    sources: int
    evidence: int
    """Events that are named as evidence."""
    statuses: dict[str, int]
    """Figures of the whole organisation by status."""


def build_indicators(
    connection: duckdb.DuckDBPyConnection, settings: Settings, publication_id: str | None = None
) -> BuiltIndicators:
    """Replace the tables of the schema ``indicators``, all or none.

    The publication usually fills in its own identity when it copies the tables.

    Raises :class:`IndicatorDefinitionError` or :class:`TargetsError` for a file that is not well formed,
    :class:`ModelBuildError` if a measure's SQL fails.
    """
    definitions = load_definitions()
    targets = load_targets(settings.warehouse.targets)
    _require_known(targets, definitions)
    threshold = settings.warehouse.internal_threshold
    judged = compute(connection, definitions, targets, threshold)
    with sql_errors("indicators"), transaction(connection):
        connection.execute("create schema if not exists indicators")
        replace_table(
            connection,
            "indicators.definition",
            DEFINITION_COMMENT,
            DEFINITION,
            (definition_row(one, targets.get(one.id, NO_TARGET), threshold) for one in definitions),
        )
        replace_table(
            connection,
            "indicators.value",
            VALUE_COMMENT,
            VALUE,
            (value_row(one, publication_id) for one in judged),
        )
        sources, evidence = build_evidence(connection, sides_about_people(definitions, load_models()))
    totals = [one for one in judged if one.cell.is_total]
    return BuiltIndicators(
        definitions=len(definitions),
        values=len(judged),
        suppressed=sum(one.cell.suppression != "none" for one in judged),
        sources=sources,
        evidence=evidence,
        statuses=dict(Counter(one.status.value for one in totals)),
    )


def compute(
    connection: duckdb.DuckDBPyConnection,
    definitions: tuple[Definition, ...],
    targets: dict[str, Target],
    threshold: int,
) -> list[Judged]:
    """Every figure of every indicator, suppressed where it counts fewer people than the threshold."""
    judged: list[Judged] = []
    for indicator_id in dict.fromkeys(one.id for one in definitions):
        cells = evaluate(connection, definitions, indicator_id)
        judged.extend(judge(suppress(cells, threshold), targets))
    return judged


def _require_known(targets: dict[str, Target], definitions: tuple[Definition, ...]) -> None:
    unknown = sorted(targets.keys() - {one.id for one in definitions})
    if unknown:
        raise TargetsError(f"no indicator is called {', '.join(unknown)}")
