"""Writes a publication into a file of its own, from the warehouse that is open."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.history import write_history
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.publication.computation import write_models
from orgpulse_pipelines.publication.contents import SCHEMAS, PublishedTable
from orgpulse_pipelines.publication.shelf import Publication
from orgpulse_pipelines.publication.views import write_views
from orgpulse_pipelines.warehouse.catalog import comment_on, identifier, literal, transaction

_CATALOG: Final = "publication"
_PUBLICATION: Final = {
    "publication_id": "Identity of the publication; figures name the one they came from.",
    "published_at": "When it was written, in UTC.",
    "events": "Events in staging when it was written.",
    "code_version": "Version of the platform that wrote it.",
}
_DICTIONARY: Final = {
    "schema": "Schema of the table or view.",
    "table": "Name of the table or view.",
    "column": "Name of the column.",
    "type": "Type of the column.",
    "comment": "Meaning and unit of the column.",
    "table_comment": "Meaning of the table or view.",
}


def write(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    publication: Publication,
    tables: tuple[PublishedTable, ...],
    models: tuple[Model, ...],
) -> dict[str, int]:
    """Write tables and views with their comments, and what the publication is; rows by name of the table."""
    with _attached(connection, path):
        with transaction(connection):  # one wait for the disk, not one a comment
            for schema in SCHEMAS:
                connection.execute(f"create schema {_CATALOG}.{schema}")
            rows = {table.name: _copy(connection, publication, table) for table in tables}
            _describe_publication(connection, publication)
            rows |= write_history(connection, _CATALOG, publication.id)
            rows |= write_models(connection, _CATALOG, models)
        with connection.cursor() as own, transaction(own):  # its own, which may use another database
            write_views(own, _CATALOG)
            _write_dictionary(own)
        connection.execute(f"force checkpoint {_CATALOG}")
    return rows


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    connection.execute(f"attach {literal(str(path))} as {_CATALOG}")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # what went wrong first is what counts
            connection.execute(f"detach {_CATALOG}")
        raise
    connection.execute(f"detach {_CATALOG}")


def _copy(connection: duckdb.DuckDBPyConnection, publication: Publication, table: PublishedTable) -> int:
    target = f"{_CATALOG}.{identifier(table.schema)}.{identifier(table.table)}"
    source = f"{identifier(table.schema)}.{identifier(table.table)}"
    stated = {"publication_id": f"{literal(publication.id)} as publication_id"}
    selected = ", ".join(stated.get(column, identifier(column)) for column in table.columns)
    row = connection.execute(f"create table {target} as select {selected} from {source}").fetchone()  # noqa: S608
    comment_on(connection, target, table.comment, table.columns)
    return int(row[0]) if row else 0


def _describe_publication(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    name = f"{_CATALOG}.meta.publication"
    events = connection.execute("select count(*) from core.event_lineage").fetchone()
    connection.execute(
        f"create table {name} "
        "(publication_id varchar, published_at timestamp, events bigint, code_version varchar)"
    )
    connection.execute(
        f"insert into {name} values (?, ?, ?, ?)",  # noqa: S608
        [
            publication.id,
            publication.published_at.replace(tzinfo=None),
            events[0] if events else 0,
            version("orgpulse"),
        ],
    )
    comment_on(connection, name, "What this publication is. Grain: one row.", _PUBLICATION)


def _write_dictionary(connection: duckdb.DuckDBPyConnection) -> None:
    """The data dictionary: every column of the publication with its meaning, its own included."""
    name = f"{_CATALOG}.meta.columns"
    listed = ", ".join(f"{identifier(column)} varchar" for column in _DICTIONARY)
    connection.execute(f"create table {name} ({listed})")
    comment_on(connection, name, "The data dictionary. Grain: one row per column.", _DICTIONARY)
    connection.execute(
        f"""
        insert into {name}
        with relations as (
            select database_oid, schema_oid, table_oid, comment from duckdb_tables()
            union all
            select database_oid, schema_oid, view_oid, comment from duckdb_views()
        )
        select
            columns.schema_name,
            columns.table_name,
            columns.column_name,
            columns.data_type,
            columns.comment,
            relations.comment
        from duckdb_columns() as columns
        inner join relations using (database_oid, schema_oid, table_oid)
        where columns.database_name = '{_CATALOG}'
        order by columns.schema_name, columns.table_name, columns.column_index
        """  # noqa: S608
    )
