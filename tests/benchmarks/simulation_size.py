"""How much time, memory and disk does a simulation of a given scale take?

    .venv/bin/python tests/benchmarks/simulation_size.py [SCALE]

Invents an organisation of seed 1 and takes all its records without a broker: 57 has 10 million. Prints
seconds, resident memory and disk as it goes, then the peak. The disk is that of temporary files; TMPDIR names
another. It fails if more facts are in memory than one sorted run holds.
"""

import resource
import sys
import time

import psutil

from orgpulse_platform.cli.console import results
from orgpulse_platform.simulator.facts import RUN
from orgpulse_platform.simulator.simulation import Simulation

REPORTED = 500_000
MEGABYTE = 1_000_000


def main(scale: float) -> None:
    started = time.monotonic()
    simulation = Simulation(1, scale)

    def report(what: str, number: int) -> None:
        if simulation.held > RUN:
            sys.exit(f"{simulation.held:,} facts are in memory")
        results.print(
            f"{time.monotonic() - started:6.0f} s  {psutil.Process().memory_info().rss / MEGABYTE:5.0f} MB "
            f"of memory  {simulation.disk / MEGABYTE:6.0f} MB of disk  {number:11,} {what}"
        )

    simulation.invent(lambda facts: None if facts % REPORTED else report("facts", facts))
    for taken, _ in enumerate(simulation.records(), start=1):
        if taken % REPORTED == 0:
            report("records", taken)
    report("records in all", taken)
    simulation.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    results.print(f"Peak: {peak / MEGABYTE:.0f} MB of memory.")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
