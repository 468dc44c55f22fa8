"""Makes tables anew that nothing changed: what is to be done, and doing it by the job ``build``.

What is asked for is kept in the warehouse until it is done. A rebuild that is interrupted has published
nothing; the same command, or the next build, finishes it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import dagster as dg
import duckdb
from rich.table import Table

from orgpulse_pipelines.asset_names import table_key
from orgpulse_pipelines.errors import RebuildError
from orgpulse_pipelines.indicators.kept import forget_measures
from orgpulse_pipelines.landing.tables import create_landing_tables, rows_landed
from orgpulse_pipelines.modelling.model import GENERATED, load_models
from orgpulse_pipelines.runs.build import run_build
from orgpulse_pipelines.staging.repeated_events import forget_repeated_events
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.warehouse.catalog import transaction
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.requests import EVER, Span, landing_of, request
from orgpulse_pipelines.warehouse.versions import create_version_tables, forget_built
from orgpulse_platform.settings import Settings
from orgpulse_schemas.registry import all_families

Source = Literal["landing", "kafka"]


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What is made anew, in this order; the indicators and the publication follow by themselves."""

    families: tuple[str, ...]
    """Whose topics are read again from the first record that Kafka keeps."""
    staged: tuple[str, ...]
    """Staging tables that are made anew from landing."""
    span: Span
    """When the events happened that are staged anew."""
    models: tuple[str, ...]
    """Models that are made anew, each after those that it reads."""

    @property
    def all_events(self) -> bool:
        """Whether every event is staged anew."""
        return self.span == EVER and len(self.staged) == len(staged_contracts())

    @property
    def asset_keys(self) -> list[dg.AssetKey]:
        """What a run has to make at least; everything downstream of it comes along."""
        landed = map(landing_of, self.families)
        own = sorted(GENERATED) if self.all_events else ()
        return [table_key(name) for name in (*landed, *self.staged, *own, *self.models)]


def plan_table(table: str, source: Source) -> Rebuild:
    """One table and what is made of it; raises :class:`RebuildError` if nothing makes it."""
    staged = {staging_table(about): about.family for about in staged_contracts()}
    if table in staged:
        families = (staged[table],) if source == "kafka" else ()
        return Rebuild(families, (table,), EVER, _downstream({table}))
    if table in GENERATED:
        raise RebuildError(f"every build makes {table} anew by itself")
    if table not in {model.name for model in load_models()}:
        raise RebuildError(f"no model and no contract makes a table {table}")
    if source == "kafka":
        raise RebuildError(f"{table} is made of staging tables: name one of these, or a family")
    return Rebuild((), (), EVER, (table, *_downstream({table})))


def plan_families(families: Iterable[str], span: Span, source: Source) -> Rebuild:
    """The events of some families, of all times or of a span, and what is made of them.

    Raises :class:`RebuildError` if there is no such family.
    """
    named = tuple(families)
    unknown = sorted(set(named) - all_families().keys())
    if unknown:
        raise RebuildError(f"no family is called {', '.join(unknown)}; there are {', '.join(all_families())}")
    staged = tuple(staging_table(about) for family in named for about in staged_contracts(family))
    return Rebuild(named if source == "kafka" else (), staged, span, _downstream(set(staged)))


def plan_everything(source: Source) -> Rebuild:
    """Every staging table and every model."""
    plan = plan_families(all_families(), EVER, source)
    return Rebuild(plan.families, plan.staged, EVER, tuple(model.name for model in load_models()))


def run_rebuild(settings: Settings, plan: Rebuild) -> None:
    """Ask for what the plan names and run the build of it; raises what a build raises."""
    with open_warehouse(settings) as connection:
        ask_for(connection, plan)
    run_build(settings, only=plan.asset_keys)


def ask_for(connection: duckdb.DuckDBPyConnection, plan: Rebuild) -> None:
    """Let the next build make anew what the plan names, even if it is the first of a contract that is new."""
    for family in all_families():
        create_landing_tables(connection, family)  # else only a load from Kafka would make them
    with transaction(connection):
        create_version_tables(connection)
        request(connection, map(landing_of, plan.families))
        request(connection, plan.staged, plan.span)
        if plan.all_events:
            forget_repeated_events(connection)
        forget_built(connection, plan.models)
        forget_measures(connection)


def plan_rows(settings: Settings, plan: Rebuild) -> list[dict[str, Any]]:
    """What the plan names, one row a subject, with the rows that it has now."""
    with open_warehouse(settings) as connection:
        for family in plan.families:
            create_landing_tables(connection, family)
        create_staging_tables(connection)
        return list(_plan_rows(connection, plan))


def plan_table_shown(rows: Iterable[dict[str, Any]]) -> Table:
    """One line a subject."""
    table = Table()
    for name in ("what", "how", "rows now"):
        table.add_column(name, justify="right" if name == "rows now" else "left")
    for row in rows:
        table.add_row(row["id"], row["action"], f"{row['rows']:,}")
    return table


def _plan_rows(connection: duckdb.DuckDBPyConnection, plan: Rebuild) -> Iterator[dict[str, Any]]:
    for family in plan.families:
        yield _row(landing_of(family), "read again from Kafka", rows_landed(connection, family))
    span = "" if plan.span == EVER else f", events of {plan.span}"
    for table in plan.staged:
        yield _row(table, f"stage again from landing{span}", _rows(connection, table))
    for model in plan.models:
        yield _row(model, "build again", _rows(connection, model))


def _row(subject: str, action: str, rows: int) -> dict[str, Any]:
    return {"id": subject, "action": action, "rows": rows}


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    try:
        row = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
    except duckdb.CatalogException:
        return 0
    return int(row[0]) if row else 0


def _downstream(changed: set[str]) -> tuple[str, ...]:
    """The models that are made of these tables, directly or not, in the order in which they are built."""
    reached = set(changed)
    found: list[str] = []
    for model in load_models():
        if model.depends_on & reached:
            reached.add(model.name)
            found.append(model.name)
    return tuple(found)
