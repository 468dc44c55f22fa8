"""Rendering is fast enough that the simulator is never what a demonstration waits for."""

import time

from orgpulse_platform.simulator.simulation import Simulation

SLOWEST = 10_000
"""Records a second on a shared machine; twice as many and more on a core of its own."""


def test_rendering_keeps_its_pace():
    simulation = Simulation(2, 0.2)
    planned = simulation.planned

    started = time.process_time()
    taken = sum(1 for _ in simulation.records())
    elapsed = time.process_time() - started

    assert abs(taken - planned) < planned * 0.01
    assert taken / elapsed > SLOWEST
