"""Two versions of the data map, each from a publication or from a file that was exported."""

from pathlib import Path
from typing import Final

import duckdb

from orgpulse_pipelines.data_map.errors import DataMapError
from orgpulse_pipelines.data_map.record import COLUMNS, DATA_MAP
from orgpulse_pipelines.publication.rollback import find_publication
from orgpulse_platform.state import StateFolder

Line = dict[str, str]
"""A row with every value as text; a list is joined by ``SEPARATOR``."""
DataMap = dict[tuple[str, str], Line]
"""Lines by contract and field."""
SEPARATOR: Final = "; "


def _text(name: str) -> str:
    type_, _ = COLUMNS[name]
    return f"array_to_string({name}, '{SEPARATOR}') as {name}" if type_.endswith("[]") else name


AS_TEXT: Final = f"select {', '.join(map(_text, COLUMNS))} from {DATA_MAP} order by contract, field"  # noqa: S608
"""The data map as a spreadsheet has it: lists as one text."""


def read_version(folder: StateFolder, named: str) -> DataMap:
    """The data map of a file, or else of the publication whose id begins so.

    Raises :class:`DataMapError` if it cannot be read, :class:`UnknownPublicationError` if there is none.
    """
    path = Path(named)
    if path.suffix.lower() in (".csv", ".parquet"):
        with duckdb.connect() as connection:
            return _read(connection, path.name, _from_file(path))
    publication = find_publication(folder, named)
    try:
        connection = duckdb.connect(str(publication.path), read_only=True)
    except duckdb.Error:
        raise DataMapError(publication.id) from None
    with connection:
        return _read(connection, publication.id, AS_TEXT)


def _from_file(path: Path) -> str:
    if not path.is_file():
        raise DataMapError(f"{path} is no file")
    quoted = str(path).replace("'", "''")
    if path.suffix.lower() == ".parquet":
        return f"from read_parquet('{quoted}')"
    return f"from read_csv('{quoted}', all_varchar = true, header = true, delim = ',', quote = '\"')"


def _read(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> DataMap:
    try:
        found = connection.execute(query)
        columns = [column[0] for column in found.description]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    except duckdb.Error:
        raise DataMapError(name) from None
    if not {"contract", "field"} <= set(columns):
        raise DataMapError(f"{name} has no contract and field")
    lines = [{column: "" if value is None else str(value) for column, value in row.items()} for row in rows]
    return {(line["contract"], line["field"]): line for line in lines}
