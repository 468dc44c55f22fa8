"""What holds for every score, whatever the thresholds and the figures."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from scored_figures import by_item, figure, framework, hidden, indicator, mapping, points, scored

QUICK = settings(deadline=None, max_examples=15)
values = st.decimals(-1000, 1000, places=3)


@st.composite
def thresholds(draw: st.DrawFn) -> list[list[Decimal]]:
    """Rising values with rising scores."""
    found = sorted(draw(st.lists(values, min_size=2, max_size=5, unique=True)))
    earned = sorted(draw(st.lists(st.integers(0, 99), min_size=len(found), max_size=len(found))))
    return [
        [value, Decimal(score)] for value, score in zip(found, [*earned[:-1], earned[-1] + 1], strict=True)
    ]


@QUICK
@given(thresholds(), st.lists(values, min_size=2, max_size=6))
def test_better_value_never_earns_less(lines: list[list[Decimal]], found: list[Decimal]) -> None:
    names = [f"value_{number}" for number in range(len(found))]
    items = [
        {"id": name, "title": "An item", "indicators": [mapping(name, thresholds=lines)]} for name in names
    ]
    ours = framework(items=items)
    figures = [figure(float(value), of=name) for name, value in zip(names, sorted(found), strict=True)]
    scores = by_item(ours, figures, [indicator(name) for name in names])
    earned = [scores[name] for name in names]
    assert earned == sorted(earned)
    assert all(lines[0][1] <= score <= lines[-1][1] for score in earned)


offices = st.tuples(st.integers(0, 100), st.integers(1, 1000))


@QUICK
@given(offices, offices)
def test_organisation_lies_between_its_offices_whichever_way_they_are_rolled_up(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    people = first[1] + second[1]
    whole = Decimal(first[0] * first[1] + second[0] * second[1]) / people
    figures = [
        figure(first[0], "A1", denominator=first[1]),
        figure(second[0], "A2", denominator=second[1]),
        figure(float(whole), denominator=people),
    ]
    straight = [[0, 0], [100, 100]]
    low, high = sorted((first[0], second[0]))
    of_figure, of_offices = (
        points(framework(mapping(thresholds=straight, roll_up=roll_up)), figures)
        for roll_up in ("figure", "offices_by_denominator")
    )
    assert of_figure is not None
    assert of_offices is not None
    assert low - Decimal("0.00001") <= of_figure <= high + Decimal("0.00001")
    assert abs(of_figure - of_offices) < Decimal("0.0001")  # on a straight line both are the ratio of sums


@QUICK
@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from(["figure", "offices_by_denominator"]))
def test_no_score_depends_on_what_a_suppressed_figure_was(shown: int, was: int, roll_up: str) -> None:
    ours = framework(mapping(roll_up=roll_up))
    rest = [figure(shown, "A1"), figure(shown, "africa"), figure(shown)]
    known = figure(was, "A2", denominator=was, suppressed=True)
    assert scored(ours, [*rest, known]) == scored(ours, [*rest, hidden("A2")])
