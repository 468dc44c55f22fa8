"""Frameworks, their scores, and the items that an indicator serves, as text and tables in the terminal."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from orgpulse_pipelines.frameworks.catalogue import Document
from orgpulse_pipelines.indicators.wording import amount_text

_STATUSES: Final = {"suppressed": "– Suppressed", "not_scored": "– Not scored", "shown": ""}
"""What stands in place of a score."""


def frameworks_table(found: Iterable[Document]) -> Table:
    """The frameworks that there are."""
    table = Table(expand=True, box=SIMPLE_HEAD)
    for heading in ("ID", "Title", "Edition", "Items", "Indicators"):
        table.add_column(heading, no_wrap=heading == "ID")
    for one in found:
        table.add_row(one["id"], one["title"], one["edition"], str(one["items"]), str(one["indicators"]))
    return table


def scores_text(framework: Document) -> Iterator[RenderableType]:
    """A framework's scores, item by item, with the indicators that they come from."""
    place = "whole organisation" if framework["member"] == "all" else framework["member"]
    yield Text(f"{framework['title']}, {framework['period']}, {place}", style="bold")
    yield framework["edition"]
    table = Table(expand=True, box=SIMPLE_HEAD)
    table.add_column("Item and its indicators", ratio=1, min_width=24)
    for heading in ("Value", "Weight", "Score"):
        table.add_column(heading, justify="right", no_wrap=True)
    for item in framework["items"]:
        scored = f"{item['indicators_scored']} of {item['indicators_mapped']}"
        table.add_row(
            Text(f"{_numbered(item['number'], item['title'])} ({scored} indicators scored)", style="bold"),
            "",
            "",
            Text(_score(item), style="bold"),
        )
        for one in item["indicators"]:
            weight = "shown only" if one["weight"] is None else f"{one['weight']:g}"
            table.add_row(f"  {one['title'] or one['id']}", _value(one), weight, _score(one))
    yield table
    yield Text(f"Limitations: {framework['limitations']}", style="dim")


def served_text(served: Iterable[Document]) -> str:
    """The items that an indicator serves, in one text; a dash if it serves none."""
    texts = (
        f"{one['framework_title']}: {_numbered(one['item_number'], one['item_title'])}" for one in served
    )
    return "; ".join(texts) or "–"


def _numbered(number: str | None, title: str) -> str:
    return title if number is None else f"{number} {title}"


def _score(one: Document) -> str:
    return _STATUSES[one["status"]] if one["score"] is None else f"{one['score']:.0f}"


def _value(one: Document) -> str:
    if one["value"] is None:
        return ""
    return amount_text(Decimal(str(one["value"])), one["unit"], one["decimals"])
