"""How much time and memory does a build of a given number of events take, whole and after a few new events?

    .venv/bin/python tests/benchmarks/build_scale.py [--events 1000000] [--json FILE] [--folder FOLDER]
        [--simulated FOLDER]

Simulates an organisation, protects its events, and lands them as often as it takes, without a broker: every
copy has other people, projects and cases in the same offices. ``--simulated`` names a folder in which the
simulation is kept for the next time. Then it builds, each time in a process of its own:

- everything, without what is held back for later
- nothing new
- about 10,000 new events of all families, whatever the history
- one new event in a hundred, of all families
- everything again, from landing; every table must hold the same rows as after the build before

The floor is DuckDB reading the landed rows from Parquet. Prints seconds of the processor (those of a clock
tell what else a machine does), and the peak of resident memory.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins"))

from simulated_events import land_simulated

from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.requests import landing_of, request
from orgpulse_pipelines.warehouse.versions import forget_built, grow
from orgpulse_platform.cli.console import people, print_json, results
from orgpulse_platform.settings import Settings, load_settings
from orgpulse_schemas.contract import About
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.registry import all_contracts, all_families

SIMULATED = 200_000
"""About how many events a simulation of scale 1.0 has: the organisation as it is."""
ARRIVED_MS = int(time.time() * 1000)
HELD_BACK = {"10,000 new": lambda events: min(0.01, 10_000 / events), "1 % new": lambda _: 0.01}
"""What comes later, as a share of so many events, by name of the build that finds it."""
REFERENCE = "reference"
"""Family of what all copies share."""
MEGABYTE = 1_000_000


def main() -> None:
    """Prepare, build four times, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--simulated", type=Path)
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.build:
        print_json(build())
        return
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        document = measure(Path(folder), chosen.events, chosen.simulated)
    if chosen.json:
        chosen.json.write_text(json.dumps(document, indent=2))
    show(document)


def measure(folder: Path, events: int, simulated: Path | None) -> dict[str, Any]:
    """Everything that is printed."""
    settings = Settings(state=folder / "state")
    landed = prepare(settings, folder, events, simulated)
    people.print(f"{landed:,} events landed")
    found: dict[str, Any] = {"events": landed, "floor": floor(folder), "builds": []}

    def built(name: str, new: int = 0) -> None:
        one = {"id": name, "new": new} | in_process_of_its_own(settings)
        people.print(f"{name}: {one['processor_seconds']} s of the processor, {one['peak_mb']:,} MB")
        found["builds"].append(one)

    built("everything")
    built("nothing new")
    for name in HELD_BACK:
        built(name, land_late(settings, folder, name))
    before = fingerprints(settings)
    ask_for_everything(settings)
    built("everything again")
    found["different"] = sorted(
        name for name, fingerprint in fingerprints(settings).items() if before.get(name) != fingerprint
    )
    return found


def prepare(settings: Settings, folder: Path, events: int, simulated: Path | None) -> int:
    """Land the events, put some aside, and write all as Parquet; how many were landed."""
    one = Settings(state=simulated / "state") if simulated else settings
    if not one.folder.warehouse.exists():
        with open_warehouse(one) as connection:
            land_simulated(connection, one, min(1.0, events / SIMULATED), arrived_ms=ARRIVED_MS)
    if simulated:
        shutil.copytree(one.folder.root, settings.folder.root)
    with open_warehouse(settings) as connection:
        copy(connection, max(1, round(events / SIMULATED)))
        landed = 0
        for about in all_contracts().values():
            table = f"landing.{about.name}"
            landed += number(connection, f"select count(*) from {table}")
            connection.execute(f"copy {table} to '{folder}/{about.name}.all.parquet'")
            begins = 0.0
            for name, share in HELD_BACK.items():
                ends = begins + share(events)
                late = f"hash(event_id) % 1_000_000 between {begins * 1e6} and {ends * 1e6 - 1}"
                connection.execute(f"copy (from {table} where {late}) to '{late_file(folder, about, name)}'")
                connection.execute(f"delete from {table} where {late}")
                begins = ends
    return landed


def late_file(folder: Path, about: About, name: str) -> Path:
    """Where the events of a contract wait for a build."""
    return folder / f"{about.name}.{list(HELD_BACK).index(name)}.parquet"


def copy(connection: duckdb.DuckDBPyConnection, copies: int) -> None:
    """Land everything but reference data again and again, under other identities."""
    shared = {
        field.name
        for about in all_families()[REFERENCE].contracts.values()
        for field in protected_fields(about)
    }
    for about in all_contracts().values():
        if about.family != REFERENCE:
            connection.execute(copied(about, shared), [copies])


def copied(about: About, shared: set[str]) -> str:
    """The statement that lands a contract's events as often as asked."""
    own = [
        f"{field.name} || '-' || copy as {field.name}"
        for field in protected_fields(about)
        if field.name.endswith("_id") and field.name not in shared
    ]
    changed = [
        "md5(event_id::varchar || copy)::uuid as event_id",
        "replace(origin, '@', lpad(copy::varchar, 4, '0') || '@') as origin",
        '"offset" + copy * 100_000_000 as "offset"',
        *own,
    ]
    return (
        f"insert into landing.{about.name} select landed.* replace ({', '.join(changed)}) "
        f"from landing.{about.name} as landed, range(1, ?) as copies (copy)"
    )


