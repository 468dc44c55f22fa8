"""Everything that the evaluation function tells."""

from datetime import date

from orgpulse_platform.simulator.evaluation.evaluations import Evaluations, submit_frameworks
from orgpulse_platform.simulator.evaluation.learning import Learning
from orgpulse_platform.simulator.evaluation.recommendations import Recommendations
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.scene import Scene


def tell_evaluation(scene: Scene, people: list[Person]) -> dict[str, date]:
    """Tell the facts of the family; returns the days of the ex-post evaluations by project of the fund."""
    world, organisation = scene.world, scene.organisation
    chronicle = world.chronicle("evaluation")
    recommendations = Recommendations(world, organisation, people, chronicle)
    evaluations = Evaluations(world, organisation, scene.projects, recommendations, chronicle)
    evaluations.run()
    submit_frameworks(world, scene.projects, chronicle)
    learning = Learning(world, organisation, chronicle)
    learning.count_trainings(scene.trainings)
    learning.train_in_regions(scene.presence)
    learning.record_lessons(evaluations.published)
    learning.review()
    return evaluations.ex_post
