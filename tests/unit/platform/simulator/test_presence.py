"""Who works where on a day: looked up by stays, it is what the careers say."""

from datetime import date, timedelta
from random import Random

from orgpulse_platform.simulator.names import invent_name
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.presence import Presence

OFFICES = ("U0001", "U0002", "U0003")
FIRST = date(2016, 1, 1)


def careers(rng: Random) -> list[Person]:
    """People who move often, back and forth, some twice a day; some have left."""
    return [career(rng, number) for number in range(1, 200)]


def career(rng: Random, number: int) -> Person:
    days = sorted(FIRST + timedelta(days=rng.randrange(60)) for _ in range(rng.randint(1, 6)))
    person = Person(
        number=number,
        name=invent_name(rng, "NOR", "female"),
        birth_date=date(1980, 1, 1),
        gender="female",
        nationality="NOR",
        kind="staff",
        grade="P3",
        manager=False,
        appointed_on=days[0],
        entered_unit_id=OFFICES[0],
        unit_id=OFFICES[0],
        separated_on=days[-1] + timedelta(days=rng.randrange(20)) if rng.random() < 0.5 else None,
    )
    for day in days[1:]:
        person.move(day, rng.choice(OFFICES))
    return person


def test_an_office_has_everybody_who_serves_and_works_there_in_the_order_of_entry():
    people = careers(Random(1))
    presence = Presence(people)

    for day in (FIRST + timedelta(days=days) for days in range(-1, 90)):
        for office in OFFICES:
            there = [p for p in people if p.serves_on(day) and p.unit_on(day) == office]
            assert presence.in_office(office, day) == there


def test_whoever_comes_back_to_an_office_counts_once():
    person = career(Random(2), 1)
    person.later_moves, person.separated_on = (), None
    person.move(person.appointed_on + timedelta(days=5), OFFICES[1])
    person.move(person.appointed_on + timedelta(days=9), OFFICES[0])
    presence = Presence([person])

    assert [presence.ever_in_office(office) for office in OFFICES] == [1, 1, 0]


def test_nobody_is_found_where_nobody_is():
    assert Presence([]).anybody(Random(1), FIRST) is None
    assert Presence([]).in_office("U0009", FIRST) == []
