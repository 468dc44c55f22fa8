"""The page of the data-protection principles: what keeps each of them, and which tests prove it."""

from collections.abc import Iterable, Iterator

from orgpulse_platform.data_protection.principles import Principle, load_principles
from orgpulse_platform.reference_pages.markdown import anchor, code, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import PRINCIPLES, PROTECTORS


def principles_page() -> Page:
    """Every principle with its controls, where they stand in the code, and their tests."""
    principles = load_principles()
    return Page(
        PRINCIPLES,
        "Data protection",
        f"The {len(principles)} data-protection principles of the organisation, what in it keeps each "
        "of them, and the tests that prove it.",
        tuple(_body(principles)),
        PROTECTORS,
    )


def _body(principles: tuple[Principle, ...]) -> Iterator[str]:
    yield "`make test` runs every test that is named here, `pytest TEST` one of them. If one of them is gone,"
    yield "or a place in the code, a test fails."
    yield ""
    rows = (
        (
            f"[{text(one.title)}](#{anchor(one.title)})",
            str(len(one.controls)),
            str(len({test for control in one.controls for test in control.tests})),
            "" if one.organisational is None else "and people" if one.controls else "people",
        )
        for one in principles
    )
    yield from table(("principle", "controls", "tests", "besides"), rows)
    for one in principles:
        yield from _section(one)


def _section(principle: Principle) -> Iterator[str]:
    yield f"## {text(principle.title)}"
    yield ""
    yield text(principle.asks)
    yield ""
    if principle.controls:
        rows = (
            (text(control.what), _listed(control.code), _listed(control.tests))
            for control in principle.controls
        )
        yield from table(("control", "code", "tests"), rows)
    if principle.organisational is not None:
        yield f"For people: {text(principle.organisational)}"
        yield ""


def _listed(places: Iterable[str]) -> str:
    return "<br>".join(map(code, places))
