"""How a payload of an older version becomes one of a newer version."""

import pytest

from orgpulse_schemas.upgrade import Constant, Keep, Rename, Translate, Upgrade

UPGRADE = Upgrade(
    "org.tests.thing.made.v1",
    {
        "kept": Keep(),
        "renamed": Rename("former"),
        "unknown": Constant(None),
        "translated": Translate("flag", {True: "yes", False: "no"}),
    },
)


def test_each_field_comes_from_where_its_rule_says() -> None:
    older = {"kept": 1, "former": "a", "flag": True, "given_up": "x"}
    assert UPGRADE.upgrade(older) == {"kept": 1, "renamed": "a", "unknown": None, "translated": "yes"}


def test_field_that_is_absent_or_null_stays_unknown() -> None:
    nothing = {"kept": None, "renamed": None, "unknown": None, "translated": None}
    assert UPGRADE.upgrade({}) == nothing
    assert UPGRADE.upgrade({"flag": None, "former": None}) == nothing


def test_older_payload_stays_as_it_is() -> None:
    older = {"kept": 1, "former": "a", "flag": False}
    UPGRADE.upgrade(older)
    assert older == {"kept": 1, "former": "a", "flag": False}


@pytest.mark.parametrize(
    ("field", "source"),
    [("kept", "kept"), ("renamed", "former"), ("unknown", None), ("translated", "flag")],
)
def test_source_of_a_field_is_known_without_a_payload(field: str, source: str | None) -> None:
    assert UPGRADE.source_of(field) == source
