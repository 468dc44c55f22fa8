"""Everything that a reader meets is said in every language, and says there what it says in English."""

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
from babel.messages.catalog import Catalog, Message
from typer.testing import CliRunner

from orgpulse_pipelines.dashboard.commands import register
from orgpulse_pipelines.dashboard.words import update
from orgpulse_pipelines.dashboard.words.errors import CatalogueError
from orgpulse_pipelines.dashboard.words.extraction import interface_messages
from orgpulse_pipelines.dashboard.words.files import (
    FOLDER,
    SOURCE_LANGUAGE,
    TRANSLATIONS,
    catalogue_path,
    read_catalogue,
)
from orgpulse_pipelines.dashboard.words.sources import INDICATORS, INTERFACE, MEMBERS
from orgpulse_pipelines.dashboard.words.update import update_catalogues

SAME_IN = {
    "fr": {
        **dict.fromkeys(("%", "kg", "USD"), "an international symbol"),
        **dict.fromkeys(("documents", "incidents", "missions"), "a French plural that English has too"),
        **dict.fromkeys(
            (
                "Communication",
                "Discrimination",
                "Organisation",
                "Personnel",
                "Cause",
                "Incidents",
                "Programme",
                "Protection",
                "Public",
                "Publication",
                "Publications",
                "Service",
                "Source",
                "Type",
                "Version",
            ),
            "a French word that English has too",
        ),
        "Europe": "the name of the continent in both",
    },
    "es": {
        "%(name)s: %(value)s.": "only punctuation, which Spanish sets like English",
        **dict.fromkeys(("%", "kg", "USD"), "an international symbol"),
        "No": "a Spanish word that English has too",
        "Asia": "the name of the continent in both",
        "Regional": "a Spanish word that English has too",
    },
}
"""Texts that read the same in English, and why."""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}")
EVERY_CATALOGUE = pytest.mark.parametrize(
    ("language", "domain"),
    [(language, domain) for language in TRANSLATIONS for domain in (INTERFACE, INDICATORS, MEMBERS)],
)


@cache
def catalogue(language: str, domain: str) -> Catalog:
    return read_catalogue(catalogue_path(FOLDER, language, domain), language)


def messages(language: str, domain: str) -> Iterator[Message]:
    return (message for message in catalogue(language, domain) if message.id)


def texts(said: object) -> list[str]:
    """A text, or the forms of one that counts something."""
    return [said] if isinstance(said, str) else list(said)  # type: ignore[call-overload]


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """The catalogues, to be changed."""
    for language in (SOURCE_LANGUAGE, *TRANSLATIONS):
        shutil.copytree(FOLDER / language, tmp_path / language)
    return tmp_path


@EVERY_CATALOGUE
def test_every_text_is_translated(language: str, domain: str) -> None:
    missing = [
        message.id
        for message in messages(language, domain)
        if message.fuzzy or not message.string or not all(texts(message.string))
    ]
    assert missing == []


@EVERY_CATALOGUE
def test_a_translation_has_the_values_of_the_text(language: str, domain: str) -> None:
    for message in messages(language, domain):
        asked = {name for text in texts(message.id) for name in PLACEHOLDER.findall(text)}
        for said in texts(message.string):
            assert set(PLACEHOLDER.findall(said)) == asked, message.id


@EVERY_CATALOGUE
def test_a_translation_keeps_the_numbers_of_the_text(language: str, domain: str) -> None:
    for message in messages(language, domain):
        if isinstance(message.id, str):
            digits = re.findall(r"\d+", message.id)
            assert sorted(re.findall(r"\d+", str(message.string))) == sorted(digits), message.id


@EVERY_CATALOGUE
def test_only_what_reads_the_same_in_both_languages_is_left_in_english(language: str, domain: str) -> None:
    same = {message.id for message in messages(language, domain) if message.id == message.string}
    assert same - SAME_IN[language].keys() == set()


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_nothing_is_excused_that_has_a_translation(language: str) -> None:
    said = [one for domain in (INTERFACE, INDICATORS, MEMBERS) for one in messages(language, domain)]
    excused = {one.id for one in said} & SAME_IN[language].keys()
    assert excused - {one.id for one in said if one.id == one.string} == set()


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_text_of_two_catalogues_reads_alike_in_both(language: str) -> None:
    interface = {
        message.id: message.string for message in messages(language, INTERFACE) if not message.context
    }
    indicators = {message.id: message.string for message in messages(language, INDICATORS)}
    shared = interface.keys() & indicators.keys()
    assert {text: interface[text] for text in shared} == {text: indicators[text] for text in shared}


