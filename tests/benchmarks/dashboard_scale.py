"""How long does the dashboard take to build, how big is it, and how soon can a reader use it?

    .venv/bin/python tests/benchmarks/dashboard_scale.py [--years 5] [--units 300] [--indicators 100]
        [--json FILE]

States a publication in which every indicator has a figure for every unit, region, month, quarter, year and
year to date, more than any real one, where many indicators know no offices. Builds the pages of its
indicators, and prints

- processor time and peak of memory of the build, files and bytes on disk, and the same after a hundred times
  as many events
- compressed bytes of the first view, of a page of a source system and of an indicator, with all they load
- milliseconds until a reader can use these pages in Chromium, from opening a file to the first answer of the
  filter, and for an indicator until its trend is drawn; the median of five new browsers

The floor of the last is the same page without scripts.
"""

import argparse
import gzip
import json
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins"))

from chromium import MISSING, executable
from small_dashboard import definition, publication

from orgpulse_pipelines.dashboard import site as making
from orgpulse_pipelines.dashboard.site import build_site
from orgpulse_platform.cli.console import people, results
from orgpulse_platform.state import StateFolder
from orgpulse_schemas.systems import SYSTEMS

FIRST_YEAR = 2015
REGIONS = ("africa", "americas", "asia", "europe", "oceania")
TIMES = 5
MEGABYTE = 1_000_000
_READY = """
  const watch = (name, selector, full) => new MutationObserver((_, observer) => {
    const found = document.querySelector(selector);
    if (found && (!full || found.textContent)) { window[name] = performance.now(); observer.disconnect(); }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  watch("usable", "#said", true);
  watch("drawn", "#trend[data-drawn]", false);
"""
_FIGURES = """
    insert into indicators.value by name
    with months as (
      select unnest(generate_series($first::date, $last::date, interval 1 month))::date as day
    ),
    period as (
      select
        'month' as grain, strftime(day, '%Y-%m') as period, day as period_start, last_day(day) as period_end
      from months
      union all
      select 'year_to_date', strftime(day, '%Y-%m YTD'), date_trunc('year', day)::date, last_day(day)
      from months
      union all
      select 'quarter', year(day) || '-Q' || quarter(day), day, last_day(day + interval 2 months)
      from months
      where month(day) % 3 = 1
      union all
      select 'year', year(day)::varchar, day, last_day(day + interval 11 months)
      from months
      where month(day) = 1
    ),
    slice as (
      select 'organisation' as dimension, 'all' as member
      union all
      select 'region', unnest($regions)
      union all
      select 'office', unnest($units)
    )
    select
      indicator_id, version, period.*, period_end as as_of, slice.*, '%' as unit, 95 as target,
      (hash(indicator_id, member, period) % 1000) / 10 as value,
      ['on_target', 'near', 'off_target'][(hash(member, period) % 3)::bigint + 1] as status,
      'none' as suppression, false as suppressed
    from indicators.definition, slice, period
    where hash(member, period, indicator_id) % 4 > 0 or dimension = 'organisation'
    union all
    select
      indicator_id, version, period.*, period_end, slice.*, '%', 95, null, 'suppressed', 'suppressed', true
    from indicators.definition, slice, period
    where hash(member, period, indicator_id) % 4 = 0 and dimension <> 'organisation'
"""
"""One figure in four of units and regions is suppressed."""


