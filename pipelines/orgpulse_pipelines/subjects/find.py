"""Walks every store in the search for a person. Nothing is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

from orgpulse_pipelines.landing.cluster import identify
from orgpulse_pipelines.landing.offsets import next_offsets
from orgpulse_pipelines.subjects.files import FileHit, find_in_files
from orgpulse_pipelines.subjects.finding import Finding
from orgpulse_pipelines.subjects.index import identifier_columns
from orgpulse_pipelines.subjects.publications import find_in_publications
from orgpulse_pipelines.subjects.request import Request
from orgpulse_pipelines.subjects.tables import rows_by_table
from orgpulse_pipelines.subjects.topics import Place, Processed, TopicHits, find_in_topics, processed
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_platform.settings import Settings
from orgpulse_schemas.registry import all_families

UNLINKS = "puts a surrogate in the place of the pseudonym"


@dataclass
class Found:
    """What a search found."""

    topics: TopicHits = field(default_factory=TopicHits)
    done: Processed = field(default_factory=lambda: Processed({}))
    tables: dict[str, int] = field(default_factory=dict[str, int])
    publications: list[Finding] = field(default_factory=list[Finding])
    files: list[FileHit] = field(default_factory=list[FileHit])

    def findings(self, settings: Settings) -> list[Finding]:
        """One for each place, in the order in which data flows."""
        return [
            *self.topics.findings(settings, self.done),
            *table_findings(self.tables),
            *self.publications,
            *(hit.finding for hit in self.files),
        ]


def find(request: Request) -> Found:
    """Search the topics, the warehouse, the publications and the files.

    Raises :class:`BrokerUnavailableError`, :class:`WarehouseBusyError` or :class:`StateFolderError`.
    """
    settings, subject = request.settings, request.subject
    found = Found()
    with opened_warehouse(settings) as connection:
        if connection is not None:
            with sql_errors("the search for a person"):
                found.tables = rows_by_table(connection, subject, identifier_columns(connection))
        found.done = processed(settings, landed(connection, settings))
    found.publications = list(find_in_publications(settings, subject))
    found.files = list(find_in_files(settings, request.folders, subject))
    found.topics = find_in_topics(request)
    return found


def landed(connection: duckdb.DuckDBPyConnection | None, settings: Settings) -> dict[Place, int]:
    """The first offset that is not landed yet, by partition; raises :class:`BrokerUnavailableError`."""
    if connection is None:
        return {}
    topics = [f"{kind}.{family}" for family in all_families() for kind in ("events", "rejected")]
    try:
        return next_offsets(connection, identify(settings, topics))
    except duckdb.CatalogException:
        return {}  # nothing was ever landed


def table_findings(rows: dict[str, int]) -> Iterator[Finding]:
    """One for each table."""
    for table, count in rows.items():
        yield Finding(table.partition(".")[0], table, count, UNLINKS)


@contextmanager
def opened_warehouse(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """The warehouse, if there is one: a search makes none."""
    if not settings.folder.warehouse.exists():
        yield None
        return
    with open_warehouse(settings) as connection:
        yield connection
