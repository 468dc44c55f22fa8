"""The commands that make tables anew, and pseudonyms."""

from typing import Annotated, Literal

import typer


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("rebuild")(rebuild)
    app.command("rekey")(rekey)


def rebuild(  # noqa: PLR0913, PLR0917 - one parameter an option
    table: Annotated[str, typer.Option(help="One staging table or model, for example core.dim_person.")] = "",
    family: Annotated[str, typer.Option(help="All events of a family, for example hr.")] = "",
    period: Annotated[
        str, typer.Option(help="Events that happened then: 2019, 2019-03 or 2019-03..2019-06 (UTC).")
    ] = "",
    everything: Annotated[bool, typer.Option("--everything", help="Every table.")] = False,
    source: Annotated[
        Literal["landing", "kafka"],
        typer.Option("--from", help="kafka: read the topics again as far back as Kafka keeps them."),
    ] = "landing",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be made anew.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With --dry-run: one JSON document.")] = False,
) -> None:
    """Make tables anew from landing or from Kafka, then what depends on them, and publish.

    The last publication stays readable until the new one takes its place. A rebuild that was interrupted is
    finished by the same command or by the next build.
    """
    from orgpulse_pipelines.runs.period import parse_period
    from orgpulse_pipelines.runs.published import tell_published
    from orgpulse_pipelines.runs.rebuild import (
        plan_everything,
        plan_families,
        plan_rows,
        plan_table,
        plan_table_shown,
        run_rebuild,
    )
    from orgpulse_pipelines.warehouse.requests import EVER
    from orgpulse_platform.cli.console import people, print_json, results
    from orgpulse_platform.settings import load_settings
    from orgpulse_schemas.registry import all_families

    named = sum(map(bool, (table, family or period, everything)))
    if named != 1:
        raise typer.BadParameter("name one of --table, --family and/or --period, --everything")
    if table:
        plan = plan_table(table, source)
    elif everything:
        plan = plan_everything(source)
    else:
        span = parse_period(period) if period else EVER
        plan = plan_families([family] if family else all_families(), span, source)
    settings = load_settings()
    if dry_run:
        rows = plan_rows(settings, plan)
        if json:
            print_json(rows)
        else:
            results.print(plan_table_shown(rows))
        return
    people.print(
        f"Anew: {len(plan.families)} families from Kafka, {len(plan.staged)} staging tables, "
        f"{len(plan.models)} models"
    )
    run_rebuild(settings, plan)
    tell_published(settings)


def rekey() -> None:
    """Give the people in the warehouse the pseudonyms of the newest keys; a build does so by itself.

    Afterwards `orgpulse build` makes the tables anew that hold them.
    """
    from orgpulse_pipelines.runs.rekey import rekey as renew
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    rows = renew(load_settings())
    people.print(f"Pseudonyms were renewed in {rows:,} rows.")
