"""Evaluations of projects and offices, and monitoring frameworks of new projects."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.evaluation.preparation import Preparation, number_of
from orgpulse_platform.simulator.evaluation.recommendations import Recommendations
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.names import invent_name
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.evaluation.evaluations import EvaluationPublished, MonitoringFrameworkSubmitted

THEMES: Final = (
    "counter_trafficking",
    "emergency",
    "health",
    "labour_migration",
    "border_management",
    "return",
)
KINDS: Final = ("internal", "external", "thematic")
KIND_WEIGHTS: Final = (50, 38, 12)
RATINGS: Final = (1, 2, 3, 4, 5)
RATING_WEIGHTS: Final = (3, 10, 30, 40, 17)
RATED: Final = 0.8
EVALUATOR_NAMED: Final = 0.9
EX_POST_WINDOW: Final = (184, 364)
"""Six to twelve months after the end of a fund project, in days."""
OUTSIDE_WINDOW: Final = (372, 560)
FRAMEWORK_DAYS: Final = 30
LATE_FRAMEWORK_DAYS: Final = 200


class Evaluations:
    """The repository of evaluations."""

    def __init__(
        self,
        world: World,
        organisation: Organisation,
        projects: tuple[Project, ...],
        recommendations: Recommendations,
        chronicle: Chronicle,
    ) -> None:
        self._world = world
        self._scenario = world.scenario
        self._organisation = organisation
        self._fund_projects = [project for project in projects if project.fund]
        self._other_projects = [project for project in projects if not project.fund]
        self._recommendations = recommendations
        self._chronicle = chronicle
        self._rng = world.stream("evaluations")
        self._published = 0
        self._preparation = Preparation(world, organisation, chronicle)
        self.published: list[tuple[str, date]] = []
        """Number and day of every evaluation published."""
        self.ex_post: dict[str, date] = {}
        """Day of the ex-post evaluation by project of the fund."""

    def run(self) -> None:
        """Publish every evaluation."""
        for project, day in self._ex_post():
            self.ex_post[project.project_id] = day
            self._publish(project.unit.unit_id, project, "ex_post", day)
        for year in self._scenario.years:
            for _ in range(self._world.scaled(self._scenario.evaluations.a_year)):
                self._evaluate(year)
        self._preparation.leave_unfinished(self._published)

    def _ex_post(self) -> Iterator[tuple[Project, date]]:
        """Completed projects of the fund with the day on which their ex-post evaluation is published."""
        shares = self._scenario.evaluations.ex_post
        for project in self._fund_projects:
            if project.end is None or self._rng.random() >= shares.evaluated:
                continue
            inside = self._rng.random() < shares.within_window
            wait = self._rng.randint(*(EX_POST_WINDOW if inside else OUTSIDE_WINDOW))
            day = project.end + timedelta(days=wait)
            if self._scenario.first_day <= day <= self._scenario.last_day:
                yield project, day

    def _evaluate(self, year: int) -> None:
        day = day_between(self._rng, date(year, 1, 10), date(year, 12, 20))
        kind = self._rng.choices(KINDS, KIND_WEIGHTS)[0]
        running = [project for project in self._other_projects if project.start < day]
        if kind == "thematic" or not running:
            self._publish(self._rng.choice(self._organisation.units).unit_id, None, "thematic", day)
        else:
            project = self._rng.choice(running)
            self._publish(project.unit.unit_id, project, kind, day)

    def _publish(self, unit_id: str, project: Project | None, kind: str, day: date) -> None:
        rng = self._rng
        self._published += 1
        evaluation_id = number_of(self._published)
        self.published.append((evaluation_id, day))
        criterion = self._preparation.prepare(evaluation_id, unit_id, project, kind, day)
        evaluator = invent_name(rng, rng.choice(self._organisation.units).country, "female")
        rating = rng.choices(RATINGS, RATING_WEIGHTS)[0]
        self._chronicle.tell(
            EvaluationPublished,
            day,
            {
                "evaluation_id": evaluation_id,
                "unit_id": unit_id,
                "project_id": project.project_id if project else None,
                "kind": kind,
                "theme": rng.choice(THEMES),
                "criterion": criterion,
                "quality_rating": rating if rng.random() < RATED else None,
                "evaluator_name": evaluator.full if rng.random() < EVALUATOR_NAMED else None,
                "published_on": day,
            },
            hours=EARLY,
        )
        self._recommendations.follow(evaluation_id, unit_id, day)


def submit_frameworks(world: World, projects: tuple[Project, ...], chronicle: Chronicle) -> None:
    """Results monitoring frameworks of the projects that start: within 30 days, later, or never."""
    scenario, rng = world.scenario, world.stream("frameworks")
    shares = scenario.monitoring_frameworks
    for project in projects:
        if project.start < scenario.first_day or rng.random() >= shares.submitted:
            continue
        if rng.random() < shares.within_30_days:
            day = project.start + timedelta(days=rng.randint(0, FRAMEWORK_DAYS))
        else:
            day = project.start + timedelta(days=rng.randint(FRAMEWORK_DAYS + 1, LATE_FRAMEWORK_DAYS))
        if day <= scenario.last_day:
            chronicle.tell(
                MonitoringFrameworkSubmitted,
                day,
                {"project_id": project.project_id, "submitted_on": day},
            )
