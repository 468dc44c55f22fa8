"""What moved between two publications, and why."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from orgpulse_pipelines.publication.difference import compare, difference_document
from orgpulse_pipelines.publication.difference_shown import change_text, difference_text
from orgpulse_pipelines.publication.errors import UnknownPublicationError, UnreadablePublicationError
from orgpulse_pipelines.reconciliation.rejected_events import REJECTED_EVENTS
from orgpulse_pipelines.warehouse.catalog import comment_on

CONTRACT = "training_completion_recorded_v1"


def diff(small, **chosen):
    """The moved figures of the last two publications with their causes, by indicator and member."""
    small.publish()
    difference = compare(small.settings, **chosen)
    return {
        (figure.indicator_id, figure.period, figure.member): (figure, {one.kind: one for one in causes})
        for figure, causes in difference.figures
    }


@pytest.fixture
def known(small):
    """An event that the older publication has."""
    return small.event("known")


@pytest.fixture
def older(small, known):
    """The older publication: nine courses, one of which names its event."""
    small.evidence("courses_completed", known, date(2019, 3, 1))
    return small.publish().publication


def test_nothing_moved(small, older):
    assert diff(small) == {}


def test_new_events_are_counted_by_contract(small, older):
    for number in range(3):
        small.event(f"new {number}")
    small.figure("courses_completed", 12)
    figure, why = diff(small)["courses_completed", "2019", "all"]
    assert (figure.old_value, figure.new_value, figure.change) == (9, 12, 3)
    assert why.keys() == {"new_events"}
    assert why["new_events"].contracts == {CONTRACT: 3}
    assert why["new_events"].text == f"3 events new: {CONTRACT}"


def test_an_event_that_counts_otherwise_was_corrected(small, known, older):
    small.event("correction")
    small.connection.execute("update indicators.evidence set value = 0 where event_id = ?", [known])
    small.figure("courses_completed", 8)
    _, why = diff(small)["courses_completed", "2019", "all"]
    assert why.keys() == {"new_events", "changed_events"}
    assert why["changed_events"].text.startswith("1 known event counted otherwise")


def test_a_correction_explains_the_years_in_which_it_counts_and_no_others(small, known, older):
    small.figure("courses_completed", 1, "2018")
    small.publish()
    small.connection.execute("update indicators.evidence set value = 0")
    small.figure("courses_completed", 8)
    small.figure("courses_completed", 2, "2018")
    moved = diff(small)
    assert "changed_events" in moved["courses_completed", "2019", "all"][1]
    assert "changed_events" not in moved["courses_completed", "2018", "all"][1]


def test_replayed_and_withdrawn_events_are_told_apart_from_new_ones(small, known):
    replayed = small.event("replayed")
    small.connection.execute(f"delete from staging.{CONTRACT} where event_id = ?", [replayed])
    small.connection.execute(f"create table {REJECTED_EVENTS} as select ?::uuid as identity", [replayed])
    comment_on(small.connection, REJECTED_EVENTS, "Rejected.", {"identity": "Identity."})
    small.publish()
    small.connection.execute(f"delete from staging.{CONTRACT}")
    small.event("replayed")
    small.event("new")
    small.figure("courses_completed", 10)
    _, why = diff(small)["courses_completed", "2019", "all"]
    counts = {kind: cause.contracts[CONTRACT] for kind, cause in why.items()}
    assert counts == {"new_events": 1, "replayed_events": 1, "removed_events": 1}


def test_another_version_of_the_definition(small, older):
    small.define("courses_completed", 2)
    small.figure("courses_completed", 5, version=2)
    figure, why = diff(small)["courses_completed", "2019", "all"]
    assert why["definition"].text == "version 2 of the definition instead of 1"
    assert figure.change == -4


def test_a_definition_that_changed_under_the_same_version_is_found_out(small, older):
    small.define("courses_completed", numerator_sql="select 1 as value from core.thing", target=Decimal(7))
    small.figure("courses_completed", 5)
    _, why = diff(small)["courses_completed", "2019", "all"]
    assert why["definition"].text.endswith("kept its version 1: numerator_sql")
    listed = compare(small.settings).definitions
    assert listed == {("courses_completed", 1): "changed: numerator_sql, target"}


def test_another_target_moves_the_status_alone(small, older):
    small.define("courses_completed", target=Decimal(10))
    small.figure("courses_completed", 9, status="off_target", target=Decimal(10))
    small.event("new")
    figure, why = diff(small)["courses_completed", "2019", "all"]
    assert (figure.change, figure.new_status) == (0, "off_target")
    assert why.keys() == {"target"}


def test_a_changed_query_of_a_table_behind_the_measure(small, older):
    small.define("things", numerator_sql="select 1 as value from core.thing")
    small.figure("things", 3)
    small.publish()
    small.model = replace(small.model, sql=small.model.sql + "where id > 1\n")
    small.build(range(1, 4))
    small.figure("things", 2)
    _, why = diff(small)["things", "2019", "all"]
    assert why["query"].text == "changed query of core.thing"


def test_a_figure_that_moves_for_no_reason_on_record_says_so(small, older):
    small.figure("courses_completed", 10)
    assert diff(small)["courses_completed", "2019", "all"][1].keys() == {"other"}


def test_a_period_that_goes_on_and_a_new_one_are_reasons(small, older):
    small.figure("courses_completed", 10, as_of=date(2019, 10, 31))
    small.figure("courses_completed", 1, "2020")
    moved = diff(small)
    assert moved["courses_completed", "2019", "all"][1]["calendar"].text == (
        "the period is covered up to 2019-10-31 instead of 2019-12-31"
    )
    assert moved["courses_completed", "2020", "all"][1]["calendar"].text == "the period is new"


def test_indicators_come_and_go(small, older):
    small.connection.execute("delete from indicators.value; delete from indicators.definition")
    small.define("another_one")
    small.figure("another_one", 4)
    moved = diff(small)
    assert moved["courses_completed", "2019", "all"][1]["definition"].text == (
        "version 1 of the definition was removed"
    )
    assert moved["another_one", "2019", "all"][1]["definition"].text == "version 1 of the definition is new"


@pytest.mark.parametrize("hidden_first", [True, False])
def test_what_either_publication_suppresses_is_never_compared(small, hidden_first):
    def hide():
        small.figure("courses_completed", None, status="suppressed")

    def show():
        small.figure("courses_completed", 9)

    first, second = (hide, show) if hidden_first else (show, hide)
    first()
    small.publish()
    second()
    small.event("new")
    figure, why = diff(small)["courses_completed", "2019", "all"]
    assert (figure.old_value, figure.new_value, figure.change) == (None, None, None)
    assert why.keys() == {"suppression"}
    text = str(difference_document(compare(small.settings))["figures"])
    assert "9" not in text.replace("2019", "")


def test_what_both_suppress_does_not_move(small):
    small.figure("courses_completed", None, status="suppressed")
    small.publish()
    small.define("courses_completed", 2)
    small.figure("courses_completed", None, status="suppressed", version=2)
    assert diff(small) == {}


def test_few_events_are_not_counted_beside_a_figure_about_people(small):
    people = {"protects": ["numerator"], "minimum_people": 5}
    small.define("courses_completed", **people)
    small.publish()
    small.event("new")
    small.figure("courses_completed", 10)
    _, why = diff(small)["courses_completed", "2019", "all"]
    assert why["new_events"].text == f"fewer than 5 events new: {CONTRACT}"
    assert why["new_events"].contracts == {}


def test_parts_are_shown_when_asked_for(small, older):
    small.figure("courses_completed", 4, dimension="region", member="africa")
    small.figure("courses_completed", 10, period="2018")
    assert [key[1:] for key in diff(small)] == [("2018", "all")]
    part = ("region", "africa")
    assert [key[1:] for key in diff(small, old=older.id, part=part)] == [("2019", "africa")]
    assert len(diff(small, old=older.id, everything=True)) == 2


def test_tables_that_changed_in_rows_and_those_that_came_and_went(small, older):
    small.build(range(1, 9))
    small.connection.execute("create table meta.rejections as select 1 as rejected")
    comment_on(small.connection, "meta.rejections", "Rejected.", {"rejected": "How many."})
    small.publish()
    tables = {one.name: (one.old_rows, one.new_rows) for one in compare(small.settings).tables}
    assert tables["core.thing"] == (3, 8)
    assert tables["meta.rejections"] == (None, 1)
    assert "indicators.value" not in tables


def test_the_difference_as_one_document_and_in_words(small, older):
    small.event("new")
    small.figure("courses_completed", 10)
    small.publish()
    difference = compare(small.settings)
    document = difference_document(difference)
    assert document["older"]["id"] == older.id
    assert document["figures"][0]["causes"][0]["contracts"] == [{"id": CONTRACT, "events": 1}]
    assert document["events"] == [{"id": CONTRACT, "new": 1, "replayed": 0, "gone": 0}]
    assert len(list(difference_text(difference))) == 4
    assert change_text(difference.figures[0][0]) == "+1 courses"


def test_a_small_change_is_shown_in_as_many_digits_as_it_takes(small, older):
    small.figure("courses_completed", Decimal("8.9988"), unit="%")
    small.define("courses_completed", unit="%", decimals=1)
    figure, _ = diff(small)["courses_completed", "2019", "all"]
    assert figure.change is None  # courses and per cent cannot be subtracted
    small.figure("courses_completed", Decimal("8.9976"), unit="%")
    figure, _ = diff(small)["courses_completed", "2019", "all"]
    assert change_text(figure) == "−0.001 points"


def test_it_takes_two_publications_that_can_be_read(small, older):
    with pytest.raises(UnknownPublicationError, match="takes two"):
        compare(small.settings)
    with pytest.raises(UnknownPublicationError, match="with itself"):
        compare(small.settings, older.id)
    newer = small.publish().publication
    newer.path.chmod(0o600)
    newer.path.write_bytes(b"x" * 20_000)
    with pytest.raises(UnreadablePublicationError, match=newer.id):
        compare(small.settings)
