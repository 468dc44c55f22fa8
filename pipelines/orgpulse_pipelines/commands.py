"""Commands of the pipelines."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this room to the command line."""
    from orgpulse_pipelines.indicators import commands as indicators
    from orgpulse_pipelines.tracing import commands as tracing

    app.command("build")(build)
    app.command("sql")(sql)
    app.command("reconcile")(reconcile)
    publications = typer.Typer(help="Published warehouses.", no_args_is_help=True)
    publications.callback()(_group)
    publications.command("list")(list_publications)
    app.add_typer(publications, name="publications")
    indicators.register(app)
    tracing.register(app)


def _group() -> None:
    """Keep a group with one command a group."""


JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def build(
    adopt_cluster: Annotated[
        bool, typer.Option("--adopt-cluster", help="Load another Kafka cluster than before.")
    ] = False,
) -> None:
    """Land, stage, model, indicate, reconcile and publish what is new."""
    from orgpulse_pipelines.publication.shelf import current
    from orgpulse_pipelines.runs.build import run_build
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    run_build(settings, adopt_cluster=adopt_cluster)
    publication = current(settings.folder)
    if publication is not None:
        people.print(f"[green]Published[/green] {publication.id} as {settings.folder.published}")


def sql(
    query: Annotated[str, typer.Argument(help='SQL of DuckDB, for example "from meta.columns".')],
    json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values with a header.")] = False,
) -> None:
    """Ask the published warehouse, read-only; never waits for a build."""
    from orgpulse_pipelines.publication.query import run_query, show
    from orgpulse_platform.settings import load_settings

    show(run_query(load_settings(), query), "json" if json else "csv" if csv else "table")


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


def list_publications(json: JsonOption = False) -> None:
    """List the publications that are kept, newest first."""
    from orgpulse_pipelines.publication.listing import listing, listing_table
    from orgpulse_platform.cli.console import print_json, results
    from orgpulse_platform.settings import load_settings

    found = listing(load_settings())
    if json:
        print_json(found)
    else:
        results.print(listing_table(found))
