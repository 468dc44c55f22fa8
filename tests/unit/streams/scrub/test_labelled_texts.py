"""How well it is done on texts in four languages, as staff write them. None of the people exists."""

from pathlib import Path

import pytest

from orgpulse_streams.scrub.evaluation.labelled_set import LabelledText, read_labelled_set
from orgpulse_streams.scrub.evaluation.measure import Score, measure, totals
from orgpulse_streams.scrub.scrubber import Scrubber

SET = Path(__file__).with_name("labelled_texts.json")
LEAST = {"PERSON": 0.9, "PHONE_NUMBER": 0.9, "STREET_ADDRESS": 0.9}
"""Recall below which a change is a step back; everything else is found without exception."""


@pytest.fixture(scope="module")
def texts() -> list[LabelledText]:
    return read_labelled_set(SET)


@pytest.fixture(scope="module")
def scores(texts: list[LabelledText]) -> dict[str, Score]:
    return {score.kind: score for score in measure(texts, Scrubber())}


def test_every_kind_is_found_as_well_as_before(scores: dict[str, Score]) -> None:
    weak = {
        kind: score.recall for kind, score in scores.items() if (score.recall or 0) < LEAST.get(kind, 1.0)
    }
    assert not weak


def test_little_is_taken_out_that_names_nobody(scores: dict[str, Score]) -> None:
    assert (totals(list(scores.values()))[0].precision or 0) >= 0.97


def test_names_that_the_hr_system_knows_raise_the_recall(
    texts: list[LabelledText], scores: dict[str, Score]
) -> None:
    known = frozenset({"aissatou", "ousmane", "sow", "yao", "kouassi", "fatoumata", "حداد"})
    knowing = {score.kind: score for score in measure(texts, Scrubber(known))}["PERSON"]
    assert (knowing.recall or 0) == 1.0
    assert (knowing.precision or 0) >= (scores["PERSON"].precision or 0) - 0.02
