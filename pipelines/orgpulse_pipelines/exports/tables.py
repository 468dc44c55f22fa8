"""The table ``meta.export``: what was handed out, taken in from the log by every build."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.exports.journal import ExportRecord, read_records
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table

EXPORTED: Final = "meta.export"
COMMENT: Final = (
    "What was handed out as files, to whom and by which definition; nobody's name. "
    "Grain: one row per export and file. Owner: Data protection."
)
COLUMNS: Final = (
    Column("export_id", "VARCHAR", "Identity of this export."),
    Column("exported_at", "TIMESTAMP", "When it was made, in UTC."),
    Column("definition", "VARCHAR", "The definition; internal_use for an answer that an analyst saved."),
    Column("version", "INTEGER", "Version of the definition; 0 for internal use."),
    Column("definition_sha256", "VARCHAR", "Digest of the definition; empty for internal use."),
    Column("publication_id", "VARCHAR", "Publication from which it was made."),
    Column("recipient", "VARCHAR", "Organisation or public that receives it."),
    Column("place", "VARCHAR", "Whether the recipient is inside or outside the organisation."),
    Column("threshold", "INTEGER", "Fewest people that its figures count. Unit: people."),
    Column("format", "VARCHAR", "Form of the files: csv, parquet, xlsx or json."),
    Column("content", "VARCHAR", "What the file holds: figures, a table, or answer."),
    Column("rows", "BIGINT", "Rows of the file."),
    Column("sha256", "VARCHAR", "Digest of the file, by which a copy is recognised."),
)


def take_in(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Add what the log knows and the warehouse does not; the number of damaged lines in the log.

    What the warehouse knows stays, also when the log is lost. Raises :class:`ExportLogError`.
    """
    ensure_table(connection, EXPORTED, COLUMNS, COMMENT)
    records, damaged = read_records(path)
    rows = [row for record in records for row in _rows(record)]
    if rows:
        connection.register("logged", pa.Table.from_pylist(rows))
        connection.execute(
            f"insert into {EXPORTED} by name select * from logged "  # noqa: S608
            f"where export_id not in (select export_id from {EXPORTED}) "
            "order by exported_at, export_id, content"
        )
        connection.unregister("logged")
    return damaged


def _rows(record: ExportRecord) -> Iterator[dict[str, Any]]:
    for file in record.files:
        yield {
            "export_id": record.id,
            "exported_at": record.at_utc,
            "definition": record.export,
            "version": record.version,
            "definition_sha256": record.definition_sha256,
            "publication_id": record.publication,
            "recipient": record.recipient,
            "place": record.place,
            "threshold": record.threshold,
            "format": record.format,
            **file.model_dump(),
        }
