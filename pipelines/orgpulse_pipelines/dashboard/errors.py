"""What can go wrong with the dashboard, and what to do about it."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class NoDashboardError(OrgPulseError):
    """No dashboard was built yet."""

    guidance = "Run `orgpulse build`, which ends with the dashboard, or `orgpulse dashboard build`."


@dataclass
class AddressInUseError(OrgPulseError):
    """The dashboard cannot be served there."""

    guidance = "Name another port: `orgpulse dashboard --port 8801`; 0 takes a free one."