def land_late(settings: Settings, folder: Path, name: str) -> int:
    """Land what was put aside for a build, as one load a family; how many events it is."""
    with open_warehouse(settings) as connection:
        late = 0
        for family in all_families().values():
            batch_id = number(connection, "select max(batch_id) + 1 from landing.batches")
            rows = 0
            for about in family.contracts.values():
                rows += number(
                    connection,
                    f"insert into landing.{about.name} select * replace ({batch_id} as batch_id) "
                    f"from '{late_file(folder, about, name)}'",
                )
            connection.execute(
                "insert into landing.batches values (?, ?, now(), ?)", [batch_id, family.name, rows]
            )
            grow(connection, landing_of(family.name))
            late += rows
    return late


def ask_for_everything(settings: Settings) -> None:
    """Let the next build make every table anew."""
    with open_warehouse(settings) as connection:
        built = connection.execute("select table_name from meta.table_version").fetchall()
        names = [name for (name,) in built]
        request(connection, [name for name in names if name.startswith("staging.")])
        forget_built(connection, names)


def fingerprints(settings: Settings) -> dict[str, tuple[Any, ...]]:
    """Rows, and sum of their hashes, of every table that events are kept or told in."""
    with open_warehouse(settings) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where schema_name in ('staging', 'core', 'marts', 'indicators')"
        ).fetchall()
        return {
            table: connection.execute(
                f"select count(*), sum(hash(rows)) from {table} as rows"
            ).fetchone() or ()
            for (table,) in tables
        }  # fmt: skip


def floor(folder: Path) -> dict[str, Any]:
    """How long DuckDB reads every column of the same rows from Parquet."""
    with duckdb.connect(config={"threads": load_settings().warehouse.threads}) as connection:
        started = time.process_time()
        for path in sorted(folder.glob("*.all.parquet")):
            connection.execute(f"select sum(hash(rows)) from '{path}' as rows").fetchone()
        seconds = time.process_time() - started
    size = sum(path.stat().st_size for path in folder.glob("*.all.parquet"))
    return {"processor_seconds": round(seconds, 2), "parquet_mb": round(size / MEGABYTE)}


def in_process_of_its_own(settings: Settings) -> dict[str, Any]:
    """One build, so that its peak of memory is its own."""
    environment = {**os.environ, "ORGPULSE_STATE": str(settings.folder.root)}
    finished = subprocess.run(
        [sys.executable, __file__, "--build"], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def build() -> dict[str, Any]:
    """The job without its first layer; seconds by layer, and the peak of this process."""
    import dagster as dg  # noqa: PLC0415 - in the process of a build only

    from orgpulse_pipelines.definitions import defs  # noqa: PLC0415
    from orgpulse_pipelines.runs.home import open_instance  # noqa: PLC0415

    job = defs.resolve_job_def("build")
    landed = {landing_of(family) for family in all_families()}
    kept = [key for key in job.asset_layer.executable_asset_keys if ".".join(key.path) not in landed]
    steps: dict[str, float] = {}
    begun: dict[str, float] = {}

    def follow(entry: dg.EventLogEntry) -> None:
        event = entry.dagster_event
        step = (event and event.step_key) or ""
        if event and event.event_type is dg.DagsterEventType.STEP_START:
            begun[step] = time.process_time()
        elif event and event.event_type is dg.DagsterEventType.STEP_SUCCESS:
            steps[step] = time.process_time() - begun[step]

    with open_instance(load_settings()) as instance:
        run_id = str(uuid.uuid4())
        instance.add_event_listener(run_id, follow)
        started = time.monotonic()
        job.execute_in_process(
            instance=instance,
            run_id=run_id,
            asset_selection=kept,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
        whole = time.monotonic() - started
    layers: dict[str, float] = defaultdict(float)
    for step, spent in steps.items():
        layers[step.partition("__")[0]] += spent
    return {
        "seconds": round(whole, 1),
        "processor_seconds": round(time.process_time(), 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE),
        "by_layer": {layer: round(spent, 1) for layer, spent in sorted(layers.items())},
        "longest": {step: round(steps[step], 1) for step in sorted(steps, key=steps.__getitem__)[:-16:-1]},
    }


def number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """The one number of a query, or of the rows that a statement changed."""
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def show(document: dict[str, Any]) -> None:
    """The figures as a table."""
    least = max(document["floor"]["processor_seconds"], 0.1)
    results.print(f"{document['events']:,} events")
    results.print(f"floor: {least:.1f} s to read them from {document['floor']['parquet_mb']} MB")
    for one in document["builds"]:
        layers = ", ".join(f"{layer} {seconds:.1f}" for layer, seconds in one["by_layer"].items())
        results.print(
            f"{one['id']:17} {one['new'] or '':9} {one['processor_seconds']:7.1f} s  {one['peak_mb']:6,} MB  "
            f"{one['processor_seconds'] / least:6.1f} times the floor  ({layers})"
        )
    different = document["different"]
    results.print("made anew: every row the same" if not different else f"made anew: differ {different}")


if __name__ == "__main__":
    main()
