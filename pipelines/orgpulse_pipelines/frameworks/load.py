"""Reads the frameworks and holds them against the indicators that they name."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from orgpulse_pipelines.frameworks.definition import Framework, Mapping, scored_periods
from orgpulse_pipelines.frameworks.errors import FrameworkDefinitionError
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.yaml_text import read_stated

FRAMEWORKS: Final = Path(__file__).parent / "definitions"
"""Folder of the frameworks that ship with the platform, one a file, ``<id>.yaml``."""


def newest(definitions: Iterable[Definition]) -> dict[str, Definition]:
    """The newest version of every indicator, by identity."""
    return {one.id: one for one in sorted(definitions, key=lambda one: (one.effective_from, one.version))}


def load_frameworks(definitions: Iterable[Definition], folder: Path | None = None) -> tuple[Framework, ...]:
    """The frameworks of a folder, or the shipped ones, by file name.

    Raises :class:`FrameworkDefinitionError` that names the file and the place if one is not well formed,
    names an indicator that does not exist, or scores it against its own direction.
    """
    folder = folder or FRAMEWORKS
    if not folder.is_dir():
        raise FrameworkDefinitionError(f"{folder} is no folder")
    indicators = newest(definitions)
    return tuple(_load(path, indicators) for path in sorted(folder.glob("*.yaml")))


def _load(path: Path, indicators: dict[str, Definition]) -> Framework:
    framework = read_stated(path, Framework, FrameworkDefinitionError)
    if path.stem != framework.id:
        raise FrameworkDefinitionError(f"{path.name} holds the framework {framework.id}")
    for item in framework.items:
        for mapping in item.indicators:
            for wrong in _mistakes(mapping, indicators):
                raise FrameworkDefinitionError(f"{path.name}, {item.id}: {wrong}")
    return framework


def _mistakes(mapping: Mapping, indicators: dict[str, Definition]) -> Iterator[str]:
    name = mapping.indicator
    indicator = indicators.get(name)
    if indicator is None:
        yield f"no indicator is called {name}"
        return
    if not mapping.is_scored:
        return
    if indicator.direction == "neutral":
        yield f"{name} is better neither higher nor lower: it can be shown, not scored"
    elif mapping.rises != (indicator.direction == "higher"):
        moves = "rise" if indicator.direction == "higher" else "fall"
        yield f"{indicator.direction} is better for {name}: its scores must {moves} with the values"
    if not scored_periods(mapping, indicator):
        yield f"{name} has no figures for {', '.join(mapping.periods)}"
    if mapping.roll_up == "offices_by_denominator" and not (
        indicator.is_ratio and "office" in indicator.places
    ):
        yield f"{name} has no denominator by office to weight offices by"
