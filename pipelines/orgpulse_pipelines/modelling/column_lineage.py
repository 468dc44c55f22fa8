"""Which columns each column of a model is made of, read from its SQL."""

import hashlib
import json
from typing import Final

import dagster as dg
import duckdb
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.lineage import Node, lineage

from orgpulse_pipelines.asset_names import table_key
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table

Schema = dict[str, dict[str, dict[str, str]]]
Origins = dict[str, list[tuple[str, str]]]
"""Table and column of every origin, by column of the model."""
_KEPT: Final = "meta.column_lineage"
_COMMENT: Final = "Lineage of columns. Grain: one row per table."
_COLUMNS: Final = (
    Column("table_name", "VARCHAR", "Schema and name of the table."),
    Column("derived_from", "VARCHAR", "Digest of the query and of the columns of the tables that it reads."),
    Column("origins", "VARCHAR", "Table and column of every origin, by column of the table, in JSON."),
)


def column_lineage(connection: duckdb.DuckDBPyConnection, model: Model) -> dg.TableColumnLineage:
    """The lineage of every column; a column that the parser cannot follow has none.

    Following a query takes longer than building most tables, so what was found is kept for the next build.
    """
    schema = _schema(connection, model)
    digest = hashlib.sha256((model.sql + json.dumps(schema, sort_keys=True)).encode()).hexdigest()
    origins = _kept(connection, model, digest)
    if origins is None:
        origins = _origins(model, schema)
        connection.execute(f"delete from {_KEPT} where table_name = ?", [model.name])  # noqa: S608
        connection.execute(f"insert into {_KEPT} values (?, ?, ?)", [model.name, digest, json.dumps(origins)])  # noqa: S608
    return dg.TableColumnLineage(
        {
            column: [dg.TableColumnDep(table_key(table), name) for table, name in found]
            for column, found in origins.items()
        }
    )


def kept_lineage(connection: duckdb.DuckDBPyConnection) -> dict[str, Origins]:
    """What builds found so far, by table."""
    ensure_table(connection, _KEPT, _COLUMNS, _COMMENT)
    rows = connection.execute(f"select table_name, origins from {_KEPT}").fetchall()  # noqa: S608
    return {table: json.loads(origins) for table, origins in rows}


def _schema(connection: duckdb.DuckDBPyConnection, model: Model) -> Schema:
    """The columns of the tables that the model reads."""
    schema: Schema = {}
    for name in sorted(model.depends_on):
        schema_name, _, table = name.partition(".")
        rows = connection.execute(f"describe {name}").fetchall()
        schema.setdefault(schema_name, {})[table] = {column: type_ for column, type_, *_ in rows}
    return schema


def _kept(connection: duckdb.DuckDBPyConnection, model: Model, digest: str) -> Origins | None:
    ensure_table(connection, _KEPT, _COLUMNS, _COMMENT)
    row = connection.execute(
        f"select origins from {_KEPT} where table_name = ? and derived_from = ?",  # noqa: S608
        [model.name, digest],
    ).fetchone()
    return json.loads(row[0]) if row else None


def _origins(model: Model, schema: Schema) -> Origins:
    try:
        nodes = lineage(None, model.sql, schema, dialect="duckdb", trim_selects=False)
    except SqlglotError:
        return {}
    return {name: _sources(node) for name, node in nodes.items() if name in model.metadata.columns}


def _sources(node: Node) -> list[tuple[str, str]]:
    found = {
        (f"{leaf.source.db}.{leaf.source.name}", leaf.name.rpartition(".")[2].strip('"'))
        for leaf in node.walk()
        if isinstance(leaf.source, exp.Table) and leaf.source.db
    }
    return sorted(found)
