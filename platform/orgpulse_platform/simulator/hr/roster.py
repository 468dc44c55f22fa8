"""The roster: candidates assessed, placed on it, and deployed to the positions that it fills."""

from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.hr.positions import Filling
from orgpulse_platform.simulator.names import invent_name
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.hr.roster import CandidateAssessed, CandidateDeployed, CandidateRostered

ROSTERED_DAYS: Final = (5, 45)
"""Whoever passed is placed on the roster so many days after the assessment."""
HEADS: Final = frozenset({"D1", "D2"})
"""Grades for which a chief of mission is asked."""


class Roster:
    """Everybody who was ever assessed for the roster."""

    def __init__(self, world: World, chronicle: Chronicle) -> None:
        self._world = world
        self._plan = world.scenario.hr.roster
        self._chronicle = chronicle
        self._rng = world.stream("roster")
        self._profiles = Weighted(self._plan.profiles)
        self._assessed = 0

    def run(self, fillings: list[Filling]) -> None:
        """Whoever fills a position from the roster was assessed before; many others wait, or failed."""
        for filling in fillings:
            self._deploy(filling)
        countries = [country.country for country in self._world.scenario.duty_stations]
        for _ in range(self._world.scaled(self._plan.candidates)):
            name = invent_name(self._rng, self._rng.choice(countries), self._rng.choice(("female", "male")))
            self._wait(name.full, day_between(self._rng, *self._plan.assessed))

    def _deploy(self, filling: Filling) -> None:
        """The candidate and the person appointed are the same; nothing but the name tells it."""
        requested = filling.day - timedelta(days=self._rng.randint(*self._plan.deployment_days))
        rostered = requested - timedelta(days=self._rng.randint(*self._plan.wait_days))
        assessed = rostered - timedelta(days=self._rng.randint(*ROSTERED_DAYS))
        profile = "chief_of_mission" if filling.grade in HEADS else self._profiles.draw(self._rng)
        candidate_id = self._assess(filling.person.name.full, profile, True, assessed)
        self._place(candidate_id, profile, rostered)
        self._chronicle.tell(
            CandidateDeployed,
            filling.day,
            {
                "candidate_id": candidate_id,
                "profile": profile,
                "position_id": filling.position_id,
                "requested_on": requested,
                "deployed_on": filling.day,
            },
        )

    def _wait(self, name: str, assessed: date) -> None:
        profile = self._profiles.draw(self._rng)
        passed = self._rng.random() < self._plan.passed
        candidate_id = self._assess(name, profile, passed, assessed)
        rostered = assessed + timedelta(days=self._rng.randint(*ROSTERED_DAYS))
        if passed and rostered <= self._world.scenario.last_day:
            self._place(candidate_id, profile, rostered)

    def _assess(self, name: str, profile: str, passed: bool, day: date) -> str:
        self._assessed += 1
        candidate_id = f"A{100_000 + self._assessed}"
        self._chronicle.tell(
            CandidateAssessed,
            day,
            {
                "candidate_id": candidate_id,
                "full_name": name,
                "profile": profile,
                "passed": passed,
                "assessed_on": day,
            },
        )
        return candidate_id

    def _place(self, candidate_id: str, profile: str, day: date) -> None:
        self._chronicle.tell(
            CandidateRostered, day, {"candidate_id": candidate_id, "profile": profile, "rostered_on": day}
        )
