"""Apache Kafka in KRaft mode: one process that is broker and controller, on the loopback interface."""

import base64
import subprocess
import uuid
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path
from typing import Final

from orgpulse_platform.broker.errors import BrokerStartError
from orgpulse_platform.broker.kafka_files import PACKAGE_DATA
from orgpulse_platform.broker.ports import LOOPBACK, free_ports

DATA_FOLDER: Final = "kafka"
FORMAT_TIMEOUT_S: Final = 120
_PROPERTIES: Final = """\
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller_port}
advertised.listeners=PLAINTEXT://{host}:{port}
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers={host}:{controller_port}
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.num.partitions=5
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=5
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
"""
"""One node: after a crash it waits for its own former session to end, which Kafka lets last nine seconds."""


@dataclass(frozen=True, slots=True)
class ApacheKafka:
    """Apache Kafka with the Java runtime and the jars that it runs on."""

    java: str
    jars: Path
    kind: str = "apache"
    remembers: bool = True

    def command(self, folder: Path, port: int, log: Path) -> list[str]:
        """The command that runs the broker, with its settings written and its data folder formatted.

        Paths in the settings are relative to the broker's folder, its working directory, so that a state
        folder can be moved. Raises :class:`BrokerStartError` if the data folder cannot be formatted.
        """
        (controller_port,) = free_ports(1)
        settings = folder / "server.properties"
        settings.write_text(
            _PROPERTIES.format(host=LOOPBACK, port=port, controller_port=controller_port, data=DATA_FOLDER),
            encoding="utf-8",
        )
        with as_file(PACKAGE_DATA / "log4j2.xml") as logging:
            (folder / "log4j2.xml").write_bytes(logging.read_bytes())
        if not (folder / DATA_FOLDER / "meta.properties").exists():
            self._format(folder, settings.name, log)
        return [*self._java("-Xmx512m"), "kafka.Kafka", settings.name]

    def _java(self, *options: str) -> list[str]:
        return [
            self.java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",  # the full compiler would take a third of every start and never pay
            *options,
            "-Dlog4j2.configurationFile=log4j2.xml",
            "-cp",
            f"{self.jars}/*",
        ]

    def _format(self, folder: Path, settings: str, log: Path) -> None:
        tool = [*self._java(), "kafka.tools.StorageTool", "format", "--standalone"]
        command = [*tool, "--cluster-id", _new_cluster_id(), "--config", settings]
        with log.open("ab") as out:
            try:
                answer = subprocess.run(  # noqa: S603 - fixed arguments
                    command, cwd=folder, stdout=out, stderr=out, timeout=FORMAT_TIMEOUT_S, check=False
                )
            except (OSError, subprocess.TimeoutExpired):
                raise BrokerStartError(f"its data folder could not be formatted, see {log}") from None
        if answer.returncode != 0:
            raise BrokerStartError(f"its data folder could not be formatted, see {log}")


def _new_cluster_id() -> str:
    """A random id in Kafka's form: 22 characters of base64 that do not look like an option."""
    while True:
        text = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        if not text.startswith("-"):
            return text
