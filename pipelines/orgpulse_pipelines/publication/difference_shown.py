"""The difference between two publications as text and tables in the terminal."""

from collections.abc import Iterator
from decimal import Decimal

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from orgpulse_pipelines.indicators.wording import amount_text
from orgpulse_pipelines.publication.causes import Cause
from orgpulse_pipelines.publication.comparison import MovedFigure, TableRows
from orgpulse_pipelines.publication.difference import Difference
from orgpulse_pipelines.publication.shelf import Publication


def difference_text(difference: Difference) -> Iterator[RenderableType]:
    """Figures first, then definitions, events and tables, each where something differs."""
    yield Text(f"From {_named(difference.older)} to {_named(difference.newer)}", style="bold")
    yield _figures(difference.figures) if difference.figures else "No figure moved."
    if difference.definitions:
        yield _definitions(difference)
    if difference.events:
        yield _events(difference)
    if difference.tables:
        yield _tables(difference.tables)


def change_text(figure: MovedFigure) -> str:
    """The change with its sign and unit, in as many digits as it takes; empty where there is none to show."""
    change = figure.change
    if not change:
        return ""
    unit = "points" if figure.unit == "%" else figure.unit
    decimals = figure.decimals
    while round(abs(change), decimals) == 0:
        decimals += 1
    sign = "+" if change > 0 else "−"
    return sign + amount_text(abs(change), unit, decimals)


def _named(publication: Publication) -> str:
    return f"{publication.id} ({publication.published_at:%Y-%m-%d %H:%M} UTC)"


def _figures(figures: list[tuple[MovedFigure, list[Cause]]]) -> Table:
    table = _table("Indicator", "Period", "Before", "Now", "Change", "Why", right=("Before", "Now", "Change"))
    for figure, why in figures:
        of = "" if figure.dimension == "organisation" else f", {figure.member}"
        table.add_row(
            figure.indicator_id,
            escape(figure.period + of),
            _value(figure, figure.old_value, figure.old_status),
            _value(figure, figure.new_value, figure.new_status),
            change_text(figure),
            escape("\n".join(cause.text for cause in why)),
        )
    return table


def _value(figure: MovedFigure, value: Decimal | None, status: str | None) -> str:
    if status is None:
        return "none"
    if status == "suppressed":
        return "suppressed"
    if figure.old_suppressed or figure.new_suppressed:
        return "not compared"
    return "no data" if value is None else amount_text(value, figure.unit, figure.decimals)


def _definitions(difference: Difference) -> Table:
    table = _table("Definition", "Version", "What became of it")
    for (indicator_id, version), change in difference.definitions.items():
        table.add_row(indicator_id, str(version), change)
    return table


def _events(difference: Difference) -> Table:
    table = _table(
        "Events of", "New", "Replayed among them", "Gone", right=("New", "Replayed among them", "Gone")
    )
    for contract, events in difference.events.items():
        table.add_row(contract, f"{events.new:,}", f"{events.replayed:,}", f"{events.gone:,}")
    return table


def _tables(tables: list[TableRows]) -> Table:
    table = _table("Rows of", "Before", "Now", right=("Before", "Now"))
    for one in tables:
        table.add_row(one.name, _rows(one.old_rows), _rows(one.new_rows))
    return table


def _rows(rows: int | None) -> str:
    return "no such table" if rows is None else f"{rows:,}"


def _table(*headings: str, right: tuple[str, ...] = ()) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(
            heading,
            justify="right" if heading in right else "left",
            no_wrap=heading in right,
            overflow="fold",
        )
    return table
