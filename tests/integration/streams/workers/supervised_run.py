"""``orgpulse streams run --until-drained`` with another worker: ``supervised_run.py COMMAND...``."""

import sys

from orgpulse_platform.broker import connected
from orgpulse_platform.settings import load_settings
from orgpulse_streams.run import run_streams

run_streams(connected(load_settings()), until_drained=True, command=sys.argv[1:])
