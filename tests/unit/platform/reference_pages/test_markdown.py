"""Texts become GitHub Markdown that shows what they say."""

import pytest
from markdown_it import MarkdownIt

from orgpulse_platform.reference_pages.markdown import anchor, code, folded, link, table, text

READER = MarkdownIt("commonmark").enable("table")


def cells(lines: list[str]) -> list[str]:
    """What the cells of a table show, row by row."""
    tokens = READER.parse("\n".join(lines))
    inline = [token for token in tokens if token.type == "inline"]
    return ["".join(child.content for child in token.children or []) for token in inline]


@pytest.mark.parametrize(
    "said",
    [
        "a|b",
        "*not bold*",
        "<b>",
        "[no](link)",
        "_not_ italic",
        "R&amp;D",
        "~~no~~",
        "# no heading",
        "- no list",
        "1. no",
    ],
)
def test_text_shows_as_it_reads(said: str) -> None:
    (paragraph,) = [token for token in READER.parse(text(said)) if token.type == "inline"]
    assert "".join(child.content for child in paragraph.children or []) == said
    assert READER.parse(text(said))[0].type == "paragraph_open"


def test_what_stands_in_backticks_becomes_code() -> None:
    assert text("``none`` where it holds nobody's, `a|b`.").startswith("`none` where")
    assert "`snake_case` and snake_case" in text("`snake_case` and snake_case")


def test_line_breaks_of_a_docstring_become_spaces() -> None:
    assert text("one\n    two") == "one two"


def test_pipe_and_backtick_stay_in_their_cell_also_within_code() -> None:
    lines = list(table(("a", "b"), [(text("x|y"), code("p|q")), (text("`m|n`"), code("back`tick"))]))
    read = READER.render("\n".join(lines))
    assert read.count("<td>") == 4
    assert "p&#124;q" in "\n".join(lines)


@pytest.mark.parametrize("cell", ["a|b", "a\nb", r"a\\|b"])
def test_cell_that_would_break_out_of_its_row_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="pipe or a line break"):
        list(table(("a",), [(cell,)]))


def test_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        list(table(("a",), [("b", "c")]))


def test_table_reads_as_it_was_written() -> None:
    rows = [("1", text("a*b")), ("2", text("c_d"))]
    assert cells(list(table(("x", "y"), rows))) == ["x", "y", "1", "a*b", "2", "c_d"]


@pytest.mark.parametrize(
    ("heading", "fragment"),
    [
        ("org.hr.appointment.made.v1", "orghrappointmentmadev1"),
        ("PE-5 Finance, resource mobilisation and risk", "pe-5-finance-resource-mobilisation-and-risk"),
        ("org.training.focal_point.designated.v1", "orgtrainingfocal_pointdesignatedv1"),
    ],
)
def test_anchor_is_the_one_that_github_makes(heading: str, fragment: str) -> None:
    assert anchor(heading) == fragment


@pytest.mark.parametrize(
    ("target", "of", "written"),
    [
        ("topics.md", "README.md", "topics.md#raw"),
        ("topics.md", "contracts/hr.md", "../topics.md#raw"),
        ("contracts/hr.md", "contracts/ict.md", "hr.md#raw"),
        ("topics.md", "topics.md", "#raw"),
        ("../guides/x.md", "contracts/hr.md", "../../guides/x.md#raw"),
    ],
)
def test_link_is_relative_to_the_page_it_stands_on(target: str, of: str, written: str) -> None:
    assert link("label", target, of=of, heading="raw") == f"[label]({written})"


def test_folded_lines_are_read_as_markdown() -> None:
    read = READER.render("\n".join(folded("An example", ["| a |", "| --- |", "| b |", ""])))
    assert "<td>b</td>" in read
