"""Maps of countries: the geometry that the site carries with it, and the specification that shades it.

Source of the geometry, its licence, and how it was made: ``world/ORIGIN.md``.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from orgpulse_pipelines.dashboard.charts import Spec
from orgpulse_pipelines.dashboard.words.catalogue import Words

_WORLD: Final = Path(__file__).parent / "world" / "world.json"
_NOTHING: Final = "#8a8f9655"
"""Countries without a value: grey on a light page and on a dark one."""


@cache
def world() -> dict[str, Any]:
    """The countries as TopoJSON, and a point for each country too small to be seen as an area."""
    document: dict[str, Any] = json.loads(_WORLD.read_text(encoding="utf-8"))
    return document


def drawn_countries() -> frozenset[str]:
    """The countries that the map shows, by their ISO 3166-1 alpha-3 codes."""
    areas = {one["properties"]["code"] for one in world()["countries"]["objects"]["countries"]["geometries"]}
    return frozenset(areas | {one["code"] for one in world()["small"]})


def choropleth(value: str, title: str, country_title: str) -> Spec:
    """Countries shaded by the value of the row with their ``code``; small states as circles.

    Rows name the country in ``part``. The page draws it over the data sets ``countries`` and ``small``.
    """
    found = {"from": {"data": {"name": "rows"}, "key": "code", "fields": ["part", value]}}
    known = {"filter": f"isValid(datum[{json.dumps(value)}])"}
    shade = {"field": value, "type": "quantitative", "title": title}
    tooltip = [
        {"field": "part", "type": "nominal", "title": country_title},
        {"field": value, "type": "quantitative", "title": title, "format": ",.3~f"},
    ]
    areas = {"name": "countries", "format": {"type": "topojson", "feature": "countries"}}
    shape = {"type": "geoshape", "stroke": "#ffffff", "strokeWidth": 0.4}
    return {
        "usermeta": {"map": True},
        "height": 420,
        "projection": {"type": "equalEarth"},
        "layer": [
            {"data": areas, "mark": shape | {"fill": _NOTHING}},
            {
                "data": areas,
                "transform": [found | {"lookup": "properties.code"}, known],
                "mark": shape,
                "encoding": {"color": shade, "tooltip": tooltip},
            },
            {
                "data": {"name": "small"},
                "transform": [found | {"lookup": "code"}, known],
                "mark": {"type": "circle", "size": 42, "opacity": 1, "stroke": "#ffffff", "strokeWidth": 0.5},
                "encoding": {
                    "longitude": {"field": "longitude", "type": "quantitative"},
                    "latitude": {"field": "latitude", "type": "quantitative"},
                    "color": shade,
                    "tooltip": tooltip,
                },
            },
        ],
    }


def disclaimer(words: Words) -> str:
    """What every map says of its borders."""
    return words.text(
        "The boundaries and names on this map do not imply official endorsement or acceptance. Small "
        "states are "
        "circles; grey countries have no value."
    )
