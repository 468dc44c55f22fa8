"""What the systems beside the core ones find: offices, people, projects, trainings."""

from dataclasses import dataclass
from functools import cached_property
from random import Random

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.organisation import Organisation, Unit
from orgpulse_platform.simulator.presence import Presence
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.scenario import Scenario
from orgpulse_platform.simulator.training.catalogue import TrainingHeld, Trainings
from orgpulse_platform.simulator.world import World


@dataclass(frozen=True)
class Scene:
    """The organisation as the core systems tell it."""

    world: World
    organisation: Organisation
    presence: Presence
    projects: tuple[Project, ...]
    trainings: Trainings

    @property
    def scenario(self) -> Scenario:
        """The scenario of the simulation."""
        return self.world.scenario

    def office(self, rng: Random) -> Unit:
        """An office; the larger, the more often."""
        return self._by_size.draw(rng)

    def field_office(self, rng: Random) -> Unit:
        """A country or sub-office; the larger, the more often."""
        return self._fields_by_size.draw(rng)

    def trainings_held(self, subject: str) -> list[TrainingHeld]:
        """The sessions on a subject that trained anybody, in the order in which they were held."""
        return self.trainings.held({c.course_id for c in self.scenario.courses if c.subject == subject})

    @cached_property
    def planning_offices(self) -> tuple[Unit, ...]:
        """The regional and country offices, fewer of them at a smaller scale, in an order of their own."""
        offices = [
            unit
            for unit in self.organisation.units
            if unit.unit_type in ("regional_office", "country_office") and not unit.administrative
        ]
        self.world.stream("planning offices").shuffle(offices)
        return tuple(offices[: self.world.scaled(len(offices))])

    @cached_property
    def _by_size(self) -> Weighted[Unit]:
        return _weighted(self.organisation.units)

    @cached_property
    def _fields_by_size(self) -> Weighted[Unit]:
        fields = ("country_office", "sub_office")
        return _weighted(tuple(unit for unit in self.organisation.units if unit.unit_type in fields))


def _weighted(units: tuple[Unit, ...]) -> Weighted[Unit]:
    return Weighted({unit: float(unit.staff) ** 0.6 for unit in units})
