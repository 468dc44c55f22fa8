"""Opens the published warehouse for reading: never blocks a build and is never blocked by one."""

from pathlib import Path

import duckdb

from orgpulse_pipelines.errors import NothingPublishedError, PublicationError
from orgpulse_platform.settings import Settings


def open_published(settings: Settings) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the current publication.

    It keeps seeing that publication when a newer one is put in place. Raises :class:`NothingPublishedError`
    if there is none yet, :class:`PublicationError` if it cannot be read.
    """
    path = settings.folder.published
    if not path.exists():
        raise NothingPublishedError(str(path))
    # The resolved path: DuckDB shares one instance among connections to the same path in one process.
    found = path.resolve()
    try:
        return duckdb.connect(str(found), read_only=True, config={"autoinstall_known_extensions": "false"})
    except duckdb.Error:
        if path.resolve() != found:  # another one was put in its place meanwhile, and this one removed
            return open_published(settings)
        raise PublicationError(f"{path} cannot be read") from None


def confine(connection: duckdb.DuckDBPyConnection, *paths: Path) -> None:
    """Let a query read the publication and no other file, and write none but these.

    Otherwise ``copy … to`` in a query would be an export that nobody logged.
    """
    connection.execute("set allowed_paths = $paths", {"paths": [str(path) for path in paths]})
    connection.execute("set enable_external_access = false; set lock_configuration = true")
