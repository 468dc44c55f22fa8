"""Reference data beside offices, projects, courses, facilities and services."""

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.reference.donors import Donor, register_donors
from orgpulse_platform.simulator.reference.goals import register_goals
from orgpulse_platform.simulator.reference.rates import ExchangeRates
from orgpulse_platform.simulator.reference.states import MemberStates
from orgpulse_platform.simulator.world import World


class Surroundings:
    """The world around the organisation: states, donors, rates of exchange."""

    def __init__(self, world: World, chronicle: Chronicle) -> None:
        self.states = MemberStates(world)
        self.states.register(chronicle)
        self.donors: tuple[Donor, ...] = register_donors(world, self.states, chronicle)
        self.rates = ExchangeRates(world)
        self.rates.publish(chronicle)
        register_goals(chronicle)
