"""How able offices are to manage by results: who is trained, how mature they find themselves."""

from datetime import date
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.results.capacity import MaturityAssessed, ResultsTrainingHeld

ASSESSED: Final = ((3, 1), (11, 30))
"""Month and day on which the assessment of a year opens and closes."""
FIRST_STAGES: Final = (1, 2, 3, 4)
STAGE_WEIGHTS: Final = (28, 42, 24, 6)
IMPROVED: Final = 0.5
LEADING: Final = 5


def count_trainings(scene: Scene, chronicle: Chronicle) -> None:
    """The sessions on results-based management, as the training catalogue has them."""
    for training in scene.trainings_held("results_based_management"):
        session = training.session
        chronicle.tell(
            ResultsTrainingHeld,
            session.day,
            {
                "training_id": f"RT-{session.session_id}",
                "unit_id": session.unit_id,
                "language": session.language,
                "participants": training.participants,
                "held_on": session.day,
            },
        )


def assess_maturity(scene: Scene, chronicle: Chronicle) -> None:
    """Offices assess themselves; from one time to the next some have come a stage further."""
    rng = scene.world.stream("maturity")
    stages = {unit.unit_id: rng.choices(FIRST_STAGES, STAGE_WEIGHTS)[0] for unit in scene.planning_offices}
    for year, share in scene.scenario.results.maturity.items():
        for unit_id, stage in stages.items():
            if rng.random() >= share:
                continue
            day = day_between(rng, date(year, *ASSESSED[0]), date(year, *ASSESSED[1]))
            chronicle.tell(MaturityAssessed, day, {"unit_id": unit_id, "stage": stage, "assessed_on": day})
            stages[unit_id] = min(LEADING, stage + (rng.random() < IMPROVED))
