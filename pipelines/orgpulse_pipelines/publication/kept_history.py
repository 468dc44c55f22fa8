"""Carries the history of the figures from publication to publication, by way of the warehouse."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from orgpulse_pipelines.indicators.history import HISTORY, create_history, take_over
from orgpulse_pipelines.publication.shelf import Publication, publications
from orgpulse_pipelines.warehouse.catalog import literal, transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_platform.state import StateFolder

_CATALOG = "kept_publication"


def remember(connection: duckdb.DuckDBPyConnection, folder: StateFolder) -> list[str]:
    """Let the warehouse know what the newest publication knows of the history; what could not be read.

    It knows already, unless the build before was ended between its publication and this step, or the
    warehouse was built anew. A file that is torn or foreign gives way to the next older one. Raises
    :class:`DiskFullError` or :class:`ModelBuildError` if the warehouse cannot be written.
    """
    with sql_errors(HISTORY), transaction(connection):
        create_history(connection)
    unreadable = list[str]()
    for publication in publications(folder):
        with _attached(connection, publication) as state:
            if state == "readable":
                with sql_errors(HISTORY), transaction(connection):
                    take_over(connection, _CATALOG)
                return unreadable
        if state == "unreadable":
            unreadable.append(publication.id)
    return unreadable


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, publication: Publication) -> Iterator[str]:
    """Whether a publication that is attached meanwhile has a history, has none, or cannot be read."""
    try:
        connection.execute(f"attach {literal(str(publication.path))} as {_CATALOG} (read_only)")
    except duckdb.Error:
        yield "unreadable"
        return
    try:
        yield _state(connection, publication)
    finally:
        with suppress(duckdb.Error):
            connection.execute(f"detach {_CATALOG}")


def _state(connection: duckdb.DuckDBPyConnection, publication: Publication) -> str:
    """Its rows are counted by reading them: a file that is torn shows here."""
    try:
        known = connection.execute(
            "select 1 from duckdb_tables() where database_name = ? and schema_name || '.' || table_name = ?",
            [_CATALOG, HISTORY],
        ).fetchone()
        row = connection.execute(f"select publication_id from {_CATALOG}.meta.publication").fetchone()  # noqa: S608
        if row != (publication.id,):
            return "unreadable"
        if not known:
            return "without"
        connection.execute(f"select count(hash(history)) from {_CATALOG}.{HISTORY} as history").fetchone()  # noqa: S608
    except duckdb.Error:
        return "unreadable"
    return "readable"
