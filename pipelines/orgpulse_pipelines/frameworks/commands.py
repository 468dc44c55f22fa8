"""Commands that read scores: ``orgpulse frameworks``."""

from typing import Annotated

import typer

from orgpulse_pipelines.indicators.commands import JSON, show_parts

FRAMEWORK = Annotated[str, typer.Argument(metavar="ID", help="Identity of the framework.")]


def register(app: typer.Typer) -> None:
    """Add the commands of the frameworks to the command line."""
    frameworks = typer.Typer(
        help="Scores of the indicators by the methodologies of others.", no_args_is_help=True
    )
    frameworks.command("list")(list_frameworks)
    frameworks.command("show")(show)
    app.add_typer(frameworks, name="frameworks")


def list_frameworks(as_json: JSON = False) -> None:
    """List the frameworks of the publication."""
    from orgpulse_pipelines.frameworks.catalogue import frameworks
    from orgpulse_pipelines.frameworks.shown import frameworks_table
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        found = frameworks(connection)
    if as_json:
        print_json(found)
    else:
        show_parts(frameworks_table(found))


def show(
    framework_id: FRAMEWORK,
    period: Annotated[
        str | None,
        typer.Option(help="Year or quarter, such as 2019 or 2019-Q1; by default the newest year."),
    ] = None,
    region: Annotated[str | None, typer.Option(help="Region; by default the whole organisation.")] = None,
    as_json: JSON = False,
) -> None:
    """Show the scores of a framework's items, and of the indicators behind them."""
    from orgpulse_pipelines.frameworks.scores import scores
    from orgpulse_pipelines.frameworks.shown import scores_text
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        found = scores(connection, framework_id, period, region)
    if as_json:
        print_json(found)
    else:
        show_parts(*scores_text(found))
