"""Where each field of a contract goes in the warehouse, column by column."""

from collections import defaultdict
from collections.abc import Iterable

import duckdb

from orgpulse_pipelines.modelling.column_lineage import Origins, column_lineage, kept_lineage
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.publication.upstream import CALENDAR
from orgpulse_pipelines.staging.versions import column_origins, staged_contracts, staging_table
from orgpulse_schemas.protected import protected_fields

Column = tuple[str, str]
"""Table (``schema.table``) and column."""
Field = tuple[str, str]
"""Name of a contract, and a field of it."""


def flows(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> dict[Field, frozenset[Column]]:
    """The columns that each field of every contract reaches, staging first; dropped fields reach none."""
    made_of = _made_of(connection, models)
    found: dict[Field, frozenset[Column]] = defaultdict(frozenset)
    for about in staged_contracts():
        for field in protected_fields(about):
            start = (staging_table(about), field.name)
            reached = _reached(start, made_of)
            for version, name in column_origins(field.name, about):
                found[version.name, name] |= reached
    return found


def _made_of(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> dict[Column, set[Column]]:
    """The columns that are made of each column."""
    kept = kept_lineage(connection)  # following the queries of all tables would take seconds
    made: dict[Column, set[Column]] = defaultdict(set)
    for model in models:
        if model.name == CALENDAR:
            continue
        origins = kept.get(model.name)
        if origins is None:
            origins = _origins(connection, model)
        for column, sources in origins.items():
            for table, name in sources:
                made[table, name].add((model.name, column))
    return made


def _origins(connection: duckdb.DuckDBPyConnection, model: Model) -> Origins:
    found = column_lineage(connection, model).deps_by_column
    return {
        column: [(".".join(one.asset_key.path), one.column_name) for one in origins]
        for column, origins in found.items()
    }


def _reached(start: Column, made_of: dict[Column, set[Column]]) -> frozenset[Column]:
    reached, waiting = {start}, [start]
    while waiting:
        new = made_of.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return frozenset(reached)
