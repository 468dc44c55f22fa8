"""The service catalogue."""

from datetime import date
from random import Random

from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.ict.plan import Service
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.reference.organisation import ServiceRegistered


def register_services(scene: Scene, chronicle: Chronicle) -> None:
    """Tell the registration of every service."""
    for service in scene.scenario.ict.services:
        chronicle.tell(ServiceRegistered, service.registered_on, service.model_dump(mode="json"), hours=EARLY)


def service_on(scene: Scene, rng: Random, day: date) -> Service:
    """A service that is in the catalogue on that day."""
    return rng.choice([service for service in scene.scenario.ict.services if service.registered_on < day])
