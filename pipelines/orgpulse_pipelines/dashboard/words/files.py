"""Catalogues on disk: one file per language and domain, as every translation tool reads them."""

from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from orgpulse_pipelines.dashboard.words.errors import CatalogueError

FOLDER: Final = Path(__file__).parent
"""Folder of the catalogues that ship with the platform, one folder a language."""
SOURCE_LANGUAGE: Final = "en"
"""The language that the code is written in."""
TRANSLATIONS: Final = ("fr", "es")
"""The languages that everything is translated into."""
LANGUAGES: Final = (SOURCE_LANGUAGE, *TRANSLATIONS)
"""The languages of the dashboard, by their ISO 639-1 codes."""
_WIDTH: Final = 110


def catalogue_path(folder: Path, language: str, domain: str) -> Path:
    """Where a domain's catalogue of a language stands."""
    return folder / language / f"{domain}.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """A catalogue, empty if there is none; raises :class:`CatalogueError` naming file and line."""
    if not path.exists():
        return Catalog(locale=language)
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language, abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(f"{path.name} of {language}, line {error.lineno + 1}") from None
    except ValueError:
        raise CatalogueError(f"{path.name} of {language}") from None


def catalogue_text(catalogue: Catalog, language: str, domain: str) -> str:
    """A catalogue as it is written: by message, without times or places, so that differences are changes."""
    written = BytesIO()
    write_po(
        written,
        catalogue,
        width=_WIDTH,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
        include_previous=True,
    )
    plural = f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
    header = (
        f"# The dashboard's texts in {catalogue.locale.english_name if catalogue.locale else language}: "
        f'{domain}.\nmsgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n{plural}\n'
    )
    return header + written.getvalue().decode("utf-8").rstrip("\n") + "\n"
