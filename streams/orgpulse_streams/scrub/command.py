"""``orgpulse scrub``: scrub a text, and measure how well it is done."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgpulse_streams.scrub.evaluation.measure import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Column, Table

    from orgpulse_streams.scrub.evaluation.measure import Score

Names = Annotated[
    Path | None,
    typer.Option(
        help="File with a name a line that the HR system would know; read, never kept.", show_default=False
    ),
]


def register(app: typer.Typer) -> None:
    """Add ``scrub text`` and ``scrub evaluate``."""
    scrub = typer.Typer(help="Take people out of free text, and measure how well.", no_args_is_help=True)
    scrub.command("text")(text)
    scrub.command("evaluate")(evaluate)
    app.add_typer(scrub, name="scrub")


def text(names: Names = None) -> None:
    """Scrub the text on standard input and write it to standard output; nothing is kept."""
    import sys

    from orgpulse_streams.scrub.known_names import names_of_file
    from orgpulse_streams.scrub.scrubber import Scrubber

    read = sys.stdin.buffer.read().decode("utf-8", "replace")
    sys.stdout.write(Scrubber(names_of_file(names)).scrub(read))


def evaluate(
    file: Annotated[
        Path, typer.Argument(help="Labelled set: a JSON list of texts with spans.", show_default=False)
    ],
    names: Names = None,
    by: Annotated[
        Rule, typer.Option(help="Count spans, found when at least half of one is covered, or characters.")
    ] = Rule.SPANS,
    as_json: Annotated[bool, typer.Option("--json", help="The same for scripts.")] = False,
) -> None:
    """Measure precision and recall on a labelled set, by kind of detail; no text is shown."""
    from orgpulse_platform.cli.console import people, print_json, results
    from orgpulse_streams.scrub.evaluation.labelled_set import read_labelled_set
    from orgpulse_streams.scrub.evaluation.measure import measure, totals
    from orgpulse_streams.scrub.known_names import names_of_file
    from orgpulse_streams.scrub.scrubber import Scrubber

    texts = read_labelled_set(file)
    scores = measure(texts, Scrubber(names_of_file(names)), by)
    together = totals(scores)
    if as_json:
        print_json(
            {
                "texts": len(texts),
                "by": by.value,
                "entity_types": [score.document() for score in scores],
                "totals": [score.document() for score in together],
            }
        )
        return
    results.print(_table(scores, together))
    people.print(
        f"{len(texts):,} texts, counted by {by.value}. 'hidden' is the share of the labelled characters that "
        "any placeholder replaces. A kind without precision is not looked for, or was not found."
    )


def _table(scores: "Sequence[Score]", together: "Sequence[Score]") -> "Table":
    from rich.table import Table

    table = Table(
        "entity type", *(_right(name) for name in ("support", "precision", "recall", "F1", "F2", "hidden"))
    )
    for group in (scores, together):
        for score in group:
            shares = (score.precision, score.recall, score.f(1), score.f(2), score.hidden)
            table.add_row(
                score.kind,
                f"{score.labelled:,}",
                *("–" if share is None else f"{share:.3f}" for share in shares),
            )
        table.add_section()
    return table


def _right(name: str) -> "Column":
    from rich.table import Column

    return Column(name, justify="right")
