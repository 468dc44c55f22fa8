"""What topics say of targets and figures, and what they withhold."""

import json
from functools import cache

import pytest
import vl_convert
from small_dashboard import definition, figure
from whole_dashboard import whole

from orgpulse_pipelines.dashboard.data_pages.personal_data import personal_data
from orgpulse_pipelines.dashboard.data_pages.rejected import rejected
from orgpulse_pipelines.dashboard.data_pages.sources import sources
from orgpulse_pipelines.dashboard.maps import choropleth, drawn_countries, world
from orgpulse_pipelines.dashboard.render import words_of
from orgpulse_pipelines.dashboard.topics.every import EVERY_TOPIC
from orgpulse_pipelines.dashboard.topics.fund import fund
from orgpulse_pipelines.dashboard.topics.recommendations import recommendations
from orgpulse_pipelines.dashboard.topics.results import results
from orgpulse_pipelines.dashboard.topics.risks import risks
from orgpulse_pipelines.dashboard.topics.training import training
from orgpulse_pipelines.dashboard.topics.workforce import workforce

EN = words_of("en")
LAST = {"valid_from": "2019-01-01", "valid_to": "9999-12-31"}


@cache
def empty():
    """A publication without a figure; the tests that share it only read."""
    return whole()


def chart(topic, id_):
    return next(one for one in topic.charts if one.id == id_)


def column(one, name):
    at = [column.name for column in one.columns].index(name)
    return [row[at] for row in one.rows]


