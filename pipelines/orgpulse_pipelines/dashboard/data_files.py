"""The figures that readers filter, as small scripts that a page loads when it needs them.

Twice the same figures, for two ways of asking: a file a slice holds every indicator of it (what cards show),
a file an indicator holds every slice of it (what comparisons show). Both grow with indicators, periods and
offices, never with events. A file calls ``orgpulse.load``: a page opened from a folder may load scripts, but
may not fetch.

A row of figures is ``[first, values, statuses, target, baseline]``: the ordinal of its first period among all
periods of the kind, the values (nothing where there is none to show), one letter of :data:`LETTERS` for each,
and target and baseline, or a list of them where they change.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, TypeAlias

import duckdb

from orgpulse_pipelines.dashboard.read import Content

LETTERS: Final = {
    "on_target": "o",
    "near": "n",
    "off_target": "f",
    "no_target": "t",
    "no_data": "-",
    "suppressed": "s",
}
"""How a status is written."""

Row: TypeAlias = list[Any]
Part: TypeAlias = dict[str, Row]
"""A row by kind of period."""

_QUERY: Final = """
    select
      value.indicator_id, value.dimension, value.member, value.grain, value.period,
      if(value.suppressed, null, round(value.value::double, definition.decimals + 2)) as value,
      value.status,
      value.target::double as target,
      value.baseline::double as baseline
    from indicators.value as value
    join indicators.definition as definition using (indicator_id, version)
    order by value.indicator_id, value.dimension, value.member, value.grain
"""


def write_data(connection: duckdb.DuckDBPyConnection, content: Content, folder: Path) -> None:
    """Write ``slice/*.js`` and ``indicator/*.js``."""
    by_slice, by_indicator = _figures(connection, content)
    _write_all(folder / "slice", "slice", by_slice)
    _write_all(folder / "indicator", "indicator", by_indicator)


_Files: TypeAlias = dict[str, dict[str, Part]]


def _figures(connection: duckdb.DuckDBPyConnection, content: Content) -> tuple[_Files, _Files]:
    ordinals = {
        (grain, period.label): ordinal
        for grain, periods in content.periods.items()
        for ordinal, period in enumerate(periods)
    }
    keys = {(one.dimension, one.member): str(one.key) for one in content.slices}
    found = connection.execute(_QUERY)
    figures = chain.from_iterable(iter(lambda: found.fetchmany(50_000), []))
    by_slice: _Files = defaultdict(dict)
    by_indicator: _Files = defaultdict(dict)
    for (indicator, dimension, member, grain), of_part in groupby(figures, key=itemgetter(0, 1, 2, 3)):
        key = keys[dimension, member]
        row = _row(
            (ordinals[grain, period], value, LETTERS[status], target, baseline)
            for *_, period, value, status, target, baseline in of_part
        )
        by_slice[key].setdefault(indicator, {})[grain] = row
        by_indicator[indicator].setdefault(key, {})[grain] = row
    return by_slice, by_indicator


def _row(points: Iterable[tuple[int, float | None, str, float | None, float | None]]) -> Row:
    """The points as one row, with the periods between them that have no figure."""
    by_ordinal = {point[0]: point for point in points}
    first, last = min(by_ordinal), max(by_ordinal)
    nothing = (None, LETTERS["no_data"], None, None)
    filled = [by_ordinal[at][1:] if at in by_ordinal else nothing for at in range(first, last + 1)]
    values, letters, targets, baselines = zip(*filled, strict=True)
    return [first, [_short(value) for value in values], "".join(letters), _once(targets), _once(baselines)]


def _once(values: Sequence[float | None]) -> float | int | list[float | int | None] | None:
    """The value that all periods have in common, or else a list."""
    return _short(values[0]) if len(set(values)) == 1 else [_short(value) for value in values]


def _short(value: float | None) -> float | int | None:
    """The number without ``.0``: half of the figures count something."""
    return int(value) if value is not None and value.is_integer() else value


def _write_all(folder: Path, kind: str, files: _Files) -> None:
    folder.mkdir(parents=True)
    for name, document in files.items():
        write_script(folder / f"{name}.js", kind, name, document)


def write_script(path: Path, kind: str, name: str, document: Any) -> None:
    """Write data as a script that hands it over under its kind and name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # In JSON only these two could end a line of a script; nothing here is written into HTML.
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    path.write_text(f"orgpulse.load({json.dumps(kind)},{json.dumps(name)},{text});\n", encoding="utf-8")
