"""Prints HTML files with Chromium, which needs no window and no network for it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from orgpulse_pipelines.dashboard.scorecards.errors import NoChromiumError, PrintingError

VARIABLE: Final = "ORGPULSE_CHROMIUM"
"""Environment variable that names the browser."""
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_SECONDS: Final = 120


def chromium(environment: Mapping[str, str] = os.environ) -> str:
    """Path of the browser; raises :class:`NoChromiumError`."""
    named = environment.get(VARIABLE)
    for name in [named] if named else _NAMES:
        found = shutil.which(name, path=environment.get("PATH"))
        if found:
            return found
    raise NoChromiumError(f"{VARIABLE}={named}" if named else "looked on PATH for " + ", ".join(_NAMES))


def print_pdf(browser: str, page: Path, target: Path) -> None:
    """Print a page into a PDF file, which appears whole or not at all; raises :class:`PrintingError`."""
    with tempfile.TemporaryDirectory(prefix="orgpulse-print-") as profile:
        draft = Path(profile) / "page.pdf"
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--no-pdf-header-footer",
            f"--user-data-dir={profile}/profile",
            f"--print-to-pdf={draft}",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),  # the sandbox refuses to run as root
            page.resolve().as_uri(),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - no shell
            shutil.move(draft, target)
        except (subprocess.SubprocessError, OSError):
            raise PrintingError(target.name) from None
