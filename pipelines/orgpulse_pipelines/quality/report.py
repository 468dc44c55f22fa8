"""Data quality as a document for scripts and as a table for people."""

from typing import Any, Final

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from orgpulse_pipelines.quality.figures import Figures
from orgpulse_pipelines.quality.judgement import Word, load_thresholds
from orgpulse_pipelines.quality.measures import Measure, measures_of, most_urgent
from orgpulse_schemas.systems import SYSTEMS

Report = dict[str, tuple[Measure, ...]]
"""The measures by id of the source system."""
_COLOURS: Final = {Word.GOOD: "green", Word.LOOK: "yellow", Word.BAD: "red"}
_TITLES: Final = ("completeness", "late", "orphans", "rejected", "newest arrival")


def judge(figures: Figures) -> Report:
    """The measures of every source system."""
    thresholds = load_thresholds()
    return {system: measures_of(system, figures, thresholds) for system in SYSTEMS}


def document(report: Report) -> list[dict[str, Any]]:
    """An object a source system, with an object a measure."""
    return [
        {
            "id": system,
            "title": SYSTEMS[system].title,
            **{one.name: {"word": one.word, **one.figures, "advice": one.advice} for one in measures},
        }
        for system, measures in report.items()
    ]


def quality_table(report: Report) -> Table:
    """One line a source system."""
    table = Table(title="Data quality by source system", box=SIMPLE)
    table.add_column("system", no_wrap=True)
    for title in _TITLES:
        table.add_column(title)
    for system, measures in report.items():
        table.add_row(system, *map(_cell, measures))
    return table


def _cell(measure: Measure) -> str:
    if measure.word is None:
        return ""
    return f"[{_COLOURS[measure.word]}]{measure.word}[/] {escape(measure.shown)}"


def advice_table(report: Report) -> Table:
    """What to do next about each source system, the bad before what only asks for a look."""
    table = Table(
        title="What to do next",
        caption="the most urgent of each source system; --json names all",
        box=SIMPLE,
        show_header=False,
    )
    table.add_column(no_wrap=True)
    table.add_column()
    urgent = ((system, most_urgent(measures)) for system, measures in report.items())
    found = [(system, one) for system, one in urgent if one is not None]
    for system, one in sorted(found, key=lambda item: item[1].word is not Word.BAD):
        table.add_row(f"{system} {one.name}", escape(one.advice))
    return table
