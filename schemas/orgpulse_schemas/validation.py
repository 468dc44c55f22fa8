"""Does an event meet its contract? One answer for the publisher, the streams and the command line."""

from typing import Any, Final

from pydantic import ValidationError

from orgpulse_schemas.cloudevents import CloudEvent
from orgpulse_schemas.contract import About, Contract
from orgpulse_schemas.iso_date import NO_DAY
from orgpulse_schemas.iso_timestamp import NO_MOMENT
from orgpulse_schemas.reasons import Reason, RejectedError, Violation
from orgpulse_schemas.registry import contract_for
from orgpulse_schemas.rules import CONTRADICTION

_IMPOSSIBLE: Final = (
    NO_DAY,
    NO_MOMENT,
    "date_from_datetime",
    "date_parsing",
    "datetime_parsing",
    "datetime_from_date",
    "time_parsing",
)
_UNTYPED: Final = frozenset({"int_from_float", "decimal_parsing", "int_parsing", "bool_parsing"})


def validate(event: CloudEvent) -> Contract:
    """The typed payload of an event; raises :class:`RejectedError` with every violation found."""
    about = contract_for(event.type)
    if about is None:
        raise RejectedError(Violation(Reason.UNKNOWN_CONTRACT, "/type"))
    if event.source != about.system.uri:
        raise RejectedError(Violation(Reason.WRONG_SOURCE, "/source"))
    return validate_data(about, event.data)


def validate_data(about: About, data: bytes) -> Contract:
    """The typed payload from its JSON bytes; raises :class:`RejectedError` with every violation found."""
    try:
        return about.model.model_validate_json(data)
    except ValidationError as error:
        # Pydantic's own messages repeat the input: only its error codes and places are read, and the
        # exception itself is cut off from the one that is raised.
        found = error.errors(include_url=False, include_context=False, include_input=False)
    # A text that is read in other spellings too fails once for each way of reading it.
    violations = sorted({(_path(about, item["loc"]), _reason(item["type"])) for item in found})
    raise RejectedError(*(Violation(reason, path) for path, reason in violations))


def _reason(error_type: str) -> Reason:
    if error_type == "missing":
        return Reason.MISSING_FIELD
    if error_type == CONTRADICTION:
        return Reason.INCONSISTENT_FIELDS
    if error_type == "json_invalid":
        return Reason.MALFORMED_JSON
    if error_type.startswith(_IMPOSSIBLE):
        return Reason.IMPOSSIBLE_DATE
    if error_type.endswith("_type") or error_type in _UNTYPED:
        return Reason.WRONG_TYPE
    return Reason.INVALID_VALUE


def _path(about: About, location: tuple[Any, ...]) -> str:
    """A JSON pointer that holds only names the contract declares: an unknown name could be a person's."""
    if not location:
        return "/data"
    name = location[0]
    return f"/data/{name}" if name in about.model.model_fields else "/data"
