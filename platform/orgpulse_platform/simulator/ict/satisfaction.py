"""The client survey: how satisfied, with which service."""

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.ict.catalogue import service_on
from orgpulse_platform.simulator.ict.texts import client_comment
from orgpulse_platform.simulator.occasions import days_of
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.ict.incidents import SatisfactionAnswered


def ask_clients(scene: Scene, chronicle: Chronicle) -> None:
    """The answers of every year."""
    plan, rng = scene.scenario.ict.satisfaction, scene.world.stream("client satisfaction")
    ratings = Weighted(plan.ratings)
    for number, day in enumerate(days_of(scene.world, rng, plan.answers_a_year), start=1):
        chronicle.tell(
            SatisfactionAnswered,
            day,
            {
                "answer_id": f"SA-{number:06}",
                "service_id": service_on(scene, rng, day).service_id,
                "rating": ratings.draw(rng),
                "comment": client_comment(rng) if rng.random() < plan.with_comment else None,
                "answered_on": day,
            },
        )
