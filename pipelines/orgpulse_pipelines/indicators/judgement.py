"""Judges figures: status against the target, trend against the period before, baseline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from orgpulse_pipelines.indicators.cell import Cell
from orgpulse_pipelines.indicators.definition import Direction
from orgpulse_pipelines.indicators.targets import NO_TARGET, Target


class Status(StrEnum):
    """How a figure stands against its target."""

    ON_TARGET = "on_target"
    NEAR = "near"
    OFF_TARGET = "off_target"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Judged:
    """A cell with everything that is said about it."""

    cell: Cell
    baseline: Decimal | None
    target: Decimal | None
    status: Status
    previous: Decimal | None
    """Value of the period before."""
    trend: str | None
    """``up``, ``down`` or ``steady`` against the period before, at the digits that are shown."""
    progress: str | None
    """``better``, ``worse`` or ``unchanged``; empty where neither direction is better."""


def judge(cells: Iterable[Cell], targets: dict[str, Target]) -> list[Judged]:
    """The cells of one indicator, oldest period first, with status, trend and baseline."""
    ordered = sorted(cells, key=lambda cell: (cell.period.start, cell.dimension, cell.member))
    labels = sorted({cell.period.start for cell in ordered})
    before = dict(zip(labels[1:], labels, strict=False))
    values = {_place(cell, cell.period.start): cell.value for cell in ordered}
    return [
        _judge(
            cell,
            targets.get(cell.definition.id, NO_TARGET),
            values.get(_place(cell, before.get(cell.period.start))),
            _baseline(cell, ordered, targets.get(cell.definition.id, NO_TARGET)),
        )
        for cell in ordered
    ]


def _place(cell: Cell, start: date | None) -> tuple[date | None, int, str, str]:
    """Where a cell stands in time; figures of two versions are not compared with each other."""
    return start, cell.definition.version, cell.dimension, cell.member


def _judge(cell: Cell, target: Target, previous: Decimal | None, baseline: Decimal | None) -> Judged:
    # A total's target says nothing about a part of it; a share's holds for every part.
    aim = target.target if cell.is_total or cell.definition.is_ratio else None
    direction = cell.definition.direction
    trend = _trend(cell, previous)
    return Judged(
        cell=cell,
        baseline=baseline,
        target=aim,
        status=_status(cell, aim, target.tolerance),
        previous=previous,
        trend=trend,
        progress=_progress(trend, direction),
    )


def _baseline(cell: Cell, cells: list[Cell], target: Target) -> Decimal | None:
    if target.baseline is not None:
        return target.baseline if cell.is_total or cell.definition.is_ratio else None
    place = (target.baseline_period, cell.dimension, cell.member)
    return next((one.value for one in cells if (one.period.label, one.dimension, one.member) == place), None)


def _status(cell: Cell, target: Decimal | None, tolerance: Decimal) -> Status:
    if cell.suppression != "none":
        return Status.SUPPRESSED
    if cell.value is None:
        return Status.NO_DATA
    if target is None or cell.definition.direction == "neutral":
        return Status.NO_TARGET
    missed_by = target - cell.value if cell.definition.direction == "higher" else cell.value - target
    if missed_by <= 0:
        return Status.ON_TARGET
    return Status.NEAR if missed_by <= tolerance else Status.OFF_TARGET


def _trend(cell: Cell, previous: Decimal | None) -> str | None:
    if cell.value is None or previous is None:
        return None
    digits = cell.definition.decimals
    change = round(cell.value, digits) - round(previous, digits)
    if change == 0:
        return "steady"
    return "up" if change > 0 else "down"


def _progress(trend: str | None, direction: Direction) -> str | None:
    if trend is None or direction == "neutral":
        return None
    if trend == "steady":
        return "unchanged"
    return "better" if (trend == "up") == (direction == "higher") else "worse"
