"""Records that repeat an event are found once each, however they are landed."""

import random

from protected_events import POSITION, PROMOTION, batch, event

from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.reconciliation.measure import measure
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.repeated_events import create_repeated_events
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_schemas.registry import all_families


def found(connection):
    stage_family(connection, "hr")
    create_repeated_events(connection)
    return connection.execute("select event_type, origin from core.repeated_event order by origin").fetchall()


def offsets(rows):
    return [int(origin.split("/")[2].split("@")[0]) for _, origin in rows]


def test_a_record_that_repeats_an_event_is_named_with_its_contract(connection, land):
    land(batch(event(POSITION, 1), event(POSITION, 1, raw_offset=7), event(PROMOTION, 2)))
    rows = found(connection)
    assert [event_type for event_type, _ in rows] == [POSITION.event_type]
    assert offsets(rows) == [7]


def test_a_record_that_streams_delivered_twice_repeats_nothing(connection, land):
    land(batch(event(POSITION, 1), event(POSITION, 1)))
    land(batch(event(POSITION, 1), first_offset=2))
    assert found(connection) == []


def test_a_repetition_that_is_delivered_twice_is_one_record(connection, land):
    land(batch(event(POSITION, 1), event(POSITION, 1, raw_offset=7)))
    assert offsets(found(connection)) == [7]
    land(batch(event(POSITION, 1, raw_offset=7), first_offset=2))
    assert offsets(found(connection)) == [7]


def test_looking_step_by_step_finds_what_reconciliation_counts(connection, land):
    choose = random.Random(11)
    for number in range(6):
        stood_at = [choose.randrange(60) for _ in range(20)]
        repeated = (event(POSITION, offset % 30, raw_offset=offset) for offset in stood_at)
        land(batch(*repeated, first_offset=20 * number))
        step_by_step = found(connection)
    for family in all_families():
        create_landing_tables(connection, family)
    create_staging_tables(connection)
    measured = next(one for one in measure(connection) if one.family == "hr")
    connection.execute("drop schema staging cascade")
    assert found(connection) == step_by_step
    assert len(step_by_step) == measured.duplicates > 0
    assert measured.redelivered > 0


def test_nothing_landed_is_nothing_repeated(connection):
    assert found(connection) == []
