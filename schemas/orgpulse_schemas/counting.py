"""What a source system says it has sent: the count of its events of one contract and day."""

from datetime import date

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.control.counts import COUNTED
from orgpulse_schemas.registry import all_contracts


def count_of(event_type: str, day: date, events: int) -> Contract:
    """The payload by which the source system of a contract says that so many events happened on a day (UTC).

    Raises :class:`KeyError` for a type that has no contract, pydantic's error for a count that cannot be.
    """
    about = all_contracts()[event_type]
    return COUNTED[about.system.id].model_validate({"event_type": event_type, "day": day, "events": events})
