"""Loads the family hr in small batches and says each time that one is committed."""

import sys

from orgpulse_pipelines.landing import consume, load
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.settings import load_settings

consume.BATCH_RECORDS = int(sys.argv[1])
consume.FETCH["max_poll_records"] = int(sys.argv[1])
commit = load.commit


def commit_and_tell(*arguments):
    commit(*arguments)
    sys.stdout.write("committed\n")
    sys.stdout.flush()


load.commit = commit_and_tell
settings = load_settings()
with open_warehouse(settings) as connection:
    load.land_family(connection, settings, "hr")
