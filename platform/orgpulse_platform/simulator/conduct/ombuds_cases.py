"""The ombudsperson's visitors: cases resolved informally, referred or open, and the issues that recur."""

from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.conduct.texts import case_notes
from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import between, days_of
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.conduct.ombuds_cases import (
    OmbudsCaseClosed,
    OmbudsCaseOpened,
    OmbudsCaseReferred,
    OmbudsCaseResolved,
    SystemicIssueRaised,
)

FIRST_NUMBER: Final = 500_001
"""Numbers of cases begin far behind those of matters."""
CLOSED_DAYS: Final = (1, 20)
"""A case is closed so many days after its outcome."""


class OmbudsCases:
    """The cases of every year."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scene = scene
        self._last_day = scene.scenario.last_day
        self._plan = scene.scenario.conduct.ombuds_cases
        self._concerns = Weighted(self._plan.concerns)
        self._chronicle = chronicle
        self._rng = scene.world.stream("ombuds cases")

    def run(self) -> None:
        """Tell every case from the first visit to closure."""
        days = days_of(self._scene.world, self._rng, self._plan.a_year)
        for number, day in enumerate(days, start=FIRST_NUMBER):
            self._open(f"K{number}", day)
            self._follow(f"K{number}", day)

    def _open(self, case_id: str, day: date) -> None:
        rng, plan = self._rng, self._plan
        visitor = self._scene.presence.anybody(rng, day)
        named = rng.random() < plan.visitor_named
        self._chronicle.tell(
            OmbudsCaseOpened,
            day,
            {
                "case_id": case_id,
                "concern": self._concerns.draw(rng),
                "opened_on": day,
                "visitor_id": visitor.personnel_id if visitor and named else None,
                "notes": case_notes(rng) if rng.random() < plan.noted else None,
            },
        )

    def _follow(self, case_id: str, opened: date) -> None:
        """Resolved informally, referred to a formal channel, or neither."""
        rng, plan = self._rng, self._plan
        day = between(rng, opened, plan.days)
        outcome = rng.random()
        if day > self._last_day:
            return
        if outcome < plan.resolved:
            self._chronicle.tell(OmbudsCaseResolved, day, {"case_id": case_id, "resolved_on": day})
        elif outcome < plan.resolved + plan.referred:
            self._chronicle.tell(OmbudsCaseReferred, day, {"case_id": case_id, "referred_on": day})
        closed = between(rng, day, CLOSED_DAYS)
        if rng.random() < plan.closed and closed <= self._last_day:
            self._chronicle.tell(OmbudsCaseClosed, closed, {"case_id": case_id, "closed_on": closed})


def raise_issues(scene: Scene, chronicle: Chronicle) -> None:
    """The issues that the ombudsperson raises with management in each year."""
    plan, rng = scene.scenario.conduct.ombuds_cases, scene.world.stream("systemic issues")
    themes = Weighted(plan.issue_themes)
    every = timedelta(days=360 // scene.world.scaled(plan.issues_a_year))
    for year in scene.scenario.years:
        for number in range(1, scene.world.scaled(plan.issues_a_year) + 1):
            day = date(year, 1, 1) + every * number
            chronicle.tell(
                SystemicIssueRaised,
                day,
                {"issue_id": f"SI-{year}-{number}", "theme": themes.draw(rng), "raised_on": day},
            )
