"""What readers do: choose a part and a period, follow a figure to its meaning, take figures along."""

import csv
import io
import re

import pytest
from hostile_offices import NAMES
from playwright.sync_api import expect

from orgpulse_pipelines.dashboard.cards import said
from orgpulse_pipelines.dashboard.render import words_of
from orgpulse_pipelines.indicators.figures import figures_of
from orgpulse_pipelines.publication.read import open_published

SYSTEM = "system/PE-3.html"
INDICATOR = "indicator/ethics_e_learning_coverage.html"
BY_OFFICE = "controls_attested"
"""An indicator that no person is counted by, so that every office has a figure."""


def figures(site, indicator, **of):
    with open_published(site.settings) as connection:
        found = figures_of(connection, indicator)
    return [one for one in found if all(getattr(one, name) == value for name, value in of.items())]


def cards(reader):
    return dict(
        zip(
            reader.page.eval_on_selector_all("[data-card]", "cards => cards.map(card => card.dataset.card)"),
            reader.texts("[data-card] [data-field=value]"),
            strict=True,
        )
    )


def choose(reader, **choice):
    for name, value in choice.items():
        reader.page.select_option(f"#filter [name={name}]", value)
    reader.settle()


def test_the_filter_shows_the_published_figures_and_its_link_shows_them_again(site, reader):
    someone = reader()
    someone.open(SYSTEM)
    whole = cards(someone)
    said_before = someone.page.locator("#said").inner_text()
    choose(someone, slice="region.africa", grain="year", period="2018")
    expect(someone.page.locator("#said")).not_to_have_text(said_before)
    chosen = cards(someone)
    words = words_of("en")
    for indicator, text in chosen.items():
        published = figures(site, indicator, dimension="region", member="africa", grain="year", period="2018")
        assert text == (said(published[0], words) if published else "No data"), indicator
    assert chosen != whole

    link = someone.page.url
    colleague = reader()
    colleague.page.goto(link)
    colleague.settle()
    expect(colleague.page.locator("#said")).to_have_text(someone.page.locator("#said").inner_text())
    assert cards(colleague) == chosen

    colleague.page.click("nav.languages a[lang=fr]")
    colleague.settle()
    assert colleague.page.locator("html").get_attribute("lang") == "fr"
    assert colleague.page.url.partition("#")[2] == link.partition("#")[2]
    choice = [colleague.page.input_value(f"#filter [name={name}]") for name in ("slice", "grain", "period")]
    assert choice == ["region.africa", "year", "2018"]

    colleague.page.click("#filter [type=reset]")
    expect(colleague.page.locator("#filter [name=slice]")).to_have_value("organisation.all")
    assert "#" not in colleague.page.url


def test_a_link_that_names_what_there_is_not_shows_the_whole_organisation(site, reader):
    someone = reader()
    someone.open(SYSTEM)
    whole = cards(someone)
    someone.open(SYSTEM, choice="#slice=office.<script>alert(1)</script>&grain=decade&period=%F0%9F")
    assert cards(someone) == whole


def test_an_indicator_that_is_measured_by_the_year_opens_with_its_years(site, reader):
    someone = reader(timezone_id="America/New_York")
    someone.open(f"indicator/{BY_OFFICE}.html")
    assert someone.texts("#filter [name=grain] option") == ["Year"]
    years = sorted(one.period for one in figures(site, BY_OFFICE, dimension="organisation"))
    assert [period for period, *_ in rows(someone, "trend")] == years
    someone.draw()
    assert [text for text in someone.texts("#trend .plot .mark-text text") if text in years] == years


def test_a_figure_leads_from_the_overview_to_its_definition_and_its_sources(site, reader):
    someone = reader()
    someone.open("index.html")
    entry = someone.page.locator(".moves a").first
    title = entry.inner_text()
    entry.click()
    someone.settle()
    expect(someone.page.locator("h1")).to_have_text(title)
    indicator = next(one for one in site.content.indicators if one.title == title)
    expect(someone.page.locator(".lead")).to_have_text(indicator.definition)
    someone.page.click("text=How it is computed")
    expect(someone.page.locator(f"code:text-is('{indicator.events[0]}')")).to_be_visible()


