"""Pledges: promised before it is received, in part or in full, or promised and never received."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.finance.contributions import CENT, Contribution
from orgpulse_platform.simulator.occasions import days_of
from orgpulse_platform.simulator.reference.donors import Donor
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.donors import ContributionPledged


class Pledges:
    """What donors promise."""

    def __init__(self, world: World, chronicle: Chronicle) -> None:
        self._world = world
        self._plan = world.scenario.finance.pledges
        self._chronicle = chronicle
        self._rng = world.stream("pledges")
        self._pledged = 0

    def run(self, contributions: list[Contribution]) -> None:
        """Pledges of a part of the contributions, and a few that bring nothing."""
        rng, plan = self._rng, self._plan
        received = [given for given in contributions if given.revenue_type in plan.pledged]
        for given in received:
            if rng.random() < plan.pledged[given.revenue_type]:
                day = given.day - timedelta(days=rng.randint(*plan.days_before))
                more = Decimal(str(rng.uniform(1.05, 1.6))) if rng.random() < plan.exceeding else Decimal(1)
                amount = (given.amount_usd * more).quantize(CENT, ROUND_HALF_UP)
                self._pledge(given.donor, given.revenue_type, amount, max(day, given.donor.since))
        for day in days_of(self._world, rng, plan.never_received):
            given = rng.choice(received)
            amount = (given.amount_usd * Decimal(str(rng.uniform(0.2, 0.9)))).quantize(CENT, ROUND_HALF_UP)
            self._pledge(given.donor, given.revenue_type, amount, max(day, given.donor.since))

    def _pledge(self, donor: Donor, revenue_type: str, amount: Decimal, day: date) -> None:
        self._pledged += 1
        self._chronicle.tell(
            ContributionPledged,
            day,
            {
                "pledge_id": f"PL-{self._pledged:06}",
                "donor_id": donor.donor_id,
                "revenue_type": revenue_type,
                "amount_usd": str(amount),
                "pledged_on": day,
            },
        )
