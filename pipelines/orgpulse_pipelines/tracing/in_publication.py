"""The part of a trace that the published file knows: rejections, where the event landed, and its tables."""

import uuid

import duckdb

from orgpulse_pipelines.reconciliation.rejected_events import REJECTED_EVENTS
from orgpulse_pipelines.tracing.fed import tables_fed_by
from orgpulse_pipelines.tracing.trace import InTable, Landed, Rejected, Trace
from orgpulse_pipelines.warehouse.catalog import identifier
from orgpulse_pipelines.warehouse.failures import sql_errors


def trace_in_publication(trace: Trace, connection: duckdb.DuckDBPyConnection, identity: uuid.UUID) -> None:
    """Add what the publication says of an event, and which tables its contract feeds."""
    with sql_errors("trace"):
        row = connection.execute("select publication_id from meta.publication").fetchone()
        trace.publication = row[0] if row else None
        trace.rejected += _rejected(connection, identity, {one.origin for one in trace.rejected})
        trace.landed = _landed(connection, identity)
        trace.tables += _tables(connection, identity)
    if trace.landed is not None:
        trace.fed_tables += tables_fed_by(trace.landed.contract)


def _rejected(connection: duckdb.DuckDBPyConnection, identity: uuid.UUID, known: set[str]) -> list[Rejected]:
    """Rejections that Kafka did not name, as those that retention has removed."""
    if tuple(REJECTED_EVENTS.split(".")) not in _columns_of(connection, "identity"):
        return []  # an earlier version published it
    rows = connection.execute(
        f"select origin, reason, path, contract from {REJECTED_EVENTS} where identity = ? order by day",  # noqa: S608
        [identity],
    ).fetchall()
    return [
        Rejected(origin, reason, path, contract, "publication")
        for origin, reason, path, contract in rows
        if origin not in known
    ]


def _landed(connection: duckdb.DuckDBPyConnection, identity: uuid.UUID) -> Landed | None:
    row = connection.execute(
        'select contract, topic, "partition", "offset", origin, occurred_at '
        "from core.event_lineage where event_id = ?",
        [identity],
    ).fetchone()
    return None if row is None else Landed(*row)


def _tables(connection: duckdb.DuckDBPyConnection, identity: uuid.UUID) -> list[InTable]:
    """Every table with a column of event ids in which the event is."""
    found = list[InTable]()
    for schema, table, column in connection.execute(
        """
        select schema_name, table_name, column_name
        from duckdb_columns()
        where database_name = current_database() and data_type = 'UUID' and column_name like '%event_id'
        order by all
        """
    ).fetchall():
        name = f"{identifier(schema)}.{identifier(table)}"
        row = connection.execute(
            f"select count(*) from {name} where {identifier(column)} = ?",  # noqa: S608
            [identity],
        ).fetchone()
        if row and row[0]:
            found.append(InTable(f"{schema}.{table}", column, int(row[0])))
    return found


def _columns_of(connection: duckdb.DuckDBPyConnection, column: str) -> set[tuple[str, str]]:
    rows = connection.execute(
        "select schema_name, table_name from duckdb_columns() "
        "where database_name = current_database() and column_name = ?",
        [column],
    ).fetchall()
    return set(rows)
