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
    indicators.command("history")(history)
    app.add_typer(indicators, name="indicators")


def scorecard(
    period: Annotated[
        str | None,
        typer.Option(help="Period, such as 2019, 2019-Q1 or 2019-03; by default the newest year of each."),
    ] = None,
    as_json: JSON = False,
) -> None:
    """Show how the organisation does: every indicator against its target."""
    from orgpulse_pipelines.indicators.figures import as_document, scorecard_figures
    from orgpulse_pipelines.indicators.scorecard import scorecard_tables
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        figures = scorecard_figures(connection, period)
    if as_json:
        print_json([as_document(figure) for figure in figures])
        return
    for table in scorecard_tables(figures):
        show_parts(table)
    if not figures:
        people.print("The publication holds no figures" + (f" for {period}." if period else "."))


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
        show_parts(catalogue_table(found))


def show(
    indicator_id: INDICATOR,
    every: Annotated[
        bool, typer.Option("--all", help="All periods and offices, not only years without offices.")
    ] = False,
    as_json: JSON = False,
) -> None:
    """Show what an indicator means, which items of frameworks it serves, and its figures.

    The JSON document holds all of them.
    """
    from orgpulse_pipelines.frameworks.catalogue import items_served
    from orgpulse_pipelines.indicators.catalogue import definition
    from orgpulse_pipelines.indicators.detail import definition_text, figures_table
    from orgpulse_pipelines.indicators.figures import as_document, figures_of
    from orgpulse_pipelines.indicators.measuring import OFFICES
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        found = definition(connection, indicator_id)
        found["frameworks"] = items_served(connection, indicator_id)
        figures = figures_of(connection, indicator_id)
    if as_json:
        print_json(found | {"values": [as_document(figure) for figure in figures]})
        return
    years = [one for one in figures if one.grain == "year" and one.dimension not in OFFICES]
    show_parts(*definition_text(found), figures_table(figures if every else years or figures))


def explain_figure(  # noqa: PLR0913, PLR0917 - one for each option
    indicator_id: INDICATOR,
    period: Annotated[
        str, typer.Option(help="Name of the period, such as 2019, 2019-Q1, 2019-03 or '2019-03 YTD'.")
    ],
    region: Annotated[str | None, typer.Option(help="Region; by default the whole organisation.")] = None,
    part: Annotated[
        str | None,
        typer.Option(metavar="DIMENSION=MEMBER", help="Another part, such as office=U0012 or language=FR."),
    ] = None,
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
        explanation = explain(connection, indicator_id, period, part_of(region, part), limit)
    if as_json:
        print_json(explanation_document(explanation))
        return
    show_parts(*explanation_text(explanation))


def history(
    indicator_id: INDICATOR,
    period: Annotated[str | None, typer.Option(help="Name of a period; by default all years.")] = None,
    region: Annotated[str | None, typer.Option(help="Region; by default the whole organisation.")] = None,
    part: Annotated[
        str | None,
        typer.Option(metavar="DIMENSION=MEMBER", help="Another part, such as office=U0012 or language=FR."),
    ] = None,
    as_json: JSON = False,
) -> None:
    """Show what each publication said of an indicator."""
    from orgpulse_pipelines.indicators.history_read import history_document, read_history
    from orgpulse_pipelines.indicators.history_shown import history_text
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    found = read_history(load_settings(), indicator_id, period, part_of(region, part))
    if as_json:
        print_json(history_document(found))
    else:
        show_parts(*history_text(found))


def part_of(region: str | None, part: str | None) -> tuple[str, str]:
    """The part of the organisation that the options name."""
    if region is not None and part is not None:
        raise typer.BadParameter("name a region or another part, not both")
    if part is None:
        return ("organisation", "all") if region is None else ("region", region)
    dimension, equals, member = part.partition("=")
    if not equals:
        raise typer.BadParameter("a part is DIMENSION=MEMBER, such as office=U0012")
    return dimension, member


def show_parts(*parts: object) -> None:
    """Print results; where no terminal says how wide it is, wide enough for a table."""
    from rich.console import Console

    from orgpulse_platform.cli.console import results

    console = results if results.is_terminal else Console(width=WIDTH_OF_FILES, highlight=False)
    for part in parts:
        console.print(part, markup=False)
