"""Small numbers never leave, neither directly nor by subtraction."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import computed, definition, figures, flow, measure, share, stock

from orgpulse_pipelines.indicators.disclosure import Cell, Sum, suppress

MINIMUM = 5


def suppressed(regions: dict[str, tuple[int, ...]], minimum: int = MINIMUM) -> dict[str, str]:
    """Why each region, and the organisation that they add up to, is hidden."""
    people = dict(regions) | {"all": tuple(map(sum, zip(*regions.values(), strict=True)))}
    cells = {name: _cell(name, counts, minimum) for name, counts in people.items()}
    parts = tuple(cells[name] for name in regions)
    suppress(cells.values(), [Sum(cells["all"], parts, minimum)])
    reason = {True: "primary", False: "complementary"}
    return {name: reason[cell.small] if cell.hidden else "none" for name, cell in cells.items()}


def _cell(name: str, counts: tuple[int, ...], minimum: int) -> Cell:
    small = any(0 < count < minimum for count in counts)
    return Cell((name,), tuple((float(count),) for count in counts), small)


def test_cells_with_enough_people_are_shown() -> None:
    assert set(suppressed({"africa": (20, 50, 30), "asia": (10, 30, 20)}).values()) == {"none"}


def test_few_people_in_a_region_hide_it_and_the_next_smallest() -> None:
    found = suppressed({"africa": (20, 50), "asia": (10, 30), "oceania": (2, 4)})
    assert found == {"all": "none", "africa": "none", "asia": "complementary", "oceania": "primary"}


def test_nobody_is_no_small_number() -> None:
    assert set(suppressed({"africa": (20,), "asia": (0,), "oceania": (0,)}).values()) == {"none"}


def test_two_hidden_regions_that_add_up_to_few_people_take_a_third_with_them() -> None:
    found = suppressed({"africa": (60,), "asia": (10,), "europe": (2,), "oceania": (1,)})
    assert found == {
        "all": "none", "africa": "none", "asia": "complementary", "europe": "primary", "oceania": "primary",
    }  # fmt: skip


def test_where_there_is_no_partner_the_total_is_hidden() -> None:
    assert suppressed({"africa": (3,), "asia": (0,)})["all"] == "primary"
    assert suppressed({"africa": (60, 3), "asia": (0, 0)})["africa"] == "primary"


def test_few_people_of_whom_it_is_not_true_are_protected_too() -> None:
    found = figures(share(), stock(20) + stock(28, "B1"), stock(50) + stock(30, "B1"))
    assert found["2019", "asia"]["suppression"] == "suppressed"


def test_a_suppressed_cell_keeps_no_part_of_the_ratio() -> None:
    for row in computed(share(), stock(20) + stock(2, "B1"), stock(50) + stock(30, "B1")):
        if row["suppressed"]:
            assert (row["numerator"], row["denominator"], row["value"]) == (None, None, None)


def test_indicators_of_things_are_never_suppressed() -> None:
    assert not [row for row in computed(definition(), flow(1, "2019-02-01")) if row["suppressed"]]


def test_the_definition_may_ask_for_more_people_than_the_platform() -> None:
    rule = {"small_number": {"protects": ["denominator"], "minimum": 100}}
    assert figures(share(**rule), stock(30), stock(60))["2019", "all"]["suppression"] == "suppressed"


def test_the_median_of_few_cases_is_hidden_however_large_it_is() -> None:
    rows = [{"day": "2019-02-01", "unit_id": "A1", "value": 400} for _ in range(3)]
    tested = definition(
        measure("numerator", aggregate="median"),
        small_number={"protects": ["numerator"]},
        empty_numerator="unknown",
    )
    assert figures(tested, rows)["2019", "all"]["suppression"] == "suppressed"
    assert figures(tested, rows * 2)["2019", "all"]["value"] == 400


def test_a_small_month_is_not_given_back_by_the_quarter_or_the_year_to_date() -> None:
    rows = flow(20, "2019-01-05") + flow(2, "2019-02-05") + flow(30, "2019-03-05")
    tested = definition(small_number={"protects": ["numerator"]}, places=[])
    found = {label: row for (label, _), row in figures(tested, rows, years=(2019,)).items()}
    assert found["2019-02"]["suppression"] == "suppressed"
    hidden = {label for label, row in found.items() if row["suppressed"]}
    assert hidden & {"2019-01", "2019-03", "2019-Q1"}
    assert hidden & {"2019-01 YTD", "2019-02 YTD"}


def test_a_stock_that_is_hidden_in_a_month_is_hidden_in_the_quarter_that_ends_with_it() -> None:
    found = figures(share(), stock(20) + stock(2, "B1"), stock(50) + stock(30, "B1"))
    for labels in pairwise(("2019-12", "2019-Q4", "2019", "2019-12 YTD")):
        first, second = (found[label, "asia"]["suppressed"] for label in labels)
        assert first
        assert second


def test_a_small_office_is_not_given_back_by_its_region() -> None:
    rows = stock(2, "A1") + stock(40, "A2") + stock(50, "B1") + stock(60, "C1")
    found = figures(share(), [], rows, years=(2019,))
    shown = {member for (label, member), row in found.items() if label == "2019" and not row["suppressed"]}
    assert "A1" not in shown
    assert not {"A2", "africa"} <= shown


regions = st.dictionaries(
    st.sampled_from(["africa", "americas", "asia", "europe", "oceania"]),
    st.integers(0, 40).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    min_size=1,
    max_size=5,
)


@given(regions)
def test_no_shown_cell_counts_few_people(found: dict[str, tuple[int, int]]) -> None:
    reasons = suppressed(found)
    for name, people in found.items():
        if reasons[name] == "none":
            assert not [count for count in people if 0 < count < MINIMUM]


@given(regions)
def test_subtraction_from_a_shown_total_gives_no_small_number_back(found: dict[str, tuple[int, int]]) -> None:
    reasons = suppressed(found)
    hidden = [people for name, people in found.items() if reasons[name] != "none"]
    if reasons["all"] != "none" or not hidden:
        return
    missing = [sum(people) for people in zip(*hidden, strict=True)]
    assert len(hidden) >= 2
    assert not [count for count in missing if 0 < count < MINIMUM]


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_no_sum_along_time_or_place_hides_one_figure_alone(months: list[int]) -> None:
    rows = [row for month, number in enumerate(months, 1) for row in flow(number, f"2019-{month:02}-05")]
    tested = definition(small_number={"protects": ["numerator"]}, places=[])
    found = {label: row for (label, _), row in figures(tested, rows, years=(2019,)).items()}
    for quarter in range(1, 5):
        labels = [
            f"2019-Q{quarter}",
            *(f"2019-{month:02}" for month in range(3 * quarter - 2, 3 * quarter + 1)),
        ]
        assert sum(found[label]["suppressed"] for label in labels if label in found) != 1
    for month in range(2, 13):
        labels = [f"2019-{month:02} YTD", f"2019-{month - 1:02} YTD", f"2019-{month:02}"]
        assert sum(found[label]["suppressed"] for label in labels if label in found) != 1
