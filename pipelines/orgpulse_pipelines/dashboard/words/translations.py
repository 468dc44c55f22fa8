"""Loads the catalogues of a language into gettext's own translations."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from orgpulse_pipelines.dashboard.words.errors import MissingTranslationError
from orgpulse_pipelines.dashboard.words.files import (
    SOURCE_LANGUAGE,
    TRANSLATIONS,
    catalogue_path,
    read_catalogue,
)
from orgpulse_pipelines.dashboard.words.sources import INDICATORS, INTERFACE, MEMBERS


def translations_of(folder: Path, language: str, *, strict: bool) -> NullTranslations:
    """All domains of a language as one; what it lacks stays as it is or, if ``strict``, raises.

    Raises :class:`CatalogueError` if a file is not well formed, and :class:`MissingTranslationError` from
    its methods.
    """
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    missing = _Untranslated(language) if strict else NullTranslations()
    if language not in TRANSLATIONS:
        return missing
    loaded = GNUTranslations(BytesIO(_compiled(folder, language)))
    loaded.add_fallback(missing)
    return loaded


@cache
def _compiled(folder: Path, language: str) -> bytes:
    together = Catalog(locale=language, charset="utf-8", fuzzy=False)
    for domain in (INTERFACE, INDICATORS, MEMBERS):
        for message in read_catalogue(catalogue_path(folder, language, domain), language):
            if message.id:
                together[message.id] = message
    written = BytesIO()
    write_mo(written, together)
    return written.getvalue()


class _Untranslated(NullTranslations):
    """Stands at the end of the search and tells what was not found."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def gettext(self, message: str) -> str:
        raise MissingTranslationError(f"{self._language}: {message}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1)

    def pgettext(self, context: str, message: str) -> str:
        raise MissingTranslationError(f"{self._language}, {context}: {message}")

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.pgettext(context, msgid1)
