"""One event followed through the publication, and what a trace says."""

import uuid
from datetime import UTC, datetime

import duckdb
import pytest

from orgpulse_pipelines.tracing.errors import UnknownSystemError
from orgpulse_pipelines.tracing.follow import follow, system_called
from orgpulse_pipelines.tracing.in_publication import trace_in_publication
from orgpulse_pipelines.tracing.shown import trace_lines
from orgpulse_pipelines.tracing.trace import Landed, Outcome, Received, Rejected, Trace

EVENT, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
SOURCE = "urn:orgpulse:system:pe-3"
ORIGIN = "raw.hr.pe-3/0/17@1577880000000"
REJECTED = Rejected(ORIGIN, "unknown_contract", "/type", None, "kafka")


def received(outcome: Outcome, offset: int = 17) -> Received:
    arrived = datetime(2020, 1, 1, 12, tzinfo=UTC)
    return Received(f"raw.hr.pe-3/0/{offset}@1", "raw.hr.pe-3", 0, offset, arrived, None, outcome)


@pytest.fixture
def published():
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            create schema meta; create schema core; create schema marts;
            create table meta.publication as select 'p-1' as publication_id;
            create table core.event_lineage as select '{EVENT}'::uuid as event_id,
                'training_completion_recorded_v1' as contract, 'events.hr' as topic, 1 as "partition",
                5 as "offset", '{ORIGIN}' as origin, timestamp '2019-05-01 00:00:00' as occurred_at;
            create table core.fact_x as select unnest(['{EVENT}', '{OTHER}', '{EVENT}'])::uuid as event_id;
            create table core.fact_y as
                select '{OTHER}'::uuid as event_id, '{EVENT}'::uuid as closure_event_id;
            create table marts.z as select '{EVENT}' as event_id;
            create table core.rejected_event as select '{ORIGIN}' as origin, '{EVENT}'::uuid as identity,
                'unknown_contract' as reason, '/type' as path, null::varchar as contract,
                date '2020-01-01' as day;
            """
        )
        yield connection


def test_the_publication_tells_where_an_event_landed_and_in_which_tables_it_is(published):
    trace = Trace(SOURCE, EVENT)
    trace_in_publication(trace, published, EVENT)
    assert trace.status == "landed"
    assert trace.landed is not None
    assert (trace.landed.topic, trace.landed.partition, trace.landed.offset) == ("events.hr", 1, 5)
    assert [(one.table, one.column, one.rows) for one in trace.tables] == [
        ("core.event_lineage", "event_id", 1),
        ("core.fact_x", "event_id", 2),
        ("core.fact_y", "closure_event_id", 1),
    ]
    assert [(one.reason, one.found_on) for one in trace.rejected] == [("unknown_contract", "publication")]
    assert trace.publication == "p-1"


def test_what_holds_a_row_and_what_the_contract_feeds_are_told_apart(published):
    trace = Trace(SOURCE, EVENT)
    trace_in_publication(trace, published, EVENT)
    text = "\n".join(trace_lines(trace))
    assert "in         core.fact_x: holds 2 rows with this event's identity (event_id)" in text
    held, fed = text.split("feeds      ")
    assert "landing.training_completion_recorded_v1" in fed
    assert "core.fact_completion, about people, not published" in fed
    assert "landing." not in held
    document = trace.document()
    assert [one["id"] for one in document["tables"]][:2] == [
        "core.event_lineage.event_id",
        "core.fact_x.event_id",
    ]
    assert document["fed_tables"][0] == {
        "id": "landing.training_completion_recorded_v1",
        "table": "landing.training_completion_recorded_v1",
        "published": False,
        "people": False,
    }


def test_a_rejection_that_kafka_named_is_told_once(published):
    trace = Trace(SOURCE, EVENT, rejected=[REJECTED])
    trace_in_publication(trace, published, EVENT)
    assert trace.rejected == [REJECTED]


def test_a_publication_of_an_earlier_version_tells_what_it_knows(published):
    published.execute("drop table core.rejected_event")
    trace = Trace(SOURCE, EVENT)
    trace_in_publication(trace, published, EVENT)
    assert (trace.status, trace.rejected) == ("landed", [])


def test_an_event_that_the_publication_does_not_know_is_not_found(published):
    trace = Trace(SOURCE)
    trace_in_publication(trace, published, uuid.UUID(int=9))
    assert not trace.found
    assert trace.status == "not_found"


@pytest.mark.parametrize(
    ("outcomes", "rejected", "status"),
    [
        ([Outcome.WAITING], [], "waiting"),
        ([Outcome.REJECTED, Outcome.ACCEPTED], [REJECTED], "accepted"),
        ([Outcome.REJECTED, Outcome.WAITING], [REJECTED], "waiting"),
        ([Outcome.REJECTED], [REJECTED], "rejected"),
        ([], [REJECTED], "rejected"),
    ],
)
def test_the_status_is_the_best_that_happened_to_the_event(outcomes, rejected, status):
    found = [received(outcome, number) for number, outcome in enumerate(outcomes)]
    assert Trace(SOURCE, received=found, rejected=rejected).status == status


def test_people_are_told_who_mends_it_and_whether_a_replay_helps():
    landed = Landed("hr_x", "events.hr", 1, 5, ORIGIN, datetime(2019, 5, 1))
    trace = Trace(SOURCE, EVENT, "p-1", [received(Outcome.REJECTED)], [REJECTED], landed)
    text = "\n".join(trace_lines(trace))
    assert "raw.hr.pe-3, partition 0, offset 17 at 2020-01-01 12:00:00 UTC: rejected" in text
    assert "Mended by: source system or platform; a replay helps after the fix." in text
    assert "events.hr, partition 1, offset 5, as hr_x" in text
    assert trace.document()["received"][0]["outcome"] == "rejected"


@pytest.mark.parametrize("name", ["PE-3", "pe-3", SOURCE])
def test_a_system_is_called_by_its_id_or_its_source(name):
    assert system_called(name).uri == SOURCE


def test_an_unknown_system_is_refused_with_those_that_there_are():
    with pytest.raises(UnknownSystemError, match="PE-3"):
        system_called("Zanzibar")


def test_without_kafka_publication_and_keyring_the_trace_says_what_it_could_not_search(settings):
    trace = follow(settings, "PE-3", "zyxcanary", lambda read, total: None)
    assert not trace.found
    assert len(trace.notices) == 2
    assert "keyring" in trace.notices[0]
    assert "Kafka does not answer" in trace.notices[1]
    assert "zyxcanary" not in str(trace.document())


def test_with_a_keyring_it_says_that_nothing_is_published(settings, keyring):
    trace = follow(settings, "PE-3", "1", lambda read, total: None)
    assert trace.identity == keyring.event_identity(SOURCE, "1")
    assert "Nothing is published yet" in trace.notices[-1]
