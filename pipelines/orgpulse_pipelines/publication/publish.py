"""Write, audit, publish: nothing that failed a check is ever where readers look."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.publication.audit import audit
from orgpulse_pipelines.publication.contents import published_tables
from orgpulse_pipelines.publication.shelf import (
    Publication,
    draft_path,
    new_publication,
    prune,
    put_in_place,
)
from orgpulse_pipelines.publication.verify import verify
from orgpulse_pipelines.publication.write import write
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Published:
    """What was published."""

    publication: Publication
    rows: dict[str, int]
    """Rows by table name."""


def publish(
    connection: duckdb.DuckDBPyConnection, settings: Settings, models: tuple[Model, ...]
) -> Published:
    """Audit the warehouse, write a publication, verify it, and put it in the place of the one before.

    Raises :class:`CheckFailedError`, :class:`PublicationError` or :class:`StateFolderError`; the last
    publication then stays in place.
    """
    folder = settings.folder
    audit(connection, models)
    publication = new_publication(folder)
    draft = draft_path(publication)
    try:
        with sql_errors("the publication"):
            rows = write(connection, draft, publication, published_tables(connection, models))
        verify(draft, rows)
        put_in_place(folder, publication)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
    prune(folder, settings.warehouse.keep_publications)
    return Published(publication, rows)
