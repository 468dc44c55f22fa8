"""What can go wrong with rejected events, and what to do about it."""

from dataclasses import dataclass

from orgpulse_platform.errors import KeyringError, OrgPulseError


@dataclass
class UnknownFilterError(OrgPulseError):
    """A filter names something that does not exist."""

    guidance = "Correct the option and run again; `orgpulse rejected stats` shows what there is."


@dataclass
class RejectedEventNotFoundError(OrgPulseError):
    """No rejected event has this origin."""

    guidance = (
        "`orgpulse rejected list` names the origins of those that are kept; "
        "ORGPULSE_KAFKA__REJECTED_RETENTION_HOURS says for how long."
    )


@dataclass
class NoOriginalError(OrgPulseError):
    """The original of this rejected event is not carried along."""

    guidance = (
        "It was published compressed and is larger than a rejected event can be. It stands on its raw topic "
        "as long as that keeps it; ask the source system to publish it in smaller parts."
    )


@dataclass
class NotATerminalError(OrgPulseError):
    """An original is shown on a terminal only."""

    guidance = (
        "It holds personal data, which a file or another program would keep. Run the command at a terminal, "
        "without redirecting its output and without --json."
    )


@dataclass
class OriginalsUnopenedError(KeyringError):
    """Some originals could not be opened with this keyring; everything else was done."""

    guidance = (
        "Their key is not in this keyring. Put that keyring in its place and run the command again: "
        "what was replayed already is not replayed twice."
    )


@dataclass
class ReplayRunningError(OrgPulseError):
    """Another replay is running."""

    guidance = "Wait until it ends, then run again: what it replayed is not replayed twice."


@dataclass
class RecordsDamagedError(OrgPulseError):
    """The record of what was replayed or opened is damaged."""

    guidance = (
        "Look at the line that is named. If you remove it, the events it names count as not replayed: "
        "replaying them again is harmless, as their identity removes the duplicates."
    )
