"""What a figure earns, and how figures become the score of an item."""

from decimal import Decimal

import pytest
from scored_figures import figure, framework, hidden, indicator, mapping, points, scored, unit

THREE = [[20, 0], [80, 60], [100, 100]]
LOWER = {"thresholds": [[10, 100], [30, 0]]}
BOTH = [indicator("coverage"), indicator("satisfaction")]


@pytest.mark.parametrize(
    ("value", "earned"),
    [(0, 0), (20, 0), (50, 30), (80, 60), (90, 80), (100, 100), (140, 100)],
)
def test_between_two_thresholds_the_score_lies_on_the_line_and_outside_at_the_nearest(
    value: float, earned: int
) -> None:
    assert points(framework(mapping(thresholds=THREE)), [figure(value)]) == earned


def test_where_lower_is_better_the_score_falls() -> None:
    days = [indicator(direction="lower")]
    earned = [points(framework(mapping(**LOWER)), [figure(value)], indicators=days) for value in (5, 15, 40)]
    assert earned == [100, 75, 0]


def test_item_weighs_the_scores_of_its_indicators() -> None:
    ours = framework(mapping(weight=3), mapping("satisfaction", weight=1))
    figures = [figure(60), figure(50, of="satisfaction")]
    assert points(ours, figures, indicators=BOTH) == 75  # (3 × 100 + 1 × 0) / 4


def test_item_without_data_is_not_scored_and_never_zero() -> None:
    row = scored(framework(mapping()), [figure(None, denominator=0)])["2019", "all"]
    assert (row["score"], row["status"], row["indicators_scored"]) == (None, "not_scored", 0)


def test_indicator_without_data_leaves_the_score_to_the_others() -> None:
    ours = framework(mapping(), mapping("satisfaction"))
    row = scored(ours, [figure(55), figure(None, of="satisfaction")], indicators=BOTH)["2019", "all"]
    assert (row["score"], row["indicators_scored"], row["indicators_mapped"]) == (50, 1, 2)


def test_too_little_of_an_item_is_no_score() -> None:
    ours = framework(mapping(weight=1), mapping("satisfaction", weight=2))
    row = scored(ours, [figure(55), figure(None, of="satisfaction")], indicators=BOTH)["2019", "all"]
    assert (row["score"], row["status"]) == (None, "not_scored")


def test_indicator_without_thresholds_is_not_counted() -> None:
    ours = framework(mapping(), {"indicator": "satisfaction"})
    row = scored(ours, [figure(55), figure(1, of="satisfaction")], indicators=BOTH)["2019", "all"]
    assert (row["score"], row["indicators_mapped"]) == (50, 1)


def test_quarters_are_scored_beside_years_and_months_are_not() -> None:
    quarter = {
        "grain": "quarter",
        "period": "2019-Q1",
        "period_start": "2019-01-01",
        "period_end": "2019-03-31",
    }
    month = quarter | {"grain": "month", "period": "2019-03"}
    found = scored(framework(mapping()), [figure(60), figure(55, **quarter), figure(51, **month)])
    assert {period: row["score"] for (period, _), row in found.items()} == {"2019": 100, "2019-Q1": 50}


def test_total_of_the_year_is_scored_for_years_and_the_whole_organisation_alone() -> None:
    flow = {
        "meaning": "Money that came in", "counts": "flow",
        "sql": "select day, unit_id, value, event_id from marts.thing",
    }  # fmt: skip
    revenue = [indicator(numerator=flow, denominator=None)]
    quarter = {
        "grain": "quarter",
        "period": "2019-Q1",
        "period_start": "2019-01-01",
        "period_end": "2019-03-31",
    }
    found = scored(
        framework(mapping()), [figure(60), figure(60, "africa"), figure(60, **quarter)], indicators=revenue
    )
    assert list(found) == [("2019", "all")]


def test_unknown_region_is_no_place() -> None:
    assert ("2019", "unknown") not in scored(framework(mapping()), [figure(60), figure(60, "unknown")])


