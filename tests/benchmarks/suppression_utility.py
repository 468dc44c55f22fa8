"""How many cells does the suppression keep, beside tau-ARGUS on the same tables?

    .venv/bin/python tests/benchmarks/suppression_utility.py [--warehouse FILE] [--peer PYTHON]

The tables are real: people by region and quarter, with both totals, for every year of indicators that
count people who come and go. The peer is tau-ARGUS, optimal suppression by a linear program with its rule of
frequency, from the package `pytauargus`, in an environment of its own whose Python is given. The floor hides
every row with a small number, and never one row alone: it asks of no sum how many people it hides. Prints the
share of cells that each keeps, totals included, and the seconds that it takes.
"""

import argparse
import json
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import duckdb
from attack_on_figures import copied

from orgpulse_pipelines.indicators.adding_up import Calendar, Counted, Place, Shown
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.disclosure import suppress
from orgpulse_pipelines.indicators.evaluation import CELL, evaluate
from orgpulse_pipelines.indicators.measuring import ORGANISATION
from orgpulse_platform.cli.console import results
from orgpulse_platform.settings import load_settings

INDICATORS = ("staff_appointed", "roster_deployments", "breaches_detected", "conduct_matters_opened")
THRESHOLD = 5
Table = dict[str, dict[str, int]]
"""People by region and label of the quarter."""
_PEER = """
import contextlib, csv, json, os, sys, tempfile, time
from pytauargus import protect
kept, started = 0, time.monotonic()
for table in json.load(sys.stdin):
    rows = [
        {"region": region, "quarter": quarter, "people": 1}
        for region, quarters in table.items() for quarter, people in quarters.items() for _ in range(people)
    ]
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        found = protect(rows, ["region", "quarter"], "people", "FREQ(5,30)", "OPT(1)", workdir=folder)
        with open(found.tables[0].path) as written:
            cells = [row for row in csv.reader(written, delimiter=";") if len(row) > 5]
    hidden = sum(row[5] not in ("S", "E") for row in cells)
    kept += (len(table) + 1) * (len(next(iter(table.values()))) + 1) - hidden
print("\\n" + json.dumps({"kept": kept, "seconds": time.monotonic() - started}))
"""
"""Counts what is safe or empty; it prints its progress where nobody reads it."""


def main() -> None:
    """Read the tables, suppress them in each way, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--warehouse", type=Path, default=load_settings().folder.warehouse)
    parser.add_argument("--peer", help="Python of an environment with pytauargus")
    chosen = parser.parse_args()
    with copied(chosen.warehouse) as connection:
        tables, calendar = read(connection)
    results.print(f"{len(tables)} tables of regions and quarters, small numbers below {THRESHOLD}")
    started = time.monotonic()
    kept = [ours(table, calendar) for table in tables]
    show("by exchange", tables, sum(kept), time.monotonic() - started)
    show("whole rows", tables, sum(map(rows_alone, tables)), 0)
    if chosen.peer:
        with tempfile.TemporaryDirectory() as folder:  # its solver leaves files where it runs
            done = subprocess.run(
                [chosen.peer, "-c", _PEER],
                input=json.dumps(tables),
                capture_output=True,
                text=True,
                check=True,
                cwd=folder,
            )
        found = json.loads(done.stdout.splitlines()[-1])
        show("tau-ARGUS", tables, found["kept"], found["seconds"])


def read(connection: duckdb.DuckDBPyConnection) -> tuple[list[Table], Calendar]:
    """People by region and quarter of each year, before suppression."""
    evaluate(connection, tuple(one for one in load_definitions() if one.id in INDICATORS))
    tables: dict[tuple[str, str], Table] = defaultdict(lambda: defaultdict(dict))
    rows = connection.execute(
        f"select indicator_id, label, member, numerator::integer from {CELL} "
        "where dimension = 'region' and grain = 'quarter' order by all"
    ).fetchall()
    for indicator, label, region, people in rows:
        tables[indicator, label[:4]][region][label] = people
    return [dict(table) for table in tables.values()], Calendar(connection)


def ours(table: Table, calendar: Calendar) -> int:
    """Cells that the suppression by exchange keeps."""
    shown = {("region", region): quarters for region, quarters in table.items()}
    labels = sorted({label for quarters in table.values() for label in quarters})
    shown[ORGANISATION] = {label: sum(row.get(label, 0) for row in table.values()) for label in labels}
    whole = {place: quarters | {labels[0][:4]: sum(quarters.values())} for place, quarters in shown.items()}
    figures: dict[Place, Shown] = {
        place: {label: (float(people),) for label, people in row.items()} for place, row in whole.items()
    }
    small = frozenset(
        (place, label)
        for place, row in figures.items()
        for label, (people,) in row.items()
        if 0 < people < THRESHOLD
    )
    counted = Counted("table", flows=True, split=False, minimum=THRESHOLD, shown=figures, small=small)
    calendar.count(counted)
    suppress(counted.cells, counted.sums, counted.crossings)
    return sum(not cell.hidden for cell in counted.at.values())


def rows_alone(table: Table) -> int:
    """Cells that are kept where every row with a small number is hidden whole, and never one row alone."""
    few = {region for region, row in table.items() if any(0 < people < THRESHOLD for people in row.values())}
    hidden = len(few) if len(few) != 1 else 2
    return cells_of(table) - hidden * (len(next(iter(table.values()))) + 1)


def cells_of(table: Table) -> int:
    """Cells of a table, totals included."""
    return (len(table) + 1) * (len(next(iter(table.values()))) + 1)


def show(name: str, tables: list[Table], kept: int, seconds: float) -> None:
    """One line of the result."""
    cells = sum(map(cells_of, tables))
    results.print(f"{name:12} keeps {kept / cells:6.1%} of {cells:,} cells  {seconds:7.2f} s")


if __name__ == "__main__":
    main()
