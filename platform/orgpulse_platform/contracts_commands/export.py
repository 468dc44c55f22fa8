"""Writes the contracts into a folder, in the languages of other tools."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson
import yaml

from orgpulse_platform.contracts_commands.errors import FolderNotWritableError
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topics import HOUR_MS
from orgpulse_schemas.compatibility.releases import Releases
from orgpulse_schemas.contract import About
from orgpulse_schemas.export import (
    TopicFigures,
    accepted_schema,
    asyncapi_document,
    event_schema,
    odcs_document,
    protected_schema,
)
from orgpulse_schemas.registry import all_contracts


class Format(StrEnum):
    """A language to export to."""

    JSON_SCHEMA = "json-schema"
    ASYNCAPI = "asyncapi"
    ODCS = "odcs"
    ALL = "all"


def export(folder: Path, format_: Format, kafka: KafkaSettings) -> Iterator[Path]:
    """Write the exports and yield each file once it is written; raises :class:`FolderNotWritableError`."""
    for name, content in _files(format_, kafka):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise FolderNotWritableError(f"{path}: {error.strerror}") from None
        yield path


def _files(format_: Format, kafka: KafkaSettings) -> Iterator[tuple[str, bytes]]:
    releases = Releases()
    for about in all_contracts().values():
        if format_ in (Format.JSON_SCHEMA, Format.ALL):
            yield f"json-schema/{about.event_type}.event.json", _json(event_schema(about))
            yield f"json-schema/{about.event_type}.accepted.json", _json(accepted_schema(about))
            yield f"json-schema/{about.event_type}.protected.json", _json(protected_schema(about))
        if format_ in (Format.ODCS, Format.ALL):
            yield f"odcs/{about.event_type}.odcs.yaml", _yaml(_data_contract(about, releases))
    if format_ in (Format.ASYNCAPI, Format.ALL):
        yield "asyncapi.json", _json(asyncapi_document(_figures(kafka)))


def _data_contract(about: About, releases: Releases) -> dict[str, Any]:
    """``<major>.<minor>.0``: minor versions are released states; what is not released is a draft."""
    released = releases.is_released(about)
    minor = len(releases.of(about.event_type)) - released
    return odcs_document(about, version=f"{about.major}.{minor}.0", status="active" if released else "draft")


def _figures(kafka: KafkaSettings) -> TopicFigures:
    return TopicFigures(
        partitions=kafka.partitions,
        replicas=kafka.replication_factor,
        raw_retention_ms=kafka.raw_retention_hours * HOUR_MS,
        rejected_retention_ms=kafka.rejected_retention_hours * HOUR_MS,
    )


def _json(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _yaml(document: dict[str, Any]) -> bytes:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110, encoding="utf-8")
