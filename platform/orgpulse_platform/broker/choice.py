"""Which local broker is used, and why."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from orgpulse_platform.broker.apache import ApacheKafka
from orgpulse_platform.broker.embedded import find_embedded
from orgpulse_platform.broker.errors import JavaMissingError, KafkaFilesMissingError
from orgpulse_platform.broker.java import find_java
from orgpulse_platform.broker.kafka_files import KAFKA_VERSION, kafka_jars
from orgpulse_platform.settings import BrokerSettings


class LocalBroker(Protocol):
    """A broker that can be started on this machine."""

    @property
    def kind(self) -> str:
        """``apache`` or ``embedded``."""

    @property
    def remembers(self) -> bool:
        """Whether its topics outlive a restart."""

    def command(self, folder: Path, port: int, log: Path) -> list[str]:
        """The command that runs it in its folder, with all that it needs prepared."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The broker to start, and the reason in a few words."""

    broker: LocalBroker
    reason: str


def choose(settings: BrokerSettings, logs: Path) -> Choice:
    """Apache Kafka where Java and its files can be had, else the embedded broker, unless settings say which.

    Raises :class:`JavaMissingError` or :class:`KafkaFilesMissingError` where Apache Kafka was demanded, and
    :class:`EmbeddedBrokerMissingError` where the embedded broker is needed and not installed.
    """
    if settings.kind == "embedded":
        return Choice(find_embedded(), "ORGPULSE_BROKER__KIND asks for it")
    if settings.kind == "apache":
        return Choice(_apache(settings, logs), "ORGPULSE_BROKER__KIND asks for it")
    try:
        return Choice(_apache(settings, logs), f"Java and the files of Kafka {KAFKA_VERSION} are here")
    except (JavaMissingError, KafkaFilesMissingError) as error:
        return Choice(find_embedded(), f"Apache Kafka cannot be had: {error.detail}")


def _apache(settings: BrokerSettings, logs: Path) -> ApacheKafka:
    return ApacheKafka(find_java(), kafka_jars(settings.cache, logs / "maven.log"))
