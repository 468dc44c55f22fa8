"""The person in kept publications: none holds anybody's row, which is verified, and mended where not."""

from collections.abc import Iterator

import duckdb

from orgpulse_pipelines.landing.unlinked import new_surrogate
from orgpulse_pipelines.publication.shelf import Publication, only_one, publications
from orgpulse_pipelines.subjects.finding import Finding
from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_pipelines.subjects.tables import sweep
from orgpulse_pipelines.warehouse.catalog import identifier, literal
from orgpulse_pipelines.warehouse.rewrite import rewrite_publication
from orgpulse_platform.settings import Settings

STORE = "publications"
_ACTION = "puts a surrogate in the place of the pseudonym"


def find_in_publications(settings: Settings, subject: Subject) -> Iterator[Finding]:
    """The publications that hold the person."""
    for publication in publications(settings.folder):
        try:
            rows = sum(_rows(publication, subject).values())
        except duckdb.Error as error:
            note = f"it cannot be read ({type(error).__name__})"
            yield Finding(STORE, publication.id, -1, "has to be removed by hand", note)
            continue
        if rows:
            yield Finding(STORE, publication.id, rows, _ACTION, "no publication may hold a person")


def unlink_publications(settings: Settings, subject: Subject) -> None:
    """Write those that hold the person anew; readers see the old or the new file, nothing in between."""
    held = [one.place for one in find_in_publications(settings, subject) if one.entries > 0]
    if not held:
        return
    with only_one(settings.folder):
        for publication in publications(settings.folder):
            if publication.id in held:
                rewrite_publication(publication.path, lambda connection: _unlink(connection, subject))


def _rows(publication: Publication, subject: Subject) -> dict[str, int]:
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(str(publication.path))} as searched (read_only)")
        return sweep(connection, subject, "searched")


def _unlink(connection: duckdb.DuckDBPyConnection, subject: Subject) -> None:
    row = connection.execute("select current_database()").fetchone()
    surrogates = {pseudonym: new_surrogate() for pseudonym in sorted(subject.pseudonyms)}
    for table in sweep(connection, subject, row[0] if row else ""):
        schema, _, name = table.partition(".")
        columns = connection.execute(
            "select column_name from duckdb_columns() where database_name = current_database() "
            "and schema_name = ? and table_name = ? and data_type = 'VARCHAR'",
            [schema, name],
        ).fetchall()
        for (column,) in columns:
            made = identifier(column)
            for old, new in surrogates.items():
                made = f"replace({made}, {literal(old)}, {literal(new)})"
            connection.execute(f"update {table} set {identifier(column)} = {made}")  # noqa: S608