def test_tables_say_what_was_published_and_hostile_names_stay_text(site, reader):
    someone = reader()
    someone.open(f"indicator/{BY_OFFICE}.html", choice="#slice=organisation.all&grain=year&period=2019")
    someone.page.select_option("#parts-of select", "office")
    someone.draw()
    published = figures(site, BY_OFFICE, dimension="office", grain="year", period="2019")
    words = words_of("en")
    names = {one.unit_id: one.name for one in site.content.offices.values()}
    expected = sorted((names[one.member], said(one, words)) for one in published)
    assert len(expected) > 100
    assert sorted((part, value) for part, value, *_ in rows(someone, "parts")) == expected
    assert set(NAMES) <= {name for name, _ in expected}
    # Whatever an office is called, no element came of it.
    made = "main img, main iframe, main b, main script:not([type='application/json'])"
    assert someone.page.locator(made).count() == 0

    over_time = figures(site, BY_OFFICE, dimension="organisation", grain="year")
    over_time.sort(key=lambda one: one.period_end)
    expected = [(words.period("year", one.period), said(one, words)) for one in over_time]
    assert [(part, value) for part, value, *_ in rows(someone, "trend")] == expected


def rows(reader, chart):
    return reader.page.eval_on_selector_all(
        f"#{chart} tbody tr", "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def test_a_table_saved_as_csv_holds_no_formula(reader):
    someone = reader()
    someone.open(f"indicator/{BY_OFFICE}.html", choice="#slice=organisation.all&grain=year&period=2019")
    someone.page.select_option("#parts-of select", "office")
    with someone.page.expect_download() as download:
        someone.page.click("#parts [data-save=csv]")
    assert download.value.suggested_filename.endswith(".csv")
    content = download.value.path().read_bytes().decode("utf-8-sig")
    saved = list(csv.reader(io.StringIO(content, newline="")))
    assert len(saved) == someone.page.locator("#parts tr").count()
    cells = [cell for row in saved for cell in row]
    assert any("/C calc" in cell for cell in cells)
    formulas = [
        cell for cell in cells if re.match(r"[=+\-@\t\r]", cell) and not re.fullmatch(r"-?[\d.]+", cell)
    ]
    assert formulas == []


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_a_chart_is_saved_as_a_picture(reader, kind, begins):
    someone = reader()
    someone.open(INDICATOR)
    with someone.page.expect_download() as download:
        someone.page.click(f"#trend [data-save={kind}]")
    content = download.value.path().read_bytes()
    assert content.startswith(begins)
    assert len(content) > 1000


FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    what: one.className || one.name || one.dataset.save || one.tagName, tag: one.tagName,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


def test_everything_is_reached_and_used_with_the_keyboard_alone(reader):
    someone = reader(reduced_motion="reduce")  # the page is where it scrolls to at once
    someone.open(INDICATOR)
    page = someone.page
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["what"] == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

    met = []
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            break
        assert focused["outlined"], focused
        assert focused["seen"], focused
        met.append(focused["what"])
        if focused["tag"] == "SUMMARY":
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.parentElement.open")
    else:
        pytest.fail(f"the focus never leaves the page: {met[-5:]}")
    assert [one for one in met if one in ("slice", "grain", "period")] == ["slice", "grain", "period"]
    assert {"csv", "png", "svg", "SUMMARY", "scroll"} <= set(met)

    page.focus("#filter [name=grain]")
    before = page.locator("#said").inner_text()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#said")).not_to_have_text(before)


def test_a_card_without_scripts_says_the_figure_of_the_whole_organisation(site, reader):
    someone = reader(java_script_enabled=False)
    someone.open(SYSTEM)
    words = words_of("en")
    found = (site.content.headline.get(one.id) for one in site.content.by_system()["PE-3"])
    expected = ["No data" if figure is None else said(figure, words) for figure in found]
    assert someone.texts("[data-card] [data-field=value]") == expected
    expect(someone.page.locator("#filter")).to_be_hidden()


def test_a_printed_page_shows_every_chart_and_nothing_to_press(reader):
    someone = reader()
    someone.open(INDICATOR)
    someone.page.emulate_media(media="print")
    someone.draw()
    for selector in ("header nav", "select", "button", ".skip"):
        for element in someone.page.locator(selector).all():
            expect(element).to_be_hidden()
    assert someone.page.locator("#trend .plot svg").bounding_box()["height"] > 100
    assert len(someone.page.pdf()) > 10_000


def test_nothing_moves_for_those_who_asked_for_no_motion(reader):
    someone = reader(reduced_motion="reduce")
    someone.open(INDICATOR)
    moving = """() => [document.documentElement, ...document.querySelectorAll('*')].filter(one => {
      const style = getComputedStyle(one);
      const moves = style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
      return moves || style.scrollBehavior === 'smooth';
    }).length"""
    assert someone.page.evaluate(moving) == 0
