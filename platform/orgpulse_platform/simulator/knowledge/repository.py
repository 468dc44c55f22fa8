"""The documents of the repository: registered, assured, made public once the policy hub is launched."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.names import invent_name
from orgpulse_platform.simulator.occasions import between
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.knowledge.repository import (
    DocumentAssured,
    DocumentPublished,
    DocumentRegistered,
)

ASSURED_DAYS: Final = (4, 90)
PUBLISHED_DAYS: Final = (1, 40)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the public can read."""

    document_id: str
    published_on: date


class Repository:
    """Fills the repository."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scene = scene
        self._last_day = scene.scenario.last_day
        self._plan = scene.scenario.knowledge.repository
        self._kinds = Weighted(self._plan.kinds)
        self._languages = Weighted(self._plan.languages)
        self._chronicle = chronicle
        self._rng = scene.world.stream("repository")

    def fill(self) -> list[Document]:
        """Tell every document; those that are made public, in the order of their numbers."""
        days = sorted(self._day() for _ in range(self._scene.world.scaled(self._plan.documents)))
        found = (self._register(f"DOC-{number:05}", day) for number, day in enumerate(days, start=1))
        return [document for document in found if document is not None]

    def _day(self) -> date:
        plan, rng = self._plan, self._rng
        if rng.random() < plan.before_launch:
            return day_between(rng, plan.filled_from, plan.launched_on - timedelta(days=1))
        return day_between(rng, plan.launched_on, self._last_day)

    def _register(self, document_id: str, day: date) -> Document | None:
        rng, plan = self._rng, self._plan
        author = invent_name(rng, self._scene.office(rng).country, rng.choice(("female", "male")))
        self._chronicle.tell(
            DocumentRegistered,
            day,
            {
                "document_id": document_id,
                "kind": self._kinds.draw(rng),
                "language": self._languages.draw(rng),
                "author_name": author.full if rng.random() < plan.author_named else None,
                "registered_on": day,
            },
        )
        assured = between(rng, day, ASSURED_DAYS)
        if rng.random() >= plan.assured or assured > self._last_day:
            return None
        self._chronicle.tell(DocumentAssured, assured, {"document_id": document_id, "assured_on": assured})
        published = max(between(rng, assured, PUBLISHED_DAYS), plan.launched_on)
        if rng.random() >= plan.published or published > self._last_day:
            return None
        self._chronicle.tell(
            DocumentPublished, published, {"document_id": document_id, "published_on": published}
        )
        return Document(document_id, published)
