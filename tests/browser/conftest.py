"""The dashboard of a simulated organisation, opened in Chromium by somebody without a network."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import chromium as installed
import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from reader import Reader
from simulated_site import Site, build_in

WAIT_MS = 30_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first of these tests builds the site, which takes its time where much else runs."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site, which the processes of a test run share."""
    base = tmp_path_factory.getbasetemp()
    return build_in((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "dashboard")


@pytest.fixture(scope="session")
def executable() -> str:
    """Path of Debian's Chromium, or of another that is named."""
    path = installed.executable()
    if path is None:
        pytest.skip(installed.MISSING)
    return path


@pytest.fixture(scope="module")
def chromium(executable: str) -> Iterator[Browser]:
    """The browser, for the tests of a file."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        # Chromium's own sandbox refuses to work for root, as whom a container runs the tests.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def reader(chromium: Browser, site: Site) -> Iterator[Callable[..., Reader]]:
    """Makes readers of the site; whatever went wrong while they read fails the test."""
    readers: list[Reader] = []

    def make(**context: object) -> Reader:
        readers.append(Reader(chromium.new_context(offline=True, **context), site, WAIT_MS))
        return readers[-1]

    yield make
    problems = [problem for one in readers for problem in one.problems]
    for one in readers:
        one.context.close()
    assert problems == []
