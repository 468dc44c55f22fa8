"""What a service is, and which services the installed rooms contribute."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points

from orgpulse_platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Service:
    """A process that runs until it is stopped."""

    name: str
    title: str
    """What people read about it."""
    command: Sequence[str]
    """Program and arguments; never a secret, since every user of the machine can read them."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    """Variables beside those inherited."""
    address: str | None = None
    """Where it can be reached, for example ``http://127.0.0.1:3000``."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A service that is not started, and what people read about it."""

    title: str
    reason: str


def contributed_services(settings: Settings) -> list[Service | LeftOut]:
    """The services of every installed room, in the order in which they start."""
    services: list[Service | LeftOut] = []
    for entry in sorted(entry_points(group="orgpulse.services"), key=lambda entry: entry.name):
        contribute: Callable[[Settings], Sequence[Service | LeftOut]] = entry.load()
        services += contribute(settings)
    return services
