"""Projects: those of the development fund since it began, and all others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.organisation import Organisation, Unit
from orgpulse_platform.simulator.scenario import Sector
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.reference.organisation import ProjectRegistered

FUND_MONTHS: Final = (12, 30)
OTHER_MONTHS: Final = (8, 40)
MONTH: Final = 30.44
REGISTERED_DAYS: Final = (1, 40)
"""A project is registered so many days before it starts."""
OTHERS_FROM: Final = date(2014, 6, 1)
"""Projects beside the fund's that ended earlier play no part in any figure."""
EXTENSION_MONTHS: Final = (3, 12)


@dataclass(frozen=True, slots=True)
class Project:
    """A project as it stands at the end."""

    project_id: str
    unit: Unit
    fund: bool
    sector: Sector
    start: date
    end: date | None
    size: float
    """Weight of its expenditure."""


class Projects:
    """Every project of the organisation."""

    def __init__(self, world: World, organisation: Organisation, chronicle: Chronicle) -> None:
        self._world = world
        self._scenario = world.scenario
        self._organisation = organisation
        self._chronicle = chronicle
        self._rng = world.stream("projects")
        self._numbered = 0
        self.all = tuple(map(self._register, (*self._fund_projects(), *self._other_projects())))

    def _fund_projects(self) -> Iterator[Project]:
        """The fund serves every eligible country once before any country again.

        The first project runs through all years simulated, so that the fund spends in every year.
        """
        fund, rng = self._scenario.development_fund, self._rng
        countries = [c for c in self._organisation.main_office if c not in fund.countries_not_eligible]
        rng.shuffle(countries)
        opened = date(fund.first_year, 1, 15)
        for number in range(self._world.scaled(fund.projects)):
            country = countries[number] if number < len(countries) else rng.choice(countries)
            start = day_between(rng, opened, date(self._scenario.last_year, 11, 30))
            end: date | None = start + timedelta(days=int(rng.randint(*FUND_MONTHS) * MONTH))
            if number == 0:
                start, end = self._throughout()
            office = self._organisation.main_office[country]
            yield Project(self._next_id(), office, True, "development", start, end, 1.0)

    def _other_projects(self) -> Iterator[Project]:
        """Other projects lie where the staff is; the first of each sector runs through all years."""
        rng, shares = self._rng, self._scenario.projects
        sectors: Weighted[Sector] = Weighted(dict(shares.sectors))
        units = Weighted({unit.unit_id: float(unit.staff) ** 0.8 for unit in self._organisation.units})
        firsts: list[Sector] = list(shares.sectors)
        for number in range(max(len(firsts), self._world.scaled(shares.others))):
            start = day_between(rng, OTHERS_FROM, date(self._scenario.last_year, 11, 30))
            end: date | None = start + timedelta(days=int(rng.randint(*OTHER_MONTHS) * MONTH))
            if rng.random() < shares.open_ended:
                end = None
            sector = sectors.draw(rng)
            if number < len(firsts):
                sector = firsts[number]
                start, end = self._throughout()
            unit = self._organisation.by_id[units.draw(rng)]
            size = rng.lognormvariate(0, 1)
            yield Project(self._next_id(), unit, False, sector, start, end, size)

    def _throughout(self) -> tuple[date, date]:
        return date(self._scenario.first_year - 1, 9, 1), date(self._scenario.last_year + 1, 6, 30)

    def _next_id(self) -> str:
        self._numbered += 1
        return f"J{10_000 + self._numbered}"

    def _register(self, project: Project) -> Project:
        """Tell the registration of a project and of its extension, if any; the project as it then stands."""
        registered = project.start - timedelta(days=self._rng.randint(*REGISTERED_DAYS))
        if project.end is not None and self._rng.random() < self._scenario.projects.extended:
            return self._extend(project, registered, project.end)
        self._tell(project, registered)
        return project

    def _extend(self, project: Project, registered: date, end: date) -> Project:
        """Register with the end first agreed and, shortly before it, with the new one."""
        self._tell(project, registered)
        changed = end - timedelta(days=self._rng.randint(5, 60))
        if changed > self._scenario.last_day:
            return project
        later = end + timedelta(days=int(self._rng.randint(*EXTENSION_MONTHS) * MONTH))
        extended = replace(project, end=later)
        self._tell(extended, changed)
        return extended

    def _tell(self, project: Project, day: date) -> None:
        self._chronicle.tell(
            ProjectRegistered,
            day,
            {
                "project_id": project.project_id,
                "unit_id": project.unit.unit_id,
                "fund": "development_fund" if project.fund else "other",
                "sector": project.sector,
                "start_date": project.start,
                "end_date": project.end,
            },
        )
