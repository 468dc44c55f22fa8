"""Initiatives of the transformation programme: planned, some replanned, milestones met, delivered."""

from datetime import date, timedelta
from typing import Any, Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import between, follow_up
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.ict.initiatives import InitiativeDelivered, InitiativePlanned, MilestoneMet

MONTH: Final = 30.44
PLANNED_DAYS: Final = (-75, -15)
"""An initiative is planned so many days before it starts."""
POSTPONED_DAYS: Final = (30, 150)
CHEAPEST: Final = 0.78
"""An initiative within its budget costs at least this share of it."""
LAST_PHASE: Final = 0.75
"""Nothing is delivered before this share of the planned time has passed."""


class Initiatives:
    """The initiatives of every objective."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._world = scene.world
        self._last_day = scene.scenario.last_day
        self._plan = scene.scenario.ict.initiatives
        self._chronicle = chronicle
        self._rng = scene.world.stream("initiatives")
        self._milestones = 0

    def run(self) -> None:
        """Tell every initiative; at a scale above 1 there are further phases of the same ones."""
        numbered = 0
        for objective, titles in self._plan.titles.items():
            for index in range(self._world.scaled(len(titles))):
                phase, which = divmod(index, len(titles))
                numbered += 1
                title = titles[which] if phase == 0 else f"{titles[which]}, phase {phase + 1}"
                self._live(f"IT-{numbered:04}", title, objective)

    def _live(self, initiative_id: str, title: str, objective: str) -> None:
        rng, plan = self._rng, self._plan
        start = day_between(rng, *plan.begin)
        due = start + timedelta(days=int(rng.randint(*plan.months) * MONTH))
        budget = round(rng.randint(*plan.budget_usd), -3)
        planned: dict[str, Any] = {
            "initiative_id": initiative_id,
            "title": title,
            "objective": objective,
            "technology": "standard" if rng.random() < plan.standard else "bespoke",
            "budget_usd": f"{budget:.2f}",
            "start_on": start,
            "due_on": due,
        }
        self._tell(InitiativePlanned, between(rng, start, PLANNED_DAYS), planned)
        replanned = day_between(rng, start + timedelta(days=20), due)
        if rng.random() < plan.replanned and replanned <= self._last_day:
            due = between(rng, due, POSTPONED_DAYS)
            self._tell(InitiativePlanned, replanned, {**planned, "due_on": due})
        self._meet_milestones(initiative_id, start, due)
        self._deliver(initiative_id, budget, start, due)

    def _meet_milestones(self, initiative_id: str, start: date, due: date) -> None:
        rng, plan = self._rng, self._plan
        number = rng.randint(*plan.milestones)
        since = start
        for index in range(1, number + 1):
            milestone_due = start + (due - start) * index // number
            self._milestones += 1
            met = follow_up(rng, plan.milestone, since, milestone_due)
            if met is not None:
                self._tell(
                    MilestoneMet,
                    met,
                    {
                        "milestone_id": f"MS-{self._milestones:05}",
                        "initiative_id": initiative_id,
                        "due_on": milestone_due,
                        "met_on": met,
                    },
                )
            since = milestone_due

    def _deliver(self, initiative_id: str, budget: int, start: date, due: date) -> None:
        rng, plan = self._rng, self._plan
        late_phase = start + timedelta(days=int((due - start).days * LAST_PHASE))
        delivered = follow_up(rng, plan.delivery, late_phase, due)
        within = rng.random() < plan.on_budget
        share = rng.uniform(CHEAPEST, 1.0) if within else rng.uniform(1.01, 1.0 + plan.overspent)
        if delivered is not None:
            self._tell(
                InitiativeDelivered,
                delivered,
                {
                    "initiative_id": initiative_id,
                    "cost_usd": f"{budget * share:.2f}",
                    "delivered_on": delivered,
                },
            )

    def _tell(self, contract: type[Contract], day: date, data: dict[str, Any]) -> None:
        if day <= self._last_day:
            self._chronicle.tell(contract, day, data)
