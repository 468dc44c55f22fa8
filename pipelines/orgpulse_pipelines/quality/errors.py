"""Errors of data quality that people meet."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class NoQualityTablesError(OrgPulseError):
    """The publication was made before data quality was measured."""

    guidance = "Run `orgpulse build` and ask again."
