"""The history of the figures outlives the publications that are kept, the warehouse, and bad days."""

import shutil

import duckdb
import pytest

from orgpulse_pipelines.errors import DiskFullError, NothingPublishedError, PublicationError
from orgpulse_pipelines.indicators.errors import UnknownIndicatorError, UnknownPeriodError
from orgpulse_pipelines.indicators.history import HISTORY, take_over
from orgpulse_pipelines.indicators.history_read import history_document, read_history
from orgpulse_pipelines.indicators.history_shown import history_text
from orgpulse_pipelines.publication import kept_history, publish
from orgpulse_platform.settings import WarehouseSettings

COURSES = "courses_completed"


def said(small, *asked, **chosen):
    """Period, value, status and number of publications of every line of the history."""
    found = read_history(small.settings, COURSES, *asked, **chosen)
    return [(one.period, one.value, one.status, one.publications) for one in found.said]


def recorded(small):
    """What the warehouse has on record."""
    return small.connection.execute(
        f"select period, value, status from {HISTORY} order by first_published_in, period"
    ).fetchall()


def test_what_publications_in_a_row_say_is_said_once(small):
    small.publish()
    small.publish()
    small.figure(COURSES, 12)
    small.publish()
    assert said(small) == [("2019", 9, "no_target", 2), ("2019", 12, "no_target", 1)]
    assert recorded(small) == [("2019", 9, "no_target"), ("2019", 12, "no_target")]


def test_the_history_outlives_the_files(small):
    small.settings.warehouse = WarehouseSettings(keep_publications=1, keep_days=0)
    for value in (9, 10, 11):
        small.figure(COURSES, value)
        small.publish()
    assert len(small.kept_ids()) == 1
    assert [value for _, value, _, _ in said(small)] == [9, 10, 11]


def test_another_definition_is_told_even_if_it_kept_its_version(small):
    small.publish()
    small.define(COURSES, numerator_sql="select 1 as value from core.thing")
    small.publish()
    first, second = read_history(small.settings, COURSES).said
    assert (first.version, second.version) == (1, 1)
    assert first.definition != second.definition


def test_a_figure_that_is_published_no_longer_is_gone_and_may_come_back(small):
    small.publish()
    small.connection.execute("delete from indicators.value; delete from indicators.definition")
    small.publish()
    small.publish()
    small.define(COURSES)
    small.figure(COURSES, 9)
    small.publish()
    assert said(small) == [
        ("2019", 9, "no_target", 1),
        ("2019", None, "gone", 2),
        ("2019", 9, "no_target", 1),
    ]


def test_suppressed_stays_suppressed(small):
    small.figure(COURSES, None, status="suppressed")
    small.publish()
    small.figure(COURSES, 12)
    small.publish()
    assert said(small) == [("2019", None, "suppressed", 1), ("2019", 12, "no_target", 1)]


@pytest.mark.parametrize("period", [None, "2019"])
def test_what_is_suppressed_now_is_withheld_for_all_that_was_published_before(small, period):
    small.figure(COURSES, 7, dimension="region", member="africa")
    small.publish()
    small.figure(COURSES, None, status="suppressed")
    small.figure(COURSES, None, status="suppressed", dimension="region", member="africa")
    newest = small.publish().publication
    hidden = [("2019", None, "withheld", 1), ("2019", None, "suppressed", 1)]
    assert said(small, period) == hidden
    assert said(small, period, ("region", "africa")) == hidden
    with duckdb.connect(str(newest.path), read_only=True) as reader:
        assert reader.execute(f"select count(value) from {HISTORY}").fetchone() == (0,)


def test_a_history_that_gives_a_suppressed_figure_back_is_not_published(small, monkeypatch):
    small.publish()
    small.figure(COURSES, None, status="suppressed")
    monkeypatch.setattr("orgpulse_pipelines.indicators.history._PUBLISHED", f"from {HISTORY}")
    with pytest.raises(PublicationError, match="suppressed"):
        small.publish()
    assert small.kept_ids() == [small.current_id()]


