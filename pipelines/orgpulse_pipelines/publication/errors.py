"""Errors that people meet when they look at publications or go back to one."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class UnknownPublicationError(OrgPulseError):
    """No such publication is kept."""

    guidance = "`orgpulse publications list` names those that are kept. Nothing was changed."


@dataclass
class UnreadablePublicationError(OrgPulseError):
    """A publication cannot be used."""

    guidance = (
        "Name another one: `orgpulse publications list` says which are kept and can be read. "
        "Nothing was changed."
    )


@dataclass
class NotHeldError(OrgPulseError):
    """No publication is held."""

    guidance = "There is nothing to release: every build puts what it publishes in place."


@dataclass
class MovesError(OrgPulseError):
    """The record of rollbacks cannot be used."""

    guidance = (
        "It says whether readers are held at an earlier publication, so nothing is put in place without it. "
        "Free space or mend the permissions of that file. If a line of it is damaged, remove that line, and "
        "run `orgpulse publications rollback` again if readers must stay at an earlier publication."
    )


@dataclass
class ExportError(OrgPulseError):
    """The answer could not be saved."""

    guidance = "No file was written or changed. Correct the cause and ask again."
