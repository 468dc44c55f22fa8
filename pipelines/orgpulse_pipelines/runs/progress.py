"""Shows people how a build advances: a line a layer, a bar for the steps, warnings as they come."""

import logging
from typing import Final

import dagster as dg
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from orgpulse_pipelines.asset_names import SKIPPED
from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.staging.code_lists import CODE_TABLES
from orgpulse_pipelines.staging.contract_fields import CONTRACT_FIELDS

_LAYERS: Final = {
    "landing": "Landing what is new on Kafka",
    "staging": "Keeping each event once",
    "core": "Modelling",
    "indicators": "Computing the indicators",
    "meta": "Reconciling",
    "publication": "Auditing and publishing",
}
"""What people read when the first step of a layer starts, by the beginning of the step's name."""
_READ_NOTHING: Final = frozenset(
    name.replace(".", "__")
    for name in (
        CONTRACT_FIELDS,
        *(table.name for table in CODE_TABLES),
        *(model.name for model in load_models() if not model.depends_on),
    )
)
"""Steps of a later layer that come first, since they wait for nothing."""


class BuildProgress:
    """Follows the events of a run."""

    def __init__(self, console: Console, steps: int) -> None:
        self._console = console
        self._bar = Progress(
            TextColumn("  {task.description:34}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("starting", total=steps)
        self._announced: set[str] = set()
        self._models = {False: 0, True: 0}
        """Models that were built, and that were left as they were."""
        self.failed_checks: list[str] = []
        """Blocking checks that failed, with their number of rows."""

    def __enter__(self) -> "BuildProgress":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
        if any(self._models.values()):
            self._console.print(
                f"  {self._models[False]} models built, {self._models[True]} left as they were: "
                "nothing that they are made of had changed"
            )

    def __call__(self, entry: dg.EventLogEntry) -> None:
        """Take in one event of the run."""
        event = entry.dagster_event
        if event is None:
            if int(entry.level) >= logging.WARNING:
                self._warn(entry.user_message)
        elif event.event_type is dg.DagsterEventType.STEP_START:
            self._start(event.step_key or "")
        elif event.event_type is dg.DagsterEventType.STEP_SUCCESS:
            self._bar.advance(self._task)
        elif event.event_type is dg.DagsterEventType.ASSET_MATERIALIZATION:
            skipped = event.step_materialization_data.materialization.metadata.get(SKIPPED)
            if skipped is not None:
                self._models[bool(skipped.value)] += 1
        elif event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            self._check(event.asset_check_evaluation_data)

    def _start(self, step: str) -> None:
        layer, _, _ = step.partition("__")
        if layer in _LAYERS and layer not in self._announced and step not in _READ_NOTHING:
            self._announced.add(layer)
            self._console.print(f"  {_LAYERS[layer]} …")
        self._bar.update(self._task, description=step.replace("__", "."))

    def _check(self, evaluation: dg.AssetCheckEvaluation) -> None:
        if evaluation.passed:
            return
        rows = evaluation.metadata.get("violations")
        table = ".".join(evaluation.asset_key.path)
        text = f"{table}, {evaluation.check_name}: {rows.value if rows else '?'} rows"
        if evaluation.blocking:
            self.failed_checks.append(text)
        else:
            self._warn(f"check {text}")

    def _warn(self, text: str) -> None:
        self._console.print(f"  [yellow]![/yellow] {escape(text)}")
