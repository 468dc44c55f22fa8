"""``orgpulse quality``: what came of each source system, what did not, and whom to ask."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add ``quality``."""
    app.command("quality")(quality)


def quality(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Show completeness, late and unresolved events, rejections and freshness by source system.

    Says good, look or bad for each, and what to do next. Exits with 0 whatever it says.
    """
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_pipelines.quality.figures import read_figures
    from orgpulse_pipelines.quality.report import advice_table, document, judge, quality_table
    from orgpulse_platform.cli.console import print_json, results
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        report = judge(read_figures(connection))
    if as_json:
        print_json(document(report))
        return
    results.print(quality_table(report))
    advice = advice_table(report)
    if advice.row_count:
        results.print(advice)
