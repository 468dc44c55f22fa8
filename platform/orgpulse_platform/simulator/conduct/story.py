"""Everything that the ethics and conduct office and the ombudsperson tell."""

from orgpulse_platform.simulator.conduct.matters import Matters
from orgpulse_platform.simulator.conduct.ombuds_cases import OmbudsCases, raise_issues
from orgpulse_platform.simulator.conduct.prevention import hold_workshops, train_focal_points
from orgpulse_platform.simulator.scene import Scene


def tell_conduct(scene: Scene) -> None:
    """Tell the family's facts."""
    chronicle = scene.world.chronicle("conduct")
    Matters(scene, chronicle).run()
    OmbudsCases(scene, chronicle).run()
    raise_issues(scene, chronicle)
    hold_workshops(scene, chronicle)
    train_focal_points(scene, chronicle)
