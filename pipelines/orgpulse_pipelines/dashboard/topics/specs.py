"""Kinds of charts that only topics draw, as Vega-Lite specifications without data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orgpulse_pipelines.dashboard.charts import DATA, Spec

PERCENT: Final[Spec] = {"domain": [0, 100]}
"""Scale of a share: from nothing to all."""
WITHHELD: Final = "■"
"""Shape of a figure that is withheld."""
STEP: Final[Spec] = {"step": 26}
"""Height of a row of bars, in pixels: a label of one line."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How the rows of a chart say whether they reach their target."""

    field: str
    """Column of the status in words."""
    title: str
    target_title: str
    shapes: Mapping[str, str]
    """Shape by status in words, in the order of the legend and of the theme's colours."""


def stacked(category: str, value: str, part: str, parts: Sequence[str], titles: tuple[str, str]) -> Spec:
    """Horizontal bars whose parts add up, in the order of the rows and of the parts."""
    return {
        "data": DATA,
        "transform": _in_order(part, parts),
        "height": STEP,
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "y": _category(category, titles[0]),
            "x": {"field": value, "type": "quantitative", "title": titles[1]},
            "color": _parts(part, parts),
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def columns(period: str, value: str, part: str, parts: Sequence[str], titles: tuple[str, str]) -> Spec:
    """Upright bars, one a period, whose parts add up."""
    return {
        "data": DATA,
        "transform": _in_order(part, parts),
        "height": 260,
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "x": _category(period, titles[0]) | {"axis": {"labelAngle": 0, "labelOverlap": True}},
            "y": {"field": value, "type": "quantitative", "title": titles[1]},
            "color": _parts(part, parts),
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def grouped(category: str, value: str, part: str, parts: Sequence[str], titles: tuple[str, str]) -> Spec:
    """Horizontal bars beside each other, a group a category."""
    return {
        "data": DATA,
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "y": _category(category, titles[0]),
            "yOffset": {"field": part, "sort": list(parts)},
            "x": {"field": value, "type": "quantitative", "title": titles[1]},
            "color": _parts(part, parts),
        },
        "height": {"step": 16, "for": "offset"},
    }


def lines(parts: Sequence[str], unit: str, **more: Any) -> Spec:
    """A line a ``part`` of ``value`` over each ``period``, with the ``target`` as a dashed line.

    ``more`` are properties of the axis of values, such as its scale.
    """
    across = _category("period", "") | {"axis": {"labelAngle": 0, "labelOverlap": True}}
    target = {"field": "target", "type": "quantitative", "aggregate": "max", "title": unit}
    value = {"field": "value", "type": "quantitative", "title": unit, **more}
    part = _parts("part", parts) | ({"legend": None} if len(parts) == 1 else {})
    return {
        "data": DATA,
        "height": 260,
        "encoding": {"x": across},
        "layer": [
            {
                "mark": {"type": "line", "strokeDash": [6, 4], "strokeWidth": 1.5, "color": "#8a8f96"},
                "encoding": {"y": target},
            },
            {
                "mark": {
                    "type": "line",
                    "point": True,
                    "tooltip": True,
                    "invalid": "break-paths-show-domains",
                },
                "encoding": {"y": value, "color": part},
            },
        ],
    }


def pyramid(category: str, value: str, side: str, sides: tuple[str, str], titles: tuple[str, str]) -> Spec:
    """Two sides of bars from a common middle, the first to the left."""
    left = f"datum[{json.dumps(side)}] === {json.dumps(sides[0])}"
    signed = f"{left} ? -datum[{json.dumps(value)}] : datum[{json.dumps(value)}]"
    return {
        "data": DATA,
        "transform": [{"calculate": signed, "as": "signed"}],
        "height": {"step": 34},
        "mark": {"type": "bar"},
        "encoding": {
            "y": _category(category, titles[0]),
            "x": {
                "field": "signed",
                "type": "quantitative",
                "title": titles[1],
                "axis": {"labelExpr": "format(abs(datum.value), ',')"},
            },
            "color": _parts(side, sides),
            "tooltip": [
                {"field": category, "title": titles[0]},
                {"field": side, "title": ""},
                {"field": value, "type": "quantitative", "format": ",", "title": titles[1]},
            ],
        },
    }


def matrix(across: str, down: str, value: str, titles: tuple[str, str, str], *, share: bool = False) -> Spec:
    """Cells shaded by a value, each with the value in it, or a dash where there is none to show.

    Shares are shaded from nothing to all; other values from nothing to the highest.
    """
    scale: dict[str, Any] = {"scheme": "blues"} | (PERCENT if share else {"domainMin": 0})
    known = f"isValid(datum[{json.dumps(value)}])"
    dark = f"datum[{json.dumps(value)}] > {55 if share else 'datum.middle'}"
    return {
        "data": DATA,
        "transform": [
            {"joinaggregate": [{"op": "max", "field": value, "as": "highest"}]},
            {"calculate": "0.55 * datum.highest", "as": "middle"},
            {"calculate": f"{known} ? format(datum[{json.dumps(value)}], ',.0f') : '–'", "as": "shown"},
        ],
        "height": {"step": 34},
        "encoding": {
            "x": _category(across, titles[0])
            | {"axis": {"orient": "top", "labelAngle": -50, "labelLimit": 130}},
            "y": _category(down, titles[1]),
        },
        "layer": [
            {
                "mark": {"type": "rect", "tooltip": True},
                "encoding": {
                    "color": {"field": value, "type": "quantitative", "title": titles[2], "scale": scale}
                },
            },
            {
                "mark": {"type": "text", "fontSize": 12},
                "encoding": {
                    "text": {"field": "shown", "type": "nominal"},
                    "color": {
                        "condition": [
                            {"test": dark, "value": "#ffffff"},
                            {"test": known, "value": "#1b1d20"},
                        ],
                        "value": "#8a8f96",
                    },
                },
            },
        ],
    }


def dots_against(category: str, actual: str, target: str, title: str) -> Spec:
    """What was reached as a dot, what was aimed at as a mark: for values far from nothing."""
    return {
        "data": DATA,
        "height": STEP,
        "encoding": {"y": _category(category, "")},
        "layer": [
            {
                "mark": {"type": "point", "size": 110, "filled": True, "tooltip": True},
                "encoding": {
                    "x": {
                        "field": actual,
                        "type": "quantitative",
                        "title": title,
                        "scale": {"zero": False, "nice": True},
                    }
                },
            },
            {
                "mark": {"type": "tick", "thickness": 3, "size": 18, "tooltip": True},
                "encoding": {"x": {"field": target, "type": "quantitative", "title": None}},
            },
        ],
    }


def bullets(
    category: str, actual: str, target: str, title: str, judged: Judged | None = None, **more: Any
) -> Spec:
    """What was reached as a bar, what was aimed at as a mark across it.

    Judged by a status, a bar has the colour and its category the shape of the status. ``more`` are properties
    of the axis of values, such as its scale.
    """
    down = _category(category, "")
    bar: Spec = {"x": {"field": actual, "type": "quantitative", "title": title, **more}}
    aimed: Spec = {"x": {"field": target, "type": "quantitative", "title": title}}
    spec: Spec = {"data": DATA, "height": STEP}
    tooltip = [
        {"field": category, "type": "nominal", "title": ""},
        {"field": actual, "type": "quantitative", "title": title, "format": ",.2~f"},
    ]
    if judged is not None:
        shapes = json.dumps(judged.shapes, ensure_ascii=False)
        shape = f"({shapes}[datum[{json.dumps(judged.field)}]] || '{WITHHELD}')"
        shaped = f"{shape} + ' ' + datum[{json.dumps(category)}]"
        spec["transform"] = [{"calculate": shaped, "as": "shaped"}]
        down["field"] = "shaped"
        scale = {"domain": list(judged.shapes), "range": "status"}
        bar["color"] = {
            "field": judged.field,
            "type": "nominal",
            "title": None,
            "scale": scale,
            "legend": {"values": list(judged.shapes)[:3]},
        }
        tooltip += [
            {"field": target, "type": "quantitative", "title": judged.target_title, "format": ",.2~f"},
            {"field": judged.field, "type": "nominal", "title": judged.title},
        ]
    spec["encoding"] = {"y": down, "tooltip": tooltip}
    spec["layer"] = [{"mark": {"type": "bar", "height": {"band": 0.62}, "invalid": None}, "encoding": bar}]
    if target:
        spec["layer"].append({"mark": {"type": "tick", "thickness": 3, "size": 22}, "encoding": aimed})
    return spec


def _category(name: str, title: str) -> Spec:
    return {"field": name, "type": "nominal", "sort": None, "title": title or None}


def _parts(name: str, parts: Sequence[str]) -> Spec:
    return {"field": name, "type": "nominal", "title": None, "scale": {"domain": list(parts)}}


def _in_order(part: str, parts: Sequence[str]) -> list[Spec]:
    listed = json.dumps(list(parts), ensure_ascii=False)
    return [{"calculate": f"indexof({listed}, datum[{json.dumps(part)}])", "as": "order"}]
