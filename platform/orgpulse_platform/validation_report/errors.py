"""What can be wrong with a file of events as a whole."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class EventFileError(OrgPulseError):
    """The file of events cannot be read."""

    guidance = (
        "Give a file of CloudEvents: one a line (NDJSON), a single one, or a JSON array. An export (CSV, "
        "XLSX) needs a mapping: --mapping names it, `orgpulse mappings list` those that are shipped."
    )
