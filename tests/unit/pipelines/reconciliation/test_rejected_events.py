"""Rejected events in the warehouse: by contract, code and day, and by the identity of the event."""

import uuid

import duckdb
import orjson
import pytest
from protected_events import POSITION, batch, rejection

from orgpulse_pipelines.reconciliation.rejected_events import create_rejected_events

IDENTITY = uuid.UUID(int=5)
TOPIC = "rejected.hr"


def with_data(value: bytes, **data: object) -> bytes:
    event = orjson.loads(value)
    return orjson.dumps({**event, "data": event["data"] | data})


@pytest.fixture
def rejected(connection, land):
    """Lands values and gives the rows of the view."""

    def rows(*values: bytes, columns: str = "*") -> list[tuple]:
        land(batch(*values, topic=TOPIC))
        create_rejected_events(connection)
        return connection.execute(f"select {columns} from core.rejected_event order by origin").fetchall()

    return rows


def test_an_event_is_found_by_the_identity_that_it_will_have_once_it_is_accepted(rejected):
    value = with_data(rejection(POSITION, 1), identity=str(IDENTITY))
    assert rejected(value, columns="identity, reason, contract, day::varchar") == [
        (IDENTITY, "wrong_type", POSITION.event_type, "2020-01-01")
    ]


def test_a_rejection_names_its_source_system_by_the_topic_of_the_original(rejected):
    assert rejected(rejection(POSITION, 1), columns="system, family") == [("PE-3", "hr")]


def test_without_any_load_nothing_is_rejected():
    with duckdb.connect() as connection:
        create_rejected_events(connection)
        assert connection.execute("select count(*) from core.rejected_event").fetchone() == (0,)


def test_an_event_that_does_not_tell_who_it_is_has_no_identity(rejected):
    told = rejected(
        with_data(rejection(POSITION, 1), identity=None), rejection(POSITION, 2), columns="identity"
    )
    assert told == [(None,), (None,)]


def test_an_event_that_streams_delivered_twice_is_one(rejected):
    assert len(rejected(rejection(POSITION, 1), rejection(POSITION, 1))) == 1


@pytest.mark.parametrize("stated", ["-1", "9223372036854775807", "99999999999999999999", "x"])
def test_an_arrival_that_no_calendar_has_is_the_day_of_the_rejection(rejected, stated):
    value = with_data(rejection(POSITION, 1), origin=f"raw.hr.pe-3/0/1@{stated}")
    assert rejected(value, columns="day::varchar") == [("2020-01-01",)]


def test_every_column_is_commented(rejected, connection):
    rejected(rejection(POSITION, 1))
    rows = connection.execute(
        "select column_name from duckdb_columns() "
        "where table_name = 'rejected_event' and coalesce(comment, '') = ''"
    ).fetchall()
    assert rows == []
