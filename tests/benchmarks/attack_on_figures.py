"""How much does a reader with a solver recover of what is suppressed, and how much is left to show?

    .venv/bin/python tests/benchmarks/attack_on_figures.py --help

Computes all figures of a warehouse, such as that of `make demo`, suppresses them for internal readers and for
the public, and attacks both with everything that each of them is shown: the equations of
`tests/plugins/disclosure_attack.py` and linear programming (HiGHS). Prints figures about people, how many are
hidden, how many numbers were attacked and recovered, and the processor seconds that suppression takes.
Leaves 1 where anything was recovered.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins"))

from disclosure_attack import Reader

from orgpulse_pipelines.indicators.audiences import Audience, Audiences
from orgpulse_pipelines.indicators.calendar import PLACE
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.evaluation import CELL, evaluate
from orgpulse_pipelines.indicators.suppression import suppressed_figures
from orgpulse_platform.cli.console import results
from orgpulse_platform.settings import load_settings

AUDIENCES: tuple[Audience, ...] = ("internal", "public")
Row = dict[str, Any]


def main() -> None:
    """Compute, suppress, attack, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--warehouse", type=Path, default=load_settings().folder.warehouse)
    parser.add_argument("--attack-only", choices=AUDIENCES, help="attack what this audience is shown")
    parser.add_argument("--every", type=int, default=1, help="attack each n-th figure alone")
    parser.add_argument("--without-attack", action="store_true", help="only suppress")
    chosen = parser.parse_args()
    definitions = tuple(one for one in load_definitions() if one.small_number)
    limits = Audiences.of(load_settings().warehouse)
    by_version = {(one.id, one.version): one for one in definitions}
    exposed = 0
    with copied(chosen.warehouse) as connection:
        evaluate(connection, definitions)
        truth, offices = read(connection)
        hidden = set[int]()
        for audience in AUDIENCES:
            started = time.process_time()
            hidden = suppressed_figures(connection, definitions, limits[audience], withheld=hidden)
            seconds = time.process_time() - started
            share = len(hidden) / len(truth)
            results.print(
                f"{audience:8}  {len(truth):,} figures about people, {len(hidden):,} hidden ({share:.1%}), "
                f"{seconds:.1f} s of processor time"
            )
            if not chosen.without_attack and chosen.attack_only in (None, audience):
                reader = Reader(by_version, shown(truth, hidden), offices)
                exposed += attack(reader, truth[:: chosen.every], limits[audience].people)
    sys.exit(exposed > 0)


@contextmanager
def copied(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the warehouse, since measures leave their values in it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(warehouse, folder)
        with duckdb.connect(copy) as connection:
            yield connection


def read(connection: duckdb.DuckDBPyConnection) -> tuple[list[Row], dict[tuple[str, str], tuple[str, str]]]:
    """All figures as they are, and the region and regional office of each office by year."""
    cursor = connection.execute(f"select *, label as period, false as suppressed from {CELL}")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row["day_before"] = row["period_start"] - timedelta(days=1)
    places = connection.execute(
        "select year(month_start)::varchar, office, coalesce(region, 'unknown'), "
        f"coalesce(regional_office, 'unknown') from {PLACE} group by all"
    ).fetchall()
    levels: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for year, office, *above in places:
        levels.setdefault((year, office), set()).add((above[0], above[1]))
    # An office that moved within a year adds up to no region of that year.
    return rows, {key: one.pop() for key, one in levels.items() if len(one) == 1}


def shown(truth: list[Row], hidden: set[int]) -> list[Row]:
    """The figures as an audience is shown them."""
    withheld = {"suppressed": True, "numerator": None, "denominator": None}
    return [row | withheld if row["cell_id"] in hidden else row for row in truth]


def attack(reader: Reader, targets: list[Row], threshold: int) -> int:
    """Attack the small numbers of some figures; how many were narrowed down too far."""
    started = time.process_time()
    found = list(reader.attack(targets, threshold))
    exposed = [one for one in found if one.is_exposed]
    exact = sum(one.lower == one.upper for one in exposed)
    results.print(
        f"          {len(found):,} small numbers attacked, {len(exposed):,} narrowed down to fewer than "
        f"{threshold} possible numbers, {exact:,} to the very number; "
        f"{time.process_time() - started:.0f} s of processor time"
    )
    for one in exposed[:10]:
        results.print(f"          {one.key}: {one.lower:g} to {one.upper:g}")
    return len(exposed)


if __name__ == "__main__":
    main()
