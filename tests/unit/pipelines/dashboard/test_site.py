"""A site takes the place of the one before in one step, or not at all."""

import multiprocessing
import os
import signal
import threading
import time

import pytest
from small_dashboard import PUBLICATION, definition, figure, publication

from orgpulse_pipelines.dashboard import site
from orgpulse_pipelines.dashboard.site import build_site, show
from orgpulse_pipelines.publication.shelf import Publication, point_to
from orgpulse_platform.errors import StateFolderError

LATER = "20200229T000000000000Z"


@pytest.fixture(autouse=True)
def indicators_only(monkeypatch):
    """Pages of topics read the whole warehouse; how a site is put in place is the same without them."""
    monkeypatch.setattr(site, "section_pages", lambda *_: iter(()))


def published(id_=PUBLICATION, value=41.5):
    connection = publication([definition()], [figure(value)])
    connection.execute("update meta.publication set publication_id = ?", [id_])
    return connection


def keep(folder, *ids):
    """Publications on their shelf, the last of them shown to readers."""
    folder.prepare(folder.publications)
    for id_ in ids:
        path = folder.publications / f"publication-{id_}.duckdb"
        path.touch()
        point_to(folder, Publication(id_, path))


def says(folder, text):
    return text in (folder.dashboard / "en/indicator/coverage.html").read_text()


def test_a_site_says_the_figures_of_its_publication_in_every_language(settings):
    built = build_site(published(), settings.folder)
    assert built.path.name == PUBLICATION
    assert says(settings.folder, "41.5%")
    assert {path.name for path in built.path.iterdir()} == {"assets", "data", "en", "es", "fr", "index.html"}
    assert (built.path / "data" / PUBLICATION / "indicator/coverage.js").is_file()
    assert built.files == sum(path.is_file() for path in built.path.rglob("*"))


def test_whoever_reads_while_sites_are_replaced_finds_every_page_whole(settings):
    folder = settings.folder
    keep(folder, PUBLICATION, LATER)
    build_site(published(), folder)
    ended, read = threading.Event(), []

    def reading():
        while not ended.is_set():
            read.append((folder.dashboard / "en/indicator/coverage.html").read_text())

    reader = threading.Thread(target=reading)
    reader.start()
    for round_ in range(4):  # the same publication again, and another one
        build_site(published(PUBLICATION if round_ % 2 else LATER, 50 + round_), folder)
    ended.set()
    reader.join()
    assert len(read) > 20
    assert all(page.rstrip().endswith("</html>") for page in read)


def test_the_sites_of_kept_publications_stay_and_others_go(settings):
    folder = settings.folder
    keep(folder, PUBLICATION, LATER)
    build_site(published(), folder)
    build_site(published(LATER, 50), folder)
    assert {one.name for one in folder.dashboards.iterdir() if one.is_symlink()} == {
        PUBLICATION,
        LATER,
        "current",
    }
    (folder.publications / f"publication-{PUBLICATION}.duckdb").unlink()
    build_site(published(LATER, 51), folder)
    assert {one.name for one in folder.dashboards.iterdir() if one.is_symlink()} == {LATER, "current"}
    assert sum(not one.is_symlink() for one in folder.dashboards.iterdir()) == 1
    assert says(folder, "51.0%")


def test_a_rollback_shows_the_earlier_site_again(settings):
    folder = settings.folder
    keep(folder, PUBLICATION, LATER)
    build_site(published(), folder)
    build_site(published(LATER, 50), folder)
    assert says(folder, "50.0%")
    keep(folder, PUBLICATION)
    show(settings)
    assert says(folder, "41.5%")
    assert (folder.dashboards / LATER / "en/index.html").is_file()


def test_a_build_that_is_killed_leaves_the_last_site_and_nothing_for_long(settings):
    folder = settings.folder
    build_site(published(), folder)

    def build():
        build_site(published(LATER, 50), folder)

    process = multiprocessing.get_context("fork").Process(target=build)
    process.start()
    deadline = time.monotonic() + 30
    while not list(folder.dashboards.glob(f"{LATER}.*")):
        assert time.monotonic() < deadline
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert says(folder, "41.5%")
    build_site(published(value=42), folder)
    assert says(folder, "42.0%")
    assert list(folder.dashboards.glob(f"{LATER}*")) == []


def test_a_full_disk_keeps_the_last_site_and_leaves_no_half_one(settings, monkeypatch):
    folder = settings.folder
    build_site(published(), folder)
    before = sorted(one.name for one in folder.dashboards.iterdir())

    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(site, "html", full)
    with pytest.raises(StateFolderError, match="No space left"):
        build_site(published(LATER), folder)
    assert says(folder, "41.5%")
    assert sorted(one.name for one in folder.dashboards.iterdir()) == before


def test_two_builds_at_once_take_turns(settings):
    folder = settings.folder
    keep(folder, PUBLICATION, LATER)
    builds = [
        threading.Thread(target=build_site, args=(published(id_, value), folder))
        for id_, value in ((PUBLICATION, 1), (LATER, 2))
    ]
    for build in builds:
        build.start()
    for build in builds:
        build.join()
    assert says(folder, "1.0%") or says(folder, "2.0%")
    assert {one.name for one in folder.dashboards.iterdir() if one.is_symlink()} == {
        PUBLICATION,
        LATER,
        "current",
    }
