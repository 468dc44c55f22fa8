"""What every part of a simulation is invented from: the scenario, the seed and the scale."""

from dataclasses import dataclass
from random import Random

from orgpulse_platform.simulator.facts import Chronicle, Facts
from orgpulse_platform.simulator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class World:
    """The givens of one simulation, and the facts that come of them."""

    scenario: Scenario
    seed: int
    scale: float
    facts: Facts

    def stream(self, subject: str) -> Random:
        """A random stream of its own for each subject: more draws in one leave the others as they were."""
        return Random(f"{self.seed}:{subject}")  # noqa: S311 - invents an organisation, guards nothing

    def chronicle(self, subject: str) -> Chronicle:
        """The chronicle of a subject."""
        return Chronicle(subject, self.stream(f"{subject} hours"), self.facts)

    def scaled(self, number: int) -> int:
        """A count of the scenario at this scale, at least one."""
        return max(1, round(number * self.scale))
