"""Pages as they are written: figures in words, everything that is data escaped."""

from html import unescape
from html.parser import HTMLParser

import pytest
from small_dashboard import definition, figure, publication

from orgpulse_pipelines.dashboard import overview
from orgpulse_pipelines.dashboard.cards import sparkline
from orgpulse_pipelines.dashboard.indicator import indicator_page
from orgpulse_pipelines.dashboard.names import names
from orgpulse_pipelines.dashboard.pages import Page, html
from orgpulse_pipelines.dashboard.read import read_content
from orgpulse_pipelines.dashboard.render import words_of

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.handlers, self.text = [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_data(self, data):
        self.text += data


def content_of(*figures, **stated):
    return read_content(publication([definition(**stated)], figures or [figure(41.5)]))


def page_of(content, language="en"):
    words = words_of(language)
    indicator = content.indicators[0]
    values = indicator_page(indicator, content, words)
    return html(Page(f"indicator/{indicator.id}.html", "indicator.html", values=values), content, words)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_no_text_of_the_data_becomes_markup(language):
    texts = ("title", "definition", "limitations", "owner", "numerator_meaning", "standard", "numerator_sql")
    page = Tags(page_of(content_of(**dict.fromkeys(texts, HOSTILE)), language))
    assert "img" not in page.tags
    assert page.handlers == []
    assert page.text.count("alert(2)") >= len(texts)


def test_a_page_loads_nothing_from_elsewhere_and_has_no_script_of_its_own():
    page = page_of(content_of())
    assert "http://" not in page
    assert "https://" not in page
    assert 'src="../../assets/figures.js"' in page
    assert "default-src 'none'" in unescape(page)


def test_the_page_of_an_indicator_says_its_figure_and_what_it_means():
    page = Tags(page_of(content_of(figure(41.5), figure(40, "2018"))))
    for text in ("41.5%", "95.0%", "Off target", "Those who did / All of them × 100", "50 % of it"):
        assert text in page.text


def test_a_withheld_figure_is_said_to_be_withheld():
    page = Tags(page_of(content_of(figure(3, suppression="suppressed"))))
    assert "withheld (small numbers)" in page.text
    assert "fewer than 5 people" in page.text


def test_the_overview_counts_statuses_and_says_what_needs_attention():
    definitions = [definition(name) for name in ("far", "close", "good")]
    figures = [
        figure(10, indicator_id="far"), figure(90, indicator_id="close"),
        figure(96, indicator_id="good", status="on_target", previous_value=50, progress="better"),
    ]  # fmt: skip
    content = read_content(publication(definitions, figures))
    words = words_of("en")
    assert overview.sentence(content, words).startswith("Of 3 indicators with a target, 1 are on target")
    attention, improved, worsened = overview.lists(content, words)
    assert [entry.id for entry in attention.entries] == ["far", "close"]
    assert [entry.id for entry in improved.entries] == ["good"]
    assert worsened.entries == ()
    shares = [part.share for part in overview.pillars(content, words)[0].parts]
    assert sum(shares) == pytest.approx(100, abs=0.05)


def test_offices_keep_their_names_in_every_language():
    connection = publication(
        [definition()], [figure(1), figure(2, dimension="office", member="U1")], [("U1", "Near target")]
    )
    content = read_content(connection)
    for language in ("en", "fr", "es"):
        found = names(content, words_of(language))["slices"]
        assert [one["name"] for one in found if one["id"] == "office.U1"] == ["Near target"]


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ([], []),
        ([None], []),
        ([1], []),
        ([1, 2], ["0.0,26.0 100.0,2.0"]),
        ([1, 1, 1], ["0.0,26.0 50.0,26.0 100.0,26.0"]),
        ([1, 2, None, 2, 1], ["0.0,26.0 25.0,2.0", "75.0,2.0 100.0,26.0"]),
    ],
)
def test_a_sparkline_breaks_where_there_is_nothing_to_show(values, lines):
    assert list(sparkline(values)) == lines
