"""What can go wrong with an inbox, and what to do about it. No file has been lost when these are raised."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class InboxFolderError(OrgPulseError):
    """The inbox folder cannot be used."""

    guidance = (
        "Name an existing folder that this user may read, write and enter; its `processing`, `done` and "
        "`failed` are folders of their own, no links. No file was lost."
    )


@dataclass
class InboxBusyError(OrgPulseError):
    """Another `orgpulse inbox run` watches this folder."""

    guidance = "Stop the other one first, or leave the folder to it."


@dataclass
class ReportWriteError(OrgPulseError):
    """The report of a file could not be written."""

    guidance = (
        "Free space on that disk or mend the permissions. The file waits in `processing/` and is taken "
        "again; what was published already counts once."
    )


@dataclass
class FileChangedError(OrgPulseError):
    """A file changed while it was read."""

    guidance = (
        "It waits in `processing/` and is read again from its start. Let the system that writes it use a "
        "name that ends in .part and rename it when it is whole."
    )
