"""A real worker with a slow transform, which can be made to fail: the tests run it in a process of its own.

``troubled_worker.py DELAY_S RAISE_AT MARKER [worker options]`` sleeps before each record and, unless the
file MARKER exists, raises when it is given the record number RAISE_AT (0: never).
"""

import sys
import time
from pathlib import Path

from orgpulse_platform.settings import Settings
from orgpulse_streams.agent import Transform
from orgpulse_streams.protect.records import ProtectedRecord, RawRecord
from orgpulse_streams.worker import leave, main, protection

DELAY_S, RAISE_AT, MARKER = float(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
del sys.argv[1:4]


def make_transform(settings: Settings) -> Transform:
    protect = protection(settings)
    seen = 0

    def transform(record: RawRecord) -> ProtectedRecord:
        nonlocal seen
        seen += 1
        time.sleep(DELAY_S)
        if seen == RAISE_AT and not MARKER.exists():
            MARKER.touch()
            raise RuntimeError(f"cannot process {record.value!r}")
        return protect(record)

    return transform


if __name__ == "__main__":
    leave(main(make_transform))
