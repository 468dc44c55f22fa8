"""The steps of the demonstration: each is a command that people can run by themselves."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the main job."""

    title: str
    arguments: tuple[str, ...]


def main_job(seed: int, scale: float) -> tuple[Step, ...]:
    """The commands that follow once a broker answers, in order."""
    return (
        Step("Create the topics", ("topics", "create")),
        Step(
            "Source systems publish (simulated)",
            ("simulate", "--seed", str(seed), "--scale", str(scale)),
        ),
        Step("Streams validate and protect", ("streams", "run", "--until-drained")),
        Step("Dagster builds, checks and publishes the warehouse", ("build",)),
        Step("Every event is accounted for", ("reconcile",)),
        Step("The scorecard", ("scorecard",)),
    )


WHAT_NEXT: Final = """[bold]What to try next[/bold]
  orgpulse dashboard                                                    open the dashboard in a browser
  orgpulse indicators explain ethics_e_learning_coverage --period 2019  from a figure to its events
  orgpulse sql "select * from indicators.value limit 5"                 ask the published warehouse
  orgpulse publish FILE --mapping MAPPING                               turn an export into events
  make up                                                               streams, Dagster and its schedules
(`source .venv/bin/activate` puts `orgpulse` on the path.)"""
