"""What is on the shelf of publications, for people and scripts."""

from typing import Any

import duckdb
from rich.table import Table

from orgpulse_pipelines.publication.shelf import Publication, current, publications
from orgpulse_platform.settings import Settings


def listing(settings: Settings) -> list[dict[str, Any]]:
    """The publications, newest first, each with its id, time (UTC), events, size in bytes and path."""
    used = current(settings.folder)
    return [
        {
            "id": publication.id,
            "current": used is not None and used.id == publication.id,
            "published_at": publication.published_at.isoformat(),
            "events": _events(publication),
            "bytes": publication.path.stat().st_size,
            "path": str(publication.path),
        }
        for publication in publications(settings.folder)
    ]


def _events(publication: Publication) -> int | None:
    """Events in the publication; unknown if it cannot be read."""
    try:
        with duckdb.connect(str(publication.path), read_only=True) as connection:
            row = connection.execute("select events from meta.publication").fetchone()
    except duckdb.Error:
        return None
    return int(row[0]) if row else None


def listing_table(found: list[dict[str, Any]]) -> Table:
    """One line a publication."""
    table = Table()
    for name in ("publication", "published (UTC)", "events", "size"):
        table.add_column(name, justify="right" if name in ("events", "size") else "left")
    for one in found:
        mark = " [green]current[/green]" if one["current"] else ""
        events = "?" if one["events"] is None else f"{one['events']:,}"
        table.add_row(one["id"] + mark, one["published_at"][:19], events, f"{one['bytes'] / 1e6:.1f} MB")
    return table