def main() -> None:
    """State, build, open, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--indicators", type=int, default=100)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    if executable() is None:
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory() as name:
        document = measure(StateFolder(Path(name)), chosen)
    if chosen.json:
        chosen.json.write_text(json.dumps(document, indent=2))
    show(document)


def measure(folder: StateFolder, chosen: argparse.Namespace) -> dict[str, Any]:
    """Everything that is printed."""
    making.section_pages = lambda *_: iter(())  # topics read the whole warehouse, and grow with nothing
    connection = stated(chosen.years, chosen.units, chosen.indicators)
    row = connection.execute("select count(*) from indicators.value").fetchone()
    people.print(f"{row[0] if row else 0:,} figures stated")
    connection.execute("update meta.publication set events = 200_000")
    built = timed_build(connection, folder)
    connection.execute("update meta.publication set events = 20_000_000")
    again = timed_build(connection, folder)
    site = folder.dashboard.resolve()
    pages = {
        "overview": "en/index.html",
        "system": next(site.glob("en/system/*.html")).relative_to(site).as_posix(),
        "indicator": "en/indicator/i0.html",
    }
    loaded = {name: bytes_of(site, page) for name, page in pages.items()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        opened = {name: opening(browser, site, pages[name]) for name in ("system", "indicator")}
        browser.close()
    return {
        "figures": row[0] if row else 0,
        "build": built,
        "more_events": again,
        "compressed": loaded,
        "milliseconds": opened,
    }


def stated(years: int, units: int, indicators: int) -> duckdb.DuckDBPyConnection:
    """The publication, in memory."""
    systems = sorted(SYSTEMS)
    definitions = [
        definition(f"i{number}", system=system, pillar=SYSTEMS[system].pillar, places=["region", "office"])
        for number in range(indicators)
        for system in [systems[number % len(systems)]]
    ]
    offices = [(f"U{number:04}", f"Country office number {number}") for number in range(units)]
    connection = publication(definitions, [], offices)
    connection.execute(
        _FIGURES,
        {
            "first": f"{FIRST_YEAR}-01-01",
            "last": f"{FIRST_YEAR + years - 1}-12-01",
            "regions": list(REGIONS),
            "units": [unit for unit, _ in offices],
        },
    )
    return connection


def timed_build(connection: duckdb.DuckDBPyConnection, folder: StateFolder) -> dict[str, Any]:
    """Processor seconds, peak of memory so far, files and bytes."""
    started = time.process_time()
    built = build_site(connection, folder)
    return {
        "processor_seconds": round(time.process_time() - started, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE),
        "pages": built.pages,
        "files": built.files,
        "bytes": built.size,
    }


def bytes_of(site: Path, page: str) -> int:
    """Compressed bytes of a page with its style, its scripts, its files of figures, and its chart library."""
    return sum(len(gzip.compress(path.read_bytes())) for path in parts_of(site, page))


def parts_of(site: Path, page: str) -> Iterator[Path]:
    """The files that a browser loads for a page."""
    path = site / page
    text = path.read_text()
    yield path
    for source in re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', text):
        yield (path.parent / source).resolve()
    if 'id="indicator"' in text:
        yield site / "assets/vega.js"
        yield next(site.glob(f"data/*/indicator/{path.stem}.js"))
    elif 'id="filter"' in text:
        yield next(site.glob("data/*/slice/0.js"))


def opening(browser: Browser, site: Path, page: str) -> dict[str, float]:
    """Median milliseconds until the page is loaded without scripts, usable, and its trend drawn."""
    bare = site / Path(page).with_suffix(".bare.html")
    bare.write_text(re.sub(r"<script src.*?</script>", "", (site / page).read_text()))
    found: dict[str, list[float]] = {"floor": [], "usable": [], "drawn": []}
    for _ in range(TIMES):
        for path, names in ((bare, ["floor"]), (site / page, ["usable", "drawn"])):
            context = browser.new_context(offline=True)
            context.add_init_script(_READY)
            tab = context.new_page()
            tab.goto(path.as_uri())
            tab.wait_for_timeout(3000)
            for name in names:
                ends = "performance.getEntriesByType('navigation')[0].loadEventEnd"
                took = tab.evaluate(ends if name == "floor" else f"window.{name} ?? null")
                if took is not None:
                    found[name].append(took)
            context.close()
    bare.unlink()
    return {name: round(statistics.median(times)) for name, times in found.items() if times}


def show(document: dict[str, Any]) -> None:
    """The figures as a table."""
    results.print(f"{document['figures']:,} figures")
    for name, key in (("build", "build"), ("with 100 times the events", "more_events")):
        one = document[key]
        results.print(
            f"{name:26} {one['processor_seconds']:6.1f} s of a processor  {one['peak_mb']:5,} MB  "
            f"{one['pages']:,} pages, {one['files']:,} files, {one['bytes']:,} bytes"
        )
    for name, size in document["compressed"].items():
        results.print(f"{name:26} {size / 1000:6.0f} KB compressed, with all that it loads")
    for name, times in document["milliseconds"].items():
        drawn = f", its trend drawn after {times['drawn']} ms" if "drawn" in times else ""
        results.print(f"{name:26} usable after {times['usable']} ms (floor {times['floor']} ms){drawn}")


if __name__ == "__main__":
    main()
