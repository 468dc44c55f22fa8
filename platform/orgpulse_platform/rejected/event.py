"""A rejected event as it stands on its topic."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from orgpulse_platform.errors import DamagedSealError
from orgpulse_platform.keyring import Keyring
from orgpulse_platform.rejected.original import DamagedOriginalError, Original, unpack
from orgpulse_schemas.reasons import MEANINGS, Reason, ReasonMeaning
from orgpulse_schemas.wire import REJECTED_TYPE, read_origin


@dataclass(frozen=True, slots=True)
class RejectedEvent:
    """Why and where an event was rejected: nothing in it is a value of the original."""

    origin: str
    reason: Reason
    path: str
    contract: str | None
    """Event type, if a contract has it."""
    family: str
    arrived: datetime
    """When the original arrived on its raw topic, in UTC."""
    identity: uuid.UUID | None
    key_id: str
    sealed: str = ""
    """The encrypted original; empty where it is not carried along, or was put aside."""

    @property
    def meaning(self) -> ReasonMeaning:
        """What the reason means, who mends it, and whether a replay can help."""
        return MEANINGS[self.reason]

    @property
    def raw_topic(self) -> str:
        """The topic that the original was published on."""
        return self.origin.partition("/")[0]

    def without_original(self) -> "RejectedEvent":
        """The same without its encrypted original, which takes most of the memory."""
        return replace(self, sealed="")

    def open(self, keyring: Keyring) -> Original:
        """Decrypt the original; whoever calls this writes it down first.

        Raises :class:`KeyringError` with a keyring that lacks the key that encrypted it, and
        :class:`DamagedSealError` if it was changed since.
        """
        frame = keyring.decrypt_original(self.sealed, context=self.origin, key_id=self.key_id)
        try:
            return unpack(frame)
        except DamagedOriginalError:
            pass
        raise DamagedSealError("what was opened is no original")


class _Data(BaseModel):
    """Payload of a rejected event, as far as it is read here."""

    model_config = ConfigDict(hide_input_in_errors=True)

    reason: Reason
    path: str
    contract: str | None
    family: str
    origin: str
    identity: uuid.UUID | None = None
    key_id: str
    original: str


class _Envelope(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    type: str
    time: AwareDatetime
    data: _Data


def read_rejected(value: bytes | None) -> RejectedEvent | None:
    """The rejected event in a record's value; nothing if it is none."""
    try:
        content: Any = orjson.loads(value or b"")
        envelope = _Envelope.model_validate(content)
    except (orjson.JSONDecodeError, ValidationError):
        return None
    data = envelope.data
    if envelope.type != REJECTED_TYPE or read_origin(data.origin) is None:
        return None
    return RejectedEvent(
        origin=data.origin,
        reason=data.reason,
        path=data.path,
        contract=data.contract,
        family=data.family,
        arrived=envelope.time.astimezone(UTC),
        identity=data.identity,
        key_id=data.key_id,
        sealed=data.original,
    )
