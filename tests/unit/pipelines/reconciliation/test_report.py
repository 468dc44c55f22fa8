"""The reconciliation as it is stored, read and shown."""

import io

import duckdb
import pytest
from protected_events import POSITION, batch, event, rejection
from rich.console import Console

from orgpulse_pipelines.errors import UnbalancedError
from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.reconciliation.report import (
    balance_table,
    read_report,
    reasons_table,
    require_balance,
)
from orgpulse_pipelines.reconciliation.store import RECONCILIATION, reconcile
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_schemas.registry import all_families


@pytest.fixture
def report(connection, land, settings):
    """The report on two published events, one of them rejected, and as many raw records as are named."""

    def make(published):
        land(batch(event(POSITION, 1)))
        land(batch(rejection(POSITION, 2), topic="rejected.hr"))
        for family in all_families():
            create_landing_tables(connection, family)
        create_staging_tables(connection)
        stage_family(connection, "hr")
        connection.execute(
            "insert into landing.raw_watermarks values ('c', 't', 'raw.hr.pe-3', 0, 0, ?, ?)", [published] * 2
        )
        reconcile(connection, settings)
        return read_report(connection)

    return make


def shown(*parts):
    console = Console(file=io.StringIO(), width=140)
    for part in parts:
        console.print(part)
    return console.file.getvalue()


def test_the_document_has_an_object_with_an_id_for_each_family_and_reason(report):
    document = report(published=2)
    hr = next(family for family in document["families"] if family["id"] == "hr")
    assert document["balanced"]
    assert [family["id"] for family in document["families"]] == sorted(all_families())
    assert hr["reasons"] == [{"id": "wrong_type", "rejected": 1, "expected": None}]
    assert (hr["published"], hr["rejected"], hr["kept"], hr["status"]) == (2, 1, 1, "unconfirmed")


def test_a_loss_is_named_and_fails(report):
    document = report(published=3)
    assert not document["balanced"]
    assert "1 not accounted for" in shown(balance_table(document))
    with pytest.raises(UnbalancedError, match="hr"):
        require_balance(document)


def test_people_see_families_and_reasons(report):
    document = report(published=2)
    text = shown(balance_table(document), reasons_table(document))
    assert "balanced" in text
    assert "wrong_type" in text


def test_every_column_is_commented(report, connection: duckdb.DuckDBPyConnection):
    report(published=2)
    rows = connection.execute(
        "select column_name, comment from duckdb_columns() where table_name = 'reconciliation'"
    ).fetchall()
    assert rows == [(column.name, column.comment) for column in RECONCILIATION]
