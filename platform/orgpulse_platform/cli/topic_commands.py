"""``orgpulse topics``: the platform's topics on the cluster."""

from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def register(app: typer.Typer) -> None:
    """Add ``topics create`` and ``list``."""
    topics = typer.Typer(help="Create and list the platform's topics.", no_args_is_help=True)
    topics.command("create")(create)
    topics.command("list")(list_topics)
    app.add_typer(topics, name="topics")


def create(as_json: AsJson = False) -> None:
    """Create the topics that are missing; those that exist stay as they are."""
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.settings import load_settings
    from orgpulse_platform.topic_admin import create_topics

    created = create_topics(connected(load_settings()).kafka)
    if as_json:
        print_json([{"id": name} for name in created])
        return
    for name in created:
        people.print(f"created {name}")
    people.print(f"{len(created)} topics created; all topics of the platform exist.")


def list_topics(as_json: AsJson = False) -> None:
    """List the platform's topics with their retention and how many records each has taken."""
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    rows = _rows(connected(load_settings()))
    if as_json:
        print_json(rows)
    else:
        _print_table(rows)


def _rows(settings: Any) -> list[dict[str, Any]]:
    from collections import Counter

    from orgpulse_platform.topic_admin import end_offsets
    from orgpulse_platform.topics import HOUR_MS, all_topics

    topics = all_topics(settings.kafka)
    ends = end_offsets(settings.kafka, [topic.name for topic in topics])
    partitions = Counter(name for name, _ in ends)
    records: Counter[str] = Counter()
    for (name, _), offset in ends.items():
        records[name] += offset
    return [
        {
            "id": topic.name,
            "kind": topic.kind.value,
            "family": topic.family,
            "retention_hours": topic.retention_ms // HOUR_MS,
            "exists": topic.name in partitions,
            "partitions": partitions[topic.name],
            "records": records[topic.name],
        }
        for topic in topics
    ]


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    from orgpulse_platform.cli.console import results

    table = Table("topic", "kind", "retention (hours)", "exists", "partitions", "records taken")
    for row in rows:
        exists = "yes" if row["exists"] else "no"
        figures = (f"{row['retention_hours']:,}", exists, f"{row['partitions']}", f"{row['records']:,}")
        table.add_row(row["id"], row["kind"], *figures)
    results.print(table)
