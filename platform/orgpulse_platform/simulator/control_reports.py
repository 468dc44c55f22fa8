"""Source systems count what they send: facts about facts, put in between them as time goes by."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from random import Random
from typing import Final

import orjson

from orgpulse_platform.simulator.facts import DAY, EPOCH, REFERENCE, Fact
from orgpulse_platform.simulator.part import Part, Share
from orgpulse_schemas.counting import count_of

COUNTED_AT: Final = DAY + 1800
"""Seconds after a day began when its events are counted: half an hour after its end, in UTC."""


class ControlReportsPlan(Part):
    """From which day on source systems count, and how often they are wrong."""

    first_day: date
    wrong: Share


class ControlReports:
    """Counts facts by contract and day (UTC), each of them once: broken copies and duplicates are no facts.

    What is sent late was known to its source system on the day, and so is counted in time. The last day of
    all is not counted: it would be on the day after.
    """

    def __init__(self, plan: ControlReportsPlan, rng: Random) -> None:
        self._plan = plan
        self._rng = rng
        self._first = plan.first_day.toordinal() - EPOCH
        self._counts: Counter[tuple[int, str]] = Counter()
        """By day since 1970 and event type; days that are reported leave."""
        self._next = self._first
        """The first day that is not reported yet."""
        self.miscounted: dict[tuple[str, date], int] = {}
        """By event type and day: how many events too many a wrong count says, negative for too few."""

    def among(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts, reference data first and then by time, and the counts of each day after it ended."""
        for fact in facts:
            if fact.about.family != REFERENCE:
                yield from self._due(fact.at)
            day = fact.at // DAY
            if day >= self._first:
                self._counts[day, fact.about.event_type] += 1
            yield fact

    def planned(self, facts: Iterable[Fact]) -> int:
        """About how many counts there will be."""
        return len(
            {(fact.at // DAY, fact.about.event_type) for fact in facts if fact.at // DAY >= self._first}
        )

    def _due(self, at: int) -> Iterator[Fact]:
        """The counts of the days that ended by a moment."""
        while self._next * DAY + COUNTED_AT <= at:
            types = sorted(type_ for day, type_ in self._counts if day == self._next)
            for event_type in types:
                yield self._report(event_type, self._next, self._counts.pop((self._next, event_type)))
            self._next += 1

    def _report(self, event_type: str, day: int, events: int) -> Fact:
        on = date.fromordinal(day + EPOCH)
        if self._rng.random() < self._plan.wrong:
            wrong = self._rng.choice((-1, 1))
            self.miscounted[event_type, on] = wrong
            events += wrong
        payload = count_of(event_type, on, events)
        data = payload.model_dump()
        key = str(data[payload.about.key]).encode()
        return Fact(payload.about, day * DAY + COUNTED_AT, key, orjson.dumps(data))
