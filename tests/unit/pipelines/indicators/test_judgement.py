"""Status, trend and baseline."""

from decimal import Decimal

import pytest
from small_world import computed, definition, figures, flow, measure, share, stock

from orgpulse_pipelines.indicators.targets import Target

HALF = {"tested": Target(target=Decimal(50), tolerance=Decimal(5), baseline_period="2018", source="a test")}


def women(number: int, of: int = 100, **fields: object) -> dict[str, object]:
    """The figure of 2019 where so many people out of others are women."""
    found = figures(share(**fields), stock(number), stock(of), years=(2019,), targets=HALF, threshold=1)
    return found["2019", "all"]


@pytest.mark.parametrize(
    ("number", "status"), [(50, "on_target"), (60, "on_target"), (45, "near"), (44, "off_target")]
)
def test_higher_is_better(number: int, status: str) -> None:
    assert women(number)["status"] == status


@pytest.mark.parametrize(
    ("number", "status"), [(50, "on_target"), (40, "on_target"), (55, "near"), (56, "off_target")]
)
def test_lower_is_better(number: int, status: str) -> None:
    assert women(number, direction="lower")["status"] == status


def test_neutral_indicators_move_without_judgement() -> None:
    rows = flow(9, "2018-03-01") + flow(8, "2019-03-01")
    row = figures(definition(direction="neutral"), rows, targets=HALF)["2019", "all"]
    assert (row["trend"], row["progress"], row["status"]) == ("down", None, "no_target")


def test_without_a_target_there_is_a_trend_all_the_same() -> None:
    rows = flow(8, "2018-03-01") + flow(9, "2019-03-01")
    row = figures(definition(), rows)["2019", "all"]
    assert (row["status"], row["trend"], row["progress"]) == ("no_target", "up", "better")


def test_falling_is_better_where_lower_is_better() -> None:
    rows = flow(9, "2018-03-01") + flow(8, "2019-03-01")
    row = figures(definition(direction="lower"), rows)["2019", "all"]
    assert (row["trend"], row["progress"]) == ("down", "better")


def test_change_below_the_digits_shown_is_steady() -> None:
    rows = [
        {"day": "2018-03-01", "unit_id": "A1", "value": "50"},
        {"day": "2019-03-01", "unit_id": "A1", "value": "50.04"},
    ]
    row = figures(definition(decimals=1), rows)["2019", "all"]
    assert (row["previous_value"], row["trend"], row["progress"]) == (50, "steady", "unchanged")


def test_the_year_to_date_is_compared_with_the_same_months_of_the_year_before() -> None:
    rows = flow(4, "2018-02-01") + flow(6, "2018-11-01") + flow(5, "2019-02-01")
    found = figures(definition(), rows)
    row = found["2019-03 YTD", "all"]
    assert (row["previous_value"], row["year_before_value"], row["trend"]) == (4, 4, "up")
    assert found["2019-03", "all"]["previous_value"] == 5
    assert found["2019-Q1", "all"]["year_before_value"] == 4


def test_figures_of_two_versions_are_not_compared() -> None:
    versions = definition(), definition(version=2, effective_from="2019-01-01")
    row = figures(versions, flow(8, "2018-03-01") + flow(9, "2019-03-01"))["2019", "all"]
    assert (row["previous_value"], row["trend"]) == (None, None)


def test_suppressed_figure_has_neither_trend_nor_status_nor_use_as_a_baseline() -> None:
    rows = stock(2, until="2019-01-01") + stock(60, since="2019-01-01")
    found = figures(share(), rows, stock(100), targets=HALF)
    assert found["2018", "all"]["status"] == "suppressed"
    row = found["2019", "all"]
    assert (row["trend"], row["previous_value"], row["baseline"]) == (None, None, None)


def test_target_of_a_share_holds_for_regions_and_every_period_that_of_a_total_for_the_year() -> None:
    shares = figures(share(), stock(30), stock(60), targets=HALF)
    totals = figures(definition(), flow(60, "2019-03-01"), targets=HALF)
    assert shares["2019", "africa"]["target"] == shares["2019-03", "all"]["target"] == 50
    assert totals["2019", "all"]["target"] == 50
    assert totals["2019", "africa"]["target"] is None
    assert totals["2019-03", "all"]["target"] is None


def test_a_total_may_be_aimed_at_for_other_periods() -> None:
    monthly = {"tested": Target(target=Decimal(5), periods=("month",), source="a test")}
    found = figures(definition(), flow(60, "2019-03-01"), targets=monthly)
    assert (found["2019-03", "all"]["target"], found["2019", "all"]["target"]) == (5, None)


def test_a_region_and_a_time_may_have_aims_of_their_own() -> None:
    target = Target.model_validate(
        {
            "target": 50, "tolerance": 5, "source": "a test",
            "exceptions": [
                {"dimension": "region", "member": "africa", "target": 20},
                {"dimension": "region", "member": "africa", "first_day": "2019-01-01", "target": 30},
                {"last_day": "2018-12-31", "target": 10},
            ],
        }
    )  # fmt: skip
    found = figures(share(), stock(30), stock(60), targets={"tested": target}, threshold=1)
    assert [found[label, "africa"]["target"] for label in ("2018", "2019")] == [20, 30]
    assert [found[label, "all"]["target"] for label in ("2018", "2019")] == [10, 50]
    assert found["2018", "africa"]["status"] == "on_target"


def test_baseline_is_the_figure_of_its_period_or_a_value() -> None:
    rows = stock(40, until="2019-01-01") + stock(60, since="2019-01-01")
    assert figures(share(), rows, stock(100), targets=HALF)["2019", "all"]["baseline"] == 40
    fixed = {"tested": Target(baseline=Decimal(12), source="a test")}
    assert figures(share(), rows, stock(100), targets=fixed)["2019", "all"]["baseline"] == 12


def test_no_figure_stands_twice() -> None:
    sides = measure("numerator", "stock"), measure("denominator", "stock")
    rows = computed(
        definition(*sides, dimensions=["kind"]), stock(3, kind="x"), stock(9, kind="y"), targets=HALF
    )
    keys = [(row["period"], row["dimension"], row["member"]) for row in rows]
    assert len(keys) == len(set(keys))
