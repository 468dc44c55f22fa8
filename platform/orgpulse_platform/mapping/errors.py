"""What can be wrong with a mapping or a file as a whole; nothing has been published when these are raised."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class MappingError(OrgPulseError):
    """The mapping cannot be used."""

    guidance = (
        "Correct the mapping and run again; nothing was published. `orgpulse mappings list` names those that "
        "are shipped, `orgpulse mappings show NAME` prints one to start from."
    )


@dataclass
class WorkspaceError(OrgPulseError):
    """There is no room for temporary data."""

    guidance = "Free space in the folder for temporary files, or name another in TMPDIR, and run again."


@dataclass
class FileError(OrgPulseError):
    """The file cannot be read."""

    guidance = (
        "Check that it is a CSV, XLSX or NDJSON file and that the `format` of the mapping describes it "
        "(`encoding`, `delimiter`, `sheet`, `header_row`), then run again: what was published already keeps "
        "its identity and counts once."
    )
