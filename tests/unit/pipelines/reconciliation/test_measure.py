"""Counts that the warehouse itself knows, from offsets to staging."""

import pytest
from protected_events import POSITION, batch, event, rejection

from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.reconciliation.measure import measure
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_schemas.registry import all_families


@pytest.fixture
def hr(connection):
    """Stages what was landed and measures the family hr."""

    def measured(published, processed=None):
        for family in all_families():
            create_landing_tables(connection, family)
        create_staging_tables(connection)
        stage_family(connection, "hr")
        connection.execute(
            "insert into landing.raw_watermarks values ('c', 't', 'raw.hr.pe-3', 0, 0, ?, ?)",
            [published if processed is None else processed, published],
        )
        return next(one for one in measure(connection) if one.family == "hr")

    return measured


def test_published_is_rejected_plus_landed_and_landed_is_kept_plus_duplicates(land, hr):
    again = event(POSITION, 1, raw_offset=3)
    land(batch(event(POSITION, 1), event(POSITION, 2), again))
    land(batch(rejection(POSITION, 4), rejection(POSITION, 5, "empty"), topic="rejected.hr"))
    found = hr(published=5)
    assert (found.published, found.all_rejected, found.landed) == (5, 2, 3)
    assert (found.kept, found.duplicates, found.unaccounted) == (2, 1, 0)
    assert found.rejected == {"empty": 1, "wrong_type": 1}


def test_a_record_that_streams_delivered_twice_counts_once(land, hr):
    land(batch(event(POSITION, 1), event(POSITION, 1)))
    land(batch(rejection(POSITION, 2), rejection(POSITION, 2), topic="rejected.hr"))
    found = hr(published=2)
    assert (found.landed, found.redelivered, found.duplicates, found.all_rejected) == (1, 1, 0, 1)
    assert found.unaccounted == 0


def test_an_offset_that_a_topic_gave_before_it_was_made_anew_is_another_record(land, hr):
    second_life = event(POSITION, 2, raw_offset=1).replace(b"@1577836800000", b"@1577836900000")
    land(batch(event(POSITION, 1), second_life))
    assert hr(published=2).landed == 2


def test_what_is_missing_is_unaccounted(land, hr):
    land(batch(event(POSITION, 1)))
    found = hr(published=3, processed=2)
    assert (found.unaccounted, found.waiting) == (2, 1)


def test_quarantine_is_counted(land, hr):
    land(batch(b"{", event(POSITION, 1)))
    assert hr(published=1).quarantined == 1
