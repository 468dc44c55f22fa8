"""What definitions say is said in every language."""

from decimal import Decimal

import pytest
from jinja2 import Environment

from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.dashboard.words.files import LANGUAGES
from orgpulse_pipelines.indicators.definition import load_definitions


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_definition_can_be_told(language: str) -> None:
    words = Words(language, strict=True)
    for one in load_definitions():
        measured = [measure.meaning for measure in one.measures.values()]
        said = (one.title, one.definition, one.unit, one.owner, one.standard, one.limitations, *measured)
        for text in said:
            assert words.text(text)


def test_an_amount_names_its_unit_in_the_language() -> None:
    assert Words("fr", strict=True).amount(Decimal("12.5"), "days", 1) == "12,5 jours"


def test_templates_speak_the_language_and_escape_what_data_say() -> None:
    words = Words("fr", strict=True)
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    words.install(environment)
    shown = environment.from_string(
        "{{ words.text('days') }} {{ words.member('office', office) }} {{ _('days') }}"
    )
    assert shown.render(office="<b>Bureau</b>") == "jours &lt;b&gt;Bureau&lt;/b&gt; jours"
