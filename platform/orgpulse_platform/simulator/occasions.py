"""Days on which things happen: so many a year, and what follows them on time, late or never."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.part import FollowUp, Year
from orgpulse_platform.simulator.world import World

YEAR_ENDS: Final = ((1, 5), (12, 22))
"""First and last day (month, day) of a year on which anything is begun."""


def days_of(world: World, rng: Random, a_year: Mapping[Year, int]) -> Iterator[date]:
    """The days of so many occasions a year at the scale of the simulation, in their order."""
    for year, number in a_year.items():
        first, last = date(year, *YEAR_ENDS[0]), date(year, *YEAR_ENDS[1])
        yield from sorted(day_between(rng, first, last) for _ in range(world.scaled(number)))


def follow_up(rng: Random, shares: FollowUp, since: date, due: date) -> date | None:
    """The day after ``since`` on which something due is done: until it is due, later, or never."""
    if rng.random() >= shares.done:
        return None
    tomorrow = since + timedelta(days=1)
    if rng.random() < shares.on_time and tomorrow <= due:
        return day_between(rng, tomorrow, due)
    return max(since, due) + timedelta(days=rng.randint(1, shares.late_days))


def between(rng: Random, day: date, days: tuple[int, int]) -> date:
    """A day that follows another after so many days; before it for negative ones."""
    return day + timedelta(days=rng.randint(*days))
