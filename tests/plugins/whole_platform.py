"""The platform as people run it: commands in processes of their own, on a cluster and a state folder."""

import json
import subprocess
import sys
from dataclasses import dataclass

from orgpulse_pipelines.publication.shelf import Publication, current
from orgpulse_platform.settings import Settings

CLI = ("-m", "orgpulse_platform.cli.main")


@dataclass
class Platform:
    """The cluster of these tests and a state folder that holds a build of its first events."""

    settings: Settings
    environment: dict[str, str]
    sent: int = 0
    """Events on the cluster."""

    def run(self, *arguments, program=CLI, preexec_fn=None, **variables):
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, *program, *arguments],
            env=self.environment | variables,
            preexec_fn=preexec_fn,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    def start_build(self):
        return subprocess.Popen(
            [sys.executable, *CLI, "build"], env=self.environment, stderr=subprocess.PIPE, text=True
        )

    def published_events(self) -> int:
        answer = self.run("sql", "select events from meta.publication", "--json")
        return json.loads(answer.stdout)[0]["events"]

    def publication(self) -> Publication | None:
        return current(self.settings.folder)
