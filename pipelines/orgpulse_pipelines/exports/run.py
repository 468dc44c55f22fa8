"""Makes an export: nothing leaves without a definition in force, nor without a line in the log."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orgpulse_pipelines.exports.content import FIGURES, contents, fewest_people
from orgpulse_pipelines.exports.definition import ExportDefinition
from orgpulse_pipelines.exports.errors import AgreementError
from orgpulse_pipelines.exports.files import drafted, write_about, write_files
from orgpulse_pipelines.exports.journal import ExportRecord, record
from orgpulse_pipelines.exports.load import find, load_exports
from orgpulse_pipelines.publication.read import open_published
from orgpulse_platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Exported:
    """What was handed out, and where it lies."""

    folder: Path
    record: ExportRecord


def run_export(settings: Settings, export_id: str, output: Path, now: datetime | None = None) -> Exported:
    """Write the files of an export into a folder of their own below ``output``, and log it.

    The log is written once the files are complete and before they stand where somebody can take them. Raises
    :class:`UnknownExportError`, :class:`ExportDefinitionError`, :class:`AgreementError`,
    :class:`ExportRefusedError`, :class:`ExportFilesError` or :class:`ExportLogError`; then nothing is there.
    """
    now = now or datetime.now(UTC)
    export = find(load_exports(settings.warehouse), export_id)
    agreement = export.agreement
    if not agreement.covers(now.date()):
        raise AgreementError(
            f"{agreement.reference} holds from {agreement.valid_from} to {agreement.valid_until}"
        )
    with open_published(settings) as connection:
        publication = published_id(connection)
        folder = output / f"{export.id}-{publication}"
        with drafted(folder) as draft:
            files = write_files(contents(connection, export), draft, export.format)
            made = ExportRecord(
                id=uuid.uuid4().hex,
                at=now,
                export=export.id,
                version=export.version,
                definition_sha256=definition_digest(export),
                publication=publication,
                recipient=export.recipient.name,
                place=export.recipient.place,
                threshold=fewest_people(connection, export.audience),
                format=export.format,
                files=files,
            )
            write_about(_about(connection, export, made), draft)
            record(settings.folder.exports, made)
    return Exported(folder, made)


def definition_digest(export: ExportDefinition) -> str:
    """Says whether a definition is still the one by which an export was made, whatever its version says."""
    return hashlib.sha256(export.model_dump_json().encode()).hexdigest()


def published_id(connection: duckdb.DuckDBPyConnection) -> str:
    """The identity of the open publication."""
    row = connection.execute("select publication_id from meta.publication").fetchone()
    return str(row[0]) if row else ""


def _about(
    connection: duckdb.DuckDBPyConnection, export: ExportDefinition, made: ExportRecord
) -> dict[str, Any]:
    """What the recipient is told: by what right, for what purpose, and what the columns mean."""
    columns = {content.table: content.columns for content in export.tables}
    if export.figures is not None:
        columns[FIGURES] = export.figures.columns
    return {
        "export": export.id,
        "version": export.version,
        "title": export.title,
        "made_at": made.at,
        "publication": made.publication,
        "recipient": export.recipient.model_dump(),
        "purpose": export.purpose,
        "legal_basis": export.legal_basis,
        "agreement": export.agreement.model_dump(),
        "small_numbers": f"No figure counts fewer than {made.threshold} people; see suppression.",
        "files": [
            {
                "name": f"{file.content}.{export.format}",
                "rows": file.rows,
                "sha256": file.sha256,
                "columns": _meanings(connection, file.content, columns[file.content]),
            }
            for file in made.files
        ],
    }


def _meanings(connection: duckdb.DuckDBPyConnection, content: str, columns: Iterable[str]) -> dict[str, str]:
    tables = ["indicators.definition", "indicators.value"] if content == FIGURES else [content]
    rows = connection.execute(
        'select "column", comment from meta.columns where list_contains(?, "schema" || \'.\' || "table")',
        [tables],
    ).fetchall()
    known = dict(rows)
    return {name: known.get(name, "") for name in columns}
