"""Errors that people meet: what happened, what to do now, and never a personal value."""

from dataclasses import dataclass


@dataclass
class OrgPulseError(Exception):
    """Something went wrong that the person at the keyboard can act on.

    A subclass says in the first line of its docstring what happened; ``guidance`` says what to do now.
    """

    detail: str = ""
    """What distinguishes this case: a path, an address, a line number; never a value of an event."""

    guidance = "Read the log in the state folder."

    @property
    def message(self) -> str:
        """What happened, in one sentence."""
        first = (type(self).__doc__ or "").strip().splitlines()[0].rstrip(".")
        return f"{first}: {self.detail}" if self.detail else f"{first}."

    def __str__(self) -> str:
        return f"{self.message.rstrip('.')}. {self.guidance}"


@dataclass
class BrokerUnavailableError(OrgPulseError):
    """Kafka does not answer."""

    guidance = (
        "Check that the broker runs (`orgpulse broker status`) and that ORGPULSE_KAFKA__BOOTSTRAP_SERVERS "
        "names it, then run the command again: nothing that was acknowledged is lost."
    )


@dataclass
class AccessDeniedError(BrokerUnavailableError):
    """Kafka does not let this identity do that."""

    guidance = (
        "Check ORGPULSE_KAFKA__SASL_USERNAME and its password. `orgpulse access show` says who may do what, "
        "and `orgpulse access check`, run by the administrator, whether the cluster knows it."
    )


@dataclass
class KeyringError(OrgPulseError):
    """The keyring cannot be used."""

    guidance = (
        "Put the organisation's keyring file in its place, or create one with `orgpulse keyring create`. "
        "A new keyring gives people new pseudonyms."
    )


@dataclass
class DamagedSealError(KeyringError):
    """An encrypted original is not what was sealed at its place."""

    guidance = (
        "It was changed after it was sealed, or moved from another place, or the keyring has another key "
        "under the same id. Find out who can write to the rejected topics: only the streams should."
    )


@dataclass
class StateFolderError(OrgPulseError):
    """The state folder cannot be used."""

    guidance = (
        "Free space or mend the permissions, or choose another folder with ORGPULSE_STATE, and run again."
    )


@dataclass
class SettingsError(OrgPulseError):
    """A setting is wrong."""

    guidance = "Correct the environment variable that is named and run again."


@dataclass
class LedgerError(OrgPulseError):
    """The ledger of what was published cannot be used."""

    guidance = (
        "Free space or mend the permissions of that file. If a line of it is damaged, remove that line: the "
        "events themselves are on Kafka, only the reconciliation misses what the line counted."
    )
