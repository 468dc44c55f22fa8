"""Names, e-mail addresses and terms of service."""

from datetime import date
from random import Random

import pytest

from orgpulse_platform.simulator.names import AREAS, NATIVE, email_address, invent_name
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.training.e_learning import _months_after


@pytest.mark.parametrize("area", sorted(NATIVE))
def test_names_in_another_script_are_listed_in_the_same_order(area):
    latin, native = AREAS[area], NATIVE[area]

    assert (len(latin.women), len(latin.men), len(latin.family)) == (
        len(native.women),
        len(native.men),
        len(native.family),
    )


@pytest.mark.parametrize("country", ["EGY", "COL", "UKR", "JPN", "BGD", "VNM", "TUR", "FJI", "NOR", "SEN"])
def test_addresses_are_plain_letters_and_set_namesakes_apart(country):
    name = invent_name(Random(4), country, "female")

    address = email_address(name, 17)

    local, _, domain = address.partition("@")
    assert domain.endswith(".example")
    assert local.isascii()
    assert local.replace(".", "").isalnum()
    assert local.endswith("17")
    assert address != email_address(name, 18)


def test_first_and_last_day_count_as_service():
    person = person_of(date(2017, 2, 1), date(2018, 3, 31))

    assert person.serves_on(date(2017, 2, 1))
    assert person.serves_on(date(2018, 3, 31))
    assert not person.serves_on(date(2017, 1, 31))
    assert not person.serves_on(date(2018, 4, 1))


def test_the_office_changes_on_the_first_day_in_the_new_one():
    person = person_of(date(2017, 2, 1), None)
    person.move(date(2018, 5, 1), "U0002")

    assert person.unit_on(date(2018, 4, 30)) == "U0001"
    assert person.unit_on(date(2018, 5, 1)) == "U0002"
    assert person.moves == ((date(2017, 2, 1), "U0001"), (date(2018, 5, 1), "U0002"))


def test_service_within_a_period_is_cut_at_its_ends():
    person = person_of(date(2017, 2, 1), date(2018, 3, 31))

    assert person.service_within(date(2018, 1, 1), date(2018, 12, 31)) == (
        date(2018, 1, 1),
        date(2018, 3, 31),
    )
    assert person.service_within(date(2018, 4, 1), date(2018, 12, 31)) is None


def test_a_completion_at_the_end_of_a_month_expires_at_the_end_of_a_shorter_one():
    assert _months_after(date(2018, 8, 31), 6) == date(2019, 2, 28)
    assert _months_after(date(2017, 12, 15), 24) == date(2019, 12, 15)


def person_of(appointed_on: date, separated_on: date | None) -> Person:
    return Person(
        number=1,
        name=invent_name(Random(1), "NOR", "male"),
        birth_date=date(1980, 1, 1),
        gender="male",
        nationality="NOR",
        kind="staff",
        grade="P3",
        manager=False,
        appointed_on=appointed_on,
        entered_unit_id="U0001",
        unit_id="U0001",
        separated_on=separated_on,
    )
