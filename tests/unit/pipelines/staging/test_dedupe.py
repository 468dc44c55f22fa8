"""Each event stands once in staging, however often it was published, delivered or loaded."""

import random

from protected_events import ARRIVED_MS, POSITION, PROMOTION, batch, event

from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.lineage import COLUMNS, create_lineage
from orgpulse_pipelines.staging.tables import create_staging_tables

TABLE = f"staging.{POSITION.name}"


def staged(connection, contract=POSITION.name):
    return next(one for one in stage_family(connection, "hr") if one.contract == contract)


def grades(connection):
    return connection.execute(f"select grade from {TABLE} order by event_id").fetchall()


def test_an_event_that_stands_twice_in_a_load_is_kept_as_landed_first(connection, land):
    land(batch(event(POSITION, 1, grade="P2"), event(POSITION, 1, grade="P5"), event(POSITION, 2)))
    found = staged(connection)
    assert (found.landed, found.kept, found.total) == (3, 2, 2)
    assert grades(connection) == [("P2",), ("x",)]


def test_an_event_that_comes_again_in_a_later_load_changes_nothing(connection, land):
    land(batch(event(POSITION, 1, grade="P2")))
    stage_family(connection, "hr")
    land(batch(event(POSITION, 1, grade="P5"), first_offset=1))
    found = staged(connection)
    assert (found.landed, found.kept, found.total) == (1, 0, 1)
    assert grades(connection) == [("P2",)]


def test_staging_again_without_a_new_load_moves_nothing(connection, land):
    land(batch(event(POSITION, 1)))
    stage_family(connection, "hr")
    found = staged(connection)
    assert (found.landed, found.kept, found.total) == (0, 0, 1)


def test_the_same_identity_under_two_contracts_is_two_events(connection, land):
    land(batch(event(POSITION, 1), event(PROMOTION, 1)))
    stage_family(connection, "hr")
    counts = [
        connection.execute(f"select count(*) from staging.{name}").fetchone()
        for name in (POSITION.name, PROMOTION.name)
    ]
    assert counts == [(1,), (1,)]


def test_staging_step_by_step_gives_what_staging_at_once_gives(connection, land):
    choose = random.Random(7)
    batches = [
        batch(
            *(event(POSITION, choose.randrange(40), grade=str(choose.random())) for _ in range(25)),
            first_offset=25 * number,
        )
        for number in range(6)
    ]
    for one in batches:
        land(one)
        stage_family(connection, "hr")
    step_by_step = connection.execute(f"from {TABLE} order by event_id").fetchall()
    connection.execute("drop schema staging cascade")
    stage_family(connection, "hr")
    assert connection.execute(f"from {TABLE} order by event_id").fetchall() == step_by_step


def test_lineage_names_the_place_of_every_event(connection, land):
    land(batch(event(POSITION, 1), event(PROMOTION, 2), first_offset=70))
    stage_family(connection, "hr")
    create_staging_tables(connection)
    create_lineage(connection)
    found = connection.execute(
        'select contract, topic, "offset" from core.event_lineage order by all'
    ).fetchall()
    described = [row[0] for row in connection.execute("describe core.event_lineage").fetchall()]
    assert found == [(POSITION.name, "events.hr", 70), (PROMOTION.name, "events.hr", 71)]
    assert described == list(COLUMNS)


def test_lineage_tells_when_the_original_arrived_if_kafka_knows(connection, land):
    land(batch(event(POSITION, 1), event(POSITION, 2).replace(f"@{ARRIVED_MS}".encode(), b"@-1")))
    stage_family(connection, "hr")
    create_staging_tables(connection)
    create_lineage(connection)
    found = connection.execute("select received_at::varchar from core.event_lineage order by all").fetchall()
    assert found == [("2020-01-01 00:00:00",), (None,)]
