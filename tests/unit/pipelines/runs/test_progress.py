"""What people read while a build runs: its layers in the order in which events pass them."""

from io import StringIO
from types import SimpleNamespace

import dagster as dg
from rich.console import Console

from orgpulse_pipelines.runs.progress import BuildProgress


def test_a_table_that_waits_for_no_event_does_not_announce_its_layer() -> None:
    console = Console(file=StringIO(), width=100)
    with BuildProgress(console, steps=4) as progress:
        for step in ("core__dim_grade", "core__dim_language", "landing__hr", "core__dim_person"):
            event = SimpleNamespace(event_type=dg.DagsterEventType.STEP_START, step_key=step)
            progress(SimpleNamespace(dagster_event=event))  # type: ignore[arg-type]
    assert isinstance(console.file, StringIO)
    told = [line.strip() for line in console.file.getvalue().splitlines() if line.endswith("…")]
    assert told == ["Landing what is new on Kafka …", "Modelling …"]
