"""What was withheld is nowhere in the site, not even where a publication would still hold it."""

import gzip
import json
import re
import shutil

import duckdb
import pytest
from canary_search import MARK, files, found
from simulated_site import Site

from orgpulse_pipelines.dashboard.data_files import LETTERS
from orgpulse_pipelines.dashboard.site import build_site
from orgpulse_pipelines.publication.read import open_published
from orgpulse_platform.settings import KafkaSettings, Settings, WarehouseSettings

_DOCUMENT = re.compile(r"orgpulse\.load\(.+?,.+?,(.*)\);\n", re.DOTALL)

WITHHELD, SHOWN = 918273.5, 837261.5
"""Planted values: one in every withheld figure, one in those of one indicator that are shown."""


def written(value: float) -> re.Pattern[str]:
    """The number as any language or file writes it."""
    whole = str(int(value))
    return re.compile(f"{whole[:3]}.?{whole[3:]}")


@pytest.fixture(scope="session")
def planted(site, tmp_path_factory) -> Site:
    """The site of a publication whose withheld figures were never emptied."""
    # New settings: a copy would keep the folder that the others have already looked up, and plant there.
    state = Settings(
        state=tmp_path_factory.mktemp("planted"), kafka=KafkaSettings(), warehouse=WarehouseSettings()
    )
    copy = state.folder.root / "publication.duckdb"
    shutil.copyfile(site.settings.folder.published.resolve(), copy)
    numbers = "value = $1, numerator = $1, denominator = $1"
    with duckdb.connect(str(copy)) as connection:
        connection.execute(f"update indicators.value set {numbers} where suppressed", [WITHHELD])
        connection.execute("update indicators.history set value = ? where status = 'suppressed'", [WITHHELD])
        connection.execute(
            "update indicators.value set value = ? where indicator_id = 'controls_attested'", [SHOWN]
        )
        build_site(connection, state.folder)
    return Site(state, site.hostile)


def holding(site: Site, value: float) -> set[str]:
    number = written(value)
    texts = (path for path in site.path.rglob("*") if path.suffix in (".html", ".js", ".svg", ".css"))
    return {path.relative_to(site.path).as_posix() for path in texts if number.search(path.read_text())}


def test_a_withheld_figure_is_in_no_file_even_if_the_publication_held_it(planted):
    shown = holding(planted, SHOWN)
    data = f"data/{planted.path.name.partition('.')[0]}"
    assert {f"{data}/slice/0.js", f"{data}/indicator/controls_attested.js"} <= shown
    assert {f"{one}/indicator/controls_attested.html" for one in ("en", "fr", "es")} <= shown
    assert holding(planted, WITHHELD) == set()


def test_every_withheld_figure_of_the_publication_is_a_letter_without_a_number(site):
    with open_published(site.settings) as connection:
        query = "select count(*) from indicators.value where suppressed"
        [(expected,)] = connection.execute(query).fetchall()
    withheld = []
    for path in site.path.glob("data/*/slice/*.js"):
        document = json.loads(_DOCUMENT.fullmatch(path.read_text())[1])
        for by_grain in document.values():
            for _, values, letters, *_ in by_grain.values():
                pairs = zip(values, letters, strict=True)
                withheld += [value for value, letter in pairs if letter == LETTERS["suppressed"]]
    assert set(withheld) == {None}
    assert len(withheld) == expected > 1000


def test_no_page_and_no_file_names_a_person(site, tmp_path):
    assert found(files(site.path)) == []
    (tmp_path / "page.html").write_bytes(gzip.compress(f"<p>{MARK}</p>".encode()))
    assert found(files(tmp_path)) == ["file page.html (unpacked)"]
