"""``late_contract.py COMMAND...``: the command line and its worker, once one more contract is deployed.

``worker`` as the command runs a worker; anything else is a command of ``orgpulse``.
"""

import sys
from pathlib import Path

from orgpulse_platform.broker import connected
from orgpulse_platform.cli.main import run
from orgpulse_platform.settings import load_settings
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.registry import all_families
from orgpulse_streams.run import run_streams
from orgpulse_streams.worker import leave
from orgpulse_streams.worker import main as work


@all_families()["hr"].contract(
    "org.hr.late.registered.v1", system="PE-3", key="unit_id", purpose="A contract that is deployed late."
)
class LateRegistered(Contract):
    """Something that nobody knew yet."""

    unit_id: str
    """The unit concerned."""


def main() -> None:
    if sys.argv[1] == "worker":
        del sys.argv[1]
        leave(work())
    if sys.argv[1:3] == ["streams", "run"]:
        worker = (sys.executable, str(Path(__file__)), "worker", "--supervised")
        run_streams(connected(load_settings()), until_drained=True, command=worker)
    else:
        run()


if __name__ == "__main__":
    main()
