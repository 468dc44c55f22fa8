"""Enquiries and matters of the ethics and conduct office; few, and each told by somebody in service."""

from datetime import date
from typing import Final

from orgpulse_platform.simulator.conduct.texts import advice, matter_summary
from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import between, days_of
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.conduct.matters import MatterAdvised, MatterClosed, MatterOpened

FIRST_NUMBER: Final = 100_001
"""Numbers of matters begin here, those of the ombudsperson's cases far behind."""


class Matters:
    """The matters of every year."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scene = scene
        self._last_day = scene.scenario.last_day
        self._plan = scene.scenario.conduct.matters
        self._kinds = Weighted(self._plan.kinds)
        self._outcomes = Weighted(self._plan.outcomes)
        self._chronicle = chronicle
        self._rng = scene.world.stream("matters")

    def run(self) -> None:
        """Tell every matter from opening to closure."""
        days = days_of(self._scene.world, self._rng, self._plan.a_year)
        for number, day in enumerate(days, start=FIRST_NUMBER):
            matter_id = f"K{number}"
            self._open(matter_id, day)
            self._close(matter_id, self._advise(matter_id, day))

    def _open(self, matter_id: str, day: date) -> None:
        rng, plan = self._rng, self._plan
        person = self._scene.presence.anybody(rng, day)
        units = self._scene.organisation.by_id
        unit = units[person.unit_on(day)] if person else self._scene.organisation.headquarters
        named = person is not None and rng.random() < plan.person_named
        self._chronicle.tell(
            MatterOpened,
            day,
            {
                "matter_id": matter_id,
                "nature": "enquiry" if rng.random() < plan.enquiries else "matter",
                "kind": self._kinds.draw(rng),
                "region": unit.region,
                "opened_on": day,
                "personnel_id": person.personnel_id if person and named else None,
                "summary": matter_summary(rng) if rng.random() < plan.summarised else None,
            },
        )

    def _advise(self, matter_id: str, opened: date) -> date:
        """The day from which the matter can be closed: that of the advice, where there is any."""
        rng, plan = self._rng, self._plan
        day = between(rng, opened, plan.advice_days)
        if rng.random() >= plan.advised or day > self._last_day:
            return opened
        self._chronicle.tell(
            MatterAdvised, day, {"matter_id": matter_id, "advised_on": day, "advice": advice(rng)}
        )
        return day

    def _close(self, matter_id: str, since: date) -> None:
        rng, plan = self._rng, self._plan
        day = between(rng, since, plan.closure_days)
        if rng.random() < plan.closed and day <= self._last_day:
            self._chronicle.tell(
                MatterClosed,
                day,
                {"matter_id": matter_id, "outcome": self._outcomes.draw(rng), "closed_on": day},
            )
