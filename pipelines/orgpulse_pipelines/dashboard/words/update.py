"""Brings the catalogues up to date with what there is to translate."""

from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog

from orgpulse_pipelines.dashboard.words.extraction import interface_messages
from orgpulse_pipelines.dashboard.words.files import (
    FOLDER,
    SOURCE_LANGUAGE,
    TRANSLATIONS,
    catalogue_path,
    catalogue_text,
    read_catalogue,
)
from orgpulse_pipelines.dashboard.words.sources import (
    INDICATORS,
    INTERFACE,
    MEMBERS,
    code_messages,
    indicator_messages,
    member_messages,
)


def update_catalogues(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Write every catalogue anew and return those that changed.

    New messages come without a translation, those that nothing uses any more go. A message whose text was
    changed keeps the former translation, marked ``fuzzy``: a suggestion that is not used until it is
    confirmed. Raises :class:`CatalogueError` if a catalogue cannot be read; then nothing is written.
    """
    named = _updated(folder, SOURCE_LANGUAGE, MEMBERS, code_messages())
    sources: dict[str, Callable[[], Catalog]] = {
        INTERFACE: interface_messages,
        INDICATORS: indicator_messages,
        MEMBERS: lambda: member_messages(named),
    }
    written = {
        catalogue_path(folder, SOURCE_LANGUAGE, MEMBERS): catalogue_text(named, SOURCE_LANGUAGE, MEMBERS)
    }
    for domain, messages in sources.items():
        template = messages()
        for language in TRANSLATIONS:
            updated = _updated(folder, language, domain, template)
            written[catalogue_path(folder, language, domain)] = catalogue_text(updated, language, domain)
    return tuple(path for path, text in written.items() if _changed(path, text))


def _updated(folder: Path, language: str, domain: str, template: Catalog) -> Catalog:
    catalogue = read_catalogue(catalogue_path(folder, language, domain), language)
    # A code that resembles another one is no change of it.
    catalogue.update(template, no_fuzzy_matching=language == SOURCE_LANGUAGE)
    return catalogue


def _changed(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True
