"""Everything that the systems of results and of regional support tell."""

from orgpulse_platform.simulator.results.capacity import assess_maturity, count_trainings
from orgpulse_platform.simulator.results.frameworks import approve_frameworks
from orgpulse_platform.simulator.results.indicators import Indicators
from orgpulse_platform.simulator.results.proposals import Proposals
from orgpulse_platform.simulator.results.regional_support import hold_capacity_events, support_offices
from orgpulse_platform.simulator.results.strategies import Strategies
from orgpulse_platform.simulator.scene import Scene


def tell_results(scene: Scene) -> None:
    """Tell the family's facts."""
    chronicle = scene.world.chronicle("results")
    strategies = Strategies(scene, chronicle).adopt()
    indicators = Indicators(scene, chronicle)
    for framework in approve_frameworks(scene, strategies, chronicle):
        indicators.follow(framework)
    count_trainings(scene, chronicle)
    assess_maturity(scene, chronicle)
    Proposals(scene, chronicle).run()
    support_offices(scene, chronicle)
    hold_capacity_events(scene, chronicle)
