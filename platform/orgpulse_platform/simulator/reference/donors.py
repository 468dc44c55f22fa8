"""Donors: Member States, agencies, companies, and the general public as one."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.reference.states import MemberStates, State
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.reference.world import DonorRegistered

IN_DOLLARS: Final = 0.4
"""Share of donors whose agreements are in United States dollars whatever their own currency."""
JUST_JOINED: Final = 2015
"""States that joined after this year are new."""


@dataclass(frozen=True, slots=True)
class Donor:
    """Who gives, of what kind, in which currency."""

    donor_id: str
    donor_type: str
    country: str | None
    currency: str
    wealth: float
    """Weight among the donors; a few give most."""
    since: date


def register_donors(world: World, states: MemberStates, chronicle: Chronicle) -> tuple[Donor, ...]:
    """Invent the donors and tell their registration."""
    donors = tuple(_invent(world, states))
    for donor in donors:
        chronicle.tell(
            DonorRegistered,
            donor.since,
            {
                "donor_id": donor.donor_id,
                "kind": donor.donor_type,
                "country": donor.country,
                "registered_on": donor.since,
            },
            hours=EARLY,
        )
    return donors


def _invent(world: World, states: MemberStates) -> list[Donor]:
    shares, rng = world.scenario.donors, world.stream("donors")
    first, last = world.scenario.reference.donors_registered
    years = (date(first, 1, 10), date(last, 12, 15))
    kinds = (
        ["member_state"] * shares.member_states
        + ["un_agency"] * shares.un_agency
        + ["multilateral"] * shares.multilateral
        + ["private_sector"] * shares.private_sector
        + ["general_public"]
    )
    wealth = [rng.paretovariate(0.9) for _ in kinds]
    countries = _ranked(states, rng)
    by_wealth = sorted(range(shares.member_states), key=lambda index: -wealth[index])
    state_of = dict(zip(by_wealth, countries, strict=True))
    currencies = list(world.scenario.currencies)
    donors: list[Donor] = []
    for index, kind in enumerate(kinds):
        state = state_of.get(index)
        since = max(day_between(rng, *years), state.since) if state else day_between(rng, *years)
        in_dollars = kind == "un_agency" or rng.random() < IN_DOLLARS
        donors.append(
            Donor(
                f"D{index + 1:04}",
                kind,
                state.country if state else None,
                "USD" if in_dollars else rng.choice(currencies),
                wealth[index],
                since,
            )
        )
    return donors


def _ranked(states: MemberStates, rng: Random) -> list[State]:
    """The wealthiest first: those that the development fund is not for; the newest members last."""
    eligible = set(states.eligible)
    rank = {state: (state in eligible, state.since.year > JUST_JOINED, rng.random()) for state in states.all}
    return sorted(states.all, key=lambda state: rank[state])
