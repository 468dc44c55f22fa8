"""Code lists and identifiers that fields share."""

from collections import Counter
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from orgpulse_schemas.codes.sdg import SDG_TARGETS
from orgpulse_schemas.fields import (
    CaseId,
    CountryCode,
    CurrencyCode,
    GcmObjective,
    Language,
    SdgTarget,
)


def takes(type_: Any, value: object) -> bool:
    try:
        TypeAdapter(type_).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


class TestSdgTargets:
    def test_there_are_169_targets_of_17_goals(self) -> None:
        assert len(set(SDG_TARGETS)) == len(SDG_TARGETS) == 169
        assert len({target.split(".")[0] for target in SDG_TARGETS}) == 17

    def test_43_of_them_are_means_of_implementation_with_a_letter(self) -> None:
        kinds = Counter(target[-1].isalpha() for target in SDG_TARGETS)
        assert kinds == {False: 126, True: 43}

    @pytest.mark.parametrize("target", SDG_TARGETS)
    def test_every_target_is_taken(self, target: str) -> None:
        assert takes(SdgTarget, target)

    @pytest.mark.parametrize(
        "target", ["10.8", "10.d", "17.a", "17.20", "18.1", "0.1", "1.0", "01.1", "10", "10.7 ", "16.A", ""]
    )
    def test_what_is_no_target_is_refused(self, target: str) -> None:
        assert not takes(SdgTarget, target)


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        (GcmObjective, 1, True),
        (GcmObjective, 23, True),
        (GcmObjective, 0, False),
        (GcmObjective, 24, False),
        (Language, "ZH", True),
        (Language, "DE", False),
        (CountryCode, "KEN", True),
        (CountryCode, "QQQ", False),
        (CurrencyCode, "KES", True),
        (CurrencyCode, "QQQ", False),
        (CaseId, "K000001", True),
        (CaseId, "P000001", False),
    ],
)
def test_code_lists_and_ranges_are_held(type_: Any, value: object, expected: bool) -> None:
    assert takes(type_, value) is expected