def test_parts_and_shorter_periods_have_the_history_of_the_publications_that_are_kept(small):
    small.figure(COURSES, 4, dimension="region", member="africa")
    small.publish()
    small.figure(COURSES, 5, dimension="region", member="africa")
    small.publish()
    found = read_history(small.settings, COURSES, part=("region", "africa"))
    assert [one.value for one in found.said] == [4, 5]
    assert not found.recorded
    assert "kept" in str(list(history_text(found))[-1])


def test_a_warehouse_that_is_built_anew_takes_the_history_from_the_publications(small):
    small.publish()
    small.figure(COURSES, 12)
    small.publish()
    small.connection.execute(f"drop table {HISTORY}; drop table meta.publication_history")
    small.publish()
    assert [value for _, value, _, _ in said(small)] == [9, 12]
    assert len(recorded(small)) == 2


def test_without_its_publications_the_warehouse_remembers(small):
    small.publish()
    shutil.rmtree(small.settings.folder.publications)
    small.figure(COURSES, 12)
    small.publish()
    assert [value for _, value, _, _ in said(small)] == [9, 12]


def test_a_build_that_is_killed_before_the_switch_leaves_no_trace_in_the_history(small, monkeypatch):
    small.publish()
    small.figure(COURSES, 12)

    class KilledError(BaseException):
        pass

    def die(*_):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(publish, "shelve", die)
        with pytest.raises(KilledError):
            small.publish()
    assert recorded(small) == [("2019", 9, "no_target")]
    small.figure(COURSES, 15)
    small.publish()
    assert [value for _, value, _, _ in said(small)] == [9, 15]


def test_a_build_that_is_killed_after_the_switch_is_remembered_by_the_next_one(small, monkeypatch):
    small.publish()
    small.figure(COURSES, 12)

    class KilledError(BaseException):
        pass

    def die(*_):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(publish, "_remember_at_leisure", die)
        with pytest.raises(KilledError):
            small.publish()
    assert recorded(small) == [("2019", 9, "no_target")]
    assert [value for _, value, _, _ in said(small)] == [9, 12]
    small.figure(COURSES, 15)
    small.publish()
    assert [value for _, value, _, _ in said(small)] == [9, 12, 15]


def test_a_full_disk_after_the_switch_is_told_and_made_up_for(small, monkeypatch):
    def fill(connection, catalog):
        if small.kept_ids()[0] == small.current_id():
            raise duckdb.IOException("IO Error: No space left on device")
        take_over(connection, catalog)

    with monkeypatch.context() as patch:
        patch.setattr(kept_history, "take_over", fill)
        published = small.publish()
    assert "taken over by the next build" in published.notices[0]
    assert recorded(small) == []
    small.publish()
    assert recorded(small) == [("2019", 9, "no_target")]


def test_a_full_disk_before_the_switch_leaves_the_last_publication(small, monkeypatch):
    first = small.publish().publication
    small.figure(COURSES, 12)

    def fill(*_):
        raise duckdb.IOException("IO Error: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("orgpulse_pipelines.publication.write.write_history", fill)
        with pytest.raises(DiskFullError):
            small.publish()
    assert small.kept_ids() == [first.id]
    small.publish()
    assert [value for _, value, _, _ in said(small)] == [9, 12]


def test_a_torn_publication_is_named_and_the_next_older_one_is_read(small):
    small.publish()
    torn = small.publish().publication
    torn.path.chmod(0o600)
    torn.path.write_bytes(torn.path.read_bytes()[:6000])
    found = read_history(small.settings, COURSES)
    assert ([one.value for one in found.said], found.unreadable) == ([9], [torn.id])
    assert history_document(found)["unreadable"] == [{"id": torn.id}]
    assert f"{torn.id} cannot be read" in small.publish().notices[0]


def test_unknown_indicators_and_periods(small):
    with pytest.raises(NothingPublishedError):
        read_history(small.settings, COURSES)
    small.publish()
    with pytest.raises(UnknownIndicatorError):
        read_history(small.settings, "nonsense")
    with pytest.raises(UnknownPeriodError, match="1999"):
        read_history(small.settings, COURSES, "1999")
    with pytest.raises(UnknownPeriodError, match="africa"):
        read_history(small.settings, COURSES, part=("region", "africa"))
