"""Whether an event may enter, and the Kafka record it becomes."""

from dataclasses import dataclass

from orgpulse_platform.intake.problems import Problem, ProblemError
from orgpulse_platform.publisher import Record
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.reasons import Reason, RejectedError, Violation
from orgpulse_schemas.registry import contract_for
from orgpulse_schemas.systems import SourceSystem
from orgpulse_schemas.validation import validate


@dataclass(frozen=True, slots=True, repr=False)
class Admitted:
    """An event that meets its contract, ready for Kafka. It holds personal data and shows none of it."""

    record: Record
    source: str
    type: str


def admit(value: bytes | None, system: SourceSystem) -> Admitted:
    """Check a structured event of this source system as the streams will check it.

    Raises :class:`ProblemError`: of another system's contract nothing is told but that it is another's.
    """
    try:
        return _admit(value, system)
    except RejectedError as error:
        violations = error.violations
    if violations[0].reason is Reason.TOO_LARGE:
        raise ProblemError(Problem.TOO_LARGE)
    raise ProblemError(Problem.INVALID_EVENT, violations)


def _admit(value: bytes | None, system: SourceSystem) -> Admitted:
    if value is None:
        raise RejectedError(Violation(Reason.MALFORMED_JSON, "/data"))
    event = parse(value)
    about = contract_for(event.type)
    if about is not None and about.system != system:
        raise ProblemError(Problem.FOREIGN_CONTRACT)
    payload = validate(event)
    about = type(payload).about
    key = payload.model_dump(mode="json", include={about.key})[about.key]
    return Admitted(Record(about.raw_topic, str(key).encode(), value, event.id), event.source, event.type)
