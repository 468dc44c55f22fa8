"""Environmental markers of projects: assessed before the start, reviewed on the way."""

from datetime import date, timedelta
from random import Random
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.environment.projects import ProjectMarkerAssessed, ProjectMarkerReviewed

RISKS: Final = ("low", "medium", "high")
RISK_WEIGHTS: Final = (55, 32, 13)
MITIGATED: Final = {"low": 0.35, "medium": 0.62, "high": 0.81}
"""Share with mitigation planned, by risk."""
REVIEWED_DAYS: Final = (150, 420)
"""A marker is reviewed so many days after the project started, if it runs for so long."""


def assess_projects(world: World, projects: tuple[Project, ...], chronicle: Chronicle) -> None:
    """Assess the environmental marker of most projects before they start, and review some later."""
    scenario, rng = world.scenario, world.stream("markers")
    review_rng = world.stream("marker reviews")
    since = date(scenario.environmental_markers.from_year, 1, 1)
    for project in projects:
        if project.start < since or rng.random() >= scenario.environmental_markers.assessed:
            continue
        risk = rng.choices(RISKS, RISK_WEIGHTS)[0]
        day = day_between(rng, max(since, date.fromordinal(project.start.toordinal() - 60)), project.start)
        chronicle.tell(
            ProjectMarkerAssessed,
            day,
            {
                "project_id": project.project_id,
                "risk": risk,
                "impact": _impact(world, risk, review_rng),
                "mitigation_planned": (mitigated := rng.random() < MITIGATED[risk]),
                "assessed_on": day,
            },
        )
        if mitigated:
            _review(world, project, review_rng, chronicle)


def _impact(world: World, risk: str, rng: Random) -> str | None:
    """The impact that remains likely: no higher than the risk; nothing where it is not assessed."""
    if rng.random() >= world.scenario.environment.reviews.impact_assessed:
        return None
    return RISKS[rng.randint(0, RISKS.index(risk))]


def _review(world: World, project: Project, rng: Random, chronicle: Chronicle) -> None:
    plan = world.scenario.environment.reviews
    day = project.start + timedelta(days=rng.randint(*REVIEWED_DAYS))
    over = project.end is not None and day > project.end
    if over or day > world.scenario.last_day or rng.random() >= plan.reviewed:
        return
    chronicle.tell(
        ProjectMarkerReviewed,
        day,
        {
            "project_id": project.project_id,
            "mitigation_effective": rng.random() < plan.effective,
            "reviewed_on": day,
        },
    )
