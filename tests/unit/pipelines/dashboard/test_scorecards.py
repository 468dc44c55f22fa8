"""Scorecards: what they say, and what becomes of them without a browser."""

import pytest
from small_dashboard import definition, figure
from whole_dashboard import whole

from orgpulse_pipelines.dashboard.read import read_content
from orgpulse_pipelines.dashboard.render import words_of
from orgpulse_pipelines.dashboard.scorecards.errors import (
    NoChromiumError,
    PrintingError,
    ReportFolderError,
    UnknownLanguageError,
    UnknownRegionError,
)
from orgpulse_pipelines.dashboard.scorecards.report import write_reports
from orgpulse_pipelines.dashboard.scorecards.scorecard import headlines, scorecard
from orgpulse_pipelines.dashboard.sections import section_pages

HOSTILE = "<img src=x onerror=alert(1)>"


def connection(**stated):
    of_africa = {"dimension": "region", "member": "africa"}
    return whole(
        [definition(**stated)],
        [
            figure(41.5),
            figure(96, status="on_target", year_before_value=90, trend="up", progress="better", **of_africa),
            figure(90, "2018", **of_africa),
            figure(3, dimension="region", member="oceania", suppression="suppressed"),
        ],
    )


def card(region):
    opened = connection()
    content = read_content(opened)
    return scorecard(region, headlines(opened, content)[region], content, words_of("en"))


def test_a_region_has_its_own_newest_figures():
    (line,) = card("africa").pillars[0].parts[0].lines
    assert (line.value, line.target, line.status, line.before) == ("96.0%", "95.0%", "on_target", "90.0%")
    assert (line.trend, line.progress, line.period) == ("↗", "Better", "2019")


def test_the_organisation_comes_first_and_a_withheld_figure_says_why():
    opened = connection()
    assert list(headlines(opened, read_content(opened))) == ["organisation", "africa", "oceania"]
    assert card("oceania").pillars[0].parts[0].lines[0].value == "withheld (small numbers)"


def test_every_page_of_topics_scorecards_and_data_is_made_in_each_language():
    opened = connection()
    content = read_content(opened)
    for language in ("en", "fr", "es"):
        paths = {page.path for page in section_pages(opened, content, (), words_of(language))}
        assert {
            "topic/fund.html",
            "scorecard/oceania.html",
            "data/index.html",
            "data/dictionary.html",
        } <= paths


def test_without_a_browser_the_pages_to_print_are_written_all_the_same(tmp_path, monkeypatch):
    monkeypatch.delenv("ORGPULSE_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoChromiumError):
        write_reports(connection(title=HOSTILE), tmp_path / "out", "africa", "fr")
    page = (tmp_path / "out" / "scorecard-africa-fr.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert "<script" not in page
    assert "style=" not in page
    assert (tmp_path / "out" / "assets" / "scorecard.css").exists()


def test_a_browser_that_fails_leaves_no_half_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("ORGPULSE_CHROMIUM", "/bin/false")
    with pytest.raises(PrintingError):
        write_reports(connection(), tmp_path, "organisation", "en")
    assert [path.name for path in tmp_path.glob("scorecard-*")] == ["scorecard-organisation-en.html"]


@pytest.mark.parametrize(
    ("region", "language", "error"),
    [("atlantis", None, UnknownRegionError), (None, "xx", UnknownLanguageError)],
)
def test_what_there_is_not_is_named_with_what_there_is(tmp_path, region, language, error):
    with pytest.raises(error, match="there are"):
        write_reports(connection(), tmp_path, region, language)


def test_a_folder_that_cannot_be_made_is_said_to_be_so(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ReportFolderError):
        write_reports(connection(), tmp_path / "file", "africa", "en")
