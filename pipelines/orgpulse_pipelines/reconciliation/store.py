"""Keeps the reconciliation of a build in the warehouse, so that it is published with the figures."""

from collections.abc import Sequence
from typing import Final

import duckdb

from orgpulse_pipelines.reconciliation.balance import Balance
from orgpulse_pipelines.reconciliation.expectation import expect
from orgpulse_pipelines.reconciliation.measure import measure
from orgpulse_pipelines.warehouse.catalog import comment_on, transaction
from orgpulse_pipelines.warehouse.contract_tables import Column
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_platform import ledger
from orgpulse_platform.settings import Settings

RECONCILIATION: Final = (
    Column("family", "VARCHAR", "Family of events."),
    Column("status", "VARCHAR", "balanced, unconfirmed, waiting, unbalanced or contradicted."),
    Column("published", "BIGINT", "Records on the raw topics."),
    Column("rejected", "BIGINT", "Distinct records that were rejected."),
    Column("landed", "BIGINT", "Distinct records that came through protection."),
    Column("kept", "BIGINT", "Distinct events in staging."),
    Column("duplicates", "BIGINT", "Landed records that repeat an event."),
    Column("redelivered", "BIGINT", "Deliveries of a record beyond the first, removed as well."),
    Column("quarantined", "BIGINT", "Records on the protected topics that are no known event."),
    Column("unaccounted", "BIGINT", "Published records that were neither rejected nor landed."),
    Column("waiting", "BIGINT", "At most so many records were not through the streams at the load."),
    Column("expected_published", "BIGINT", "What publishers say they published; empty if unknown."),
    Column("expected_rejected", "BIGINT", "What publishers expected to be rejected; empty if unknown."),
    Column("expected_kept", "BIGINT", "What publishers expected to be kept; empty if unknown."),
    Column("expected_duplicates", "BIGINT", "What publishers expected as duplicates; empty if unknown."),
    Column("replayed", "BIGINT", "Published records that repeat a rejected one, with whatever outcome."),
)
REJECTIONS: Final = (
    Column("family", "VARCHAR", "Family of events."),
    Column("reason", "VARCHAR", "Reason code."),
    Column("rejected", "BIGINT", "Distinct records that were rejected for it."),
    Column("expected", "BIGINT", "What publishers expected; empty if unknown."),
)


def reconcile(connection: duckdb.DuckDBPyConnection, settings: Settings) -> tuple[Balance, ...]:
    """Measure, compare with the ledger, and store the result in ``meta``.

    Raises :class:`LedgerError` if the ledger is damaged.
    """
    entries = ledger.read(settings.folder.ledger)
    balances = tuple(Balance(one, expect(entries, one.family)) for one in measure(connection))
    with sql_errors("meta.reconciliation"), transaction(connection):
        _replace(
            connection,
            "meta.reconciliation",
            "Is every event accounted for? Grain: one row per family.",
            RECONCILIATION,
            [_row(balance) for balance in balances],
        )
        _replace(
            connection,
            "meta.rejections",
            "Rejected records. Grain: one row per family and reason.",
            REJECTIONS,
            [row for balance in balances for row in _reasons(balance)],
        )
    return balances


def _row(balance: Balance) -> list[object]:
    measured, expected = balance.measured, balance.expected
    return [
        measured.family,
        balance.status.value,
        measured.published,
        measured.all_rejected,
        measured.landed,
        measured.kept,
        measured.duplicates,
        measured.redelivered,
        measured.quarantined,
        measured.unaccounted,
        measured.waiting,
        expected.published if expected else None,
        sum(expected.rejected.values()) if expected else None,
        expected.kept if expected else None,
        expected.duplicates if expected else None,
        expected.undetermined if expected else 0,
    ]


def _reasons(balance: Balance) -> list[list[object]]:
    found = balance.measured.rejected
    expected = balance.expected.rejected if balance.expected else {}
    return [
        [
            balance.measured.family,
            reason,
            found.get(reason, 0),
            expected.get(reason, 0) if balance.expected else None,
        ]
        for reason in sorted(found.keys() | expected.keys())
    ]


def _replace(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    comment: str,
    columns: tuple[Column, ...],
    rows: Sequence[Sequence[object]],
) -> None:
    listed = ", ".join(f"{column.name} {column.type}" for column in columns)
    connection.execute("create schema if not exists meta")
    connection.execute(f"create or replace table {name} ({listed})")
    if rows:
        marks = ", ".join("?" for _ in columns)
        connection.executemany(f"insert into {name} values ({marks})", rows)  # noqa: S608
    comment_on(connection, name, comment, {column.name: column.comment for column in columns})
