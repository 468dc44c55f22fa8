"""What can go wrong with the reference pages."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class RoomNotInstalledError(OrgPulseError):
    """The pages of a room cannot be made because it is not installed."""

    guidance = "Install the project with all its rooms, as `make setup` does, and run again."


@dataclass
class NotGeneratedError(OrgPulseError):
    """A page in the folder of the reference was not generated."""

    guidance = (
        "Name the folder of the reference, or move that page to a folder of its own: everything in the "
        "reference is generated and would be overwritten or removed. Nothing was written."
    )


@dataclass
class ReferenceFolderError(OrgPulseError):
    """The folder of the reference cannot be read or written."""

    guidance = "Free space or mend the permissions, or name another folder, and run again."
