"""The page of the reason codes: why events are rejected, and what to do about it."""

from collections.abc import Iterator
from functools import cache

from orgpulse_platform.reference_pages.markdown import code, link, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import PUBLISHERS, REASONS
from orgpulse_schemas.example_files import Example, example_folders, examples_of
from orgpulse_schemas.reasons import MEANINGS, Reason


def reasons_page() -> Page:
    """Every reason code with its meaning, who mends it and whether a replay can help."""
    return Page(
        REASONS,
        "Reason codes",
        "Why an event is rejected, who mends it, and whether replaying it can help.",
        tuple(_body()),
        PUBLISHERS,
    )


def _body() -> Iterator[str]:
    yield "`orgpulse validate FILE` names code and field before anything is published. Afterwards"
    yield "`orgpulse rejected stats` counts what was rejected; `orgpulse rejected replay` publishes it again."
    yield "Where a replay cannot help, the source system mends the event and publishes it anew."
    yield ""
    yield from table(
        ("code", "meaning", "who mends it", "can a replay help?", "an example that is rejected for it"),
        [
            (
                code(reason.value),
                text(said.meaning),
                text(said.mended_by),
                "yes, once the cause is mended" if said.replay_helps else "no",
                _example(reason),
            )
            for reason, said in MEANINGS.items()
        ],
    )


def _example(reason: Reason) -> str:
    example = _first_examples().get(reason)
    if example is None:
        return "–"
    shown = example.name.removeprefix("fail_").replace("_", " ")
    file = f"../../schemas/orgpulse_schemas/examples/{example.event_type}/{example.name}.json"
    return f"{code(example.event_type)}: {link(text(shown), file, of=REASONS)}"


@cache
def _first_examples() -> dict[Reason, Example]:
    """For each reason that examples show, the first of them."""
    first: dict[Reason, Example] = {}
    for event_type in example_folders():
        for example in examples_of(event_type):
            if example.violation is not None:
                first.setdefault(example.violation.reason, example)
    return first
