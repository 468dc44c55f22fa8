"""Everything that happens in the invented organisation, put together from its subjects."""

from orgpulse_platform.simulator.conduct.story import tell_conduct
from orgpulse_platform.simulator.environment.story import tell_environment
from orgpulse_platform.simulator.evaluation.story import tell_evaluation
from orgpulse_platform.simulator.facts import REFERENCE
from orgpulse_platform.simulator.finance.story import tell_finance
from orgpulse_platform.simulator.hr.story import tell_hr
from orgpulse_platform.simulator.ict.story import tell_ict
from orgpulse_platform.simulator.knowledge.story import tell_knowledge
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.presence import Presence
from orgpulse_platform.simulator.projects import Projects
from orgpulse_platform.simulator.protection.story import tell_protection
from orgpulse_platform.simulator.reference.story import Surroundings
from orgpulse_platform.simulator.results.story import tell_results
from orgpulse_platform.simulator.scene import Scene
from orgpulse_platform.simulator.training.e_learning import register_courses
from orgpulse_platform.simulator.training.story import tell_training
from orgpulse_platform.simulator.world import World


def tell_history(world: World) -> None:
    """Tell every fact."""
    reference = world.chronicle(REFERENCE)
    organisation = Organisation(world)
    organisation.register(reference)
    register_courses(world, reference)
    surroundings = Surroundings(world, reference)
    projects = Projects(world, organisation, reference).all
    people = tell_hr(world, organisation)
    presence = Presence(people)
    trainings = tell_training(world, organisation, people, presence)
    scene = Scene(world, organisation, presence, projects, trainings)
    evaluated = tell_evaluation(scene, people)
    tell_finance(world, organisation, surroundings, projects, evaluated)
    tell_environment(world, organisation, projects, reference)
    tell_results(scene)
    tell_knowledge(scene)
    tell_ict(scene, reference)
    tell_protection(scene)
    tell_conduct(scene)
