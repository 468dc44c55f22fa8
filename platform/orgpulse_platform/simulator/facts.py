"""A fact: something that happened in the simulated organisation, before it becomes a Kafka record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any, Final

from orgpulse_schemas.contract import About, Contract

DAY: Final = 86_400
EPOCH: Final = date(1970, 1, 1).toordinal()
OFFICE_HOURS: Final = (8 * 3600, 18 * 3600)
EARLY: Final = (6 * 3600, 8 * 3600)
"""For what must precede other facts of the same day."""


@dataclass(slots=True)
class Fact:
    """What happened: a contract, the moment in seconds since 1970 (UTC), and a payload that fits."""

    about: About
    at: int
    data: dict[str, Any]


class Chronicle:
    """Collects the facts of one subject and gives each a time of day."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._facts: list[Fact] = []

    def tell(
        self, contract: type[Contract], day: date, data: dict[str, Any], hours: tuple[int, int] = OFFICE_HOURS
    ) -> None:
        """Add a fact of that day (UTC), at a random second within the hours."""
        first, last = hours
        second = first + int(self._rng.random() * (last - first))
        self._facts.append(Fact(contract.about, (day.toordinal() - EPOCH) * DAY + second, data))

    def tell_at(self, contract: type[Contract], moment: datetime, data: dict[str, Any]) -> None:
        """Add a fact of a moment that its payload names as well."""
        self._facts.append(Fact(contract.about, int(moment.timestamp()), data))

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
