"""The source and id that a record states, whatever else is wrong with it."""

import orjson
import pytest

from orgpulse_schemas.cloudevents import claimed_identity

STATED = {"source": "urn:orgpulse:system:pe-3", "id": "1"}


def test_a_structured_event_that_could_not_be_accepted_still_tells_who_it_is() -> None:
    assert claimed_identity(orjson.dumps({**STATED, "type": 5, "time": None})) == (STATED["source"], "1")


def test_a_binary_event_tells_it_in_its_headers_even_if_its_data_is_malformed() -> None:
    headers = [("ce_specversion", b"1.0"), ("ce_source", STATED["source"].encode()), ("ce_id", b"1")]
    assert claimed_identity(b"{", headers) == (STATED["source"], "1")
    assert claimed_identity(None, headers) == (STATED["source"], "1")


@pytest.mark.parametrize(
    "value",
    [None, b"", b"{", b"[]", b'"text"', b"\xff", b"[" * 5000]
    + [orjson.dumps({**STATED, name: wrong}) for name in STATED for wrong in (None, 1, "", ["1"])],
)
def test_what_states_no_source_and_id_as_texts_tells_nothing(value: bytes | None) -> None:
    assert claimed_identity(value) is None


def test_headers_that_are_no_text_tell_nothing() -> None:
    headers = [("ce_specversion", b"1.0"), ("ce_source", b"\xff"), ("ce_id", None)]
    assert claimed_identity(b"{}", headers) is None
