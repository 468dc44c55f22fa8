"""Errors that people meet when they read the data map."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class DataMapError(OrgPulseError):
    """The data map cannot be read."""

    guidance = (
        "Name a file that `orgpulse data-map export` wrote (.csv or .parquet), or a publication from "
        "`orgpulse publications list`; those of earlier versions of the platform hold no data map."
    )


@dataclass
class NotInDataMapError(OrgPulseError):
    """Nothing of that name holds personal data."""

    guidance = "`orgpulse data-map show` lists the contracts; name one, a family, or a source system."
