"""What people asked to be made anew: kept in the warehouse until it is done, whatever happens in between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import duckdb

from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table

REQUESTS: Final = "meta.rebuild_request"
_COLUMNS: Final = (
    Column("subject", "VARCHAR", "A staging table, or landing and the family that is to be read again."),
    Column("occurred_from", "TIMESTAMP", "Events from this moment on, in UTC; empty for all."),
    Column("occurred_before", "TIMESTAMP", "Events before this moment, in UTC; empty for all."),
    Column("requested_at", "TIMESTAMP", "When it was asked for, in UTC."),
)


@dataclass(frozen=True, slots=True)
class Span:
    """When events happened, in UTC: from the first moment on, before the second; open where one is empty."""

    first: datetime | None = None
    before: datetime | None = None

    def __str__(self) -> str:
        parts = [("from", self.first), ("before", self.before)]
        return " ".join(f"{word} {moment:%Y-%m-%d}" for word, moment in parts if moment) or "all times"

    def around(self, other: "Span") -> "Span":
        """The shortest span that holds both."""
        firsts, befores = (self.first, other.first), (self.before, other.before)
        return Span(
            None if None in firsts else min(moment for moment in firsts if moment),
            None if None in befores else max(moment for moment in befores if moment),
        )


EVER: Final = Span()
HAPPENED_IN: Final = "coalesce(occurred_at >= ?, true) and coalesce(occurred_at < ?, true)"
"""A condition in SQL, with the two ends of a span as parameters."""


def landing_of(family: str) -> str:
    """The subject of a request to read a family's topics again."""
    return f"landing.{family}"


def request(connection: duckdb.DuckDBPyConnection, subjects: Iterable[str], span: Span = EVER) -> None:
    """Ask for subjects to be made anew; what was asked for before is widened, never narrowed."""
    create_request_table(connection)
    requested_at = datetime.now(UTC).replace(tzinfo=None)
    for subject in subjects:
        pending = requested(connection, subject)
        wanted = span if pending is None else span.around(pending)
        fulfil(connection, subject)
        connection.execute(
            f"insert into {REQUESTS} values (?, ?, ?, ?)",  # noqa: S608
            [subject, wanted.first, wanted.before, requested_at],
        )


def requested(connection: duckdb.DuckDBPyConnection, subject: str) -> Span | None:
    """Of which events the subject is to be made anew, if it is."""
    create_request_table(connection)
    row = connection.execute(
        f"select occurred_from, occurred_before from {REQUESTS} where subject = ?",  # noqa: S608
        [subject],
    ).fetchone()
    return Span(*row) if row else None


def fulfil(connection: duckdb.DuckDBPyConnection, subject: str) -> None:
    """Forget a request; belongs into the transaction that does what was asked for."""
    connection.execute(f"delete from {REQUESTS} where subject = ?", [subject])  # noqa: S608


def create_request_table(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table where it is missing."""
    ensure_table(connection, REQUESTS, _COLUMNS, "What is to be made anew. Grain: one row per subject.")
