"""Which Chromium the tests open the dashboard with; run as a program, it fails if there is none."""

import sys

from orgpulse_pipelines.dashboard.scorecards.errors import NoChromiumError
from orgpulse_pipelines.dashboard.scorecards.printing import chromium

MISSING = (
    "there is no Chromium: on Debian `apt-get install chromium`, elsewhere name one in ORGPULSE_CHROMIUM"
)


def executable() -> str | None:
    """The one that prints reports, if there is one."""
    try:
        return chromium()
    except NoChromiumError:
        return None


if __name__ == "__main__":
    if executable() is None:
        sys.exit(f"The tests of the dashboard will not run: {MISSING}.")
