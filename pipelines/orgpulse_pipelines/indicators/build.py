"""Builds the tables of the schema ``indicators``: evaluate, suppress, judge, store."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.indicators.audiences import Audiences
from orgpulse_pipelines.indicators.definition import Definition, load_definitions
from orgpulse_pipelines.indicators.errors import TargetsError
from orgpulse_pipelines.indicators.evaluation import evaluate
from orgpulse_pipelines.indicators.evidence import EVIDENCE, build_evidence
from orgpulse_pipelines.indicators.judgement import prepare_judgement
from orgpulse_pipelines.indicators.kept import figures_computed, holds, keep, sides_computed
from orgpulse_pipelines.indicators.sources import Side, sides_about_people
from orgpulse_pipelines.indicators.suppression import suppress_figures
from orgpulse_pipelines.indicators.tables import DEFINITION, create_value_table, definition_row, replace_table
from orgpulse_pipelines.indicators.targets import NO_TARGET, Target, load_targets
from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.warehouse.catalog import transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.versions import create_version_tables
from orgpulse_platform.settings import Settings

DEFINITION_COMMENT = (
    "What the indicators mean and how they are computed. Grain: one row per indicator and version."
)


@dataclass(frozen=True, slots=True)
class BuiltIndicators:
    """What became of the indicators."""

    definitions: int
    values: int
    suppressed: int
    evidence: int
    """Rows that are named as evidence."""
    statuses: dict[str, int]
    """Yearly figures of the whole organisation by status."""


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
    audiences = Audiences.of(settings.warehouse)
    about_people = sides_about_people(definitions, load_models())
    figures = figures_computed(
        definitions, repr(sorted(targets.items())), repr(sorted(about_people)), repr(audiences)
    )
    sides = sides_computed(definitions, about_people)
    with sql_errors("indicators"), transaction(connection):
        create_version_tables(connection)
        if publication_id is None and holds(connection, figures):
            return _built(connection)
        connection.execute("create schema if not exists indicators")
        replace_table(
            connection,
            "indicators.definition",
            DEFINITION_COMMENT,
            DEFINITION,
            (
                definition_row(one, targets.get(one.id, NO_TARGET), audiences, about_people)
                for one in definitions
            ),
        )
        compute(
            connection,
            definitions,
            targets,
            audiences,
            about_people=about_people,
            kept=frozenset(side for side, one in sides.items() if holds(connection, one)),
        )
        connection.execute("update indicators.value set publication_id = ?", [publication_id])
        build_evidence(connection)
        keep(connection, [figures, *sides.values()])
    return _built(connection)


def _built(connection: duckdb.DuckDBPyConnection) -> BuiltIndicators:
    """What is in the tables."""
    values, suppressed = connection.execute(
        "select count(*), count(*) filter (where suppressed) from indicators.value"
    ).fetchone() or (0, 0)
    statuses = connection.execute(
        "select status, count(*) from indicators.value "
        "where dimension = 'organisation' and grain = 'year' group by all"
    ).fetchall()
    definitions, evidence = (
        (connection.execute(f"select count(*) from {table}").fetchone() or (0,))[0]  # noqa: S608
        for table in ("indicators.definition", EVIDENCE)
    )
    return BuiltIndicators(definitions, values, suppressed, evidence, dict(statuses))


def compute(  # noqa: PLR0913
    connection: duckdb.DuckDBPyConnection,
    definitions: tuple[Definition, ...],
    targets: dict[str, Target],
    audiences: Audiences,
    *,
    about_people: frozenset[Side] = frozenset(),
    kept: frozenset[Side] = frozenset(),
) -> None:
    """Replace ``indicators.value``: evaluate, suppress what the audiences must not see, judge."""
    evaluate(connection, definitions, about_people, kept)
    suppress_figures(connection, definitions, audiences)
    prepare_judgement(connection, definitions, targets)
    create_value_table(connection)


def _require_known(targets: dict[str, Target], definitions: tuple[Definition, ...]) -> None:
    unknown = sorted(targets.keys() - {one.id for one in definitions})
    if unknown:
        raise TargetsError(f"no indicator is called {', '.join(unknown)}")
