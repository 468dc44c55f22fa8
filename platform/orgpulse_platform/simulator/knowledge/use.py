"""How the repository is used from the day on which it is launched."""

from datetime import timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.knowledge.repository import Document
from orgpulse_platform.simulator.knowledge.texts import search_query
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.knowledge.repository import DocumentDownloaded, RepositorySearched

FEWEST_FOUND: Final = 1
MOST_FOUND: Final = 60
POPULARITY: Final = 1.1
"""Shape of the share of documents that are downloaded most; the smaller, the fewer they are."""


class Use:
    """Searches and downloads."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scene = scene
        self._last_day = scene.scenario.last_day
        self._plan = scene.scenario.knowledge.repository
        self._chronicle = chronicle
        self._rng = scene.world.stream("repository use")

    def search(self) -> None:
        """Tell every search; some languages find nothing more often than others."""
        rng, plan = self._rng, self._plan
        languages = Weighted(plan.languages)
        days = (
            day_between(rng, plan.launched_on, self._last_day)
            for _ in range(self._scene.world.scaled(plan.searches))
        )
        for number, day in enumerate(sorted(days), start=1):
            language = languages.draw(rng)
            in_vain = rng.random() < plan.no_result[language]
            self._chronicle.tell(
                RepositorySearched,
                day,
                {
                    "search_id": f"SE-{number:06}",
                    "language": language,
                    "query": search_query(rng) if rng.random() < plan.query_kept else None,
                    "results": 0 if in_vain else rng.randint(FEWEST_FOUND, MOST_FOUND),
                    "searched_on": day,
                },
            )

    def download(self, documents: list[Document]) -> None:
        """Tell every download; a document can be downloaded from the day after it is public."""
        rng = self._rng
        public = [document for document in documents if document.published_on < self._last_day]
        if not public:
            return
        popular = Weighted({document: rng.paretovariate(POPULARITY) for document in public})
        for number in range(1, self._scene.world.scaled(self._plan.downloads) + 1):
            document = popular.draw(rng)
            day = day_between(rng, document.published_on + timedelta(days=1), self._last_day)
            region = self._scene.office(rng).region if rng.random() < self._plan.region_known else None
            self._chronicle.tell(
                DocumentDownloaded,
                day,
                {
                    "download_id": f"DL-{number:06}",
                    "document_id": document.document_id,
                    "region": region,
                    "downloaded_on": day,
                },
            )
