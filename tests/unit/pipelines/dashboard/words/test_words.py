"""How each language names what it shows."""

from pathlib import Path

import pytest
from jinja2 import Environment

from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.dashboard.words.codes import codes, dimensions
from orgpulse_pipelines.dashboard.words.errors import MissingTranslationError
from orgpulse_pipelines.dashboard.words.files import LANGUAGES
from orgpulse_schemas.systems import SYSTEMS

EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def environment(words: Words) -> Environment:
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    words.install(made)
    return made


@EVERY_LANGUAGE
def test_every_dimension_and_every_code_has_a_name(language: str) -> None:
    words = Words(language, strict=True)
    for dimension in dimensions():
        assert words.dimension(dimension)
    for dimension, listed in codes().items():
        for code in (*listed, "unknown"):
            assert words.member(dimension, code) not in ("", code)
    assert all(words.member("system", system) != system for system in SYSTEMS)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "United Nations entity"),
        ("fr", "Entité des Nations Unies"),
        ("es", "Entidad de las Naciones Unidas"),
    ],
)
def test_a_code_has_a_name_in_each_language(language: str, name: str) -> None:
    assert Words(language, strict=True).member("donor_type", "un_agency") == name


def test_a_code_is_named_after_its_dimension() -> None:
    words = Words("fr", strict=True)
    assert words.member("priority", "high") == "Élevée"
    assert words.member("risk_level", "high") == "Élevé"


@pytest.mark.parametrize("dimension", ["office", "regional_office", "service"])
@pytest.mark.parametrize("name", ["Africa", "Overview", "%", "unknown", "%(name)s"])
def test_an_office_that_is_called_like_a_message_is_not_translated(dimension: str, name: str) -> None:
    assert Words("fr", strict=True).member(dimension, name) == name


def test_countries_and_languages_have_the_names_of_cldr() -> None:
    assert Words("es").country("KEN") == "Kenia"
    assert Words("fr").country("CI") == "Côte d’Ivoire"
    assert Words("fr").member("country", "CHE") == "Suisse"
    assert Words("fr").member("language", "AR") == "Arabe"
    assert Words("fr").country("no such country") == "no such country"


def test_age_bands_are_ranges() -> None:
    assert Words("es", strict=True).member("age_band", "20-24") == "20–24"
    assert Words("es", strict=True).member("age_band", "70+") == "70 años o más"


def test_a_missing_translation_is_english_in_use_and_an_error_where_it_is_asked_for(tmp_path: Path) -> None:
    assert Words("fr").text("Nobody wrote this") == "Nobody wrote this"
    assert Words("fr").member("theme", "brand_new") == "brand new"
    strict = Words("fr", strict=True)
    with pytest.raises(MissingTranslationError, match="Nobody wrote this"):
        strict.text("Nobody wrote this")
    with pytest.raises(MissingTranslationError, match="brand_new"):
        strict.member("theme", "brand_new")
    with pytest.raises(MissingTranslationError):
        Words("es", strict=True, folder=tmp_path).text("days")


def test_arabic_is_written_from_right_to_left_and_speaks_english_until_it_is_translated() -> None:
    words = Words("ar")
    assert words.direction == "rtl"
    assert words.text("days") == "days"
    assert words.member("gender", "female") == "Women"
    assert {Words(language).direction for language in LANGUAGES} == {"ltr"}


def test_a_percent_sign_without_values_is_one() -> None:
    assert Words("fr").text("100 % of %s") == "100 % of %s"
    assert Words("en").text("%(name)s: 100 %%", name="A") == "A: 100 %"


def test_a_value_in_a_message_of_a_template_is_escaped() -> None:
    shown = environment(Words("en")).from_string("{% trans %}Hello {{ office }}{% endtrans %}")
    assert shown.render(office="<b>") == "Hello &lt;b&gt;"
