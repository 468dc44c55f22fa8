"""What is on the shelf of publications, for people and scripts."""

from typing import Any

import duckdb
from rich.table import Table

from orgpulse_pipelines.publication.moves import Move, hold, read_moves
from orgpulse_pipelines.publication.shelf import Publication, current, publications, published_at
from orgpulse_platform.settings import Settings


def listing(settings: Settings) -> list[dict[str, Any]]:
    """The publications, newest first, each with its id, time (UTC), events, size in bytes and path.

    ``held`` says that it was written after a rollback and is not shown yet; ``rolled_back_at`` when readers
    last left it (UTC). Raises :class:`MovesError`.
    """
    used = current(settings.folder)
    moves = read_moves(settings.folder)
    in_force = hold(moves)
    left = {move.left: move for move in moves if move.action == "rollback"}
    return [
        _entry(publication, used)
        | {
            "held": in_force is not None and publication.published_at > in_force.at,
            **_left(left.get(publication.id)),
        }
        for publication in publications(settings.folder)
    ]


def _entry(publication: Publication, used: Publication | None) -> dict[str, Any]:
    events = _events(publication)
    return {
        "id": publication.id,
        "current": publication == used,
        "published_at": publication.published_at.isoformat(),
        "events": events,
        "readable": events is not None,
        "bytes": publication.path.stat().st_size,
        "path": str(publication.path),
    }


def _left(move: Move | None) -> dict[str, Any]:
    return {
        "rolled_back_at": move.at.isoformat() if move else None,
        "reason": move.reason if move else None,
    }


def _events(publication: Publication) -> int | None:
    """Events in the publication; unknown if it cannot be read or is a copy of another one."""
    try:
        with duckdb.connect(str(publication.path), read_only=True) as connection:
            row = connection.execute(
                "select events from meta.publication where publication_id = ?", [publication.id]
            ).fetchone()
    except duckdb.Error:
        return None
    return int(row[0]) if row else None


def listing_table(found: list[dict[str, Any]]) -> Table:
    """One line a publication."""
    table = Table()
    for name in ("publication", "written (UTC)", "events", "size", "readers"):
        table.add_column(name, justify="right" if name in ("events", "size") else "left")
    for one in found:
        events = "?" if one["events"] is None else f"{one['events']:,}"
        written = published_at(one["id"])
        table.add_row(
            one["id"], f"{written:%Y-%m-%d %H:%M:%S}", events, f"{one['bytes'] / 1e6:.1f} MB", _readers(one)
        )
    return table


def _readers(one: dict[str, Any]) -> str:
    """What readers have to do with it, in words (rich markup)."""
    words = list[str]()
    if not one["readable"]:
        words.append("[red]cannot be read[/red]")
    if one["current"]:
        words.append("[green]current[/green]")
    if one["held"] and not one["current"]:
        words.append("[yellow]not shown: held back[/yellow]")
    if one["rolled_back_at"]:
        words.append(f"left by a rollback at {one['rolled_back_at'][:16].replace('T', ' ')}")
    return ", ".join(words)


def hold_text(settings: Settings) -> str | None:
    """That readers are held, where, since when and why; nothing if they are not. Raises MovesError."""
    in_force = hold(read_moves(settings.folder))
    if in_force is None:
        return None
    used = current(settings.folder)
    reason = f" ({in_force.reason})" if in_force.reason else ""
    where = f"Readers are held at {in_force.entered} since {in_force.at:%Y-%m-%d %H:%M} UTC{reason}"
    if used is None or used.id != in_force.entered:
        return (
            f"{where}, but have another one: the rollback was cut off. The next build completes it, or run "
            "`orgpulse publications rollback` again."
        )
    return f"{where}. Builds go on and show nothing new until `orgpulse publications release`."
