"""Erases a person from every store, in an order in which a kill at any point leaves nothing that a second run
does not find.

1. land what waits of the person, so that topics can be cut and one person gets one surrogate
2. enter the pseudonyms in the register: from here on no load brings the person back
3. unlink the person in the tables of the warehouse, in one transaction
4. write the warehouse's file anew, without the blocks that held the pseudonyms
5. cut the topics, mend publications, clear files
6. search again, also where the index names nothing
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orgpulse_pipelines.landing.load import land_family
from orgpulse_pipelines.subjects.errors import ErasureIncompleteError, UnindexedTableError
from orgpulse_pipelines.subjects.evidence import Evidence
from orgpulse_pipelines.subjects.find import Found, find, landed
from orgpulse_pipelines.subjects.finding import Finding
from orgpulse_pipelines.subjects.index import identifier_columns
from orgpulse_pipelines.subjects.publications import unlink_publications
from orgpulse_pipelines.subjects.request import Request
from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_pipelines.subjects.tables import sweep, unlink
from orgpulse_pipelines.subjects.topics import cut_topics, processed
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.rewrite import rewrite_warehouse
from orgpulse_platform.erased import ErasedRegister, open_register
from orgpulse_platform.settings import Settings

Tell = Callable[[str], None]
"""Told which step begins."""


@dataclass
class Erasure:
    """What an erasure came to."""

    found: list[Finding]
    left: list[Finding] = field(default_factory=list[Finding])
    evidence: Path | None = None


def erase(request: Request, *, reference: str, tell: Tell) -> Erasure:
    """Erase the person everywhere, and write the evidence.

    Raises :class:`UnindexedTableError` for a table that the index does not know; otherwise what
    :func:`find` and a load raise. What is left is told by the result.
    """
    settings = request.settings
    tell("searching")
    before = find(request)
    register = open_register(settings.folder)
    evidence = Evidence(settings.folder, reference, register)
    evidence.begin(before.findings(settings))
    _erase(settings, request.subject, register, before, tell)
    tell("searching again")
    left = find(request).findings(settings)
    evidence.end(left)
    return Erasure(before.findings(settings), left, evidence.path)


def require_complete(erasure: Erasure) -> None:
    """Raises :class:`ErasureIncompleteError` if anything is left."""
    if erasure.left:
        raise ErasureIncompleteError(f"{len(erasure.left)} places are left")


def unlink_warehouse(settings: Settings, subject: Subject) -> dict[str, int]:
    """Unlink the person in every table and write the file anew; rows by table.

    Raises :class:`UnindexedTableError` if a column that the index does not name holds the person: then, as
    after any failure, the rows that were unlinked stay so.
    """
    with open_warehouse(settings) as connection:
        changed = _unlink(connection, subject)
    rewrite_warehouse(settings)
    return changed


def _erase(settings: Settings, subject: Subject, register: ErasedRegister, found: Found, tell: Tell) -> None:
    with open_warehouse(settings) as connection:
        for family in found.topics.unlanded(found.done):
            tell(f"landing what waits of the family {family}")
            land_family(connection, settings, family)
        register.add(subject.pseudonyms)
        tell("unlinking in the warehouse")
        _unlink(connection, subject)
        done = processed(settings, landed(connection, settings))
    tell("writing the warehouse anew")
    rewrite_warehouse(settings)
    tell("clearing topics, publications and files")
    cut_topics(settings, found.topics, done)
    unlink_publications(settings, subject)
    for hit in found.files:
        if hit.erase is not None:
            hit.erase()


def _unlink(connection: duckdb.DuckDBPyConnection, subject: Subject) -> dict[str, int]:
    with sql_errors("unlinking"):
        changed = unlink(connection, subject, identifier_columns(connection))
        row = connection.execute("select current_database()").fetchone()
        left = sweep(connection, subject, row[0] if row else "")
    if left:
        raise UnindexedTableError(", ".join(sorted(left)))
    return changed
