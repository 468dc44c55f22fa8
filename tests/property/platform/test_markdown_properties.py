"""Whatever a docstring says, its page shows it and keeps its form."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from orgpulse_platform.reference_pages.markdown import code, table, text

READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
SAID = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1).filter(str.strip)
AWKWARD = st.text(r"ab_ *|`\<>[]()#-+.1~&;=!", min_size=1).filter(str.strip)


@given(st.one_of(SAID, AWKWARD).filter(lambda said: "`" not in said))
def test_text_without_code_shows_as_it_reads(said: str) -> None:
    opened, paragraph, _closed = READER.parse(text(said))
    assert opened.type == "paragraph_open"
    assert "".join(child.content for child in paragraph.children or []) == " ".join(said.split())
    assert {child.type for child in paragraph.children or []} == {"text"}


@given(st.one_of(SAID, AWKWARD), st.one_of(SAID, AWKWARD))
def test_no_text_and_no_code_breaks_out_of_its_cell(said: str, content: str) -> None:
    read = READER.render("\n".join(table(("a", "b", "c"), [(text(said), code(content), "end")])))
    assert read.count("<td>") == 3
    assert "<td>end</td>" in read
