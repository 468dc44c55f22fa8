"""What the reference shows of an event after protection is what the streams make of it."""

from datetime import datetime
from typing import Any

import orjson
import pytest

from orgpulse_platform.keyring import Keyring
from orgpulse_platform.reference_pages.platform_pages.example import (
    as_json,
    protected_example,
    published_example,
)
from orgpulse_schemas.contract import About
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate_data
from orgpulse_streams.protect.treatments import compile_treatments


@pytest.mark.parametrize("about", all_contracts().values(), ids=lambda about: about.event_type)
def test_documented_payload_is_what_leaves_protection(about: About, keyring: Keyring) -> None:
    event = published_example(about)
    assert event is not None
    shown = orjson.loads(as_json(protected_example(about, event)))
    assert {name for name, value in shown.items() if is_placeholder(value)} == {
        field.name
        for field in about.fields
        if field.name in shown and field.treatment.detail and shown[field.name]
    }
    left = protected(about, event, keyring)
    assert shown.keys() == left.keys()
    for name, value in shown.items():
        assert is_placeholder(value) or value == left[name], name


def is_placeholder(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("(")


def protected(about: About, event: dict[str, Any], keyring: Keyring) -> dict[str, Any]:
    payload = validate_data(about, orjson.dumps(event["data"]))
    on = datetime.fromisoformat(event["time"]).date()
    data = compile_treatments(about, keyring).protect(payload.__dict__, on)
    left: dict[str, Any] = orjson.loads(orjson.dumps(data, option=orjson.OPT_UTC_Z))
    return left
