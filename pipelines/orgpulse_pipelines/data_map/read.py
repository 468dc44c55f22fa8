"""Reads the data map of a publication."""

from typing import Any

import duckdb

from orgpulse_pipelines.data_map.errors import DataMapError, NotInDataMapError
from orgpulse_pipelines.data_map.record import DATA_MAP


def data_map_rows(connection: duckdb.DuckDBPyConnection, name: str | None = None) -> list[dict[str, Any]]:
    """The rows of all contracts, or of a contract, a family or a source system.

    Raises :class:`NotInDataMapError` if there are none of that name, :class:`DataMapError` if the publication
    was written by a version of the platform without a data map.
    """
    try:
        found = connection.execute(
            f"select * from {DATA_MAP} "  # noqa: S608 - a constant
            "where $name is null or $name in (contract, system, split_part(contract, '_', 1)) "
            "order by contract",
            {"name": name},
        )
    except duckdb.CatalogException:
        raise DataMapError("the current publication holds none") from None
    columns = [column[0] for column in found.description]
    rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    if not rows and name is not None:
        raise NotInDataMapError(name)
    return rows
