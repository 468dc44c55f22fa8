"""The figure that stands for an indicator on cards and overview."""

from small_dashboard import definition, figure, publication

from orgpulse_pipelines.dashboard.read import read_content


def headline(*figures):
    content = read_content(publication([definition()], figures))
    found = content.headline["coverage"]
    return found.grain, found.period


def test_the_newest_complete_year_to_date_stands_for_an_indicator():
    figures = [
        figure(1, "2018"), figure(2, "2019-03 YTD", "year_to_date"), figure(3, "2019-04 YTD", "year_to_date"),
        figure(9, "2019-04", "month"),
    ]  # fmt: skip
    assert headline(*figures) == ("year_to_date", "2019-04 YTD")


def test_a_period_in_progress_gives_way_to_one_that_is_over():
    unfinished = figure(3, "2019-05 YTD", "year_to_date")
    unfinished["as_of"] = unfinished["period_start"]
    assert headline(figure(2, "2019-04 YTD", "year_to_date"), unfinished) == ("year_to_date", "2019-04 YTD")


def test_a_period_without_data_gives_way_to_an_older_one_that_has_some():
    figures = [figure(2, "2018"), figure(None, "2019")]
    assert headline(*figures) == ("year", "2018")


def test_what_is_measured_by_the_year_only_shows_the_newest_year():
    assert headline(figure(1, "2017"), figure(2, "2018")) == ("year", "2018")


def test_a_withheld_figure_stands_for_its_indicator_without_a_number():
    content = read_content(publication([definition()], [figure(33, suppression="suppressed")]))
    found = content.headline["coverage"]
    assert (found.status, found.value) == ("suppressed", None)


def test_an_indicator_without_any_figure_has_no_headline():
    content = read_content(publication([definition(), definition("other")], [figure(1)]))
    assert "other" not in content.headline
    assert [one.id for one in content.indicators] == ["coverage", "other"]
