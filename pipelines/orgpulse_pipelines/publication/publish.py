"""Write, audit, publish: nothing that failed a check is ever where readers look."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.data_map.record import DATA_MAP, write_data_map
from orgpulse_pipelines.errors import DiskFullError, ModelBuildError
from orgpulse_pipelines.exports.definition import ExportDefinition
from orgpulse_pipelines.exports.errors import ExportDefinitionError, ExportLogError
from orgpulse_pipelines.exports.load import load_exports
from orgpulse_pipelines.exports.tables import EXPORTED, take_in
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.publication.audit import audit
from orgpulse_pipelines.publication.contents import published_tables
from orgpulse_pipelines.publication.kept_history import remember
from orgpulse_pipelines.publication.moves import Move, hold, read_moves
from orgpulse_pipelines.publication.retention import prune
from orgpulse_pipelines.publication.shelf import (
    Publication,
    current,
    draft_path,
    new_publication,
    only_one,
    point_to,
    publications,
    shelve,
)
from orgpulse_pipelines.publication.verify import verify
from orgpulse_pipelines.publication.write import write
from orgpulse_pipelines.warehouse.catalog import transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_platform.settings import Settings
from orgpulse_platform.state import StateFolder


@dataclass(frozen=True, slots=True)
class Published:
    """What was published."""

    publication: Publication
    rows: dict[str, int]
    """Rows by table name."""
    held: Move | None = None
    """The rollback at which readers are held, so that they do not see this publication yet."""
    notices: tuple[str, ...] = ()
    """What people should know of."""


def publish(
    connection: duckdb.DuckDBPyConnection, settings: Settings, models: tuple[Model, ...]
) -> Published:
    """Audit the warehouse, write a publication, verify it, and put it in the place of the one before.

    After a rollback it is written and kept, and readers stay where they are until they are released. Raises
    :class:`CheckFailedError`, :class:`PublicationError`, :class:`StateFolderError` or :class:`MovesError`;
    the last publication then stays in place.
    """
    folder = settings.folder
    read_moves(folder)  # whether readers are held must be known: better learnt before the work than after it
    audit(connection, models)
    notices = _take_in_exports(connection, folder)
    notices += _map_data(connection, settings, models)
    notices += [
        f"publication {id_} cannot be read; the history is taken from an older one"
        for id_ in remember(connection, folder)
    ]
    publication = new_publication(folder)
    draft = draft_path(publication)
    try:
        with sql_errors("the publication"):
            rows = write(connection, draft, publication, published_tables(connection, models), models)
        verify(draft, rows)
        with only_one(folder):
            held = hold(read_moves(folder))
            shelve(publication)
            notices += _put_in_place(folder, publication, held)
            prune(folder, settings.warehouse)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
    notices += _remember_at_leisure(connection, folder)
    return Published(publication, rows, held, tuple(notices))


def _take_in_exports(connection: duckdb.DuckDBPyConnection, folder: StateFolder) -> list[str]:
    """Let the publication say what was handed out; a log that cannot be read keeps no figures back."""
    try:
        with sql_errors(EXPORTED), transaction(connection):
            damaged = take_in(connection, folder.exports)
    except ExportLogError as error:
        return [f"{EXPORTED} says what the build before knew ({error.message})"]
    return [f"{damaged} lines of {folder.exports} are damaged and left out"] if damaged else []


def _map_data(
    connection: duckdb.DuckDBPyConnection, settings: Settings, models: tuple[Model, ...]
) -> list[str]:
    """Write the data map; without the exports if their definitions cannot be read."""
    exports: tuple[ExportDefinition, ...] = ()
    notices = list[str]()
    try:
        exports = load_exports(settings.warehouse)
    except ExportDefinitionError as error:
        notices = [f"{DATA_MAP} names no exports ({error.message})"]
    with sql_errors(DATA_MAP), transaction(connection):
        write_data_map(connection, models, exports, settings.kafka)
    return notices


def _put_in_place(folder: StateFolder, publication: Publication, held: Move | None) -> list[str]:
    """Show readers the publication or, after a rollback, the one that they are held at."""
    if held is None:
        point_to(folder, publication)
        return []
    kept = {one.id: one for one in publications(folder)}
    entered = kept.get(held.entered or "")
    if entered is None:
        return [f"readers are held at {held.entered}, which is gone; `orgpulse publications release` ends it"]
    if current(folder) != entered:
        point_to(folder, entered)  # the rollback was cut off before it got there
    return [
        f"{publication.id} is written and not shown: readers are held at {entered.id} since the rollback of "
        f"{held.at:%Y-%m-%d %H:%M} UTC; `orgpulse publications release` shows it"
    ]


def _remember_at_leisure(connection: duckdb.DuckDBPyConnection, folder: StateFolder) -> list[str]:
    """Take the publication's history over; the next build does it if this one cannot."""
    try:
        remember(connection, folder)
    except (DiskFullError, ModelBuildError) as error:
        return [f"published; its history is taken over by the next build ({error.message})"]
    return []
