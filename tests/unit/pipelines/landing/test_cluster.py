"""Stored offsets belong to one cluster and to topics by their ids."""

import pytest
from protected_events import POSITION, batch, event

from orgpulse_pipelines.errors import ForeignClusterError
from orgpulse_pipelines.landing.cluster import Cluster, accept
from orgpulse_pipelines.landing.offsets import next_offsets

TOPIC = "events.hr"
SAME_TOPIC = f"id-of-{TOPIC}"


@pytest.fixture(autouse=True)
def one_load_before(land):
    land(batch(event(POSITION, 1), event(POSITION, 2), first_offset=5))


def test_a_known_cluster_goes_on_where_the_last_load_ended(connection):
    cluster = Cluster("cluster-1", {TOPIC: SAME_TOPIC}, forgets=False)
    assert accept(connection, cluster, adopt=False) == []
    assert next_offsets(connection, cluster) == {(TOPIC, 0): 7}


def test_a_topic_that_was_made_anew_is_named_and_read_from_its_start(connection):
    cluster = Cluster("cluster-1", {TOPIC: "another"}, forgets=False)
    (notice,) = accept(connection, cluster, adopt=False)
    assert TOPIC in notice
    assert next_offsets(connection, cluster) == {}


def test_another_cluster_is_refused_with_both_ids_and_nothing_changes(connection):
    before = connection.execute("from landing.offsets").fetchall()
    with pytest.raises(ForeignClusterError) as caught:
        accept(connection, Cluster("cluster-2", {TOPIC: SAME_TOPIC}, forgets=False), adopt=False)
    assert "cluster-1" in caught.value.message
    assert "cluster-2" in caught.value.message
    assert "--adopt-cluster" in caught.value.guidance
    assert connection.execute("from landing.offsets").fetchall() == before


@pytest.mark.parametrize(("adopt", "forgets"), [(True, False), (False, True)])
def test_another_cluster_is_read_anew_if_adopted_or_if_it_forgets_by_nature(adopt, forgets, connection):
    cluster = Cluster("cluster-2", {TOPIC: SAME_TOPIC}, forgets=forgets)
    (notice,) = accept(connection, cluster, adopt=adopt)
    assert "cluster-2" in notice
    assert next_offsets(connection, cluster) == {}


def test_an_adopted_cluster_does_not_make_the_first_one_foreign(connection):
    connection.execute("insert into landing.offsets values ('cluster-2', 'x', 'events.hr', 0, 1)")
    assert accept(connection, Cluster("cluster-1", {TOPIC: SAME_TOPIC}, forgets=False), adopt=False) == []
