"""The verdict on one event: what the streams would do, and everything that is wrong with it."""

from typing import Any, NamedTuple

import orjson

from orgpulse_schemas.cloudevents import claimed_identity, parse
from orgpulse_schemas.reasons import RejectedError, Violation
from orgpulse_schemas.registry import contract_for
from orgpulse_schemas.validation import validate, validate_data


class Verdict(NamedTuple):
    """The verdict on an event."""

    line: int
    """Line on which it begins, from 1; in a JSON array, its number."""
    contract: str | None
    """Its type, if a contract has it."""
    violations: tuple[tuple[str, str], ...] = ()
    """Code and path of everything wrong; it would be counted by the first. None if it is accepted."""
    repeats: bool = False
    """Whether an earlier event of the file has the same source and id: it counts once."""

    @property
    def accepted(self) -> bool:
        """Whether it would be accepted."""
        return not self.violations


class Judge:
    """Judges the events of one file; remembers which it met."""

    def __init__(self) -> None:
        self._met: set[int] = set()

    def verdict(self, line: int, value: bytes) -> Verdict:
        """The verdict on an event in structured mode."""
        found = _violations(value)
        contract = _contract(value)
        if found:
            return Verdict(line, contract, tuple((one.reason.value, one.path) for one in found))
        identity = hash(claimed_identity(value))
        repeats = identity in self._met
        self._met.add(identity)
        return Verdict(line, contract, repeats=repeats)


def _violations(value: bytes) -> list[Violation]:
    try:
        validate(parse(value))
    except RejectedError as error:
        found = list(error.violations)
    else:
        return []
    # What is wrong with the envelope hides what is wrong with the data: both are told at once.
    if not found[0].path.startswith("/data/"):
        found += [more for more in _data_violations(value) if more not in found]
    return found


def _data_violations(value: bytes) -> list[Violation]:
    body = _body(value)
    about = contract_for(body["type"]) if isinstance(body.get("type"), str) else None
    if about is None or "data" not in body:
        return []
    try:
        validate_data(about, orjson.dumps(body["data"]))
    except RejectedError as error:
        return list(error.violations)
    except TypeError:
        pass  # nested deeper than any contract, as parse found
    return []


def _contract(value: bytes) -> str | None:
    type_ = _body(value).get("type")
    about = contract_for(type_) if isinstance(type_, str) else None
    return None if about is None else about.event_type


def _body(value: bytes) -> dict[str, Any]:
    try:
        body = orjson.loads(value)
    except orjson.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}
