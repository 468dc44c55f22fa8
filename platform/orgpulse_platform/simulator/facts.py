"""Facts: what happened in the simulated organisation, before it becomes Kafka records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

import orjson

from orgpulse_platform.simulator.sorting import Sorter
from orgpulse_schemas.contract import About, Contract

DAY: Final = 86_400
EPOCH: Final = date(1970, 1, 1).toordinal()
OFFICE_HOURS: Final = (8 * 3600, 18 * 3600)
EARLY: Final = (6 * 3600, 8 * 3600)
"""For what must precede other facts of the same day."""
REFERENCE: Final = "reference"
"""The family that is published before all others."""
SUBJECTS: Final = (
    "hr",
    "training",
    "finance",
    "evaluation",
    "environment",
    "results",
    "knowledge",
    "ict",
    "protection",
    "conduct",
    REFERENCE,
)
"""The subjects of chronicles. Of facts of the same second, those of the first subject come first."""
RUN: Final = 250_000
"""Most facts kept in memory: a little more than there are at scale 1."""
REPORTED: Final = 10_000
"""Facts between two reports of how many there are."""
PAST: Final = 10**10
"""Added to a moment, it is positive for all that is simulated, and so sorts as text."""
MOMENT: Final = slice(1, 14)
ABOUT: Final = slice(25, 28)
KEY: Final = 28
"""Where the parts of a line begin and end; its order is that of rank, moment, subject and number."""


@dataclass(slots=True)
class Fact:
    """What happened: a contract, the moment in seconds since 1970 (UTC), and a payload that fits."""

    about: About
    at: int
    key: bytes
    """The raw value of the contract's key field as text."""
    data: bytes
    """The payload as JSON."""


class Facts:
    """Every fact of a history: taken as it is told, given back reference data first, then by time.

    No more than ``run`` facts are kept in memory, the others on disk in ``folder``. ``told`` hears from time
    to time how many there are. Raises :class:`StateFolderError` if the disk is full.
    """

    def __init__(
        self, folder: Path | None = None, run: int = RUN, told: Callable[[int], None] = lambda _: None
    ) -> None:
        self._lines = Sorter(folder, run)
        self._told = told
        self._taken = 0
        self._abouts: list[About] = []
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return self._taken

    @property
    def held(self) -> int:
        """Facts in memory."""
        return self._lines.held

    @property
    def disk(self) -> int:
        """Bytes on disk."""
        return self._lines.disk

    def close(self) -> None:
        """Forget every fact and free the disk."""
        self._lines.close()

    def take(self, subject: int, about: About, at: int, data: dict[str, Any]) -> None:
        """Take a fact of a subject, named by its place among :data:`SUBJECTS`."""
        number = self._numbers.get(about.event_type)
        if number is None:
            number = self._numbers[about.event_type] = len(self._abouts)
            self._abouts.append(about)
        order = b"%d%013d%02d%09d" % (about.family != REFERENCE, at + PAST, subject, self._taken)
        key = str(data[about.key]).encode()
        self._lines.add(b"%b%03d%b\t%b" % (order, number, key, orjson.dumps(data, option=orjson.OPT_UTC_Z)))
        self._taken += 1
        if self._taken % REPORTED == 0:
            self._told(self._taken)

    def __iter__(self) -> Iterator[Fact]:
        abouts = self._abouts
        for line in self._lines:
            key, _, data = line[KEY:].partition(b"\t")
            yield Fact(abouts[int(line[ABOUT])], int(line[MOMENT]) - PAST, key, data)


class Chronicle:
    """Tells the facts of one subject and gives each a time of day."""

    def __init__(self, subject: str, rng: Random, facts: Facts) -> None:
        self._subject = SUBJECTS.index(subject)
        self._rng = rng
        self._facts = facts

    def tell(
        self, contract: type[Contract], day: date, data: dict[str, Any], hours: tuple[int, int] = OFFICE_HOURS
    ) -> int:
        """Add a fact of that day (UTC), at a random second within the hours; returns the moment."""
        first, last = hours
        second = first + int(self._rng.random() * (last - first))
        at = (day.toordinal() - EPOCH) * DAY + second
        self._facts.take(self._subject, contract.about, at, data)
        return at

    def tell_at(self, contract: type[Contract], moment: datetime, data: dict[str, Any]) -> None:
        """Add a fact of a moment that its payload names as well."""
        self._facts.take(self._subject, contract.about, int(moment.timestamp()), data)
