"""Writes scorecards as files to print and as PDF."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import duckdb

from orgpulse_pipelines.dashboard.read import Content, read_content
from orgpulse_pipelines.dashboard.render import STATIC, render, words_of
from orgpulse_pipelines.dashboard.scorecards.errors import (
    ReportFolderError,
    UnknownLanguageError,
    UnknownRegionError,
)
from orgpulse_pipelines.dashboard.scorecards.printing import chromium, print_pdf
from orgpulse_pipelines.dashboard.scorecards.scorecard import Headlines, headlines, scorecard
from orgpulse_pipelines.dashboard.words.files import LANGUAGES

_STYLES: Final = ("style.css", "scorecard.css")


def write_reports(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    region: str | None = None,
    language: str | None = None,
) -> list[Path]:
    """Write scorecards, by default all of them in all languages; the PDF files.

    The HTML files that are printed stay beside them, also when printing fails. Raises
    :class:`UnknownRegionError`, :class:`UnknownLanguageError`, :class:`ReportFolderError`,
    :class:`NoChromiumError` or :class:`PrintingError`.
    """
    content = read_content(connection)
    figures = headlines(connection, content)
    languages = _chosen(language, LANGUAGES, UnknownLanguageError)
    ids = _chosen(region, figures, UnknownRegionError)
    try:
        pages = list(_write_pages(folder, content, {one: figures[one] for one in ids}, languages))
    except OSError as error:
        raise ReportFolderError(f"{folder}: {error.strerror}") from None
    browser = chromium()
    printed = [page.with_suffix(".pdf") for page in pages]
    for page, target in zip(pages, printed, strict=True):
        print_pdf(browser, page, target)
    return printed


def _chosen(
    wanted: str | None, known: Iterable[str], error: type[UnknownRegionError] | type[UnknownLanguageError]
) -> list[str]:
    listed = list(known)
    if wanted is None:
        return listed
    if wanted not in listed:
        raise error(f"{wanted}; there are {', '.join(listed)}")
    return [wanted]


def _write_pages(
    folder: Path, content: Content, figures: Headlines, languages: Iterable[str]
) -> Iterator[Path]:
    assets = folder / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    for style in _STYLES:
        shutil.copyfile(STATIC / style, assets / style)
    for language in languages:
        words = words_of(language)
        for id_, chosen in figures.items():
            page = folder / f"scorecard-{id_}-{language}.html"
            text = render(
                "report.html",
                words,
                card=scorecard(id_, chosen, content, words),
                published=content.published_at.date(),
                publication_id=content.publication_id,
            )
            page.write_text(text, encoding="utf-8")
            yield page
