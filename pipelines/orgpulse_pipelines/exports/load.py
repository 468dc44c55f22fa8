"""Reads the definitions of exports and holds them against what there is to hand out."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from orgpulse_pipelines.exports.definition import ExportDefinition, Figures
from orgpulse_pipelines.exports.errors import ExportDefinitionError, UnknownExportError
from orgpulse_pipelines.exports.journal import INTERNAL_USE
from orgpulse_pipelines.exports.releasable import refusal
from orgpulse_pipelines.frameworks.load import newest
from orgpulse_pipelines.indicators.definition import Definition, load_definitions
from orgpulse_pipelines.yaml_text import read_stated
from orgpulse_platform.settings import WarehouseSettings

EXPORTS: Final = Path(__file__).parent / "definitions"
"""Folder of the definitions that ship with the platform, one export a file, ``<id>.yaml``."""


def load_exports(settings: WarehouseSettings) -> tuple[ExportDefinition, ...]:
    """The exports of the organisation's folder, or the shipped ones, by file name.

    Raises :class:`ExportDefinitionError` that names the file and the place if one is not well formed, or
    names what does not exist or may not leave.
    """
    folder = settings.exports or EXPORTS
    if not folder.is_dir():
        raise ExportDefinitionError(f"{folder} is no folder")
    indicators = newest(load_definitions())
    exports = tuple(_load(path) for path in sorted(folder.glob("*.yaml")))
    for export in exports:
        for mistake in _mistakes(export, indicators):
            raise ExportDefinitionError(f"{export.id}.yaml: {mistake}")
    return exports


def find(exports: Iterable[ExportDefinition], export_id: str) -> ExportDefinition:
    """The definition of an export; raises :class:`UnknownExportError`."""
    for export in exports:
        if export.id == export_id:
            return export
    raise UnknownExportError(export_id)


def _load(path: Path) -> ExportDefinition:
    export = read_stated(path, ExportDefinition, ExportDefinitionError)
    if path.stem != export.id:
        raise ExportDefinitionError(f"{path.name} holds the export {export.id}")
    return export


def _mistakes(export: ExportDefinition, indicators: dict[str, Definition]) -> Iterator[str]:
    if export.id == INTERNAL_USE:
        yield f"{INTERNAL_USE} stands for answers that analysts save themselves; choose another id"
    if export.figures is not None:
        for name in export.figures.indicators:
            yield from _mistakes_of(name, export.figures, indicators.get(name))
    for content in export.tables:
        reason = refusal(content.table, content.columns)
        if reason is not None:
            yield reason


def _mistakes_of(name: str, figures: Figures, indicator: Definition | None) -> Iterator[str]:
    if indicator is None:
        yield f"no indicator is called {name}"
        return
    if not set(figures.dimensions) & {"organisation", *indicator.places, *indicator.dimensions}:
        yield f"{name} is broken down by none of the dimensions"
    if not set(figures.periods) & set(indicator.periods):
        yield f"{name} has no figures for {', '.join(figures.periods)}"
