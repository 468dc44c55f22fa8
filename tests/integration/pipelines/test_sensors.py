"""What starts a build by itself: events that wait on a real broker, and a replay of months."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from kafka import TopicPartition

from orgpulse_pipelines.definitions import defs
from orgpulse_pipelines.defs.build import after_replay, every_15_minutes, kafka_lag
from orgpulse_pipelines.landing.lag import waiting
from orgpulse_pipelines.landing.load import land_family
from orgpulse_pipelines.runs.home import open_instance
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.clients import admin_client

pytestmark = pytest.mark.kafka

LANDING = dg.AssetKey(["landing", "hr"])
REPLAY = dg.AssetKey(["staging", "replay"])


@pytest.fixture
def state(clean_kafka, environment, monkeypatch):
    """Settings that the sensors find in the environment; ten waiting events are many."""
    for name, value in environment(clean_kafka).items():
        if name.startswith("ORGPULSE_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("ORGPULSE_WAREHOUSE__BUILD_AT_LAG", "10")
    monkeypatch.setenv("DAGSTER_HOME", "")
    return clean_kafka


@pytest.fixture
def instance(state):
    with open_instance(state) as instance:
        yield instance


@pytest.fixture
def ask(instance):
    """What the sensor answers; by default it has not been asked before."""

    def ask(cursor=None):
        with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
            answer = kafka_lag(context)
        assert isinstance(answer, dg.SensorResult | dg.SkipReason)
        return answer

    return ask


@pytest.fixture
def land(instance):
    """Lands the family hr as the build does it."""

    def land():
        job = defs.resolve_job_def("build")
        assert job.execute_in_process(instance=instance, asset_selection=[LANDING]).success

    return land


def begun(instance, status):
    """A build of which Dagster has this record."""
    job = defs.resolve_job_def("build")
    return instance.create_run_for_job(job, status=status, asset_selection=frozenset([LANDING]))


def ago(minutes):
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()


def test_nothing_waits_on_an_empty_cluster(ask):
    answer = ask(ago(60))
    assert (answer.run_requests, answer.cursor) == ([], "")


def test_a_few_events_wait_until_minutes_have_passed(ask, state, send_positions):
    send_positions(state, range(3))
    first = ask()
    assert first.run_requests == []
    assert "3 records wait" in first.skip_reason.skip_message
    assert ask(first.cursor).cursor == first.cursor
    late = ask(ago(6))
    (run,) = late.run_requests
    assert run.tags["orgpulse/waiting"] == "3"
    assert late.cursor > first.cursor


def test_many_events_start_a_build_at_once_but_not_again_and_again_where_it_fails(
    ask, state, instance, send_positions
):
    send_positions(state, range(10))
    assert len(ask().run_requests) == 1
    begun(instance, dg.DagsterRunStatus.FAILURE)
    assert ask(ago(1)).run_requests == []
    assert len(ask(ago(6)).run_requests) == 1


@pytest.mark.parametrize("status", ["NOT_STARTED", "STARTING", "STARTED"])
def test_a_build_that_is_under_way_is_never_doubled(ask, state, instance, send_positions, status):
    send_positions(state, range(10))
    begun(instance, dg.DagsterRunStatus[status])
    assert isinstance(ask(ago(60)), dg.SkipReason)
    with dg.build_schedule_context(instance=instance) as context:
        assert isinstance(every_15_minutes(context), dg.SkipReason)


def test_what_was_landed_waits_no_longer(ask, state, instance, land, send_positions):
    send_positions(state, range(20))
    land()
    assert ask(ago(60)).cursor == ""
    send_positions(state, range(20, 24))
    assert "4 records wait" in ask().skip_reason.skip_message


def test_a_topic_that_was_made_anew_waits_from_its_start(state, send_positions, empty):
    send_positions(state, range(20))
    with open_warehouse(state) as connection:
        landed = land_family(connection, state, "hr")
    assert waiting(state.kafka, landed.positions) == 0
    empty(state, "events.hr")
    send_positions(state, range(7))
    assert waiting(state.kafka, landed.positions) == 7


def test_what_kafka_has_removed_does_not_wait(state, send_positions):
    send_positions(state, range(30))
    every = waiting(state.kafka, [])
    admin = admin_client(state.kafka)
    admin.delete_records({TopicPartition("events.hr", 0): 5})
    admin.close()
    assert (every, waiting(state.kafka, [])) == (30, 25)


def test_without_a_broker_the_sensor_says_so(ask, monkeypatch):
    monkeypatch.setenv("ORGPULSE_KAFKA__BOOTSTRAP_SERVERS", "127.0.0.1:9")
    monkeypatch.setenv("ORGPULSE_KAFKA__REQUEST_TIMEOUT_MS", "1000")
    answer = ask()
    assert isinstance(answer, dg.SkipReason)
    assert "Kafka does not answer" in answer.skip_message


def test_a_replay_is_followed_by_a_build(instance, state, send_positions, land):
    send_positions(state, range(5))
    land()
    with open_warehouse(state) as connection:
        stage_family(connection, "hr")
    replay = defs.resolve_implicit_job_def_def_for_assets([REPLAY])
    run = replay.execute_in_process(instance=instance, partition_key="2019-05-01", asset_selection=[REPLAY])
    assert run.success
    event = instance.get_latest_materialization_event(REPLAY)
    assert event.asset_materialization.metadata["dagster/row_count"].value == 5
    with dg.build_sensor_context(instance=instance, repository_def=defs.get_repository_def()) as context:
        requests = after_replay.evaluate_tick(context).run_requests
    assert [run.job_name or "build" for run in requests] == ["build"]
