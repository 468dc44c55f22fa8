"""Which Chromium the tests open the dashboard with; run as a program, it fails if there is none."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "there is no Chromium: on Debian `apt-get install chromium`, elsewhere name one in ORGPULSE_CHROMIUM"
)


def executable() -> str | None:
    """The one that ``ORGPULSE_CHROMIUM`` names, or the first on the path."""
    named = os.environ.get("ORGPULSE_CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


if __name__ == "__main__":
    if executable() is None:
        sys.exit(f"The tests of the dashboard will not run: {MISSING}.")
