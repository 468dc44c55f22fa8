"""The embedded broker keeps everything in memory: after its end its topics begin anew."""

from collections.abc import Iterator

import pytest

from orgpulse_pipelines.landing.load import land_family
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.broker import connected, start_broker, stop_broker
from orgpulse_platform.settings import BrokerSettings, Settings
from orgpulse_platform.topic_admin import create_topics


@pytest.fixture
def embedded(tmp_path) -> Iterator[Settings]:
    """Settings of a state folder whose embedded broker is not started yet."""
    settings = Settings(state=tmp_path / "state", broker=BrokerSettings(kind="embedded"))
    yield settings
    stop_broker(settings)


def started(settings: Settings) -> Settings:
    start_broker(settings)
    ready = connected(settings)
    create_topics(ready.kafka)
    return ready


def test_a_broker_that_forgot_is_no_foreign_cluster_and_nothing_counts_twice(embedded, send_positions, count):
    ready = started(embedded)
    send_positions(ready, range(200))
    with open_warehouse(ready) as connection:
        land_family(connection, ready, "hr")
    assert count(ready) == (200, 200)
    stop_broker(embedded)

    ready = started(embedded)
    send_positions(ready, range(150, 300))
    with open_warehouse(ready) as connection:
        landed = land_family(connection, ready, "hr")
        stage_family(connection, "hr")
    assert landed.notices
    assert count(ready) == (350, 300)
    assert count(ready, "staging") == (300, 300)
