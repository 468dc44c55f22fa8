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
class StillSpooledError(DeliveryError):
    """Events wait in the spool for Kafka."""

    guidance = (
        "Nothing is lost. Mend what is named (`orgpulse broker status` says whether Kafka answers); the "
        "events go out in order as soon as Kafka takes them and a process has this spool open."
    )


@dataclass
class TopicMissingError(OrgPulseError):
    """The topic does not exist on this cluster."""

    guidance = "Create the platform's topics with `orgpulse topics create`, then publish again."


@dataclass
class SpoolError(OrgPulseError):
    """The spool cannot be used."""

    guidance = (
        "Free space or mend the permissions of that folder (`chmod 700`), then publish again. If the file "
        "is damaged, move the folder aside, which starts an empty spool, and publish again what it may have "
        "held."
    )


@dataclass
class SpoolInUseError(SpoolError):
    """Another process uses this spool."""

    guidance = "Give each process a spool folder of its own, or end the other process."


@dataclass
class SpoolKeyError(SpoolError):
    """The spool holds events under another encryption key, or under none."""

    guidance = "Open it as it was opened before; once it is empty the key can be changed."


@dataclass
class SpoolFullError(SpoolError):
    """The spool is full: the event was not published."""

    guidance = (
        "Slow down or stop the source, mend Kafka (`orgpulse broker status`), then publish the same again "
        "under the same id. A longer outage needs a larger `limit_bytes`."
    )
