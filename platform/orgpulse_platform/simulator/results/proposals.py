"""Project proposals: submitted, reviewed, returned for revision perhaps more than once, endorsed."""

from datetime import date
from typing import Final

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import between, days_of
from orgpulse_platform.simulator.results.texts import review_comment
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.results.proposals import (
    ProposalEndorsed,
    ProposalReturned,
    ProposalReviewed,
    ProposalSubmitted,
)

FIRST_REVIEW_DAYS: Final = (2, 18)
NEXT_REVIEW_DAYS: Final = (6, 35)
"""A returned proposal is revised and reviewed again so many days later."""
ENDORSEMENT_DAYS: Final = (1, 6)
NEXT_DAY: Final = (1, 1)


class Proposals:
    """The proposals of every year."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scene = scene
        self._last_day = scene.scenario.last_day
        self._plan = scene.scenario.results.proposals
        self._kinds = Weighted(self._plan.kinds)
        self._chronicle = chronicle
        self._rng = scene.world.stream("proposals")

    def run(self) -> None:
        """Tell the way of every proposal."""
        days = days_of(self._scene.world, self._rng, self._plan.a_year)
        for number, day in enumerate(days, start=1):
            proposal_id = f"PP-{number:05}"
            self._chronicle.tell(
                ProposalSubmitted,
                day,
                {
                    "proposal_id": proposal_id,
                    "unit_id": self._scene.field_office(self._rng).unit_id,
                    "kind": self._kinds.draw(self._rng),
                    "budget_usd": f"{self._rng.lognormvariate(13, 1.1):.2f}",
                    "submitted_on": day,
                },
            )
            self._review(proposal_id, between(self._rng, day, FIRST_REVIEW_DAYS))

    def _review(self, proposal_id: str, day: date) -> None:
        """Review until it is endorsed or never comes back."""
        rng = self._rng
        for number, returned in enumerate((*self._plan.returned, 0.0), start=1):
            self._tell(
                ProposalReviewed, day, {"proposal_id": proposal_id, "round": number, "reviewed_on": day}
            )
            if rng.random() >= returned:
                day = between(rng, day, ENDORSEMENT_DAYS)
                self._tell(ProposalEndorsed, day, {"proposal_id": proposal_id, "endorsed_on": day})
                return
            day = between(rng, day, NEXT_DAY)
            comments = review_comment(rng) if rng.random() < self._plan.with_comments else None
            self._tell(
                ProposalReturned,
                day,
                {"proposal_id": proposal_id, "comments": comments, "returned_on": day},
            )
            if rng.random() < self._plan.abandoned:
                return
            day = between(rng, day, NEXT_REVIEW_DAYS)

    def _tell(self, contract: type[Contract], day: date, data: dict[str, object]) -> None:
        if day <= self._last_day:
            self._chronicle.tell(contract, day, data)
