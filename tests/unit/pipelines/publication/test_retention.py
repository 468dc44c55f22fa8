"""How long publications are kept, and what becomes of readers of those that are not."""

from pathlib import Path

import duckdb

from orgpulse_pipelines.publication.read import open_published
from orgpulse_pipelines.publication.retention import kept
from orgpulse_pipelines.publication.shelf import Publication, publications
from orgpulse_platform.settings import WarehouseSettings


def written(*times: str) -> list[Publication]:
    ids = (f"{time}000000Z" for time in times)
    return [Publication(id_, Path(f"publication-{id_}.duckdb")) for id_ in ids]


def test_the_newest_are_kept_and_the_last_of_each_of_the_latest_days():
    found = written(
        "20261123T1015",
        "20261123T1000",
        "20261123T0945",
        "20261122T2345",
        "20261122T0000",
        "20261120T1200",
        "20261119T1200",
    )
    settings = WarehouseSettings(keep_publications=2, keep_days=3)
    assert [one.id[:13] for one in kept(found, settings)] == [
        "20261123T1015",
        "20261123T1000",
        "20261122T2345",
        "20261120T1200",
    ]


def test_without_days_only_the_newest_are_kept():
    found = written("20261123T1000", "20261122T1000", "20261121T1000")
    assert kept(found, WarehouseSettings(keep_publications=1, keep_days=0)) == found[:1]


def test_a_reader_reads_on_in_a_publication_that_is_kept_no_longer(small):
    small.settings.warehouse = WarehouseSettings(keep_publications=1, keep_days=0)
    small.build(range(1, 200_000))
    path = small.publish().publication.path
    with duckdb.connect(str(path), read_only=True) as reader:
        small.publish()
        assert not path.exists()
        assert reader.execute("select count(distinct id) from core.thing").fetchone() == (199_999,)


def test_files_of_other_names_are_no_publications_and_stay(small):
    folder = small.settings.folder
    folder.prepare(folder.publications)
    foreign = [folder.publications / name for name in ("publication-copy.duckdb", "notes.txt")]
    for path in foreign:
        path.write_text("ours")
    small.settings.warehouse = WarehouseSettings(keep_publications=1, keep_days=0)
    small.publish()
    newest = small.publish().publication
    assert publications(folder) == [newest]
    assert all(path.exists() for path in foreign)


def test_a_reader_who_comes_just_when_its_publication_is_removed_gets_the_next_one(small, monkeypatch):
    small.settings.warehouse = WarehouseSettings(keep_publications=1, keep_days=0)
    small.publish()
    connect = duckdb.connect

    def late(path, **options):
        monkeypatch.setattr(duckdb, "connect", connect)
        small.publish()
        return connect(path, **options)

    monkeypatch.setattr(duckdb, "connect", late)
    with open_published(small.settings) as reader:
        found = reader.execute("select publication_id from meta.publication").fetchone()
    assert found == (small.current_id(),)
