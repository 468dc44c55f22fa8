"""Charts as data: what one shows, the Vega-Lite specification that draws it, and the same rows as a table.

A page writes the chart's rows beside its specification; the browser draws them, and the table under the chart
says the same to those who do not see it. Specifications follow Vega-Lite 6 (vega.github.io/vega-lite).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

Cell: TypeAlias = str | int | float | Decimal | date | None
Spec: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table under a chart, and the field of the same name in its specification."""

    name: str
    title: str
    """Its heading, in the language of the page."""
    decimals: int | None = None
    """Decimals of a number; none for text."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in the language of a page."""

    id: str
    """Names the figure on its page, and the files that a reader saves."""
    title: str
    summary: str
    """What the chart shows, in a sentence or two, for those who do not see it."""
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    spec: Spec = field(default_factory=dict)
    """Vega-Lite without data; the rows are its data named ``rows``. Without one there is only the table."""
    note: str = ""
    """What a reader must know to read it right, such as what is withheld."""

    def values(self) -> list[dict[str, Any]]:
        """The rows as Vega-Lite reads them: decimal numbers as doubles, dates as text."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in self.rows]


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


DATA: Final[Spec] = {"name": "rows"}


def bars(category: str, value: str, titles: tuple[str, str], *, colour: str | None = None) -> Spec:
    """Horizontal bars, one a category, in the order of the rows."""
    encoding: Spec = {
        "y": {"field": category, "type": "nominal", "sort": None, "title": titles[0]},
        "x": {"field": value, "type": "quantitative", "title": titles[1]},
    }
    if colour is not None:
        encoding["color"] = {"field": colour, "type": "nominal", "title": None}
    return {"data": DATA, "mark": {"type": "bar", "tooltip": True}, "encoding": encoding}


def stacked_bars(category: str, value: str, part: str, titles: tuple[str, str]) -> Spec:
    """Horizontal bars whose parts add up, in the order of the rows."""
    spec = bars(category, value, titles, colour=part)
    spec["encoding"]["order"] = {"field": "order", "type": "quantitative"}
    return spec


def heat_map(across: str, down: str, value: str, titles: tuple[str, str, str]) -> Spec:
    """A matrix whose cells are shaded by a value, each with the value in it."""
    place = {
        "x": {
            "field": across,
            "type": "nominal",
            "sort": None,
            "title": titles[0],
            "axis": {"orient": "top"},
        },
        "y": {"field": down, "type": "nominal", "sort": None, "title": titles[1]},
    }
    return {
        "data": DATA,
        "encoding": place,
        "layer": [
            {
                "mark": {"type": "rect", "tooltip": True},
                "encoding": {"color": {"field": value, "type": "quantitative", "title": titles[2]}},
            },
            {
                "mark": {"type": "text", "tooltip": True},
                "encoding": {"text": {"field": value, "type": "quantitative", "format": ".0f"}},
            },
        ],
    }


def against_target(category: str, actual: str, target: str, titles: tuple[str, str, str]) -> Spec:
    """Bullet bars: what was reached as a bar, what was aimed at as a mark across it."""
    down = {"field": category, "type": "nominal", "sort": None, "title": titles[0]}
    return {
        "data": DATA,
        "encoding": {"y": down},
        "layer": [
            {
                "mark": {"type": "bar", "tooltip": True, "height": {"band": 0.5}},
                "encoding": {"x": {"field": actual, "type": "quantitative", "title": titles[1]}},
            },
            {
                "mark": {
                    "type": "tick",
                    "thickness": 3,
                    "size": 22,
                    "color": "currentColor",
                    "tooltip": True,
                },
                "encoding": {"x": {"field": target, "type": "quantitative"}},
            },
        ],
    }
