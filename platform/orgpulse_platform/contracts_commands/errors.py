"""What can go wrong with the contracts' commands."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class UnknownContractError(OrgPulseError):
    """No contract has this event type."""

    guidance = "List the contracts with `orgpulse contracts list` and name one of them."


@dataclass
class BreakingContractError(OrgPulseError):
    """The contracts break what was released."""

    guidance = "See `orgpulse contracts check` for each change and its way out; nothing was released."


@dataclass
class FolderNotWritableError(OrgPulseError):
    """The folder cannot be written to."""

    guidance = "Free space or mend the permissions, or name another folder, and run again."


@dataclass
class UnreadableSchemaError(OrgPulseError):
    """The file cannot be compared."""

    guidance = "Name two files that hold JSON Schema 2020-12, the older one first."
