"""Errors of the streams that people meet, and the exit codes by which a worker tells its supervisor."""

from dataclasses import dataclass
from enum import IntEnum

from orgpulse_platform.errors import OrgPulseError


class ExitCode(IntEnum):
    """How a worker ended; the numbers are those of the BSD ``sysexits``."""

    STOPPED = 0
    """As it was told."""
    RUNAWAY_REJECTIONS = 65
    """Too many events were rejected: a person must look, starting it again would not help."""
    UNAVAILABLE = 69
    """Kafka did not answer: starting it again helps as soon as Kafka does."""
    CRASHED = 70
    """Something else failed: what was not acknowledged is done again at the next start."""
    CONFIGURATION = 78
    """A setting, the keyring or a contract is wrong: starting it again would not help."""


@dataclass
class RunawayRejectionsError(OrgPulseError):
    """The streams stopped because too large a share of recent events was rejected."""

    guidance = (
        "Nothing is lost: the events wait on the raw topics. Count the reasons in the rejected topics or in "
        "logs/streams.log, mend the source system or the contract, and start the streams again. "
        "ORGPULSE_STREAMS__MAX_REJECTED_RATIO sets the limit."
    )


@dataclass
class WorkerFailedError(OrgPulseError):
    """The stream worker ended again and again."""

    guidance = (
        "Nothing that was acknowledged is lost. Read logs/streams.log in the state folder, mend the cause "
        "and run the command again."
    )


@dataclass
class StreamsStalledError(OrgPulseError):
    """The streams made no progress."""

    guidance = (
        "Nothing is lost. Read logs/streams.log in the state folder and check that the broker runs "
        "(`orgpulse broker status`), then run the command again."
    )
