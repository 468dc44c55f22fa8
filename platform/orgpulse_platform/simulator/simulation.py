"""The simulation: an organisation invented from a seed, and the records that its systems publish."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from orgpulse_platform.simulator.control_reports import ControlReports
from orgpulse_platform.simulator.disorder import Disorder
from orgpulse_platform.simulator.expected import Expected, Tally
from orgpulse_platform.simulator.facts import RUN, Facts
from orgpulse_platform.simulator.faults import Published, with_broken
from orgpulse_platform.simulator.history import tell_history
from orgpulse_platform.simulator.records import Identities, SimulatedRecord
from orgpulse_platform.simulator.scenario import load_scenario
from orgpulse_platform.simulator.world import World


class Simulation:
    """Everything that the source systems of the invented organisation publish.

    The same seed and scale give the same records, byte by byte. At scale 1.0 the totals are the published
    ones; at another the numbers of people, projects, sessions, evaluations and facilities follow the scale,
    while the duty stations and all amounts of money stay as they are.

    What happens is invented at first, then put in order of time. Of that no more than ``run`` facts are kept
    in memory; the others wait on disk in ``folder`` (that of temporary files unless named), until the
    simulation is closed. Raises :class:`StateFolderError` if the disk is full.
    """

    def __init__(
        self,
        seed: int,
        scale: float = 1.0,
        scenario: str = "iom_2019",
        *,
        folder: Path | None = None,
        run: int = RUN,
    ) -> None:
        self._seed = seed
        self._scale = float(scale)
        self.dataset = f"{scenario} seed={seed} scale={self._scale!r}"
        """Names what is published: the same dataset is the same records."""
        self._scenario = load_scenario(scenario)
        self._folder = folder
        self._run = run
        self._world: World | None = None
        self._expected: Expected | None = None
        self.miscounted: dict[tuple[str, date], int] = {}
        """Counts that say something wrong, by event type and day (UTC): how many events too many; known once
        :meth:`records` is exhausted."""

    @property
    def expected(self) -> Expected:
        """What the platform must make of the records; known once :meth:`records` is exhausted."""
        if self._expected is None:
            raise RuntimeError("what is expected is known once all records are taken")
        return self._expected

    @property
    def planned(self) -> int:
        """About how many records there will be."""
        faults, facts = self._scenario.faults, self._invented.facts
        good = len(facts) + self._control_reports().planned(facts)
        return round(good * (1 + sum(faults.broken.values()) + faults.duplicate))

    @property
    def held(self) -> int:
        """Facts in memory now."""
        return self._world.facts.held if self._world else 0

    @property
    def disk(self) -> int:
        """Bytes on disk now."""
        return self._world.facts.disk if self._world else 0

    def invent(self, told: Callable[[int], None] = lambda _: None) -> None:
        """Invent all that happens; ``told`` hears from time to time how many facts there are."""
        self.close()
        self._invent(told)

    def close(self) -> None:
        """Forget what was invented and free the disk; what is expected stays known."""
        if self._world is not None:
            self._world.facts.close()
            self._world = None

    def records(self) -> Iterator[SimulatedRecord]:
        """The records in the order in which they are published: reference data first, then as time goes by.

        Faults are among them: see :mod:`orgpulse_platform.simulator.faults` and
        :mod:`orgpulse_platform.simulator.disorder`.
        """
        world, faults = self._invented, self._scenario.faults
        tally = Tally(faults.late_after_days)
        identities = Identities(world.seed, world.scale)
        reports = self._control_reports()
        published = with_broken(reports.among(world.facts), faults, identities, world.stream("broken"))
        for item in Disorder(faults, world.stream("disorder")).disturb(published):
            _count(tally, item)
            yield item.record
        self._expected = tally.expected
        self.miscounted = reports.miscounted

    def _control_reports(self) -> ControlReports:
        return ControlReports(self._scenario.control_reports, self._invented.stream("control reports"))

    @property
    def _invented(self) -> World:
        return self._world or self._invent(lambda _: None)

    def _invent(self, told: Callable[[int], None]) -> World:
        facts = Facts(self._folder, self._run, told)
        world = self._world = World(self._scenario, self._seed, self._scale, facts)
        try:
            tell_history(world)
        except BaseException:
            self.close()
            raise
        return world


def _count(tally: Tally, item: Published) -> None:
    if item.reason is not None:
        tally.count_rejected(item.family, item.reason)
    elif item.again:
        tally.count_duplicate(item.family)
    else:
        tally.count_kept(item.family, item.at, item.overtaken)
