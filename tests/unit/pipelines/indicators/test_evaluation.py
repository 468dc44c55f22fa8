"""From the rows of measures to figures by period, place and dimension."""

from datetime import date
from decimal import Decimal

import pytest
from small_warehouse import periods_of
from small_world import OPEN, computed, definition, figures, flow, measure, share, stock, unit


def test_a_flow_counts_in_its_month_quarter_year_and_the_year_to_date() -> None:
    found = figures(definition(), flow(2, "2019-02-10") + flow(3, "2019-05-01"))
    values = {label: found[label, "all"]["value"] for label, member in found if member == "all"}
    assert (values["2019-02"], values["2019-05"], values["2019-03"]) == (2, 3, 0)
    assert (values["2019-Q1"], values["2019-Q2"], values["2019"]) == (2, 3, 5)
    assert (values["2019-02 YTD"], values["2019-04 YTD"], values["2019-12 YTD"]) == (2, 2, 5)


def test_a_stock_counts_on_the_last_day_of_every_period() -> None:
    rows = stock(1, since="2019-01-31", until="2019-03-31") + stock(1, since="2019-03-31", until="2019-04-01")
    found = figures(definition(measure("numerator", "stock")), rows)
    months = [found[f"2019-{month:02}", "all"]["value"] for month in range(1, 6)]
    assert months == [1, 1, 1, 0, 0]
    assert found["2019-Q1", "all"]["value"] == 1
    assert found["2019", "all"]["value"] == 0


def test_somebody_who_leaves_on_the_last_day_of_a_month_was_in_service_on_it() -> None:
    found = figures(definition(measure("numerator", "stock")), stock(1, until="2019-05-01"))
    assert [found[label, "all"]["value"] for label in ("2019-04", "2019-05")] == [1, 0]


def test_an_average_is_the_mean_of_both_ends_also_at_the_beginning_of_the_records() -> None:
    rows = stock(10) + stock(4, since="2018-06-15")
    found = figures(definition(measure("numerator", "average")), rows)
    assert found["2018", "all"]["value"] == 12
    assert found["2019", "all"]["value"] == 14
    assert found["2018-06", "all"]["value"] == 12


def test_the_age_of_a_stock_is_counted_to_the_last_day_of_the_period() -> None:
    rows = [
        {"since": "2019-01-01", "valid_from": "2019-01-01", "valid_to": until, "unit_id": "A1"}
        for until in (OPEN, OPEN, "2019-02-15")
    ]
    rows.append({"since": "2018-12-02", "valid_from": "2018-12-02", "valid_to": OPEN, "unit_id": "A1"})
    found = figures(definition(measure("numerator", "age", "median"), empty_numerator="unknown"), rows)
    assert found["2019-01", "all"]["value"] == 30
    assert found["2019-02", "all"]["value"] == 58


def test_distinct_things_are_counted_once_in_every_period() -> None:
    rows = flow(1, "2019-01-05", key="x") + flow(1, "2019-02-05", key="x") + flow(1, "2019-02-06", key="y")
    found = figures(definition(measure("numerator", aggregate="distinct")), rows)
    assert [found[label, "all"]["value"] for label in ("2019-01", "2019-02", "2019")] == [1, 2, 2]


def test_concentration_is_the_sum_of_squared_shares() -> None:
    rows = [
        {"day": "2019-01-05", "key": key, "value": value, "unit_id": "A1"}
        for key, value in (("x", 50), ("x", 25), ("y", 25))
    ]
    found = figures(
        definition(measure("numerator", aggregate="concentration"), empty_numerator="unknown"), rows
    )
    assert found["2019", "all"]["value"] == Decimal("0.625")


def test_the_value_is_the_ratio_of_sums_never_a_mean_of_ratios() -> None:
    found = figures(share(), stock(1, "A1") + stock(45, "B1"), stock(10, "A1") + stock(90, "B1"), threshold=1)
    assert found["2019", "africa"]["value"] == 10
    assert found["2019", "asia"]["value"] == 50
    assert found["2019", "all"]["value"] == 46


def test_without_a_denominator_there_is_no_value_and_no_error() -> None:
    found = figures(share(), stock(1, "A1"), flow(0, "2019-01-01"), threshold=1)
    row = found["2019", "all"]
    assert (row["numerator"], row["denominator"], row["value"], row["status"]) == (1, None, None, "no_data")


def test_a_denominator_of_zero_gives_no_value() -> None:
    rows = [{"day": "2019-01-05", "unit_id": "A1", "value": value} for value in (5, -5)]
    found = figures(definition(measure("numerator"), measure("denominator")), flow(1, "2019-01-05"), rows)
    assert (found["2019", "all"]["denominator"], found["2019", "all"]["value"]) == (0, None)


def test_an_empty_warehouse_has_no_figures() -> None:
    assert computed(share(), []) == []


def test_without_periods_there_are_no_figures() -> None:
    assert computed(share(), stock(3), stock(5), years=()) == []


def test_an_unknown_amount_is_no_zero() -> None:
    rows = [{"day": "2019-01-05", "unit_id": "A1", "value": None}]
    found = figures(definition(empty_numerator="unknown"), rows)
    assert (found["2019", "all"]["value"], found["2019", "all"]["status"]) == (None, "no_data")


