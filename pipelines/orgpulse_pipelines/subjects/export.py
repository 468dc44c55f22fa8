"""A copy of what is held about a person, for that person: one document for machines, one for reading.

A record that names the person may name another one as well: of such a record only the person's own number is
shown among the fields that say who, and no name or text that might be the other's.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from orgpulse_pipelines.subjects.errors import OutputFolderError
from orgpulse_pipelines.subjects.files import find_in_files
from orgpulse_pipelines.subjects.find import opened_warehouse
from orgpulse_pipelines.subjects.index import identifier_columns
from orgpulse_pipelines.subjects.readable import readable
from orgpulse_pipelines.subjects.request import Request
from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_pipelines.subjects.tables import rows_about
from orgpulse_pipelines.subjects.topics import NamedRecord, records_about
from orgpulse_platform.settings import Settings
from orgpulse_schemas.contract import About
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.registry import all_contracts

MACHINE: Final = "personal-data.json"
READABLE: Final = "personal-data.md"
SOMEBODY_ELSE: Final = "(withheld, as it may name another person)"
CASE: Final = "case"
"""Domain of pseudonyms of things: the number of a confidential case stands for nobody."""


def export(request: Request, output: Path) -> dict[str, Any]:
    """Write both files into a new folder that only its owner may read; the document of the first.

    Raises :class:`OutputFolderError`, and what :func:`find` raises.
    """
    settings, subject = request.settings, request.subject
    document: dict[str, Any] = {
        "identifier": subject.identifier,
        "collected_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "records": [_record(named, subject) for named in records_about(request) if not named.unopened],
        "tables": _tables(settings, subject),
        "files": [hit.finding.document() for hit in find_in_files(settings, request.folders, subject)],
    }
    document["processing"] = list(_processing(document))
    try:
        output.mkdir(mode=0o700, parents=True)
        _write(output / MACHINE, orjson.dumps(document, default=str, option=orjson.OPT_INDENT_2) + b"\n")
        _write(output / READABLE, readable(document).encode())
    except OSError as error:
        raise OutputFolderError(error.strerror or type(error).__name__) from None
    return document


def _record(named: NamedRecord, subject: Subject) -> dict[str, Any]:
    """A record as it was published, or as it left protection."""
    record, original = named.record, named.original
    value = original.value if original else record.value
    shown = {
        "topic": record.topic,
        "arrived_at": datetime.fromtimestamp(record.timestamp_ms / 1000, UTC).isoformat(),
        "event_type": None,
        "happened_at": None,
        "content": None,
    }
    try:
        event = orjson.loads(value or b"")
        data = event["data"]
        about = all_contracts().get(event["type"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        # What no contract describes may hold others: the person is told that it exists.
        return shown | {"content": "an event that could not be read as one"}
    content: Any = "an event of unknown form"
    if about is not None and isinstance(data, dict):
        content = _shown(about, data, subject)
    return shown | {"event_type": event["type"], "happened_at": event.get("time"), "content": content}


def _shown(about: About, data: dict[str, Any], subject: Subject) -> dict[str, Any]:
    """The fields of the contract that are about the person."""
    others = any(not subject.named_in(str(data[name])) for name in _people(about) if data.get(name))
    shown = dict[str, Any]()
    for one in about.fields:
        value = data.get(one.name)
        if value is None:
            continue
        says_who = one.personal_data in (PersonalData.IDENTIFIER, PersonalData.FREE_TEXT)
        withheld = says_who and others and not subject.named_in(str(value))
        shown[one.name] = SOMEBODY_ELSE if withheld else value
    return shown


def _people(about: About) -> list[str]:
    """The fields that hold the number of a person; the number of a case is none."""
    return [
        one.name
        for one in about.fields
        if one.treatment.kind is TreatmentKind.PSEUDONYMISE and one.treatment.detail != CASE
    ]


def _tables(settings: Settings, subject: Subject) -> dict[str, list[dict[str, Any]]]:
    """The rows of the warehouse, without the numbers by which the platform knows them."""
    with opened_warehouse(settings) as connection:
        if connection is None:
            return {}
        found = rows_about(connection, subject, identifier_columns(connection))
        return {table: rows for table, rows in found if not table.startswith("staging.")}


def _processing(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Why and how long the kinds of events are held that are in the document."""
    types = {record["event_type"] for record in document["records"]}
    tables = {table.partition(".")[2] for table in document["tables"] if table.startswith("landing.")}
    for about in all_contracts().values():
        if about.event_type in types or about.name in tables:
            yield {
                "event_type": about.event_type,
                "meaning": " ".join((about.model.__doc__ or "").split()),
                "source_system": about.system.title,
                "owner": about.owner,
                "purpose": about.purpose,
                "legal_basis": about.legal_basis,
                "kept_days": about.retention_days,
                "fields": {one.name: one.meaning for one in about.fields},
            }


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
