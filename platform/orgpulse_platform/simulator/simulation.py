"""The simulation: an organisation invented from a seed, and the records that its systems publish."""

from collections.abc import Iterator
from functools import cached_property

from orgpulse_platform.simulator.disorder import Disorder
from orgpulse_platform.simulator.expected import Expected, Tally
from orgpulse_platform.simulator.facts import Fact
from orgpulse_platform.simulator.faults import Published, with_broken
from orgpulse_platform.simulator.history import write_history
from orgpulse_platform.simulator.records import Identities, SimulatedRecord
from orgpulse_platform.simulator.scenario import load_scenario
from orgpulse_platform.simulator.world import World


class Simulation:
    """Everything that the source systems of the invented organisation publish.

    The same seed and scale give the same records, byte by byte. At scale 1.0 the totals are the published
    ones; at another the numbers of people, projects, sessions, evaluations and facilities follow the scale,
    while the duty stations and all amounts of money stay as they are.
    """

    def __init__(self, seed: int, scale: float = 1.0, scenario: str = "iom_2019") -> None:
        scale = float(scale)
        self.dataset = f"{scenario} seed={seed} scale={scale!r}"
        """Names what is published: the same dataset is the same records."""
        self._world = World(load_scenario(scenario), seed, scale)
        self._expected: Expected | None = None

    @property
    def expected(self) -> Expected:
        """What the platform must make of the records; known once :meth:`records` is exhausted."""
        if self._expected is None:
            raise RuntimeError("what is expected is known once all records are taken")
        return self._expected

    @property
    def planned(self) -> int:
        """About how many records there will be."""
        faults = self._world.scenario.faults
        return round(len(self._facts) * (1 + sum(faults.broken.values()) + faults.duplicate))

    def records(self) -> Iterator[SimulatedRecord]:
        """The records in the order in which they are published: reference data first, then as time goes by.

        Faults are among them: see :mod:`orgpulse_platform.simulator.faults` and
        :mod:`orgpulse_platform.simulator.disorder`.
        """
        world = self._world
        faults = world.scenario.faults
        tally = Tally(faults.late_after_days)
        identities = Identities(world.seed, world.scale)
        published = with_broken(self._facts, faults, identities, world.stream("broken"))
        for item in Disorder(faults, world.stream("disorder")).disturb(published):
            _count(tally, item)
            yield item.record
        self._expected = tally.expected

    @cached_property
    def _facts(self) -> list[Fact]:
        return write_history(self._world)


def _count(tally: Tally, item: Published) -> None:
    if item.reason is not None:
        tally.count_rejected(item.family, item.reason)
    elif item.again:
        tally.count_duplicate(item.family)
    else:
        tally.count_kept(item.family, item.record.topic, item.record.key, item.at)
