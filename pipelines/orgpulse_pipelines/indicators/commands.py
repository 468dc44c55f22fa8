"""Commands that read indicators: ``orgpulse scorecard`` and ``orgpulse indicators``."""

from typing import Annotated, Final

import typer

JSON = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
WIDTH_OF_FILES: Final = 120
"""Columns of a table that goes into a file or a pipe."""
INDICATOR = Annotated[str, typer.Argument(metavar="ID", help="Identity of the indicator.")]


def register(app: typer.Typer) -> None:
    """Add the commands of the indicators to the command line."""
    app.command()(scorecard)
    indicators = typer.Typer(
        help="What the indicators mean, and what stands behind a figure.", no_args_is_help=True
    )
    indicators.command("list")(list_indicators)
    indicators.command("show")(show)
    indicators.command("explain")(explain_figure)
    app.add_typer(indicators, name="indicators")


def scorecard(
    year: Annotated[int | None, typer.Option(help="Year; by default the newest figure of each.")] = None,
    as_json: JSON = False,
) -> None:
    """Show how the organisation does: every indicator against its target."""
    from orgpulse_pipelines.indicators.figures import as_document, scorecard_figures
    from orgpulse_pipelines.indicators.scorecard import scorecard_tables
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        figures = scorecard_figures(connection, year)
    if as_json:
        print_json([as_document(figure) for figure in figures])
        return
    for table in scorecard_tables(figures):
        _show(table)
    if not figures:
        people.print("The publication holds no figures" + (f" for {year}." if year else "."))


def list_indicators(as_json: JSON = False) -> None:
    """List the indicators of the publication."""
    from orgpulse_pipelines.indicators.catalogue import definitions
    from orgpulse_pipelines.indicators.detail import catalogue_table
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        found = definitions(connection)
    if as_json:
        print_json(found)
    else:
        _show(catalogue_table(found))


def show(indicator_id: INDICATOR, as_json: JSON = False) -> None:
    """Show what an indicator means and all of its figures."""
    from orgpulse_pipelines.indicators.catalogue import definition
    from orgpulse_pipelines.indicators.detail import definition_text, figures_table
    from orgpulse_pipelines.indicators.figures import as_document, figures_of
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        found = definition(connection, indicator_id)
        figures = figures_of(connection, indicator_id)
    if as_json:
        print_json(found | {"values": [as_document(figure) for figure in figures]})
        return
    _show(*definition_text(found), figures_table(figures))


def explain_figure(
    indicator_id: INDICATOR,
    period: Annotated[str, typer.Option(help="Name of the period, such as 2019.")],
    region: Annotated[str | None, typer.Option(help="Region; by default the whole organisation.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Most rows of each part that are shown.")] = 10,
    as_json: JSON = False,
) -> None:
    """Follow a figure back to the events it was computed from."""
    from orgpulse_pipelines.indicators.detail import explanation_text
    from orgpulse_pipelines.indicators.explain import explain, explanation_document
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        explanation = explain(connection, indicator_id, period, region, limit)
    if as_json:
        print_json(explanation_document(explanation))
        return
    _show(*explanation_text(explanation))


def _show(*parts: object) -> None:
    """Print results; where no terminal says how wide it is, wide enough for a table."""
    from rich.console import Console

    from orgpulse_platform.cli.console import results

    console = results if results.is_terminal else Console(width=WIDTH_OF_FILES, highlight=False)
    for part in parts:
        console.print(part, markup=False)
