"""Rejected events made by hand, as the streams write them."""

import uuid
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from orgpulse_platform.keyring import Keyring
from orgpulse_platform.rejected.event import RejectedEvent, read_rejected
from orgpulse_platform.rejected.original import Original, pack
from orgpulse_schemas.wire import REJECTED_TYPE, STREAMS_SOURCE

MakeValue = Callable[..., bytes]


@pytest.fixture
def make_value(keyring: Keyring) -> MakeValue:
    """Makes the value of a record on a rejected topic."""

    def make(
        original: Original | None = None,
        /,
        *,
        at: str = "2020-01-01T12:00:00Z",
        offset: int = 17,
        **data: Any,
    ) -> bytes:
        origin = f"raw.hr.pe-3/0/{offset}@1577880000000"
        key_id, sealed = keyring.encrypt_original(pack(original) or b"", origin) if original else ("", "")
        stated = {
            "reason": "unknown_contract",
            "path": "/type",
            "contract": None,
            "family": "hr",
            "origin": origin,
            "identity": str(uuid.UUID(int=offset)),
            "key_id": key_id,
            "original": sealed,
        }
        return orjson.dumps(
            {
                "specversion": "1.0",
                "id": str(uuid.UUID(int=offset)),
                "source": STREAMS_SOURCE,
                "type": REJECTED_TYPE,
                "time": at,
                "recordedtime": at,
                "datacontenttype": "application/json",
                "data": stated | data,
            }
        )

    return make


@pytest.fixture
def make_event(make_value: MakeValue) -> Callable[..., RejectedEvent]:
    """Makes a rejected event."""

    def make(original: Original | None = None, /, **changes: Any) -> RejectedEvent:
        event = read_rejected(make_value(original, **changes))
        assert event is not None
        return event

    return make
