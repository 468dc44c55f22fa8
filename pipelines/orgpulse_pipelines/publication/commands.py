"""Commands about publications: ``orgpulse publications``."""

from typing import Annotated

import typer

JSON = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def register(app: typer.Typer) -> None:
    """Add the commands of publications to the command line."""
    publications = typer.Typer(
        help="Published warehouses: which are kept, what moved, and back to an earlier one.",
        no_args_is_help=True,
    )
    publications.command("list")(list_publications)
    publications.command("diff")(diff)
    publications.command("rollback")(rollback)
    publications.command("release")(release_readers)
    app.add_typer(publications, name="publications")


def list_publications(as_json: JSON = False) -> None:
    """List the publications that are kept, newest first."""
    from rich.markup import escape

    from orgpulse_pipelines.publication.listing import hold_text, listing, listing_table
    from orgpulse_platform.cli.console import people, print_json, results
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    found = listing(settings)
    if as_json:
        print_json(found)
    else:
        results.print(listing_table(found))
    held = hold_text(settings)
    if held is not None:
        people.print(escape(held))


def diff(
    old: Annotated[
        str | None, typer.Argument(help="Id, or its beginning; by default the last but one.")
    ] = None,
    new: Annotated[str | None, typer.Argument(help="Id, or its beginning; by default the newest.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All periods and parts, not only years of the whole organisation.")
    ] = False,
    part: Annotated[
        str | None,
        typer.Option(metavar="DIMENSION=MEMBER", help="Years of a part, such as region=africa."),
    ] = None,
    as_json: JSON = False,
) -> None:
    """Show which figures moved between two publications, and why."""
    from orgpulse_pipelines.indicators.commands import part_of, show_parts
    from orgpulse_pipelines.publication.difference import compare, difference_document
    from orgpulse_pipelines.publication.difference_shown import difference_text
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    if everything and part is not None:
        raise typer.BadParameter("all figures, or those of a part, not both")
    found = compare(load_settings(), old, new, part_of(None, part), everything=everything)
    if as_json:
        print_json(difference_document(found))
        return
    show_parts(*difference_text(found))


def rollback(
    to: Annotated[
        str | None, typer.Argument(metavar="ID", help="Id, or its beginning; by default the one before.")
    ] = None,
    reason: Annotated[
        str, typer.Option(help="Why, for those who come after you; it is kept, so name nobody.")
    ] = "",
) -> None:
    """Go back to an earlier publication; builds show nothing new until `release`."""
    from orgpulse_pipelines.dashboard.site import show
    from orgpulse_pipelines.publication.rollback import roll_back
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    move = roll_back(settings.folder, to, reason)
    show(settings)
    people.print(f"[green]Readers have[/green] {move.entered} now; they left {move.left or 'nothing'}.")
    people.print("Builds go on and show nothing new until `orgpulse publications release`.")


def release_readers() -> None:
    """End the hold of a rollback: show what was built since, or else what is built next."""
    from orgpulse_pipelines.dashboard.site import show
    from orgpulse_pipelines.publication.rollback import release
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    move = release(settings.folder)
    show(settings)
    if move.entered is None:
        people.print(
            f"Readers still have {move.left or 'nothing'}; [green]the next build[/green] moves them on."
        )
    else:
        people.print(f"[green]Readers have[/green] {move.entered} now; they left {move.left or 'nothing'}.")