def test_every_code_has_a_name_in_english() -> None:
    named = catalogue(SOURCE_LANGUAGE, MEMBERS)
    assert [(one.context, one.id) for one in named if one.id and not one.string] == []


def test_the_catalogues_hold_what_there_is_to_translate_and_nothing_else(copies: Path) -> None:
    assert update_catalogues(copies) == ()


def test_the_command_says_that_nothing_is_to_be_done() -> None:
    app = typer.Typer()
    register(app)
    said = CliRunner().invoke(app, ["dashboard", "words"], catch_exceptions=False)
    assert said.exit_code == 0
    assert said.stdout == ""


def test_a_changed_text_keeps_its_former_translation_as_a_suggestion(copies: Path) -> None:
    path = catalogue_path(copies, "fr", INDICATORS)
    before = path.read_text(encoding="utf-8")
    path.write_text(
        before.replace('msgid "Time to fill a position"', 'msgid "Time to fill any position"'), "utf-8"
    )
    assert path.read_text(encoding="utf-8") != before
    assert update_catalogues(copies) == (path,)
    changed = read_catalogue(path, "fr")["Time to fill a position"]
    former = read_catalogue(catalogue_path(FOLDER, "fr", INDICATORS), "fr")["Time to fill a position"]
    assert changed.fuzzy
    assert changed.string == former.string


def test_bringing_up_to_date_restores_what_was_lost_and_drops_what_nothing_uses(copies: Path) -> None:
    path = catalogue_path(copies, "es", MEMBERS)
    before = path.read_text(encoding="utf-8")
    path.write_text(before + '\nmsgid "Nobody says this"\nmsgstr "Nadie dice esto"\n', "utf-8")
    assert update_catalogues(copies) == (path,)
    assert path.read_text(encoding="utf-8") == before


def test_a_broken_catalogue_is_named_and_nothing_is_written(copies: Path) -> None:
    path = catalogue_path(copies, "es", MEMBERS)
    path.write_text("<<<<<<< HEAD\n" + path.read_text("utf-8"), "utf-8")
    before = {one: one.read_bytes() for one in copies.rglob("*.po")}
    with pytest.raises(CatalogueError, match=r"members\.po of es, line 1"):
        update_catalogues(copies)
    assert {one: one.read_bytes() for one in copies.rglob("*.po")} == before


def test_messages_are_found_in_templates_and_in_code(tmp_path: Path) -> None:
    (tmp_path / "templates" / "parts").mkdir(parents=True)
    (tmp_path / "templates" / "parts" / "card.html").write_text(
        '<h2>{{ _("Target") }}</h2>{% trans count=n %}{{ count }} unit{% pluralize %}{{ count }} units'
        "{% endtrans %}{{ pgettext('month', 'May') }}",
        "utf-8",
    )
    (tmp_path / "pages.py").write_text(
        'TITLE = N_("Overview")\nwords.text("%(n)s " "left", n=1), words.text(one.title)\n'
        'words.text("Outside", inside=f"{words.text(\'Inside\')}")\n'
        'words.plural("a day", "%(number)s days", days), path.write_text("Not this")\n',
        "utf-8",
    )
    found = {(message.context, message.id) for message in interface_messages(tmp_path) if message.id}
    assert found == {
        (None, "Target"),
        (None, ("%(count)s unit", "%(count)s units")),
        ("month", "May"),
        (None, "Overview"),
        (None, "%(n)s left"),
        (None, "Inside"),
        (None, "Outside"),
        (None, ("a day", "%(number)s days")),
    }


def test_another_language_begins_with_empty_catalogues(copies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "TRANSLATIONS", (*TRANSLATIONS, "ar"))
    assert update_catalogues(copies) == tuple(
        catalogue_path(copies, "ar", domain) for domain in (INTERFACE, INDICATORS, MEMBERS)
    )
    arabic = read_catalogue(catalogue_path(copies, "ar", INDICATORS), "ar")
    assert {message.id for message in arabic} == {message.id for message in catalogue("fr", INDICATORS)}
    assert not any(message.string for message in arabic if message.id)
    assert "nplurals=6" in catalogue_path(copies, "ar", INDICATORS).read_text("utf-8")
