"""Builds the site and puts it in place of the one before, in one step for whoever opens it next.

Beside each other in the folder of dashboards: a folder for each kept publication, and ``current``, a link to
the one that readers open. A site is written under a name that nobody opens and renamed when it is whole: a
killed build leaves the last site as it was, and the next one clears the rest away.
"""

import shutil
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

import duckdb
import vl_convert

from orgpulse_pipelines.dashboard.data_files import write_data, write_script
from orgpulse_pipelines.dashboard.maps import world
from orgpulse_pipelines.dashboard.names import names
from orgpulse_pipelines.dashboard.pages import html, pages
from orgpulse_pipelines.dashboard.read import read_content
from orgpulse_pipelines.dashboard.render import STATIC, words_of
from orgpulse_pipelines.dashboard.sections import section_pages
from orgpulse_pipelines.dashboard.words.files import LANGUAGES
from orgpulse_pipelines.publication.read import open_published
from orgpulse_pipelines.publication.shelf import current, publications
from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.settings import Settings
from orgpulse_platform.state import StateFolder

VEGA_LITE: Final = "6.4"
"""Version of Vega-Lite that draws the charts; the package that brings it is pinned with the others."""
_DRAFT: Final = ".draft"


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was put in place."""

    path: Path
    pages: int
    files: int
    size: int
    """Bytes on disk."""


def build_site(connection: duckdb.DuckDBPyConnection, folder: StateFolder) -> Built:
    """Write the site of a publication and show it.

    Raises :class:`StateFolderError`; the last site then stays in place.
    """
    shelf = folder.prepare(folder.dashboards)
    try:
        for leftover in shelf.glob(f"*{_DRAFT}"):
            shutil.rmtree(leftover, ignore_errors=True)
        publication_id, count, draft = _write(connection, shelf)
        site = shelf / publication_id
        if site.exists():  # of the same publication, as it was built before
            shutil.rmtree(_put_aside(site))
        draft.rename(site)
        _point_to(folder, site)
        _prune(folder)
    except OSError as error:
        raise StateFolderError(f"{shelf}: {error.strerror}") from None
    files = [path for path in site.rglob("*") if path.is_file()]
    return Built(site, count, len(files), sum(path.stat().st_size for path in files))


def show(settings: Settings) -> None:
    """Show the dashboard of the publication that readers see; it is built if it is kept no longer.

    For a rollback. Raises :class:`NothingPublishedError`, :class:`PublicationError` or
    :class:`StateFolderError`.
    """
    folder = settings.folder
    if not folder.dashboard.exists():
        return  # none was built yet, and none is asked for
    used = current(folder)
    if used is not None and (folder.dashboards / used.id).exists():
        try:
            _point_to(folder, folder.dashboards / used.id)
        except OSError as error:
            raise StateFolderError(f"{folder.dashboard}: {error.strerror}") from None
        return
    with open_published(settings) as connection:
        build_site(connection, folder)


def _write(connection: duckdb.DuckDBPyConnection, shelf: Path) -> tuple[str, int, Path]:
    content = read_content(connection)
    draft = shelf / f"{content.publication_id}{_DRAFT}"
    assets = draft / "assets"
    shutil.copytree(STATIC, assets)
    (assets / "vega.js").write_text(_chart_library(), encoding="utf-8")
    write_data(connection, content, draft / "data")
    write_script(draft / "data" / "world" / "world.js", "world", "world", world())
    kept = {site.name for site in shelf.iterdir()}
    count = 0
    for language in LANGUAGES:
        words = words_of(language)
        write_script(assets / f"names.{language}.js", "names", language, names(content, words))
        for page in chain(pages(content, words), section_pages(connection, content, kept, words)):
            path = draft / language / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html(page, content, words), encoding="utf-8")
            count += 1
    (draft / "index.html").write_text(_START, encoding="utf-8")
    return content.publication_id, count, draft


@cache
def _chart_library() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script; the package holds them, nothing is fetched."""
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE))


_START: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<meta http-equiv="refresh" content="0; url=en/index.html">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>OrgPulse</title>
</head>
<body>
<p><a href="en/index.html" lang="en">English</a> · <a href="fr/index.html" lang="fr">Français</a> ·
<a href="es/index.html" lang="es">Español</a></p>
</body>
</html>
"""


def _put_aside(site: Path) -> Path:
    aside = site.with_name(f"{site.name}.old{_DRAFT}")
    site.rename(aside)
    return aside


def _point_to(folder: StateFolder, site: Path) -> None:
    link = folder.dashboard.with_name(f".{site.name}")
    link.unlink(missing_ok=True)
    link.symlink_to(site.name)  # relative: the state folder can be moved
    link.replace(folder.dashboard)


def _prune(folder: StateFolder) -> None:
    """Keep the sites of the publications that are kept."""
    stay = {one.id for one in publications(folder)} | {folder.dashboard.resolve().name}
    for site in folder.dashboards.iterdir():
        if site.is_dir() and not site.is_symlink() and site.name not in stay:
            shutil.rmtree(site)
