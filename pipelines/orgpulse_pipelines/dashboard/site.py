"""Builds the site and puts it in place of the one before, in one step for whoever opens it next.

In the folder of dashboards a link for each kept publication leads to its site, and ``current`` to the one
that readers open. A site is written in a folder of its own, which nobody opens before a link leads to it: a
killed build leaves the last site as it was, and the next one clears the rest away. Files of figures stand
under the id of their publication, so that a page which is open while the next site comes finds no figures of
another one.
"""

import shutil
import time
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
from orgpulse_pipelines.dashboard.read import Content, read_content
from orgpulse_pipelines.dashboard.render import STATIC, words_of
from orgpulse_pipelines.dashboard.sections import section_pages
from orgpulse_pipelines.dashboard.words.files import LANGUAGES
from orgpulse_pipelines.publication.read import open_published
from orgpulse_pipelines.publication.shelf import current, locked, publications
from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.settings import Settings
from orgpulse_platform.state import StateFolder

VEGA_LITE: Final = "6.4"
"""Version of Vega-Lite that draws the charts; the package that brings it is pinned with the others."""


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
    with locked(shelf):
        try:
            _clear(folder)
            content = read_content(connection)
            site = shelf / f"{content.publication_id}.{time.time_ns()}"
            count = _write(connection, content, site)
            _link(shelf / content.publication_id, site.name)
            _link(folder.dashboard, content.publication_id)
            _clear(folder)
        except OSError as error:
            raise StateFolderError(f"{shelf}: {error.strerror}") from None
        files = [path for path in site.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
    return Built(shelf / content.publication_id, count, len(files), size)


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
            _link(folder.dashboard, used.id)
        except OSError as error:
            raise StateFolderError(f"{folder.dashboard}: {error.strerror}") from None
        return
    with open_published(settings) as connection:
        build_site(connection, folder)


def _write(connection: duckdb.DuckDBPyConnection, content: Content, draft: Path) -> int:
    """Write a site that nobody opens yet, all or nothing; the number of its pages."""
    try:
        return _write_files(connection, content, draft)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)  # half a site would only fill the disk
        raise


def _write_files(connection: duckdb.DuckDBPyConnection, content: Content, draft: Path) -> int:
    assets = draft / "assets"
    assets.mkdir(parents=True)
    for static in STATIC.iterdir():
        shutil.copyfile(static, assets / static.name)
    (assets / "vega.js").write_text(_chart_library(), encoding="utf-8")
    data = draft / "data" / content.publication_id
    write_data(connection, content, data)
    write_script(data / "world" / "world.js", "world", "world", world())
    kept = {site.name for site in draft.parent.iterdir()}
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
    return count


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


def _link(link: Path, target: str) -> None:
    """Let a link lead to its neighbour, in one step; relative, so that the state folder can be moved."""
    draft = link.with_name(f".{link.name}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.replace(link)


def _clear(folder: StateFolder) -> None:
    """Keep the sites of the publications that are kept, the one that is shown, and nothing else."""
    shown = folder.dashboard
    stay = {one.id for one in publications(folder)} | {shown.name}
    if shown.is_symlink():
        stay.add(shown.readlink().name)
    links = [one for one in folder.dashboards.iterdir() if one.is_symlink()]
    for link in links:
        if link.name not in stay:
            link.unlink()
    used = {link.readlink().name for link in links if link.is_symlink()}
    for site in folder.dashboards.iterdir():
        if not site.is_symlink() and site.is_dir() and site.name not in used:
            shutil.rmtree(site)
