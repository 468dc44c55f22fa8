"""The verdict on a family, from what was measured and what publishers say."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from orgpulse_pipelines.reconciliation.balance import Balance, Status
from orgpulse_pipelines.reconciliation.expectation import expect
from orgpulse_pipelines.reconciliation.measure import Measured
from orgpulse_platform.ledger import LedgerEntry

MEASURED = Measured(
    family="hr",
    published=100,
    waiting=0,
    rejected={"empty": 2, "wrong_type": 3},
    landed=95,
    redelivered=0,
    events=90,
    kept=90,
    quarantined=0,
)


def entry(dataset="seed-1", **changes):
    said = {
        "published": {"hr": 100},
        "rejected": {"hr": {"empty": 2, "wrong_type": 3}},
        "duplicates": {"hr": 5},
        "kept": {"hr": 90},
    } | changes
    return LedgerEntry(
        publisher="simulator", dataset=dataset, finished_at=datetime(2020, 1, 1, tzinfo=UTC), **said
    )


def status(measured=MEASURED, *entries):
    return Balance(measured, expect(entries, "hr")).status


def test_it_balances_where_every_event_is_accounted_for_and_publishers_agree():
    assert status(MEASURED, entry()) is Status.BALANCED


def test_a_lost_event_is_unbalanced():
    assert status(replace(MEASURED, landed=94, events=89, kept=89), entry()) is Status.UNBALANCED


def test_an_event_too_many_is_unbalanced():
    assert status(replace(MEASURED, landed=96), entry()) is Status.UNBALANCED


def test_an_event_that_staging_lost_is_unbalanced():
    assert status(replace(MEASURED, kept=89), entry()) is Status.UNBALANCED


def test_streams_that_are_behind_are_no_loss():
    behind = replace(MEASURED, landed=80, events=75, kept=75, waiting=15)
    assert status(behind, entry()) is Status.WAITING


def test_more_missing_than_waiting_is_a_loss():
    behind = replace(MEASURED, landed=80, events=75, kept=75, waiting=14)
    assert status(behind, entry()) is Status.UNBALANCED


@pytest.mark.parametrize(
    "changes",
    [
        {"published": {"hr": 101}},
        {"rejected": {"hr": {"empty": 3, "wrong_type": 2}}},
        {"kept": {"hr": 91}},
        {"kept": {"hr": 89}},
    ],
)
def test_publishers_that_say_something_else_contradict_it(changes):
    assert status(MEASURED, entry(**changes)) is Status.CONTRADICTED


def test_the_same_dataset_again_is_rejected_again_and_kept_once():
    twice = replace(MEASURED, published=200, rejected={"empty": 4, "wrong_type": 6}, landed=190)
    assert status(twice, entry(), entry()) is Status.BALANCED
    expected = expect([entry(), entry()], "hr")
    assert (expected.published, expected.kept, expected.duplicates) == (200, 90, 100)


def test_two_datasets_may_share_events():
    both = replace(
        MEASURED, published=200, rejected={"empty": 4, "wrong_type": 6}, landed=190, events=120, kept=120
    )
    assert status(both, entry(), entry("seed-2")) is Status.BALANCED
    assert status(replace(both, events=181, kept=181), entry(), entry("seed-2")) is Status.CONTRADICTED


def test_an_unknown_publisher_is_no_failure():
    assert status(MEASURED) is Status.UNCONFIRMED
    assert status(MEASURED, entry(published={"hr": 60})) is Status.UNCONFIRMED


def test_a_family_without_events_balances():
    nothing = Measured("hr", 0, 0, {}, 0, 0, 0, 0, 0)
    assert status(nothing) is Status.BALANCED


def test_an_entry_about_another_family_says_nothing_about_this_one():
    assert expect([entry(published={"finance": 5})], "hr") is None
