"""Results frameworks of the organisation, of strategies and of projects."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.occasions import between
from orgpulse_platform.simulator.results.strategies import Strategy
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.results.frameworks import FrameworkApproved

APPROVED_DAYS: Final = (-10, 45)
"""A framework is approved so many days after it begins to hold."""
PROJECT_APPROVED_DAYS: Final = (0, 40)
OPEN_ENDED_DAYS: Final = 3 * 365
"""A project without an agreed end plans so far ahead."""


@dataclass(frozen=True, slots=True)
class Framework:
    """A results framework, and until when it is reported on."""

    framework_id: str
    level: str
    unit_id: str
    project_id: str | None
    approved_on: date
    valid_from: date
    valid_to: date
    reported_until: date


def approve_frameworks(scene: Scene, strategies: list[Strategy], chronicle: Chronicle) -> list[Framework]:
    """Tell the approval of every framework that holds within the years simulated."""
    drafts = (*_corporate(scene), *_of_strategies(scene, strategies), *_of_projects(scene))
    frameworks = [Framework(f"RF-{number:05}", *draft) for number, draft in enumerate(drafts, start=1)]
    for framework in frameworks:
        chronicle.tell(
            FrameworkApproved,
            framework.approved_on,
            {
                "framework_id": framework.framework_id,
                "level": framework.level,
                "unit_id": framework.unit_id,
                "project_id": framework.project_id,
                "valid_from": framework.valid_from,
                "valid_to": framework.valid_to,
            },
            hours=EARLY,
        )
    return frameworks


Draft = tuple[str, str, str | None, date, date, date, date]
"""A framework without its number."""


def _corporate(scene: Scene) -> Iterator[Draft]:
    scenario, headquarters = scene.scenario, scene.organisation.headquarters.unit_id
    length = scenario.results.frameworks.programme_years
    for year in range(scenario.first_year, scenario.last_year + 1, length):
        first, last = date(year, 1, 1), date(year + length - 1, 12, 31)
        yield "corporate", headquarters, None, first - timedelta(days=40), first, last, last


def _of_strategies(scene: Scene, strategies: list[Strategy]) -> Iterator[Draft]:
    scenario, rng = scene.scenario, scene.world.stream("strategy frameworks")
    for strategy in strategies:
        planned = rng.random() < scenario.results.frameworks.planned[strategy.level]
        approved = between(rng, strategy.valid_from, APPROVED_DAYS)
        if planned and strategy.valid_to >= scenario.first_day and approved <= scenario.last_day:
            yield (
                strategy.level,
                strategy.unit.unit_id,
                None,
                approved,
                strategy.valid_from,
                strategy.valid_to,
                strategy.ended_on,
            )


def _of_projects(scene: Scene) -> Iterator[Draft]:
    scenario, rng = scene.scenario, scene.world.stream("project frameworks")
    for project in scene.projects:
        planned = rng.random() < scenario.results.frameworks.planned["project"]
        approved = between(rng, project.start, PROJECT_APPROVED_DAYS)
        if planned and project.start >= scenario.first_day and approved <= scenario.last_day:
            end = project.end or project.start + timedelta(days=OPEN_ENDED_DAYS)
            yield "project", project.unit.unit_id, project.project_id, approved, project.start, end, end
