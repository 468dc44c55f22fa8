"""What can go wrong while publishing, and what to do about it."""

from dataclasses import dataclass

from orgpulse_platform.errors import BrokerUnavailableError, OrgPulseError


@dataclass
class DeliveryError(BrokerUnavailableError):
    """Kafka did not acknowledge everything that was published."""

    unacknowledged: int = 0
    """Records that Kafka did not acknowledge; some of them may have arrived all the same."""

    guidance = (
        "Check that the broker runs (`orgpulse broker status`), then publish the same again: an event that "
        "arrives twice under the same id counts once."
    )


@dataclass
class TopicMissingError(OrgPulseError):
    """The topic does not exist on this cluster."""

    guidance = "Create the platform's topics with `orgpulse topics create`, then publish again."
