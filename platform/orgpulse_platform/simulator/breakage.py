"""Breaking a copy of a good event in one place, so that validation gives exactly one known reason."""

from random import Random
from typing import Any, Final

import orjson

from orgpulse_platform.simulator.facts import Fact
from orgpulse_platform.simulator.records import render
from orgpulse_schemas.contract import About
from orgpulse_schemas.protected import LogicalType, logical_type
from orgpulse_schemas.reasons import Reason, RejectedError
from orgpulse_schemas.registry import contract_for
from orgpulse_schemas.validation import validate_data

WRONG_VALUES: Final[dict[LogicalType, Any]] = {
    LogicalType.TEXT: 4711,
    LogicalType.INTEGER: "seven",
    LogicalType.DECIMAL: "a lot",
    LogicalType.BOOLEAN: "perhaps",
}
IMPOSSIBLE_DATES: Final = ("2019-02-30", "31/12/2018", "2017-13-01", "2018-00-10")
IMPOSSIBLE_TIME: Final = "2019-02-30T09:00:00Z"
UNKNOWN_MAJOR: Final = 9
BREAKABLE: Final = (
    Reason.MALFORMED_JSON,
    Reason.WRONG_TYPE,
    Reason.MISSING_FIELD,
    Reason.UNKNOWN_CONTRACT,
    Reason.IMPOSSIBLE_DATE,
)
"""Reasons for which an event can be broken on purpose."""


class Breaker:
    """Makes broken copies. Which fields can be broken how is asked of validation itself, once a contract."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._fields: dict[tuple[str, Reason], list[str]] = {}

    def broken(self, fact: Fact, reason: Reason, id_: str) -> bytes:
        """The value of an event like the fact, with its own id, that is rejected for the reason."""
        match reason:
            case Reason.MALFORMED_JSON:
                whole = render(fact, id_)
                return whole[: self._rng.randint(len(whole) // 3, len(whole) - 1)]
            case Reason.UNKNOWN_CONTRACT:
                return render(fact, id_, type_=_unknown_type(fact.about))
            case _:
                return self._break_field(fact, reason, id_)

    def _break_field(self, fact: Fact, reason: Reason, id_: str) -> bytes:
        fields = self._breakable(fact, reason)
        if not fields:  # a contract without dates: the time of the event itself is impossible
            return render(fact, id_, time=IMPOSSIBLE_TIME)
        return render(fact, id_, data=self._changed(fact, self._rng.choice(fields), reason))

    def _changed(self, fact: Fact, name: str, reason: Reason) -> bytes:
        data: dict[str, Any] = orjson.loads(fact.data)
        if reason is Reason.MISSING_FIELD:
            del data[name]
        elif reason is Reason.IMPOSSIBLE_DATE:
            data[name] = self._rng.choice(IMPOSSIBLE_DATES)
        else:
            data[name] = WRONG_VALUES.get(logical_type(fact.about.model.model_fields[name].annotation))
        return orjson.dumps(data)

    def _breakable(self, fact: Fact, reason: Reason) -> list[str]:
        """The required fields that validation reports with the reason once they are changed so."""
        known = self._fields.get((fact.about.event_type, reason))
        if known is None:
            known = [
                field.name
                for field in fact.about.fields
                if field.required
                and _reason_of(fact.about, self._changed(fact, field.name, reason)) is reason
            ]
            self._fields[fact.about.event_type, reason] = known
        return known


def _reason_of(about: About, data: bytes) -> Reason | None:
    try:
        validate_data(about, data)
    except RejectedError as rejected:
        return rejected.first.reason
    return None


def _unknown_type(about: About) -> str:
    """A type that no contract has: a major version that was never released."""
    unknown = f"{about.event_type.rpartition('.')[0]}.v{UNKNOWN_MAJOR}"
    if contract_for(unknown) is not None:
        raise ValueError(f"{unknown} is a contract: choose another major version to break events with")
    return unknown