def shares(*figures, of, dimension, dimensions=()):
    """Figures of an indicator for members of a dimension."""
    return [definition(of, dimensions=list(dimensions))], [
        figure(value, indicator_id=of, dimension=dimension, member=member, **stated)
        for member, value, stated in figures
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("make", [*EVERY_TOPIC, sources, rejected, personal_data])
def test_a_publication_without_data_is_said_to_have_none(make, language):
    topic = make(empty(), words_of(language))
    assert topic.charts
    for one in topic.charts:
        assert one.summary
        assert one.id == "meanings" or (not one.rows and not one.spec)


def test_the_chart_names_who_is_furthest_from_the_target():
    told = shares(
        ("africa", 96, {"status": "on_target"}), ("asia", 40, {}), ("europe", 80, {}),
        of="results_on_target", dimension="region",
    )  # fmt: skip
    regions = chart(results(whole(*told), EN), "regions")
    assert regions.summary == (
        "2019: 1 of 3 reach the target. Furthest from it: Asia with 40.0% against 95.0%."
    )
    assert column(regions, "part") == ["Africa", "Europe", "Asia"]


def test_a_withheld_figure_has_no_value_and_its_reason_in_words():
    told = shares(
        ("female", 41, {}), ("male", 3, {"suppression": "suppressed"}),
        ("other", 9, {"suppression": "suppressed"}),
        of="ethics_e_learning_coverage", dimension="gender",
    )  # fmt: skip
    matrix = chart(training(whole(*told), EN), "by-gender")
    assert sorted(map(str, column(matrix, "value"))) == ["41.0", "None", "None"]
    assert "withheld (small numbers)" in column(matrix, "status")
    assert matrix.note == "Withheld, because they count few people or would reveal such a figure: 2."
    assert json.dumps(matrix.values()).count("null") == 2


def test_the_pyramid_shows_no_side_of_a_withheld_share():
    told = shares(
        ("senior", 40, {"numerator": 8, "denominator": 20}),
        ("professional", 50, {"suppression": "suppressed", "numerator": 2, "denominator": 4}),
        of="women_among_staff", dimension="grade_group",
    )  # fmt: skip
    pyramid = chart(workforce(whole(*told), EN), "pyramid")
    assert column(pyramid, "people") == [8, 12, None, None]
    assert pyramid.summary.startswith("2019: 8 women among 20 staff")


def test_regions_of_the_workforce_say_why_they_are_not_shown():
    rows = [
        {"period_start": "2019-01-01", "breakdown": "grade_group", "region": region, "member": "senior",
         "people": people, "suppression": suppression}
        for region, people, suppression in (("africa", 12, "none"), ("oceania", None, "suppressed"))
    ]  # fmt: skip
    regions = chart(workforce(whole(given={"marts.workforce": rows}), EN), "regions")
    assert regions.note.endswith("reveal such a figure: Oceania.")
    assert column(regions, "people") == [12, None]


@pytest.mark.parametrize(
    ("baseline", "target", "value", "come"), [(0, 200, 100, 50), (80, 40, 60, 50), (10, 20, 5, -50)]
)
def test_the_way_to_a_target_is_measured_whether_the_result_should_rise_or_fall(
    baseline, target, value, come
):
    given = {
        "core.dim_result_indicator": [
            {"indicator_id": "RI-1", "baseline": baseline, "target": target, "direction": "higher", **LAST}
        ],
        "marts.result_progress": [
            {
                "indicator_id": "RI-1",
                "level": "corporate",
                "value": value,
                "planned": value,
                "on_target": True,
                **LAST,
            }
        ],
    }
    told = shares(("africa", 1, {}), of="results_on_target", dimension="region")
    assert column(chart(results(whole(*told, given), EN), "corporate"), "value") == [come]


def test_eligible_states_without_a_project_are_on_the_map_and_counted():
    given = {
        "core.fact_fund_project": [{"project_id": "P1", "country": "KEN", "started_on": "2019-05-01"}],
        "core.fact_eligibility": [
            {"country": code, "region": "africa", "year": 2019, "eligible": code != "ZAF"}
            for code in ("KEN", "UGA", "ZAF")
        ],
        "core.dim_member_state": [{"country": "KEN", "name": "Kenya", "region": "africa"}],
    }
    told = shares(("africa", 1, {}), of="results_on_target", dimension="region")
    countries = chart(fund(whole(*told, given), EN), "countries")
    assert countries.summary == "1 projects in 1 countries; 1 eligible states have had none."
    assert column(countries, "code") == ["KEN", "UGA"]
    assert column(countries, "part") == ["Kenya", "Uganda"]


def test_open_recommendations_are_those_of_the_last_day():
    spans = [
        ("up_to_6_months", False, "2019-11-01", "9999-12-31"),
        ("over_12_months", True, "2018-01-01", "9999-12-31"),
        ("over_12_months", True, "2016-01-01", "2019-12-31"),
    ]
    rows = [
        {"recommendation_age": age, "overdue": late, "valid_from": start, "valid_to": end}
        for age, late, start, end in spans
    ]
    told = shares(("africa", 1, {}), of="results_on_target", dimension="region")
    ages = chart(recommendations(whole(*told, {"marts.open_recommendations": rows}), EN), "age")
    assert ages.summary == "2 recommendations are open; 1 of them are overdue, and 1 are older than a year."


def test_every_chart_is_a_specification_that_vega_lite_draws():
    risk = {"category": "security", "level": "high", "mitigated": False, **LAST}
    told = shares(("africa", 50, {}), of="risks_mitigated", dimension="region")
    drawn = [one for one in risks(whole(*told, {"core.fact_risk": [risk]}), EN).charts if one.spec]
    assert {one.id for one in drawn} == {"levels", "categories", "mitigated-regions"}
    for one in drawn:
        vl_convert.vegalite_to_vega(one.spec | {"datasets": {"rows": one.values()}}, vl_version="6.4")


def test_the_map_shows_every_country_once_and_small_states_as_points():
    rows = [{"code": "MDV", "part": "Maldives", "projects": 3}]
    datasets = {**world(), "rows": rows}
    vl_convert.vegalite_to_vega(
        choropleth("projects", "Projects", "Country") | {"datasets": datasets}, vl_version="6.4"
    )
    assert {"KEN", "FRA", "MDV", "TUV", "PSE"} <= drawn_countries()
    assert len(drawn_countries()) > 235
    assert all(-90 <= one["latitude"] <= 90 and -180 <= one["longitude"] <= 180 for one in world()["small"])
