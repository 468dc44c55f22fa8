"""Answers that analysts of the organisation save as files: inside, and logged as exports are."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orgpulse_pipelines.exports.files import digest
from orgpulse_pipelines.exports.journal import INTERNAL_USE, ExportedFile, ExportRecord, record
from orgpulse_pipelines.exports.run import published_id
from orgpulse_platform.settings import Settings


def record_answer(
    settings: Settings, connection: duckdb.DuckDBPyConnection, file: Path, form: str, rows: int
) -> None:
    """Log a file that is about to be saved; raises :class:`ExportLogError`.

    The log says neither who asked nor what: a question may hold what its author looks for.
    """
    made = ExportRecord(
        id=uuid.uuid4().hex,
        at=datetime.now(UTC),
        export=INTERNAL_USE,
        version=0,
        definition_sha256="",
        publication=published_id(connection),
        recipient="analysts of the organisation",
        place="inside",
        threshold=settings.warehouse.internal_threshold,
        format=form,
        files=(ExportedFile(content="answer", rows=rows, sha256=digest(file)),),
    )
    record(settings.folder.exports, made)
