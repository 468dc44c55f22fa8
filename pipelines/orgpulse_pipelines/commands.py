"""Commands of the pipelines."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this room to the command line."""
    from orgpulse_pipelines.dashboard import commands as dashboard
    from orgpulse_pipelines.data_map import commands as data_map
    from orgpulse_pipelines.exports import commands as exports
    from orgpulse_pipelines.frameworks import commands as frameworks
    from orgpulse_pipelines.indicators import commands as indicators
    from orgpulse_pipelines.publication import commands as publication
    from orgpulse_pipelines.quality import commands as quality
    from orgpulse_pipelines.retention import commands as retention
    from orgpulse_pipelines.runs import commands as runs
    from orgpulse_pipelines.subjects import commands as subjects
    from orgpulse_pipelines.tracing import commands as tracing

    app.command("build")(build)
    runs.register(app)
    app.command("sql")(sql)
    app.command("reconcile")(reconcile)
    publication.register(app)
    dashboard.register(app)
    exports.register(app)
    data_map.register(app)
    indicators.register(app)
    frameworks.register(app)
    quality.register(app)
    retention.register(app)
    tracing.register(app)
    subjects.register(app)


JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def build(
    adopt_cluster: Annotated[
        bool, typer.Option("--adopt-cluster", help="Load another Kafka cluster than before.")
    ] = False,
) -> None:
    """Land, stage, model, indicate, reconcile and publish what is new."""
    from orgpulse_pipelines.runs.build import run_build
    from orgpulse_pipelines.runs.published import tell_published
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    run_build(settings, adopt_cluster=adopt_cluster)
    tell_published(settings)


def sql(
    query: Annotated[str, typer.Argument(help='SQL of DuckDB, for example "from meta.columns".')],
    json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values with a header.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="Save into this file: .csv, .xlsx or .parquet.", dir_okay=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Ask the published warehouse, read-only; never waits for a build."""
    from orgpulse_pipelines.publication.query import run_query, show
    from orgpulse_platform.settings import load_settings

    if output is None:
        show(run_query(load_settings(), query), "json" if json else "csv" if csv else "table")
        return
    if json or csv:
        raise typer.BadParameter("--output takes the form from the file's ending, without --json and --csv")
    from orgpulse_pipelines.publication.export import save
    from orgpulse_platform.cli.console import people

    rows = save(load_settings(), query, output, force=force)
    people.print(f"{output}: {rows:,} rows", markup=False, highlight=False, soft_wrap=True)


def reconcile(json: JsonOption = False) -> None:
    """Show that every published event is accounted for, as of the current publication."""
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_pipelines.reconciliation.report import (
        balance_table,
        read_report,
        reasons_table,
        require_balance,
    )
    from orgpulse_platform.cli.console import print_json, results
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        report = read_report(connection)
    if json:
        print_json(report)
    else:
        results.print(balance_table(report))
        results.print(reasons_table(report))
    require_balance(report)
