"""``orgpulse subject``: what is held about a person, a copy of it for them, and its erasure."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orgpulse_pipelines.subjects.erase import Erasure
    from orgpulse_pipelines.subjects.request import Request
    from orgpulse_platform.topic_scan import Progress

Identifier = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]",
        help="Number of the person. Other users of the machine can see an argument, and the shell keeps it: "
        "`-` reads it from standard input.",
        show_default=False,
    ),
]
IdFile = Annotated[Path | None, typer.Option("--id-file", help="Read the number from this file.")]
Folders = Annotated[
    list[Path] | None,
    typer.Option(
        "--folder", help="An inbox, a spool or saved exports; besides ORGPULSE_SUBJECTS__FOLDERS; repeatable."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def register(app: typer.Typer) -> None:
    """Add ``subject find``, ``export``, ``erase`` and ``evidence``."""
    subject = typer.Typer(help="Answer a person's request about their data.", no_args_is_help=True)
    subject.command("find")(find)
    subject.command("export")(export)
    subject.command("erase")(erase)
    subject.command("evidence")(evidence)
    app.add_typer(subject, name="subject")


def find(
    identifier: Identifier = None,
    id_file: IdFile = None,
    folder: Folders = None,
    as_json: AsJson = False,
) -> None:
    """Say where and how often the person stands, never what stands there."""
    from orgpulse_pipelines.subjects.find import find as search
    from orgpulse_pipelines.subjects.finding import findings_table
    from orgpulse_platform.cli.console import people, print_json, results

    with _request("subject find", identifier, id_file, folder) as request:
        findings = search(request).findings(request.settings)
    if as_json:
        print_json([one.document() for one in findings])
        return
    if findings:
        results.print(findings_table(findings))
    people.print(f"{len(findings):,} places hold the person.")


def export(
    output: Annotated[Path, typer.Option(help="Folder that is made for the two files.")],
    identifier: Identifier = None,
    id_file: IdFile = None,
    folder: Folders = None,
) -> None:
    """Write what is held about the person into a file for reading and one for machines."""
    from orgpulse_pipelines.subjects.export import export as write
    from orgpulse_platform.cli.console import people

    with _request("subject export", identifier, id_file, folder) as request:
        document = write(request, output)
    rows = sum(map(len, document["tables"].values()))
    people.print(f"{len(document['records']):,} records and {rows:,} rows written.")


def erase(  # noqa: PLR0913, PLR0917 - options of a command
    identifier: Identifier = None,
    id_file: IdFile = None,
    folder: Folders = None,
    reference: Annotated[
        str | None, typer.Option(help="Number of the request; names the evidence. Needed with --confirm.")
    ] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Erase. Without it, it is only said what would be done.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Remove or unlink the person everywhere; without --confirm, say what that would be."""
    from orgpulse_pipelines.subjects.erase import erase as remove
    from orgpulse_pipelines.subjects.erase import require_complete
    from orgpulse_pipelines.subjects.errors import RequestReferenceError
    from orgpulse_pipelines.subjects.evidence import check_reference
    from orgpulse_platform.cli.console import people

    if not confirm:
        find(identifier, id_file, folder, as_json)
        people.print("Nothing was changed: --confirm with --reference erases.")
        return
    if reference is None:
        raise RequestReferenceError("--confirm needs it")
    with _request("subject erase", identifier, id_file, folder) as request:
        check_reference(reference, request.subject)
        erasure = remove(request, reference=reference, tell=lambda step: people.print(f"{step} …"))
    _tell(erasure, as_json=as_json)
    require_complete(erasure)


def evidence(
    reference: Annotated[str, typer.Argument(help="Number of the request.", show_default=False)],
) -> None:
    """Show the evidence of an erasure, after checking its seal."""
    from orgpulse_pipelines.subjects.errors import EvidenceError
    from orgpulse_pipelines.subjects.evidence import ENDING, read_evidence
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.erased import read_register
    from orgpulse_platform.settings import load_settings

    folder = load_settings().folder
    register = read_register(folder)
    if register is None or Path(reference).name != reference:
        raise EvidenceError("there is none")
    print_json(read_evidence(folder.erasures / f"{reference}{ENDING}", register))


def _tell(erasure: "Erasure", *, as_json: bool) -> None:
    from orgpulse_pipelines.subjects.finding import by_store, findings_table
    from orgpulse_platform.cli.console import people, print_json, results

    if as_json:
        print_json(
            {
                "found": by_store(erasure.found),
                "left": [one.document() for one in erasure.left],
                "evidence": str(erasure.evidence),
            }
        )
        return
    if erasure.left:
        results.print(findings_table(erasure.left))
    for store, entries in by_store(erasure.found).items():
        people.print(f"{store}: {entries:,} found, {by_store(erasure.left).get(store, 0):,} left")
    if not erasure.found:
        people.print("Nothing was left to erase.")
    people.print(f"evidence: {erasure.evidence}", soft_wrap=True)


@contextmanager
def _request(
    command: str, identifier: str | None, id_file: Path | None, folders: list[Path] | None
) -> Iterator["Request"]:
    from orgpulse_pipelines.subjects.request import Request
    from orgpulse_pipelines.subjects.subject import read_identifier, subject_of
    from orgpulse_platform.broker import connected
    from orgpulse_platform.keyring import open_keyring
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    keyring = open_keyring(settings)
    subject = subject_of(keyring, read_identifier(identifier, id_file))
    everywhere = (*settings.subjects.paths, *(folders or ()))
    with _progress() as progress:
        yield Request(connected(settings), subject, keyring, everywhere, progress, command)


@contextmanager
def _progress() -> Iterator["Progress"]:
    """How far the reading of the topics is, on a terminal."""
    from rich.progress import Progress as Bar

    from orgpulse_platform.cli.console import people

    with Bar(console=people, transient=True, disable=not people.is_terminal) as bar:
        task = bar.add_task("reading the topics", total=None)
        yield lambda read, total: bar.update(task, completed=read, total=total)
