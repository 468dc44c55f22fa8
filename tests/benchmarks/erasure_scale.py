"""How long does it take to find and to erase a person among a given number of events, and is it complete?

    .venv/bin/python tests/benchmarks/erasure_scale.py [--events 1000000] [--landed-only] [--json FILE]
        [--folder FOLDER]

Lands and builds an organisation as `build_scale.py` does, without a broker, then takes the person with the
most completed courses and measures, each step in this process:

- find: every table that the index names
- unlink: every table in one transaction, and a search through all text columns, whatever the index says
- rewrite: the warehouse's file without the blocks that held the pseudonyms
- build: everything that is made of the changed tables, and a publication

Complete means: no row, no text column and no byte of the files names the person, and every figure is the
same as before. Prints seconds. With ``--landed-only`` nothing is built: the tables of landing alone.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import duckdb

sys.path.insert(0, str(Path(__file__).parent))

from build_scale import in_process_of_its_own, prepare

from orgpulse_pipelines.subjects.index import identifier_columns
from orgpulse_pipelines.subjects.publications import find_in_publications
from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_pipelines.subjects.tables import rows_by_table, sweep, unlink
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.rewrite import rewrite_warehouse
from orgpulse_platform.cli.console import people, results
from orgpulse_platform.settings import Settings

Answer = TypeVar("Answer")
MEGABYTE = 1_000_000
FIGURES = (
    "select count(*), sum(hash(figure)) from (select * exclude (publication_id) from indicators.value) figure"
)


def main() -> None:
    """Prepare, erase, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--landed-only", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        document = measure(Path(folder), chosen.events, build=not chosen.landed_only)
    if chosen.json:
        chosen.json.write_text(json.dumps(document, indent=2))
    show(document)


def measure(folder: Path, events: int, *, build: bool) -> dict[str, Any]:
    """Everything that is printed."""
    settings = Settings(state=folder / "state")
    found: dict[str, Any] = {"events": prepare(settings, folder, events)}
    for leftover in folder.glob("*.parquet"):
        leftover.unlink()
    people.print(f"{found['events']:,} events landed")
    if build:
        found["first build"] = in_process_of_its_own(settings)["seconds"]
    with open_warehouse(settings) as connection:
        subject = busiest(connection)
        figures = connection.execute(FIGURES).fetchone() if build else None
        columns, _ = timed(lambda: identifier_columns(connection))
        rows, found["find"] = timed(lambda: rows_by_table(connection, subject, columns))
        found |= {"tables": len(rows), "rows": sum(rows.values()), "columns in the index": len(columns)}
        _, found["unlink"] = timed(lambda: unlink(connection, subject, columns))
        left, found["search of all text"] = timed(lambda: sweep(connection, subject, "warehouse"))
        found["rows left"] = sum(rows_by_table(connection, subject, columns).values()) + sum(left.values())
        found["size before, MB"] = settings.folder.warehouse.stat().st_size // MEGABYTE
    _, found["rewrite"] = timed(lambda: rewrite_warehouse(settings))
    found["size after, MB"] = settings.folder.warehouse.stat().st_size // MEGABYTE
    publications, found["search of publications"] = timed(
        lambda: list(find_in_publications(settings, subject))
    )
    found["publications that hold the person"] = len(publications)
    found["files whose bytes hold a pseudonym"] = sum(
        subject.under_pseudonym_in(path.read_bytes()) for path in folder.rglob("*") if path.is_file()
    )
    if not build:
        return found
    found["build afterwards"] = in_process_of_its_own(settings)["seconds"]
    with open_warehouse(settings) as connection:
        found["every figure as before"] = connection.execute(FIGURES).fetchone() == figures
    return found


def busiest(connection: duckdb.DuckDBPyConnection) -> Subject:
    """A person with many rows of training, known by the pseudonym alone.

    Of the longest ones, as a copy's people are called after the first ones: these would be found in them.
    """
    row = connection.execute(
        "select personnel_id from landing.training_completion_recorded_v1 "
        "group by personnel_id order by length(personnel_id) desc, count(*) desc, personnel_id limit 1"
    ).fetchone()
    assert row is not None
    return Subject("nobody-by-this-number", frozenset(row))


def timed(step: Callable[[], Answer]) -> tuple[Answer, float]:
    """What a step gives, and how many seconds it took."""
    began = time.monotonic()
    answer = step()
    return answer, round(time.monotonic() - began, 1)


def show(document: dict[str, Any]) -> None:
    """One line a figure; steps are in seconds."""
    for name, value in document.items():
        results.print(f"{name}: {value:,}" if not isinstance(value, bool) else f"{name}: {value}")


if __name__ == "__main__":
    main()
