"""Which columns each column of a model is made of, read from its SQL."""

import dagster as dg
import duckdb
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.lineage import Node, lineage

from orgpulse_pipelines.asset_names import table_key
from orgpulse_pipelines.modelling.model import Model

Schema = dict[str, dict[str, dict[str, str]]]


def column_lineage(connection: duckdb.DuckDBPyConnection, model: Model) -> dg.TableColumnLineage:
    """The lineage of every column; a column that the parser cannot follow has none."""
    try:
        nodes = lineage(None, model.sql, _schema(connection, model), dialect="duckdb", trim_selects=False)
    except SqlglotError:
        return dg.TableColumnLineage({})
    found = {name: _sources(node) for name, node in nodes.items() if name in model.metadata.columns}
    return dg.TableColumnLineage(found)


def _schema(connection: duckdb.DuckDBPyConnection, model: Model) -> Schema:
    """The columns of the tables that the model reads."""
    schema: Schema = {}
    for name in model.depends_on:
        schema_name, _, table = name.partition(".")
        rows = connection.execute(f"describe {name}").fetchall()
        schema.setdefault(schema_name, {})[table] = {column: type_ for column, type_, *_ in rows}
    return schema


def _sources(node: Node) -> list[dg.TableColumnDep]:
    found = {
        (f"{leaf.source.db}.{leaf.source.name}", leaf.name.rpartition(".")[2].strip('"'))
        for leaf in node.walk()
        if isinstance(leaf.source, exp.Table) and leaf.source.db
    }
    return [dg.TableColumnDep(table_key(table), column) for table, column in sorted(found)]
