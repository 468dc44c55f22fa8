"""The copy of a person's data in a form for reading."""

from collections.abc import Iterator
from typing import Any


def readable(document: dict[str, Any]) -> str:
    """A page in Markdown: why what is held, then each event, then what the analysts' tables hold."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: dict[str, Any]) -> Iterator[str]:
    yield "# Your data"
    yield ""
    yield f"What OrgPulse held under the identifier {document['identifier']} on {document['collected_at']}."
    yield ""
    yield from _processing(document["processing"])
    yield from _records(document)
    yield from _tables(document["tables"])
    yield from _files(document["files"])


def _processing(kinds: list[dict[str, Any]]) -> Iterator[str]:
    yield "## Why it is held"
    yield ""
    if not kinds:
        yield "Nothing is held."
        yield ""
    for kind in kinds:
        yield f"### {kind['event_type']}"
        yield ""
        yield _text(kind["meaning"])
        yield ""
        yield f"- Source: {_text(kind['source_system'])}"
        yield f"- Answerable: {_text(kind['owner'])}"
        yield f"- Purpose: {_text(kind['purpose'])}"
        yield f"- Legal basis: {_text(kind['legal_basis'])}"
        yield f"- Kept: {kind['kept_days']} days"
        yield ""


def _records(document: dict[str, Any]) -> Iterator[str]:
    meanings = {kind["event_type"]: kind["fields"] for kind in document["processing"]}
    yield f"## Events ({len(document['records'])})"
    yield ""
    for record in document["records"]:
        moment = record["happened_at"] or record["arrived_at"]
        yield f"### {record['event_type'] or 'Unknown event'}, {moment}"
        yield ""
        content = record["content"]
        if not isinstance(content, dict):
            yield _text(content)
        else:
            for name, value in content.items():
                meaning = meanings.get(record["event_type"], {}).get(name, "")
                yield f"- {name}: {_text(value)}" + (f" – {_text(meaning)}" if meaning else "")
        yield ""


def _tables(tables: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield "## Tables, under a pseudonym"
    yield ""
    for table, rows in tables.items():
        yield f"### {table} ({len(rows)})"
        yield ""
        for row in rows:
            held = (f"{name}: {_text(value)}" for name, value in row.items() if value is not None)
            yield "- " + "; ".join(held)
        yield ""


def _files(files: list[dict[str, Any]]) -> Iterator[str]:
    yield "## Files"
    yield ""
    for one in files:
        entries = "an unknown number of" if one["entries"] is None else one["entries"]
        yield f"- {_text(one['place'])}: {entries} entries"
    if not files:
        yield "None."


def _text(value: Any) -> str:
    """A value on one line that Markdown shows as it is."""
    text = " ".join(str(value).split())
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in text)
