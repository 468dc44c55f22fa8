"""Verifies a publication as a reader would see it, before anybody can."""

from pathlib import Path
from typing import Final

import duckdb

from orgpulse_pipelines.errors import PublicationError
from orgpulse_pipelines.indicators.figures import scorecard_figures
from orgpulse_pipelines.indicators.history import HISTORY
from orgpulse_pipelines.publication.contents import SCHEMAS
from orgpulse_pipelines.publication.errors import UnreadablePublicationError
from orgpulse_pipelines.publication.shelf import Publication
from orgpulse_pipelines.publication.views import run_views

_TABLES: Final = """
    select format('"{}"."{}"', schema_name, table_name)
    from duckdb_tables()
    where database_name = current_database()
"""


def verify(path: Path, expected: dict[str, int]) -> None:
    """Open the draft read-only and compare it with what was written; raises :class:`PublicationError`."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            _require_schemas(connection)
            _require_documented(connection)
            for table, rows in expected.items():
                _require_rows(connection, table, rows)
            _require_withheld(connection)
            run_views(connection)
    except duckdb.Error as error:
        raise PublicationError(f"it cannot be read back ({type(error).__name__})") from None


def verify_kept(publication: Publication) -> None:
    """Read a kept publication to its end; raises :class:`UnreadablePublicationError`.

    A torn file is found by DuckDB's checksums, a foreign one by what it says of itself, and one of another
    version of the platform by the query of the scorecard.
    """
    try:
        with duckdb.connect(str(publication.path), read_only=True) as connection:
            row = connection.execute("select publication_id from meta.publication").fetchone()
            if row != (publication.id,):
                raise UnreadablePublicationError(f"{publication.path} is a copy of another one")
            for (table,) in connection.execute(_TABLES).fetchall():
                connection.execute(f"select count(hash(one)) from {table} as one").fetchone()  # noqa: S608
            scorecard_figures(connection)
    except duckdb.BinderException:
        raise UnreadablePublicationError(
            f"{publication.id} was written by a version of the platform with other tables"
        ) from None
    except duckdb.Error as error:
        raise UnreadablePublicationError(
            f"{publication.id} is torn, or no publication ({type(error).__name__})"
        ) from None


def _require_schemas(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "select distinct schema_name from duckdb_tables() where database_name = current_database()"
    ).fetchall()
    surplus = {schema for (schema,) in rows} - set(SCHEMAS)
    if surplus:
        raise PublicationError(f"it holds {', '.join(sorted(surplus))}, which is never published")


def _require_documented(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        'select "schema", "table", "column" from meta.columns '
        "where coalesce(comment, '') = '' or coalesce(table_comment, '') = '' order by all limit 1"
    ).fetchall()
    for schema, table, column in rows:
        raise PublicationError(f"{schema}.{table} or its column {column} has no comment")


def _require_rows(connection: duckdb.DuckDBPyConnection, table: str, expected: int) -> None:
    row = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
    found = row[0] if row else 0
    if found != expected:
        raise PublicationError(f"{table} has {found} rows, not {expected}")


def _require_withheld(connection: duckdb.DuckDBPyConnection) -> None:
    """The history gives nothing back that the publication suppresses."""
    row = connection.execute(
        f"""
        select count(*)
        from {HISTORY} as history
        join indicators.value as hidden using (indicator_id, period)
        where hidden.grain = 'year' and hidden.dimension = 'organisation' and hidden.suppressed
          and history.value is not null
        """  # noqa: S608 - a constant
    ).fetchone()
    if row and row[0]:
        raise PublicationError(f"{HISTORY} shows {row[0]} figures that are suppressed")
