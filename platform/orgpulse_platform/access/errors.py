"""What can go wrong with access, and what to do about it."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class AccessDiffersError(OrgPulseError):
    """Access is not as it should be."""

    guidance = "`orgpulse access apply` sets it; --remove-surplus also takes away what nobody should have."


@dataclass
class NoAuthorizerError(OrgPulseError):
    """This Kafka asks nobody who they are, so it cannot keep anybody out."""

    guidance = (
        "Give the cluster an authorizer and listeners with SASL, as the guide on access shows. A local "
        "broker for demonstrations is open and listens on this machine only; --files looks at the files "
        "alone."
    )


@dataclass
class AccessNotAppliedError(OrgPulseError):
    """Access could not be set."""

    guidance = "Run the command as the administrator of the cluster and as the owner of the files."
