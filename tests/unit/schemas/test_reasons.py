"""Reason codes and the error that carries them."""

import pytest

from orgpulse_schemas.reasons import MEANINGS, Reason, RejectedError, Violation


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_states_its_meaning_and_who_mends_it(reason: Reason) -> None:
    meaning = MEANINGS[reason]
    assert meaning.meaning.endswith(".")
    assert meaning.mended_by


def test_codes_are_the_published_ones() -> None:
    """Codes are part of the public interface: they are added to, never renamed or removed."""
    assert [str(reason) for reason in Reason] == [
        "empty",
        "too_large",
        "malformed_json",
        "not_a_cloudevent",
        "unknown_contract",
        "wrong_source",
        "unknown_classification",
        "missing_field",
        "wrong_type",
        "impossible_date",
        "invalid_value",
        "inconsistent_fields",
        "unprocessable",
    ]


def test_event_is_counted_by_its_first_violation() -> None:
    error = RejectedError(Violation(Reason.WRONG_TYPE, "/data/a"), Violation(Reason.MISSING_FIELD, "/data/b"))
    assert error.first == Violation(Reason.WRONG_TYPE, "/data/a")


def test_rejection_says_every_reason_and_place() -> None:
    error = RejectedError(Violation(Reason.EMPTY), Violation(Reason.MISSING_FIELD, "/data/b"))
    assert str(error) == "empty at /, missing_field at /data/b"
