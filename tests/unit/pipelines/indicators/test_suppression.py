"""Small numbers never leave, neither directly nor by subtraction."""

from collections.abc import Iterable

from cells import COUNT, RATIO, THINGS, cell, with_total
from hypothesis import given
from hypothesis import strategies as st

from orgpulse_pipelines.indicators.cell import Cell
from orgpulse_pipelines.indicators.suppression import suppress

THRESHOLD = 5


def reasons(cells: Iterable[Cell]) -> dict[str, str]:
    return {one.member: one.suppression for one in cells}


def test_cells_with_enough_people_are_shown() -> None:
    cells = with_total({"africa": (20, 50), "asia": (10, 30)})
    assert suppress(cells, THRESHOLD) == cells


def test_few_people_in_a_region_hide_it_and_the_next_smallest() -> None:
    cells = suppress(with_total({"africa": (20, 50), "asia": (10, 30), "oceania": (2, 4)}), THRESHOLD)
    assert reasons(cells) == {"all": "none", "africa": "none", "asia": "complementary", "oceania": "primary"}


def test_a_suppressed_cell_keeps_no_part_of_the_ratio() -> None:
    hidden = suppress(with_total({"africa": (20, 50), "asia": (2, 4)}), THRESHOLD)[1:]
    assert all(one.numerator is None and one.denominator is None and one.value is None for one in hidden)


def test_few_people_of_whom_it_is_not_true_are_protected_too() -> None:
    cells = suppress(with_total({"africa": (20, 50), "asia": (28, 30)}), THRESHOLD)
    assert reasons(cells)["asia"] == "primary"


def test_nobody_is_no_small_number() -> None:
    cells = suppress(with_total({"africa": (20, 50), "asia": (0, 30), "oceania": (0, 0)}), THRESHOLD)
    assert set(reasons(cells).values()) == {"none"}


def test_two_hidden_regions_that_add_up_to_few_people_take_a_third_with_them() -> None:
    cells = with_total(
        {"africa": (60, 0), "asia": (10, 0), "europe": (2, 0), "oceania": (1, 0)}, definition=COUNT
    )
    assert reasons(suppress(cells, THRESHOLD)) == {
        "all": "none",
        "africa": "none",
        "asia": "complementary",
        "europe": "primary",
        "oceania": "primary",
    }


def test_hidden_total_needs_no_partners() -> None:
    cells = with_total({"africa": (3, 0), "asia": (0, 0)}, definition=COUNT)
    assert reasons(suppress(cells, THRESHOLD)) == {"all": "primary", "africa": "primary", "asia": "none"}


def test_indicators_of_things_are_never_suppressed() -> None:
    cells = with_total({"africa": (1, 2), "asia": (1, 1)}, definition=THINGS)
    assert suppress(cells, THRESHOLD) == cells


def test_periods_are_looked_at_one_by_one() -> None:
    cells = [cell(2, 4, "asia", 2018), cell(20, 50, None, 2018), cell(20, 50, None, 2019)]
    assert [one.suppression for one in suppress(cells, THRESHOLD)] == ["primary", "none", "none"]


def test_the_definition_may_ask_for_more_people_than_the_platform() -> None:
    strict = RATIO.model_copy(
        update={"small_number": RATIO.small_number.model_copy(update={"minimum": 100})}  # type: ignore[union-attr]
    )
    assert suppress([cell(20, 50, definition=strict)], THRESHOLD)[0].suppression == "primary"


parts = st.integers(0, 40).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
regions = st.dictionaries(
    st.sampled_from(["africa", "americas", "asia", "europe", "oceania"]), parts, max_size=5
)


def counts(one: Cell) -> list[int]:
    return [int(one.people("numerator")), int(one.people("denominator")), int(one.people("remainder"))]


@given(regions)
def test_no_shown_cell_counts_few_people(found: dict[str, tuple[int, int]]) -> None:
    for one in suppress(with_total(found), THRESHOLD):
        if one.suppression == "none":
            assert not [people for people in counts(one) if 0 < people < THRESHOLD]


@given(regions)
def test_subtraction_from_a_shown_total_gives_no_small_number_back(found: dict[str, tuple[int, int]]) -> None:
    before = with_total(found)
    after = suppress(before, THRESHOLD)
    hidden = [old for old, new in zip(before, after, strict=True) if new.suppression != "none"]
    shown_regions = [one for one in after[1:] if one.suppression == "none"]
    if after[0].suppression != "none" or not hidden or not shown_regions:
        return  # without a total, or without anything to subtract, there is no subtraction
    missing = [sum(people) for people in zip(*map(counts, hidden), strict=True)]
    assert len(hidden) >= 2
    assert not [people for people in missing if 0 < people < THRESHOLD]
