"""Charts that topics share: the figures of an indicator by a dimension, against target or over the years."""

from collections.abc import Sequence
from typing import Any, Final

from orgpulse_pipelines.dashboard.cards import said
from orgpulse_pipelines.dashboard.charts import Chart, Column
from orgpulse_pipelines.dashboard.topics.figures import newest
from orgpulse_pipelines.dashboard.topics.sentences import Name, against_target, from_to, no_data, withheld
from orgpulse_pipelines.dashboard.topics.specs import PERCENT, Judged, bullets, lines
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.indicators.figures import Figure

SHAPES: Final = {"on_target": "●", "near": "▲", "off_target": "▼", "no_target": "–", "no_data": "–"}
"""A shape for each status, as beside the word of it on cards; the first three are in legends."""
MORE_THAN_ALL: Final = 101
"""Share that no part reaches, in percent: some indicators count beyond the whole."""


def reached(
    id_: str, figures: Sequence[Figure], words: Words, *, order: Sequence[str] = (), name: Name | None = None
) -> Chart:
    """The newest year's figures against their target, in an order of members or from the highest down.

    The title says indicator and dimension; a withheld figure has no bar, and its reason in the table.
    """
    shown = newest(figures)
    if not shown:
        return Chart(id_, words.text(figures[0].title) if figures else id_, no_data(words), (), ())
    named = name or names(shown[0].dimension, words)
    rank = {member: at for at, member in enumerate(order)}
    shown.sort(
        key=lambda one: (rank.get(one.member, len(rank)), -(one.value if one.value is not None else -1))
    )
    first = shown[0]
    unit = words.text(first.unit) if first.unit else ""
    down = words.dimension(first.dimension)
    rows = [
        (named(one.member), _shown(one), one.target, one.denominator, judged(one, words)) for one in shown
    ]
    based = first.unit == "%" and any(row[3] is not None for row in rows)
    columns = (
        Column("part", down),
        Column("value", _with_unit(words.text("Value"), unit), first.decimals),
        Column("target", _with_unit(words.text("Target"), unit), first.decimals),
        *((Column("basis", words.text("Out of"), 0),) if based else ()),
        Column("status", words.text("Status")),
    )
    return Chart(
        id_,
        f"{words.text(first.title)} – {down}",
        against_target(shown, named, words),
        columns,
        rows if based else [(*row[:3], row[4]) for row in rows],
        bullets(
            "part",
            "value",
            "target" if any(one.target is not None for one in shown) else "",
            unit,
            judgement(words) if any(one.target is not None for one in shown) else None,
            **_axis(first),
        ),
        withheld(shown, words),
    )


def over_years(
    id_: str, figures: Sequence[Figure], words: Words, title: str, *, order: Sequence[str] = ()
) -> Chart:
    """The figures of every year, a line a member, with the target."""
    if not newest(figures):
        return Chart(id_, title, no_data(words), (), ())
    first = figures[0]
    named = names(first.dimension, words)
    found = {one.member for one in figures}
    members = [*(one for one in order if one in found), *sorted(found - set(order))]
    unit = words.text(first.unit) if first.unit else ""
    rows = [
        (words.period("year", one.period), named(one.member), _shown(one), one.target, judged(one, words))
        for one in figures
    ]
    columns = (
        Column("period", words.text("Period")),
        Column("part", words.dimension(first.dimension)),
        Column("value", _with_unit(words.text("Value"), unit), first.decimals),
        Column("target", _with_unit(words.text("Target"), unit), first.decimals),
        Column("status", words.text("Status")),
    )
    return Chart(
        id_,
        title,
        from_to(figures, words) if len(members) == 1 else against_target(newest(figures), named, words),
        columns,
        rows,
        lines([named(one) for one in members], unit, **_of_years(first)),
        withheld(figures, words),
    )


def names(dimension: str, words: Words) -> Name:
    """What the members of a dimension are called."""
    if dimension == "organisation":
        return lambda _: words.text("Whole organisation")
    return lambda member: words.member(dimension, member)


def judged(figure: Figure, words: Words) -> str:
    """The status in words; of a withheld figure, why."""
    return said(figure, words) if figure.suppressed else words.member("status", figure.status)


def _shown(figure: Figure) -> float | None:
    return None if figure.value is None or figure.suppressed else float(figure.value)


def _with_unit(title: str, unit: str) -> str:
    return f"{title} ({unit})" if unit else title


def judgement(words: Words) -> Judged:
    """How the column ``status`` says whether a row reaches its target."""
    shapes = {words.member("status", status): shape for status, shape in SHAPES.items()}
    return Judged("status", words.text("Status"), words.text("Target"), shapes)


def _axis(figure: Figure) -> dict[str, Any]:
    """Shares from nothing to all, unless their target lies beyond; money in thousands and millions."""
    if figure.unit == "%" and (figure.target or 0) < MORE_THAN_ALL:
        return {"scale": PERCENT}
    return _money(figure)


def _of_years(figure: Figure) -> dict[str, Any]:
    """A share may vary within a narrow band; an amount is seen against nothing."""
    return {"scale": {"zero": False}} if figure.unit == "%" else _money(figure)


def _money(figure: Figure) -> dict[str, Any]:
    return {"axis": {"format": ".3~s"}} if figure.unit == "USD" else {}
