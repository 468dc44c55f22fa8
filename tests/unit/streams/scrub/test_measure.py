import pytest

from orgpulse_streams.scrub.evaluation.labelled_set import Label, LabelledText
from orgpulse_streams.scrub.evaluation.measure import Rule, Score, measure, totals
from orgpulse_streams.scrub.spans import Kind, Span


class Finds:
    """Finds the same in every text."""

    def __init__(self, *spans: Span) -> None:
        self._spans = list(spans)

    def find(self, text: str) -> list[Span]:
        return self._spans


def scored(labels: list[Label], *found: Span, by: Rule = Rule.SPANS) -> dict[str, Score]:
    return {
        score.kind: score for score in measure([LabelledText("x" * 40, tuple(labels))], Finds(*found), by)
    }


def test_label_of_which_half_is_covered_is_found() -> None:
    score = scored([Label(0, 10, "PERSON")], Span(5, 15, Kind.PERSON))["PERSON"]
    assert (score.recall, score.precision, score.hidden) == (1.0, 1.0, 0.5)


def test_label_of_which_less_is_covered_is_not() -> None:
    score = scored([Label(0, 10, "PERSON")], Span(6, 16, Kind.PERSON))["PERSON"]
    assert (score.recall, score.precision, score.f(1), score.hidden) == (0.0, 0.0, 0.0, 0.4)


def test_two_finds_may_cover_a_label_together() -> None:
    score = scored([Label(0, 10, "PERSON")], Span(0, 4, Kind.PERSON), Span(5, 9, Kind.PERSON))["PERSON"]
    assert (score.recall, score.precision) == (1.0, 1.0)


def test_find_of_another_kind_hides_a_label_but_does_not_find_it() -> None:
    scores = scored([Label(0, 10, "PERSON")], Span(0, 10, Kind.ADDRESS))
    assert (scores["PERSON"].recall, scores["PERSON"].hidden) == (0.0, 1.0)
    assert (scores["STREET_ADDRESS"].precision, scores["STREET_ADDRESS"].recall) == (0.0, None)


def test_by_characters_each_counts_by_itself() -> None:
    score = scored([Label(0, 10, "PERSON")], Span(6, 14, Kind.PERSON), by=Rule.CHARACTERS)["PERSON"]
    assert (score.labelled, score.recall, score.precision) == (10, 0.4, 0.5)


def test_f2_weighs_recall_more() -> None:
    score = Score("PERSON", labelled=10, found=5, claimed=5, right=5)
    assert score.f(1) == pytest.approx(2 / 3)
    assert score.f(2) == pytest.approx(5 / 9)


def test_kind_that_nobody_looks_for_counts_in_one_total_only() -> None:
    sought, everything = totals(
        list(scored([Label(0, 5, "NRP"), Label(6, 9, "AGE")], Span(6, 9, Kind.AGE)).values())
    )
    assert (sought.recall, everything.recall) == (1.0, 0.5)


def test_nothing_labelled_and_nothing_found_has_no_share() -> None:
    sought, everything = totals([])
    assert (sought.precision, everything.recall, everything.f(1), everything.hidden) == (
        None,
        None,
        None,
        None,
    )
