"""The dashboard of a small simulated organisation with hostile names, made without a broker."""

import fcntl
import json
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import duckdb
from hostile_offices import HostileSource
from simulated_events import land_simulated

from orgpulse_pipelines.dashboard.pages import pages
from orgpulse_pipelines.dashboard.read import Content, read_content
from orgpulse_pipelines.dashboard.render import words_of
from orgpulse_pipelines.dashboard.sections import section_pages
from orgpulse_pipelines.dashboard.site import build_site
from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.publication.publish import publish
from orgpulse_pipelines.publication.read import open_published
from orgpulse_pipelines.reference_pages.dictionary import build_tables
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_platform.settings import KafkaSettings, Settings, WarehouseSettings
from orgpulse_schemas.registry import all_families

SCALE = 0.005


@dataclass(frozen=True)
class Site:
    """A dashboard, and the publication that it was made of."""

    settings: Settings
    hostile: dict[str, str]
    """Hostile names by number of the office."""

    @property
    def path(self) -> Path:
        return self.settings.folder.dashboard.resolve()

    def url(self, page: str, language: str = "en") -> str:
        return (self.path / language / page).as_uri()

    @cached_property
    def content(self) -> Content:
        with open_published(self.settings) as connection:
            return read_content(connection)

    @cached_property
    def examples(self) -> dict[str, str]:
        """A page by its template; each kind of page has one."""
        found: dict[str, str] = {}
        words = words_of("en")
        with open_published(self.settings) as connection:
            for page in chain(pages(self.content, words), section_pages(connection, self.content, (), words)):
                found.setdefault(page.template, page.path)
        return found


def build_in(folder: Path) -> Site:
    """The site in a folder that processes share: whoever comes first builds it, the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    names = folder / "names.json"
    settings = Settings(state=folder / "state", kafka=KafkaSettings(), warehouse=WarehouseSettings())
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not names.exists():
            source = HostileSource()
            publish_simulated(settings, source)
            with open_published(settings) as connection:
                build_site(connection, settings.folder)
            names.write_text(json.dumps(source.names))
    return Site(settings, json.loads(names.read_text()))


def publish_simulated(settings: Settings, source: HostileSource) -> None:
    """A publication, by the way from a source system's records to the audited copy."""
    with duckdb.connect() as warehouse:
        land_simulated(warehouse, settings, SCALE, source)
        for family in all_families():
            stage_family(warehouse, family)
        build_tables(warehouse, settings)
        publish(warehouse, settings, load_models())