class TestRollUp:
    """The organisation's score comes from its own figure, or from its offices by their denominators."""

    FIGURES = (
        figure(60, "A1", denominator=10),  # 6 of 10: 100 points
        figure(50, "A2", denominator=90),  # 45 of 90: no points
        figure(51, denominator=100),  # 51 of 100
    )

    def test_organisation_is_scored_by_its_own_figure_and_not_by_the_mean_of_its_offices(self) -> None:
        found = scored(framework(mapping()), self.FIGURES)
        assert [found["2019", office]["score"] for office in ("A1", "A2")] == [100, 0]
        assert found["2019", "all"]["score"] == 10  # the mean of the offices would be 50

    def test_offices_count_by_their_denominators_and_not_one_by_one(self) -> None:
        figures = [*self.FIGURES, figure(51, "africa", denominator=100)]
        found = scored(framework(mapping(roll_up="offices_by_denominator")), figures)
        assert found["2019", "all"]["score"] == 10  # (100 × 10 + 0 × 90) / 100, and not 50
        assert found["2019", "africa"]["score"] == 10

    def test_surplus_of_one_office_does_not_make_up_for_another(self) -> None:
        figures = [figure(70, "A1", denominator=50), figure(50, "A2", denominator=50), figure(60)]
        assert points(framework(mapping()), figures) == 100
        assert points(framework(mapping(roll_up="offices_by_denominator")), figures) == 50

    def test_office_counts_for_the_region_in_which_it_stands_on_the_last_day(self) -> None:
        moved = [
            unit("A1"),
            unit("A2", until="2019-07-01"),
            unit("A2", region="asia", since="2019-07-01"),
        ]
        figures = [*self.FIGURES, figure(60, "africa", denominator=10), figure(50, "asia", denominator=90)]
        found = scored(framework(mapping(roll_up="offices_by_denominator")), figures, units=moved)
        assert (found["2019", "africa"]["score"], found["2019", "asia"]["score"]) == (100, 0)

    def test_office_counts_in_an_unfinished_year_where_it_stands_by_then(self) -> None:
        moves = [unit("A1"), unit("A2", until="2019-10-01"), unit("A2", region="asia", since="2019-10-01")]
        figures = [*self.FIGURES, figure(51, "africa", denominator=100)]
        half = [{**one, "as_of": "2019-06-30"} for one in figures]
        found = scored(framework(mapping(roll_up="offices_by_denominator")), half, units=moves)
        assert found["2019", "africa"]["score"] == 10

    def test_offices_with_too_little_of_the_denominator_give_no_score(self) -> None:
        figures = [figure(60, "A1", denominator=40), figure(None, "A2", denominator=60), figure(55)]
        row = scored(framework(mapping(roll_up="offices_by_denominator")), figures)["2019", "all"]
        assert (row["score"], row["status"]) == (None, "not_scored")


class TestSuppression:
    """A suppressed figure earns nothing, loses nothing, and cannot be told from any score."""

    def test_item_whose_only_figure_is_suppressed_is_suppressed(self) -> None:
        row = scored(framework(mapping()), [hidden()])["2019", "all"]
        assert (row["score"], row["status"], row["indicators_suppressed"]) == (None, "suppressed", 1)

    def test_suppressed_figure_leaves_the_score_to_those_that_are_shown(self) -> None:
        ours = framework(mapping(), mapping("satisfaction"))
        row = scored(ours, [figure(55), hidden(of="satisfaction")], indicators=BOTH)["2019", "all"]
        assert (row["score"], row["indicators_scored"], row["indicators_suppressed"]) == (50, 1, 1)

    def test_roll_up_leaves_suppressed_offices_out_of_sum_and_weight(self) -> None:
        figures = [figure(60, "A1", denominator=60), hidden("A2"), figure(55)]
        row = scored(framework(mapping(roll_up="offices_by_denominator")), figures)["2019", "all"]
        assert (row["score"], row["status"]) == (Decimal(100), "scored")

    def test_roll_up_that_is_mostly_suppressed_is_suppressed(self) -> None:
        figures = [figure(60, "A1", denominator=40), hidden("A2"), figure(55)]
        row = scored(framework(mapping(roll_up="offices_by_denominator")), figures)["2019", "all"]
        assert (row["score"], row["status"]) == (None, "suppressed")

    def test_roll_up_under_a_suppressed_total_is_suppressed(self) -> None:
        figures = [figure(60, "A1"), figure(55, "A2"), hidden()]
        row = scored(framework(mapping(roll_up="offices_by_denominator")), figures)["2019", "all"]
        assert (row["score"], row["status"]) == (None, "suppressed")
