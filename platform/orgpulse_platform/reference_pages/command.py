"""``orgpulse docs``: write the reference, or check that it says what the code says."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orgpulse_platform.reference_pages.folder import Difference

Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The folder of the reference.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
DEFAULT = Path("docs/reference")


def register(app: typer.Typer) -> None:
    """Add ``docs build`` and ``check``."""
    docs = typer.Typer(help="Write and check the reference pages.", no_args_is_help=True)
    docs.command("build")(build)
    docs.command("check")(check)
    app.add_typer(docs, name="docs")


def build(folder: Folder = DEFAULT, as_json: AsJson = False) -> None:
    """Write every page of the reference from the code, and remove the pages that are no longer made."""
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.reference_pages.folder import write
    from orgpulse_platform.reference_pages.index import reference
    from orgpulse_platform.reference_pages.page import contributed_pages

    pages = reference(contributed_pages())
    changed = write(folder, pages)
    _show(changed, as_json)
    people.print(f"{folder} holds {len(pages)} pages; {len(changed)} were changed.", soft_wrap=True)


def check(folder: Folder = DEFAULT, as_json: AsJson = False) -> None:
    """Name each page that is stale, missing or surplus; exits with 1 if there is one."""
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.reference_pages.folder import differences
    from orgpulse_platform.reference_pages.index import reference
    from orgpulse_platform.reference_pages.page import COMMAND, contributed_pages

    pages = reference(contributed_pages())
    found = differences(folder, pages)
    _show(found, as_json)
    if found:
        people.print(f"{len(found)} pages differ from the code. Run `{COMMAND}` and commit what it changes.")
        raise typer.Exit(1)
    people.print(f"All {len(pages)} pages of {folder} say what the code says.", soft_wrap=True)


def _show(found: "list[Difference]", as_json: bool) -> None:
    from orgpulse_platform.cli.console import print_json, results

    if as_json:
        print_json([{"id": difference.path, "state": difference.state.value} for difference in found])
        return
    for difference in found:
        results.print(f"{difference.state.value:<8} {difference.path}", soft_wrap=True, markup=False)
