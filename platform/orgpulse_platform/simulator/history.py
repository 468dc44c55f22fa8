"""Everything that happens in the invented organisation, put together from its subjects."""

from orgpulse_platform.simulator.appraisals import appraise
from orgpulse_platform.simulator.careers import Careers
from orgpulse_platform.simulator.environment import Inventories, assess_projects, register_facilities
from orgpulse_platform.simulator.evaluation import Evaluations, submit_frameworks
from orgpulse_platform.simulator.expenditure import Expenditure, report_to_donors
from orgpulse_platform.simulator.facts import Chronicle, Fact
from orgpulse_platform.simulator.feedback import designate_focal_points, give_feedback
from orgpulse_platform.simulator.money import Contributions, approve_budgets
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.projects import Project, Projects
from orgpulse_platform.simulator.recommendations import Recommendations
from orgpulse_platform.simulator.sessions import Sessions
from orgpulse_platform.simulator.training import ELearning, register_courses
from orgpulse_platform.simulator.world import World

REFERENCE = "reference"


def write_history(world: World) -> list[Fact]:
    """Every fact, reference data first, then by time."""
    facts = [fact for chronicle in _chronicles(world) for fact in chronicle]
    facts.sort(key=lambda fact: (fact.about.family != REFERENCE, fact.at))
    return facts


def _chronicles(world: World) -> tuple[Chronicle, ...]:
    reference, hr = world.chronicle("reference"), world.chronicle("hr")
    organisation = Organisation(world)
    organisation.register(reference)
    register_courses(world, reference)
    projects = Projects(world, organisation, reference).all
    careers = Careers(world, organisation, hr)
    careers.run()
    appraise(world, careers.people, hr)
    return (
        hr,
        _training(world, organisation, careers.people),
        _finance(world, organisation, projects),
        _evaluation(world, organisation, careers.people, projects),
        _environment(world, organisation, projects, reference),
        reference,
    )


def _training(world: World, organisation: Organisation, people: list[Person]) -> Chronicle:
    chronicle = world.chronicle("training")
    e_learning = ELearning(world, organisation, people, chronicle)
    e_learning.run()
    sessions = Sessions(world, organisation, people, chronicle)
    sessions.run()
    completions = [(course, day) for course, days in e_learning.completed.items() for day in days.values()]
    give_feedback(world, sessions.attendances, completions, chronicle)
    designate_focal_points(world, organisation, people, chronicle)
    return chronicle


def _finance(world: World, organisation: Organisation, projects: tuple[Project, ...]) -> Chronicle:
    chronicle = world.chronicle("finance")
    Contributions(world, chronicle).receive()
    approve_budgets(world, chronicle)
    Expenditure(world, organisation, chronicle).post(projects)
    report_to_donors(world, projects, chronicle)
    return chronicle


def _evaluation(
    world: World, organisation: Organisation, people: list[Person], projects: tuple[Project, ...]
) -> Chronicle:
    chronicle = world.chronicle("evaluation")
    recommendations = Recommendations(world, organisation, people, chronicle)
    Evaluations(world, organisation, projects, recommendations, chronicle).run()
    submit_frameworks(world, projects, chronicle)
    return chronicle


def _environment(
    world: World, organisation: Organisation, projects: tuple[Project, ...], reference: Chronicle
) -> Chronicle:
    chronicle = world.chronicle("environment")
    facilities = register_facilities(world, organisation, reference)
    Inventories(world, facilities, chronicle).run()
    assess_projects(world, projects, chronicle)
    return chronicle
