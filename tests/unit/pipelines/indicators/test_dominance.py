"""What a single person gave cannot be told from totals, also not by the one who gave the second most."""

from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.optimize import linprog
from small_world import computed, definition, flow

from orgpulse_pipelines.indicators.definition import Definition

PERCENT = 10
"""Of the internal audience, as the settings have it."""
GIFTS = {
    "meaning": "Gifts of a test, in USD",
    "counts": "flow",
    "sql": "select day, null as unit_id, value, event_id, kind, key as giver from marts.numerator",
}
MONTHS = ("month", "quarter", "year", "year_to_date")
Gift = tuple[str, int, int]
"""Source, month and amount; each by another person."""
Figures = dict[tuple[str, str], float | None]
"""Amounts by period and source; nothing where they are hidden."""


def indicator(**stated: object) -> Definition:
    return definition(
        GIFTS, places=[], dimensions=["kind"], unit="USD", dominance={"giver": "giver"}, **stated
    )


def figures_of(gifts: list[Gift], *periods: str) -> Figures:
    """Every figure by period and source; nothing where it is hidden."""
    rows = [
        row
        for number, (kind, month, amount) in enumerate(gifts)
        for row in flow(1, f"2019-{month:02}-05", kind=kind, key=f"giver {number}", value=amount)
    ]
    found = computed(indicator(periods=list(periods)), rows, years=(2019,))
    return {
        (row["period"], row["member"]): None if row["suppressed"] else float(row["numerator"] or 0)
        for row in found
    }


def parts_of(label: str) -> list[str]:
    """The months that a period of 2019 holds."""
    if label == "2019":
        return [f"2019-{month:02}" for month in range(1, 13)]
    if "Q" in label:
        first = 3 * int(label[-1]) - 2
        return [f"2019-{month:02}" for month in range(first, first + 3)]
    if "YTD" in label:
        return [f"2019-{month:02}" for month in range(1, int(label[5:7]) + 1)]
    return [label]


def greatest_possible(shown: Figures, kinds: set[str], place: tuple[str, str]) -> float:
    """The greatest amount that a figure can stand for, by all that is shown."""
    column = {at: number for number, at in enumerate(product(sorted(kinds), parts_of("2019")))}
    rows, right = [], []

    def row(label: str, member: str) -> np.ndarray:
        own = kinds if member == "all" else {member}
        found = np.zeros(len(column))
        for at in product(own, parts_of(label)):
            found[column[at]] = 1
        return found

    for (label, member), amount in shown.items():
        if amount is not None:
            rows.append(row(label, member))
            right.append(amount)
    answer = linprog(-row(*place), A_eq=np.array(rows) if rows else None, b_eq=right or None, method="highs")
    assert answer.status in (0, 3)
    return -answer.fun if answer.status == 0 else np.inf


gifts = st.lists(
    st.tuples(
        st.sampled_from(["web", "post", "event"]), st.integers(1, 12), st.sampled_from([1, 5, 20, 100, 5_000])
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=4, deadline=None)
@given(gifts)
def test_the_second_giver_cannot_estimate_the_greatest_gift_from_all_that_is_shown(given: list[Gift]) -> None:
    shown = figures_of(given, *MONTHS)
    kinds = {kind for kind, _, _ in given}
    of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for label, member in shown:
        of[label, member] = sorted(
            (
                amount
                for kind, month, amount in given
                if member in ("all", kind) and f"2019-{month:02}" in parts_of(label)
            ),
            reverse=True,
        )
    for place, amounts in of.items():
        if amounts:
            first, second = amounts[0], sum(amounts[1:2])
            estimate = greatest_possible(shown, kinds, place) - second
            assert estimate - first >= first * PERCENT / 100 - 1e-6, place


def test_a_single_gift_is_hidden_with_all_that_it_makes_up() -> None:
    found = figures_of([("web", 3, 500), ("post", 3, 20), ("post", 3, 30), ("post", 3, 40)], "year")
    assert found["2019", "web"] is None
    assert found["2019", "all"] == 590 or found["2019", "post"] is None


def test_many_like_gifts_are_shown() -> None:
    found = figures_of([("web", 3, 50)] * 20 + [("post", 4, 30)] * 20, "year")
    assert found == {("2019", "all"): 1_600, ("2019", "web"): 1_000, ("2019", "post"): 600}


@pytest.mark.parametrize("stated", [{"places": ["region"]}, {"denominator": GIFTS}])
def test_dominance_is_refused_where_it_cannot_be_known(stated: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="dominance is known of flows"):
        Definition.model_validate(indicator().model_dump() | stated)
