"""How positions come to be filled: advertised, then filled from within, from outside or from the roster."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final, Literal

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.hr.positions import Filling
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.hr.positions import PositionAdvertised, PositionFilled

Channel = Literal["internal", "external", "roster"]
DECISION_DAYS: Final[dict[Channel, tuple[int, int]]] = {
    "internal": (18, 90),
    "external": (18, 150),
    "roster": (12, 55),
}
"""Days from the advertisement to the first day in the position; fewer where it was open for less."""
NOTICE_DAYS: Final = (10, 80)
"""A position that nobody fills is advertised so many days after it could be filled."""


def fill_positions(
    world: World, fillings: list[Filling], vacant: list[tuple[date, str]], chronicle: Chronicle
) -> list[Filling]:
    """Tell advertisements and fillings of the years simulated; those that the roster made are returned."""
    rng, plan = world.stream("recruiting"), world.scenario.hr.recruiting
    from_roster: list[Filling] = []
    for filling in fillings:
        if filling.day < world.scenario.first_day:
            continue
        channel = _channel(world, filling, rng)
        if channel == "roster":
            from_roster.append(filling)
        internally = channel == "internal" and rng.random() < plan.internally_advertised
        scope = "external" if channel == "internal" and not internally else channel
        _advertise(chronicle, filling.position_id, scope, _advertised_on(filling, channel, rng))
        _fill(chronicle, filling, channel)
    for position_id, day in _still_vacant(world, vacant, rng):
        _advertise(chronicle, position_id, "external", day)
    return from_roster


def _channel(world: World, filling: Filling, rng: Random) -> Channel:
    plan = world.scenario.hr.recruiting
    if filling.internal:
        return "internal"
    asked = filling.grade in plan.roster_grades
    return "roster" if asked and rng.random() < plan.from_roster else "external"


def _advertised_on(filling: Filling, channel: Channel, rng: Random) -> date:
    """After the position opened, and some days before somebody fills it."""
    shortest, longest = DECISION_DAYS[channel]
    open_days = (filling.day - filling.open_since).days
    return filling.day - timedelta(days=rng.randint(shortest, max(shortest, min(longest, open_days - 1))))


def _still_vacant(world: World, vacant: list[tuple[date, str]], rng: Random) -> Iterator[tuple[str, date]]:
    """Positions advertised and not filled by the end, with the day of the advertisement."""
    scenario = world.scenario
    for since, position_id in vacant:
        day = max(since, scenario.first_day) + timedelta(days=rng.randint(*NOTICE_DAYS))
        if rng.random() < scenario.hr.recruiting.still_vacant_advertised and day <= scenario.last_day:
            yield position_id, day_between(rng, day, min(day + timedelta(days=120), scenario.last_day))


def _advertise(chronicle: Chronicle, position_id: str, scope: str, day: date) -> None:
    chronicle.tell(
        PositionAdvertised, day, {"position_id": position_id, "scope": scope, "advertised_on": day}
    )


def _fill(chronicle: Chronicle, filling: Filling, channel: Channel) -> None:
    chronicle.tell(
        PositionFilled,
        filling.day,
        {
            "position_id": filling.position_id,
            "personnel_id": filling.person.personnel_id,
            "channel": channel,
            "filled_on": filling.day,
        },
        hours=EARLY,
    )
