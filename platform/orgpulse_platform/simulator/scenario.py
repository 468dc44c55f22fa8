"""A scenario as its file holds it: the facts to reproduce and the shares from which the rest is invented."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from orgpulse_platform.simulator.conduct.plan import ConductPlan
from orgpulse_platform.simulator.control_reports import ControlReportsPlan
from orgpulse_platform.simulator.environment.plan import EnvironmentPlan
from orgpulse_platform.simulator.evaluation.plan import EvaluationPlan
from orgpulse_platform.simulator.finance.plan import FinancePlan
from orgpulse_platform.simulator.hr.plan import HrPlan
from orgpulse_platform.simulator.ict.plan import IctPlan
from orgpulse_platform.simulator.knowledge.plan import KnowledgePlan
from orgpulse_platform.simulator.part import Part, Share, Year
from orgpulse_platform.simulator.protection.plan import ProtectionPlan
from orgpulse_platform.simulator.reference.plan import ReferencePlan
from orgpulse_platform.simulator.results.plan import ResultsPlan
from orgpulse_platform.simulator.training.plan import TrainingPlan
from orgpulse_schemas.reasons import Reason

Sector = Literal["humanitarian", "development", "global_agenda"]
Audience = Literal["all", "staff", "managers"]


class Country(Part):
    """The duty stations of one country."""

    country: str
    region: Literal["africa", "americas", "asia", "europe", "oceania"]
    regional_office: str
    """Duty station of the regional office in charge."""
    staff: dict[str, int]
    """Staff by duty station at the end of the last year."""


class DevelopmentFund(Part):
    """The fund for eligible Member States."""

    projects: int
    """Projects to date at the end of the last year."""
    first_year: Year
    budget: dict[Year, Decimal]
    """Yearly budget in USD."""
    execution: Share
    countries_not_eligible: tuple[str, ...]


class Course(Part):
    """A course of the training catalogue; its fields are those of the contract."""

    course_id: str
    title: str
    subject: str
    modality: Literal["e_learning", "face_to_face", "webinar"]
    mandatory: bool
    validity: int | None = None
    """Months."""
    released_on: date


class Wave(Part):
    """So many people complete an e-learning course for the first time within two days, both included."""

    course_id: str
    people: int
    first: date
    last: date
    audience: Audience = "all"


class SessionPlan(Part):
    """People whom the sessions of a course reach for the first time, by year."""

    course_id: str
    people: dict[Year, int]
    offices: int
    """In how many offices the sessions are held."""
    audience: Audience = "all"


class Feedback(Part):
    """Shares of participants who answer the questionnaire."""

    after_session: Share
    after_completion: Share
    with_comment: Share


class Workforce(Part):
    """How many people work in the organisation and what moves them."""

    staff_before: int
    affiliates: dict[Year, int]
    turnover: dict[Literal["staff", "affiliate"], Share]
    rotation: Share
    local_moves: Share
    promotion: Share
    vacant_positions: Share
    managers: dict[str, Share]
    women: dict[str, Share]
    grades: dict[Literal["field", "regional", "headquarters", "administrative"], dict[str, float]]


class Appraisals(Part):
    """Shares of staff in the performance cycle, by cycle."""

    completed: dict[Year, Share]
    on_time: dict[Year, Share]
    multi_rater: dict[Year, Share]
    aligned: dict[Year, Share]
    with_comments: Share


class FocalPoints(Part):
    """Shares of offices that designate a focal point, and of focal points that are trained."""

    psea: Share
    gender: Share
    trained: Share


class Projects(Part):
    """Projects beside those of the development fund."""

    others: int
    sectors: dict[Sector, Share]
    extended: Share
    open_ended: Share
    reversed_postings: Share


class Donors(Part):
    """Who gives, and how many contributions a year by revenue type."""

    member_states: int
    un_agency: int
    multilateral: int
    private_sector: int
    contributions: dict[str, int]


class DonorReports(Part):
    """Shares of due reports."""

    submitted: Share
    on_time: Share


class ExPost(Part):
    """Shares of completed fund projects: evaluated, and of those within the window."""

    evaluated: Share
    within_window: Share


class Response(Part):
    """Shares of recommendations: answered, and of those on time."""

    given: Share
    on_time: Share


class Closure(Part):
    """Shares of recommendations due: closed, of those on time, of those implemented."""

    closed: Share
    on_time: Share
    implemented: Share


class Evaluations(Part):
    """Evaluations and what becomes of their recommendations."""

    a_year: int
    ex_post: ExPost
    recommendations: tuple[int, int]
    response: Response
    closure: Closure


class MonitoringFrameworks(Part):
    """Shares of new projects: framework submitted, and of those within 30 days of the start."""

    submitted: Share
    within_30_days: Share


class Facilities(Part):
    """Buildings and their inventories."""

    number: int
    reporting: dict[Year, Share]
    unknown: Share
    measures: int
    offset: dict[Year, Share]
    certificates_a_year: int


class EnvironmentalMarkers(Part):
    """Share of the projects started from a year on that are assessed."""

    from_year: Year
    assessed: Share


class Faults(Part):
    """What goes wrong on purpose, as shares of the good events."""

    broken: dict[Reason, Share]
    duplicate: Share
    late: Share
    late_by_days: tuple[int, int]
    late_after_days: int
    swapped_with_next: Share
    swapped_with_next_of_key: Share


class Scenario(Part):
    """Everything a simulation starts from beside its seed and scale."""

    name: str
    first_year: Year
    last_year: Year
    staff_totals: dict[Year, int]
    duty_stations: tuple[Country, ...]
    revenue: dict[Year, dict[str, Decimal]]
    expenses: dict[Year, dict[Sector, Decimal]]
    development_fund: DevelopmentFund
    courses: tuple[Course, ...]
    completions: tuple[Wave, ...]
    refreshed: Share
    sessions: tuple[SessionPlan, ...]
    feedback: Feedback
    headquarters: str
    administrative_centres: tuple[str, ...]
    high_risk: Share
    languages: dict[str, tuple[str, ...]]
    other_nationalities: tuple[str, ...]
    workforce: Workforce
    appraisals: Appraisals
    focal_points: FocalPoints
    projects: Projects
    donors: Donors
    currencies: dict[str, Decimal]
    organisation_budget: dict[Year, Decimal]
    donor_reports: DonorReports
    evaluations: Evaluations
    monitoring_frameworks: MonitoringFrameworks
    facilities: Facilities
    environmental_markers: EnvironmentalMarkers
    hr: HrPlan
    training: TrainingPlan
    finance: FinancePlan
    evaluation: EvaluationPlan
    environment: EnvironmentPlan
    reference: ReferencePlan
    results: ResultsPlan
    knowledge: KnowledgePlan
    ict: IctPlan
    protection: ProtectionPlan
    conduct: ConductPlan
    control_reports: ControlReportsPlan
    faults: Faults

    @property
    def years(self) -> range:
        """The years simulated."""
        return range(self.first_year, self.last_year + 1)

    @property
    def first_day(self) -> date:
        """First day simulated; what lies before is history."""
        return date(self.first_year, 1, 1)

    @property
    def last_day(self) -> date:
        """Last day on which anything happens."""
        return date(self.last_year, 12, 31)

    @property
    def language_of(self) -> Mapping[str, str]:
        """Language of trainings by country; English where none is named."""
        return {country: language for language, countries in self.languages.items() for country in countries}


@cache
def load_scenario(name: str = "iom_2019") -> Scenario:
    """Read a scenario that is shipped with the simulator: its file, and a file for each further part.

    The files in the folder of the scenario's name hold one part each and are named after it.
    """
    folder = files("orgpulse_platform.simulator") / "scenarios"
    parts = yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8"))
    for file in (folder / name).iterdir():
        parts[file.name.removesuffix(".yaml")] = yaml.safe_load(file.read_text("utf-8"))
    return Scenario.model_validate(parts)
