"""Sessions against sexual exploitation and abuse, for staff and for implementing partners."""

from datetime import date
from typing import Any, Final

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.occasions import days_of
from orgpulse_platform.simulator.organisation import Organisation, Unit
from orgpulse_platform.simulator.presence import Presence
from orgpulse_platform.simulator.training.partners import Partner
from orgpulse_platform.simulator.training.plan import PseaSessions
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.training.psea import (
    PseaAttendanceRecorded,
    PseaPackageReleased,
    PseaSessionHeld,
)

FIRST_SESSION: Final = 500_000
"""Sessions of this system are numbered from here on, apart from those of the training catalogue."""
TRIES: Final = 30
"""Offices asked for a session before it is given up."""


class Psea:
    """Packages, and the sessions that use them."""

    def __init__(
        self, world: World, organisation: Organisation, presence: Presence, chronicle: Chronicle
    ) -> None:
        self._world = world
        self._plan = world.scenario.training
        self._presence = presence
        self._chronicle = chronicle
        self._rng = world.stream("psea sessions")
        self._released: dict[tuple[str, str], date] = {
            (p.audience, p.language): p.released_on for p in self._plan.packages
        }
        self._offices = Weighted({unit: float(unit.staff) ** 0.5 for unit in organisation.units})
        self._held = 0

    def release(self) -> None:
        """Tell the release of every package."""
        for number, package in enumerate(self._plan.packages, start=1):
            self._chronicle.tell(
                PseaPackageReleased,
                package.released_on,
                {"package_id": f"PK-{number:02}", **package.model_dump()},
                hours=EARLY,
            )

    def train_staff(self, gender_focal_points: dict[str, date]) -> None:
        """Sessions for the people of an office; some of them attend."""
        plan = self._plan.staff_sessions
        for day in days_of(self._world, self._rng, plan.sessions):
            for _ in range(TRIES):
                unit = self._offices.draw(self._rng)
                present = [person.personnel_id for person in self._presence.in_office(unit.unit_id, day)]
                language = self._language("staff", unit, day)
                if language is not None and len(present) >= plan.attendance[0]:
                    session_id = self._hold("staff", unit, day, language, gender_focal_points)
                    self._attend(plan, session_id, "personnel_id", present, day)
                    break

    def train_partners(self, partners: list[Partner], gender_focal_points: dict[str, date]) -> None:
        """Sessions for the people of a partner, in the office that works with it."""
        plan = self._plan.partner_sessions
        for day in days_of(self._world, self._rng, plan.sessions):
            for _ in range(TRIES):
                partner = self._rng.choice(partners)
                present = [number for number, registered in partner.people if registered <= day]
                language = self._language("implementing_partners", partner.unit, day)
                if language is not None and len(present) >= plan.attendance[0]:
                    session_id = self._hold(
                        "implementing_partners", partner.unit, day, language, gender_focal_points
                    )
                    self._attend(plan, session_id, "partner_person_id", present, day)
                    break

    def _language(self, audience: str, unit: Unit, day: date) -> str | None:
        """The office's language if the package has been released in it, else English; or none yet."""
        for language in (unit.language, "EN"):
            released = self._released.get((audience, language))
            if released is not None and released <= day:
                return language
        return None

    def _hold(
        self, audience: str, unit: Unit, day: date, language: str, gender_focal_points: dict[str, date]
    ) -> str:
        self._held += 1
        session_id = f"S{FIRST_SESSION + self._held}"
        designated = gender_focal_points.get(unit.unit_id)
        by_focal_point = designated is not None and designated <= day
        self._chronicle.tell(
            PseaSessionHeld,
            day,
            {
                "session_id": session_id,
                "unit_id": unit.unit_id,
                "audience": audience,
                "language": language,
                "held_by": "gender_focal_point" if by_focal_point else "other_mission_staff",
                "held_on": day,
            },
            hours=EARLY,
        )
        return session_id

    def _attend(self, plan: PseaSessions, session_id: str, field: str, present: list[str], day: date) -> None:
        number = min(len(present), self._rng.randint(*plan.attendance))
        for attending in self._rng.sample(present, number):
            told: dict[str, Any] = {"session_id": session_id, field: attending, "attended_on": day}
            self._chronicle.tell(PseaAttendanceRecorded, day, told)
