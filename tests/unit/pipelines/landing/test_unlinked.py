"""No load brings an erased person back, whatever arrives again."""

import pytest
from protected_events import PROMOTION, batch, event

from orgpulse_pipelines.landing.unlinked import ERASED, new_surrogate
from orgpulse_platform.erased import ErasedRegister, open_register

PERSON = "person-1~abcdefghijklmnopqrstuvwxyz"
RENEWED = "person-2~abcdefghijklmnopqrstuvwxyz"
OTHER = "person-1~zzzzzzzzzzzzzzzzzzzzzzzzzz"
TABLE = f"landing.{PROMOTION.name}"


@pytest.fixture
def register(settings) -> ErasedRegister:
    made = open_register(settings.folder)
    made.add([PERSON])
    return made


def people(connection):
    rows = connection.execute(f'select personnel_id from {TABLE} order by "offset"').fetchall()
    return [person for (person,) in rows]


def unlinked(connection):
    surrogate = new_surrogate()
    connection.execute(f"update {TABLE} set personnel_id = ? where personnel_id = ?", [surrogate, PERSON])
    return surrogate


def test_new_event_of_an_erased_person_counts_for_nobody(connection, land, register):
    land(
        batch(
            event(PROMOTION, 1, personnel_id=PERSON),
            event(PROMOTION, 2, personnel_id=OTHER),
            event(PROMOTION, 3, personnel_id=PERSON),
        ),
        erased=register,
    )
    first, other, third = people(connection)
    assert first == third, "one person stays one person within a load"
    assert first.startswith(f"{ERASED}-")
    assert other == OTHER


def test_repeated_event_gets_the_surrogate_that_it_has(connection, land, register):
    land(batch(event(PROMOTION, 1, personnel_id=PERSON)))
    surrogate = unlinked(connection)
    land(batch(event(PROMOTION, 1, personnel_id=PERSON), first_offset=1), erased=register)
    assert people(connection) == [surrogate, surrogate]


def test_repeated_event_under_a_renewed_pseudonym_gets_it_too(connection, land, register):
    land(batch(event(PROMOTION, 1, personnel_id=PERSON)))
    surrogate = unlinked(connection)
    land(batch(event(PROMOTION, 1, personnel_id=RENEWED), first_offset=1), erased=register)
    assert people(connection) == [surrogate, surrogate]


def test_topic_that_is_read_again_brings_nobody_back(connection, land, register):
    topic = batch(event(PROMOTION, 1, personnel_id=PERSON), event(PROMOTION, 2, personnel_id=OTHER))
    land(topic)
    surrogate = unlinked(connection)
    land(topic, again=True, erased=register)
    assert people(connection) == [surrogate, OTHER]


def test_load_without_erased_people_is_as_before(connection, land, register):
    land(batch(event(PROMOTION, 1, personnel_id=OTHER)), erased=register)
    assert people(connection) == [OTHER]