def test_an_indicator_begins_with_the_first_period_in_which_anything_is_found() -> None:
    found = figures(definition(), flow(1, "2019-02-10"))
    labels = {label for label, _ in found}
    assert "2019-01" not in labels
    assert {"2019-02", "2019-12", "2019-Q1", "2019"} <= labels
    assert "2018" not in labels


def test_a_region_without_anything_in_a_period_counts_nothing_and_says_so() -> None:
    found = figures(definition(), flow(1, "2018-02-10", "B1") + flow(1, "2019-02-10", "A1"))
    assert found["2019", "asia"]["value"] == 0


def test_only_the_periods_of_the_definition_are_computed() -> None:
    assert {row["grain"] for row in computed(definition(periods=["year"]), flow(1, "2019-02-10"))} == {"year"}


def test_a_row_counts_where_its_office_belonged_at_the_end_of_its_month() -> None:
    units = [unit("A1", "africa", until="2019-06-15"), unit("A1", "asia", since="2019-06-15")]
    rows = flow(1, "2019-05-31") + flow(1, "2019-06-01") + flow(1, "2019-07-01")
    found = figures(definition(), rows, units=units)
    assert (found["2019", "africa"]["value"], found["2019", "asia"]["value"]) == (1, 2)
    assert (found["2019-05", "africa"]["value"], found["2019-06", "asia"]["value"]) == (1, 1)
    assert found["2019", "all"]["value"] == 3


def test_a_stock_counts_where_its_office_belongs_on_the_last_day() -> None:
    units = [unit("A1", "africa", until="2019-06-15"), unit("A1", "asia", since="2019-06-15")]
    found = figures(definition(measure("numerator", "stock")), stock(7), units=units)
    assert (found["2018", "africa"]["value"], found["2019", "asia"]["value"]) == (7, 7)


def test_an_unregistered_office_counts_for_the_organisation_and_an_unknown_region() -> None:
    found = figures(definition(), flow(1, "2019-02-10", "Z9") + flow(1, "2019-02-10", "A1"))
    assert (found["2019", "all"]["value"], found["2019", "unknown"]["value"]) == (2, 1)


def test_every_level_and_dimension_adds_up_to_the_organisation() -> None:
    rows = (
        flow(2, "2019-02-10", "A1", kind="x")
        + flow(3, "2019-03-10", "A2", kind="y")
        + flow(4, "2019-03-10", "B1")
    )
    totals: dict[tuple[str, str], int] = {}
    for row in computed(definition(dimensions=["kind"]), rows):
        key = (row["period"], row["dimension"])
        totals[key] = totals.get(key, 0) + int(row["value"])
    year = {dimension: total for (label, dimension), total in totals.items() if label == "2019"}
    assert year == dict.fromkeys(("organisation", "region", "regional_office", "office", "kind"), 9)


def test_a_member_that_is_not_recorded_is_called_unknown() -> None:
    found = figures(definition(dimensions=["kind"], places=[]), flow(1, "2019-02-10", kind=None))
    assert found["2019", "unknown"]["dimension"] == "kind"


def test_what_is_not_recorded_and_what_is_recorded_as_unknown_are_one_member() -> None:
    rows = flow(1, "2019-02-10", kind=None) + flow(2, "2019-02-10", kind="unknown")
    parts = [
        row
        for row in computed(definition(dimensions=["kind"], places=[]), rows)
        if row["member"] == "unknown"
    ]
    assert [(row["value"], row["grain"]) for row in parts if row["period"] == "2019"] == [(3, "year")]


def test_offices_are_shown_by_quarter_and_year_alone_and_where_people_are_counted_by_year() -> None:
    def grains(rows: list[dict[str, object]]) -> set[object]:
        return {row["grain"] for row in rows if row["dimension"] == "office"}

    assert grains(computed(definition(), flow(9, "2019-02-10"))) == {"quarter", "year"}
    assert grains(computed(share(), stock(9), stock(20))) == {"year"}


def test_each_period_is_measured_by_the_version_in_force_on_its_last_day() -> None:
    first = definition()
    second = definition(version=2, effective_from="2019-07-01", factor=10)
    found = figures((first, second), flow(1, "2019-02-10") + flow(1, "2019-08-10"))
    assert [found[label, "all"]["version"] for label in ("2019-06", "2019-07", "2019-Q2", "2019")] == [
        1,
        2,
        1,
        2,
    ]
    assert [found[label, "all"]["value"] for label in ("2019-02", "2019-08", "2019")] == [1, 10, 20]


@pytest.mark.parametrize("counts", ["flow", "stock"])
def test_the_result_does_not_depend_on_the_order_of_rows(counts: str) -> None:
    rows = flow(2, "2019-02-10", "A1") + flow(3, "2019-03-10", "B1")
    rows = [row | {"valid_from": row["day"], "valid_to": OPEN} for row in rows]
    tested = definition(measure("numerator", counts))
    assert computed(tested, rows) == computed(tested, list(reversed(rows)))


def test_a_period_in_progress_is_covered_to_the_newest_month() -> None:
    january = [
        row for row in periods_of(2019) if row["label"] in ("2019-01", "2019-01 YTD", "2019-Q1", "2019")
    ]
    rows = stock(3) + stock(1, until="2019-06-01")
    found = figures(definition(measure("numerator", "stock")), rows, periods=january)
    assert (found["2019", "all"]["value"], found["2019", "all"]["as_of"]) == (4, date(2019, 1, 31))
    assert found["2019-Q1", "all"]["value"] == 4
