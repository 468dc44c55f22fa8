"""A reader of two publications in a row does not learn from the second one what the first one hid."""

from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from small_world import Row, computed, computed_in_turn, definition, flow
from test_attack import (
    INDICATORS,
    OFFICES,
    attacked,
    offices,
    people,
    with_days,
)

COURSES = {
    "meaning": "People of a test",
    "counts": "flow",
    "sql": "select day, unit_id, value, event_id from marts.numerator",
}
Figures = dict[tuple[str, str], Row]


def completed(africa: int, asia: int, europe: int) -> tuple[list[Row], list[Row]]:
    """People who took a course in each region."""
    number_of = {"A1": africa, "B1": asia, "C1": europe}
    return [row for office, number in number_of.items() for row in flow(number, "2019-02-05", office)], []


def in_turn(*builds: tuple[list[Row], list[Row]]) -> list[Figures]:
    """The yearly figures of each build by region."""
    one = definition(COURSES, small_number={"protects": ["numerator"]}, unit="people", periods=["year"])
    return [
        {row["member"]: row for row in figures if row["dimension"] != "office"}
        for figures in computed_in_turn(one, *builds, years=(2019,), units=offices())
    ]


def test_a_late_record_does_not_show_what_the_build_before_hid() -> None:
    """Five people in Asia may be shown, and Europe with them: so it was four before, by 76 - 60 - 12."""
    early, late = completed(60, 4, 12), completed(60, 5, 12)
    (alone,) = in_turn(late)
    assert not alone["asia"]["suppressed"]
    before, after = in_turn(early, late)
    for member in ("asia", "europe"):
        assert before[member]["suppressed"]
        assert after[member]["suppressed"]
    assert after["all"]["numerator"] == 77


def test_what_counts_many_more_people_is_a_new_figure() -> None:
    _, after = in_turn(completed(60, 4, 12), completed(70, 20, 30))
    assert not any(row["suppressed"] for row in after.values())


def test_a_third_build_remembers_the_first_one() -> None:
    late = completed(60, 5, 12)
    *_, after = in_turn(completed(60, 4, 12), late, late)
    assert after["asia"]["suppressed"]


def test_the_public_is_not_shown_what_was_withheld_before() -> None:
    before, after = in_turn(completed(60, 9, 12), completed(60, 10, 12))
    assert not before["asia"]["suppressed"]
    assert not before["asia"]["shown_to_public"]
    assert not after["asia"]["shown_to_public"]


@settings(max_examples=1, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_two_publications_together_give_no_small_number_back(seed: int) -> None:
    """The reader even knows which figures the late records changed, and takes all others for the same."""
    random = Random(seed)
    serving, taken = people(random, 12)
    late = [
        flow(1, "2019-03-05", office, kind="f", key="yes")[0] for office in random.sample(sorted(OFFICES), 2)
    ]
    options: dict[str, Any] = {"years": (2019,), "units": offices()}
    first, second = (
        with_days(figures)
        for figures in computed_in_turn(INDICATORS, (serving, taken), (serving, [*taken, *late]), **options)
    )
    truth, moved = (
        with_days(computed(INDICATORS, serving, rows, threshold=1, **options))
        for rows in (taken, [*taken, *late])
    )
    assert not [one for one in attacked(_both(first, second, truth, moved), truth) if one.is_exposed]


def _both(first: list[Row], second: list[Row], truth: list[Row], moved: list[Row]) -> list[Row]:
    """The first publication, with what the second one shows of figures that did not change."""
    later = {_key(row): row for row in second}
    after = {_key(row): row for row in moved}
    before = {_key(row): row for row in truth}

    def known(row: Row) -> Row:
        key = _key(row)
        same = key in after and all(
            before[key][side] == after[key][side] for side in ("numerator", "denominator")
        )
        return later[key] if row["suppressed"] and same and key in later else row

    return [known(row) for row in first]


def _key(row: Row) -> tuple[Any, ...]:
    return row["indicator_id"], row["period"], row["dimension"], row["member"]
