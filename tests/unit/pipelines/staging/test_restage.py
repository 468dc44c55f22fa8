"""Staging is made anew from landing: the same rows, those of a span alone, all or nothing."""

from datetime import datetime

import duckdb
import pytest
from protected_events import POSITION, PROMOTION, batch, event

from orgpulse_pipelines.staging import dedupe
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.warehouse.requests import EVER, Span, request, requested
from orgpulse_pipelines.warehouse.versions import versions_of

TABLE = staging_table(POSITION)
MARCH = Span(datetime(2019, 3, 1), datetime(2019, 4, 1))


def rows(connection, table=TABLE):
    return connection.execute(f"from {table} order by event_id").fetchall()


def happened(number, moment, **data):
    """An event with its moment."""
    return event(POSITION, number, **data).replace(b"2019-05-06T12:00:00.5Z", moment.encode())


@pytest.fixture
def staged(connection, land):
    """Three loads with repetitions, staged one by one."""
    land(
        batch(
            happened(1, "2019-02-28T23:59:59.999999Z"),
            happened(2, "2019-03-01T00:00:00Z", grade="P2"),
            happened(3, "2019-03-31T23:59:59.999999Z"),
        )
    )
    stage_family(connection, "hr")
    land(batch(happened(2, "2019-03-01T00:00:00Z", grade="P5"), event(PROMOTION, 9), first_offset=3))
    stage_family(connection, "hr")
    land(
        batch(happened(4, "2019-04-01T00:00:00Z"), happened(5, "9999-12-31T23:59:59.999999Z"), first_offset=5)
    )
    stage_family(connection, "hr")
    return rows(connection)


def test_a_table_comes_out_the_same_to_the_row(connection, staged):
    connection.execute(f"delete from {TABLE} where event_id <> (select max(event_id) from {TABLE})")
    request(connection, [TABLE])
    found = next(one for one in stage_family(connection, "hr") if one.contract == POSITION.name)
    assert (found.restaged, found.landed, found.kept, found.total) == (5, 0, 0, 5)
    assert rows(connection) == staged
    assert requested(connection, TABLE) is None


def test_only_the_events_of_the_span_are_made_anew(connection, staged):
    connection.execute(f"update {TABLE} set grade = 'D2'")
    request(connection, [TABLE], MARCH)
    stage_family(connection, "hr")
    grades = connection.execute(f"select grade from {TABLE} order by event_id").fetchall()
    assert grades == [("D2",), ("P2",), ("x",), ("D2",), ("D2",)]


def test_an_event_whose_repetition_tells_another_moment_stays_where_its_first_delivery_puts_it(
    connection, land, staged
):
    land(batch(happened(4, "2019-03-15T00:00:00Z"), happened(2, "2019-06-01T00:00:00Z"), first_offset=7))
    stage_family(connection, "hr")
    request(connection, [TABLE], MARCH)
    stage_family(connection, "hr")
    assert rows(connection) == staged


def test_new_landings_are_staged_beside_what_is_made_anew(connection, land, staged):
    request(connection, [TABLE], MARCH)
    land(batch(happened(6, "2019-03-02T00:00:00Z"), first_offset=7))
    found = next(one for one in stage_family(connection, "hr") if one.contract == POSITION.name)
    assert (found.restaged, found.kept, found.total) == (2, 1, 6)


def test_what_fails_halfway_leaves_the_table_whole_and_the_request_pending(connection, staged, monkeypatch):
    request(connection, [TABLE])

    def fail(*_):
        raise duckdb.IOException("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(dedupe, "_insert", fail)
        with pytest.raises(Exception, match="staging of hr"):
            stage_family(connection, "hr")
    assert rows(connection) == staged
    assert requested(connection, TABLE) == EVER
    stage_family(connection, "hr")
    assert rows(connection) == staged


def test_a_request_is_widened_by_another_never_narrowed(connection):
    april = Span(datetime(2019, 4, 1), datetime(2019, 5, 1))
    request(connection, [TABLE], MARCH)
    request(connection, [TABLE], april)
    assert requested(connection, TABLE) == Span(MARCH.first, april.before)
    request(connection, [TABLE])
    request(connection, [TABLE], april)
    assert requested(connection, TABLE) == EVER


def test_what_reads_a_table_learns_that_it_was_made_anew_or_grew(connection, land, staged):
    (before,) = versions_of(connection, [TABLE]).values()
    stage_family(connection, "hr")
    assert versions_of(connection, [TABLE]) == {TABLE: before}
    land(batch(event(POSITION, 2), first_offset=7))  # a repetition is nothing new
    stage_family(connection, "hr")
    assert versions_of(connection, [TABLE]) == {TABLE: before}
    request(connection, map(staging_table, staged_contracts("hr")))
    stage_family(connection, "hr")
    assert versions_of(connection, [TABLE]) == {TABLE: before + 1}
