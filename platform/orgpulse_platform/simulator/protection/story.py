"""Everything that the office for data protection tells."""

from orgpulse_platform.simulator.protection.breaches import Breaches
from orgpulse_platform.simulator.protection.guidance import count_trainings, publish_tools
from orgpulse_platform.simulator.protection.processing import Processing
from orgpulse_platform.simulator.protection.subject_requests import answer_subject_requests
from orgpulse_platform.simulator.scene import Scene


def tell_protection(scene: Scene) -> None:
    """Tell the family's facts."""
    chronicle = scene.world.chronicle("protection")
    Processing(scene, chronicle).map()
    count_trainings(scene, chronicle)
    publish_tools(scene, chronicle)
    answer_subject_requests(scene, chronicle)
    Breaches(scene, chronicle).run()
