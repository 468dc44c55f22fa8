"""Replayed records in the account: what becomes of them nobody knows beforehand, but they count."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from orgpulse_pipelines.reconciliation.balance import Balance, Status
from orgpulse_pipelines.reconciliation.expectation import expect
from orgpulse_pipelines.reconciliation.measure import Measured
from orgpulse_platform.ledger import LedgerEntry

BEFORE = Measured(
    family="hr",
    published=100,
    waiting=0,
    rejected={"unknown_contract": 10},
    landed=90,
    redelivered=0,
    events=85,
    kept=85,
    quarantined=0,
)
SIMULATED = LedgerEntry(
    publisher="simulator",
    dataset="seed-1",
    finished_at=datetime(2020, 1, 1, tzinfo=UTC),
    published={"hr": 100},
    rejected={"hr": {"unknown_contract": 10}},
    duplicates={"hr": 5},
    kept={"hr": 85},
)
REPLAYED = LedgerEntry(
    publisher="replay",
    dataset="replay-1",
    finished_at=datetime(2020, 1, 2, tzinfo=UTC),
    published={"hr": 10},
    undetermined={"hr": 10},
)


def status(measured: Measured, *entries: LedgerEntry) -> Status:
    return Balance(measured, expect(entries, "hr")).status


@pytest.mark.parametrize(
    ("accepted", "rejected", "duplicates"),
    [(10, {}, 0), (0, {"unknown_contract": 10}, 0), (3, {"empty": 5}, 2)],
)
def test_a_replay_balances_whatever_becomes_of_it(accepted, rejected, duplicates):
    again = {
        name: rejected.get(name, 0) + BEFORE.rejected.get(name, 0) for name in rejected | BEFORE.rejected
    }
    after = replace(
        BEFORE,
        published=110,
        rejected=again,
        landed=90 + accepted + duplicates,
        events=85 + accepted,
        kept=85 + accepted,
    )
    assert status(after, SIMULATED, REPLAYED) is Status.BALANCED
    assert status(after, SIMULATED) is Status.UNCONFIRMED


def test_a_replay_hides_no_loss():
    after = replace(BEFORE, published=110, landed=99, events=94, kept=94)
    assert status(after, SIMULATED, REPLAYED) is Status.UNBALANCED


def test_a_replay_that_the_ledger_names_and_kafka_does_not_have_is_a_contradiction():
    assert status(BEFORE, SIMULATED, REPLAYED) is Status.CONTRADICTED


def test_more_rejected_or_kept_than_a_replay_can_explain_is_a_contradiction():
    rejected = replace(
        BEFORE, published=110, rejected={"unknown_contract": 21}, landed=89, events=85, kept=85
    )
    assert status(rejected, SIMULATED, REPLAYED) is Status.CONTRADICTED
    kept = replace(BEFORE, published=110, landed=100, events=96, kept=96)
    assert status(kept, SIMULATED, REPLAYED) is Status.CONTRADICTED
    both = replace(BEFORE, published=110, rejected={"unknown_contract": 15}, landed=95, events=91, kept=91)
    assert status(both, SIMULATED, REPLAYED) is Status.CONTRADICTED


def test_a_rejection_that_publishers_expected_is_not_made_up_for_by_a_replay():
    after = replace(BEFORE, published=110, rejected={"empty": 10}, landed=100, events=85, kept=85)
    assert status(after, SIMULATED, REPLAYED) is Status.CONTRADICTED


def test_expected_duplicates_leave_replays_out():
    expected = expect([SIMULATED, REPLAYED], "hr")
    assert expected is not None
    assert (expected.published, expected.duplicates, expected.undetermined) == (110, 5, 10)
