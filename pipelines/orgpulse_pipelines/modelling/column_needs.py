"""Which columns a query needs for what is asked of it: those that it shows, joins, filters or sorts by."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Final

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from orgpulse_pipelines.errors import ModelDefinitionError
from orgpulse_pipelines.modelling.dependencies import parsed, tables_named

ColumnsByTable = Mapping[str, Collection[str]]
"""Names of columns by ``schema.table``."""
_OUTER: Final = "asked"


def columns_needed(
    sql: str, name: str, tables: ColumnsByTable, wanted: Collection[str] | None = None
) -> dict[str, set[str]]:
    """The columns of each table that a query needs to give the wanted columns, or all of its own.

    A column is needed too where it only decides which rows there are. Raises :class:`ModelDefinitionError`
    where the query cannot be followed: a guess would let pass what nobody needs.
    """
    needed = defaultdict[str, set[str]](set)
    for scope in traverse_scope(_narrowed(sql, name, tables, wanted)):
        for column in scope.columns:
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table) and source.db:
                needed[f"{source.db}.{source.name}"].add(column.name)
    return dict(needed)


def _narrowed(sql: str, name: str, tables: ColumnsByTable, wanted: Collection[str] | None) -> exp.Expr:
    """The query without any column that is not needed; each one that is left names its table."""
    schema: dict[str, object] = {}
    named = tables_named(sql) & tables.keys()  # for each query the parser goes through all that it is told
    for schema_name, group in groupby(sorted(named), lambda table: table.partition(".")[0]):
        schema[schema_name] = {
            table.partition(".")[2]: dict.fromkeys(tables[table], "unknown") for table in group
        }
    try:
        query = qualify(
            parsed(sql, name).copy(),
            schema=schema,
            dialect="duckdb",
            quote_identifiers=False,
            identify=False,
        )
        if wanted is None:
            return query
        asked = [exp.column(column, _OUTER) for column in sorted(wanted)]
        return pushdown_projections(exp.select(*asked).from_(query.subquery(_OUTER)))
    except SqlglotError:
        raise ModelDefinitionError(f"{name}: what the query needs cannot be followed") from None
