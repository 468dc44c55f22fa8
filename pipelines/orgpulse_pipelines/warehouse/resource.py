"""The warehouse as Dagster's steps use it: one connection a run, one cursor a step."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb
from pydantic import PrivateAttr

from orgpulse_pipelines.errors import DiskFullError
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.rewrite import DAY, rewrite_warehouse
from orgpulse_platform.settings import load_settings


class Warehouse(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The DuckDB file of the state folder, open for writing while a run lasts."""

    _connection: duckdb.DuckDBPyConnection | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Warehouse"]:
        """Open the file for the run; raises what :func:`open_warehouse` raises.

        What builds overwrote a day ago is cleared from the file first. Where the disk has no room for that,
        the run goes on, and the next one tries again.
        """
        settings = load_settings()
        try:
            rewrite_warehouse(settings, DAY)
        except DiskFullError as error:
            if context.log:
                context.log.warning(f"the warehouse is not written anew: {error.message}")
        with open_warehouse(settings) as connection:
            self._connection = connection
            try:
                yield self
            finally:
                self._connection = None

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one step; cursors see each other's committed work."""
        if self._connection is None:
            raise RuntimeError("the warehouse is open only while a run lasts")
        with self._connection.cursor() as cursor:
            yield cursor
