"""Everything that the policy hub tells."""

from orgpulse_platform.simulator.knowledge.repository import Repository
from orgpulse_platform.simulator.knowledge.support import (
    hold_governance_trainings,
    register_data_assets,
    support_policies,
)
from orgpulse_platform.simulator.knowledge.use import Use
from orgpulse_platform.simulator.scene import Scene


def tell_knowledge(scene: Scene) -> None:
    """Tell the family's facts."""
    chronicle = scene.world.chronicle("knowledge")
    documents = Repository(scene, chronicle).fill()
    use = Use(scene, chronicle)
    use.search()
    use.download(documents)
    support_policies(scene, chronicle)
    hold_governance_trainings(scene, chronicle)
    register_data_assets(scene, chronicle)
