"""Status, trend and baseline."""

from decimal import Decimal

import pytest
from cells import COUNT, DEFINITIONS, RATIO, cell

from orgpulse_pipelines.indicators.judgement import Status, judge
from orgpulse_pipelines.indicators.targets import Target

TARGETS = {
    one: Target(target=Decimal(50), tolerance=Decimal(5), baseline_period="2018", source="a test")
    for one in DEFINITIONS
}
LOWER = DEFINITIONS["vacancy_rate"]


@pytest.mark.parametrize(
    ("women", "status"),
    [(50, Status.ON_TARGET), (60, Status.ON_TARGET), (45, Status.NEAR), (44, Status.OFF_TARGET)],
)
def test_higher_is_better(women: int, status: Status) -> None:
    assert judge([cell(women, 100)], TARGETS)[0].status is status


@pytest.mark.parametrize(
    ("vacant", "status"),
    [(50, Status.ON_TARGET), (40, Status.ON_TARGET), (55, Status.NEAR), (56, Status.OFF_TARGET)],
)
def test_lower_is_better(vacant: int, status: Status) -> None:
    assert judge([cell(vacant, 100, definition=LOWER)], TARGETS)[0].status is status


def test_zero_denominator_is_no_data() -> None:
    judged = judge([cell(1, 0), cell(1, None, "asia")], TARGETS)
    assert [one.status for one in judged] == [Status.NO_DATA, Status.NO_DATA]
    assert [one.cell.value for one in judged] == [None, None]


def test_suppressed_figure_has_neither_trend_nor_status_nor_use_as_a_baseline() -> None:
    judged = judge([cell(50, 100, year=2018).suppressed("primary"), cell(60, 100)], TARGETS)
    assert judged[0].status is Status.SUPPRESSED
    assert (judged[1].trend, judged[1].previous, judged[1].baseline) == (None, None, None)


def test_without_a_target_there_is_a_trend_all_the_same() -> None:
    judged = judge([cell(50, 100, year=2018), cell(60, 100)], {})
    assert judged[1].status is Status.NO_TARGET
    assert (judged[1].trend, judged[1].progress) == ("up", "better")


def test_change_below_the_digits_shown_is_steady() -> None:
    judged = judge([cell("50", 100, year=2018), cell("50.04", 100)], TARGETS)
    assert (judged[1].trend, judged[1].progress) == ("steady", "unchanged")


def test_falling_is_better_where_lower_is_better() -> None:
    judged = judge([cell(9, 100, year=2018, definition=LOWER), cell(8, 100, definition=LOWER)], TARGETS)
    assert (judged[1].trend, judged[1].progress) == ("down", "better")


def test_neutral_indicators_move_without_judgement() -> None:
    judged = judge([cell(9, year=2018, definition=COUNT), cell(8, definition=COUNT)], TARGETS)
    assert (judged[1].trend, judged[1].progress, judged[1].status) == ("down", None, Status.NO_TARGET)


def test_a_gap_in_the_years_of_a_region_gives_no_trend() -> None:
    cells = [cell(1, 2, "asia", 2016), cell(1, 2, year=2017), cell(2, 2, "asia", 2018)]
    assert judge(cells, TARGETS)[-1].trend is None


def test_figures_of_two_versions_are_not_compared() -> None:
    newer = RATIO.model_copy(update={"version": 2})
    judged = judge([cell(50, 100, year=2018), cell(60, 100, definition=newer)], TARGETS)
    assert judged[1].trend is None


def test_target_of_a_share_holds_for_regions_that_of_a_total_does_not() -> None:
    share = judge([cell(50, 100, "asia")], TARGETS)[0]
    total = judge([cell(50, region="asia", definition=COUNT)], TARGETS)[0]
    assert (share.target, total.target) == (Decimal(50), None)


def test_baseline_is_the_figure_of_its_period_or_a_value() -> None:
    cells = [cell(40, 100, year=2018), cell(60, 100)]
    assert judge(cells, TARGETS)[1].baseline == 40
    fixed = {RATIO.id: Target(baseline=Decimal(12), source="a test")}
    assert judge(cells, fixed)[1].baseline == 12
