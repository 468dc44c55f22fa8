"""A publication in memory with every table that the dashboard reads, filled as far as a test says."""

from collections.abc import Iterable

import duckdb
from small_dashboard import Row, publication
from small_warehouse import Given, columns_of, insert

_MODELS = (
    "core.dim_contract_field", "core.dim_member_state", "core.dim_period", "core.dim_result_indicator",
    "core.dim_service", "core.fact_eligibility", "core.fact_fund_project", "core.fact_incident",
    "core.fact_risk",
    "core.rejected_event", "marts.completeness", "marts.emissions", "marts.open_recommendations",
    "marts.result_progress", "marts.service_availability", "marts.source_freshness",
)  # fmt: skip
_OTHERS = {
    "marts.workforce": "period_start date, breakdown varchar, region varchar, member varchar, people bigint, "
    "suppression varchar",
    "meta.columns": '"schema" varchar, "table" varchar, "column" varchar, type varchar, comment varchar, '
    "table_comment varchar",
    "meta.publication_history": "publication_id varchar, published_at timestamp, events bigint, "
    "code_version varchar",
    "meta.reconciliation": "family varchar, published bigint, rejected bigint, landed bigint, kept bigint, "
    "duplicates bigint, quarantined bigint, waiting bigint, unaccounted bigint",
    "meta.rejections": "family varchar, reason varchar, rejected bigint",
}


def whole(
    definitions: Iterable[Row] = (), figures: Iterable[Row] = (), given: Given | None = None
) -> duckdb.DuckDBPyConnection:
    """A publication with these figures and rows by table; every other table is empty."""
    connection = publication(definitions, figures)
    connection.execute("create schema core; create schema marts")
    for table in _MODELS:
        columns = ", ".join(f'"{name}" {type_}' for name, type_ in columns_of(table).items())
        connection.execute(f"create table {table} ({columns})")
    for table, columns in _OTHERS.items():
        connection.execute(f"create table {table} ({columns})")
    for table, rows in (given or {}).items():
        if table in _MODELS:
            insert(connection, table, rows)
        else:
            for row in rows:
                marks = ", ".join("?" * len(row))
                names = ", ".join(f'"{name}"' for name in row)
                connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))
    return connection
