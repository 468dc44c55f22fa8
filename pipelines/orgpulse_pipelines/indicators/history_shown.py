"""The history of an indicator as text and a table in the terminal."""

from collections.abc import Iterator
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from orgpulse_pipelines.indicators.history_read import History, Said
from orgpulse_pipelines.indicators.wording import amount_text
from orgpulse_pipelines.publication.shelf import published_at

_WORDS: Final = {
    "suppressed": "suppressed",
    "withheld": "withheld: suppressed now",
    "gone": "published no longer",
    "no_data": "no data",
}


def history_text(history: History) -> Iterator[RenderableType]:
    """What publications in a row said, one line for each time that it changed."""
    _, member = history.part
    place = "whole organisation" if member == "all" else member
    yield Text(f"{history.title} ({history.indicator_id}), {place}", style="bold")
    table = Table(box=SIMPLE_HEAD)
    for heading in ("Period", "Value", "Target", "Version", "First published (UTC)", "Publications"):
        table.add_column(
            heading, justify="right" if heading in ("Value", "Target", "Publications") else "left"
        )
    for said in history.said:
        table.add_row(
            said.period,
            _value(said, history.decimals),
            "" if said.target is None else amount_text(said.target, said.unit, history.decimals),
            "" if said.version is None else f"{said.version} ({(said.definition or '')[:6]})",
            f"{published_at(said.first):%Y-%m-%d %H:%M}",
            _publications(said),
        )
    yield table
    covers = "all publications on record" if history.recorded else "the publications that are kept"
    yield Text(f"It covers {covers}. The digits behind a version tell what is computed by it.", style="dim")
    if history.unreadable:
        yield f"These publications cannot be read: {', '.join(history.unreadable)}"


def _value(said: Said, decimals: int) -> str:
    if said.value is None:
        return _WORDS.get(said.status, "no data")
    return amount_text(said.value, said.unit, decimals)


def _publications(said: Said) -> str:
    if said.publications == 1:
        return said.first
    return f"{said.publications:,}: {said.first} to {said.last}"
