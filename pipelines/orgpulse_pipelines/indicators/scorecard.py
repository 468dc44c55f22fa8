"""The scorecard as a table in the terminal."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from orgpulse_pipelines.indicators.figures import Figure
from orgpulse_pipelines.indicators.wording import status_text, target_text, trend_text, value_text

PILLARS: Final = {
    "principled": "Principled – accountable, transparent, gender-equal, protects data and the environment",
    "purposeful": "Purposeful – results-based, evaluated, evidence- and knowledge-driven",
    "prepared": "Prepared – people, money, risk and support in place to deliver",
}


def scorecard_tables(figures: Iterable[Figure]) -> Iterator[Table]:
    """One table a pillar."""
    for pillar, group in groupby(figures, key=lambda figure: figure.pillar):
        table = Table(
            title=PILLARS[pillar], title_justify="left", title_style="bold", expand=True, box=SIMPLE_HEAD
        )
        table.add_column("Indicator", ratio=1, min_width=24)
        table.add_column("Period", no_wrap=True)
        table.add_column("Value", justify="right")
        table.add_column("Target", justify="right")
        table.add_column("Status", no_wrap=True)
        table.add_column("Trend", no_wrap=True)
        for figure in group:
            table.add_row(
                figure.title,
                figure.period,
                value_text(figure),
                target_text(figure),
                Text.from_markup(status_text(figure)),
                Text.from_markup(trend_text(figure)),
            )
        yield table
