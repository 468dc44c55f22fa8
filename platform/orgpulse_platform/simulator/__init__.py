"""The simulator: a coherent organisation invented from a seed, calibrated to published figures."""

from orgpulse_platform.simulator.expected import Expected
from orgpulse_platform.simulator.records import SimulatedRecord
from orgpulse_platform.simulator.simulation import Simulation

__all__ = ["Expected", "SimulatedRecord", "Simulation"]
