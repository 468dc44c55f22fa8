"""Rates of exchange: published month by month, and used for every contribution of the month."""

from datetime import date
from decimal import Decimal
from typing import Final

from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.reference.world import ExchangeRatePublished

PLACES: Final = Decimal("0.0001")
PERSISTENCE: Final = 0.85
"""How much of a month's distance from the mean is left in the next."""
DOLLAR: Final = "USD"


class ExchangeRates:
    """Units of a currency for one United States dollar, by month."""

    def __init__(self, world: World) -> None:
        scenario, rng = world.scenario, world.stream("exchange rates")
        swing = scenario.reference.rate_swing
        self._months = [date(year, month, 1) for year in scenario.years for month in range(1, 13)]
        self._rates: dict[tuple[str, date], Decimal] = {}
        for currency, mean in scenario.currencies.items():
            distance = rng.uniform(-swing, swing)
            for month in self._months:
                distance = distance * PERSISTENCE + rng.uniform(-swing, swing) * (1 - PERSISTENCE)
                rate = mean if currency == DOLLAR else mean * Decimal(str(1 + distance))
                self._rates[currency, month] = rate.quantize(PLACES)

    def on(self, currency: str, day: date) -> Decimal:
        """The rate of a day of the years simulated."""
        return self._rates[currency, day.replace(day=1)]

    def publish(self, chronicle: Chronicle) -> None:
        """Tell the rates of every month; that of the dollar once, as it never changes."""
        for (currency, month), rate in self._rates.items():
            if currency != DOLLAR or month == self._months[0]:
                chronicle.tell(
                    ExchangeRatePublished,
                    month,
                    {"currency": currency, "rate": str(rate), "valid_from": month},
                    hours=EARLY,
                )
