"""Which rejected events a filter means."""

from datetime import UTC, datetime

import pytest

from orgpulse_platform.rejected.errors import RejectedEventNotFoundError, UnknownFilterError
from orgpulse_platform.rejected.reading import rejected_event
from orgpulse_platform.rejected.selection import Selection, moment

NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)


def test_an_empty_filter_means_all(make_event):
    assert make_event() in Selection()


@pytest.mark.parametrize(
    "selection",
    [
        Selection(families=frozenset({"finance"})),
        Selection(contracts=frozenset({"org.hr.appointment.made.v1"})),
        Selection(reasons=frozenset({"empty"})),
        Selection(origins=frozenset({"raw.hr.pe-3/0/18"})),
        Selection(since=NOON.replace(hour=13)),
        Selection(until=NOON),
    ],
)
def test_each_part_of_a_filter_restricts(make_event, selection):
    assert make_event() not in selection


def test_a_filter_means_what_fits_all_of_it(make_event):
    event = make_event()
    fitting = Selection(
        families=frozenset({"hr", "finance"}),
        reasons=frozenset({"unknown_contract"}),
        origins=frozenset({event.origin}),
        since=NOON,
        until=NOON.replace(hour=13),
    )
    assert event in fitting
    assert event in Selection(origins=frozenset({"raw.hr.pe-3/0/17"}))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2020-01-01", datetime(2020, 1, 1, tzinfo=UTC)),
        ("2020-01-01T09:00", datetime(2020, 1, 1, 9, tzinfo=UTC)),
        ("2020-01-01T09:00:00+02:00", datetime(2020, 1, 1, 7, tzinfo=UTC)),
        ("90m", datetime(2020, 1, 1, 10, 30, tzinfo=UTC)),
        ("36h", datetime(2019, 12, 31, tzinfo=UTC)),
        ("7d", datetime(2019, 12, 25, 12, tzinfo=UTC)),
    ],
)
def test_times_are_written_as_days_moments_or_spans(text, meant):
    assert moment(text, NOON) == meant


@pytest.mark.parametrize("text", ["", "h", "yesterday", "2020-13-01", "999999999999d", "-3h"])
def test_what_is_no_time_is_named(text):
    with pytest.raises(UnknownFilterError):
        moment(text, NOON)


@pytest.mark.parametrize(
    "selection", [Selection(families=frozenset({"humans"})), Selection(reasons=frozenset({"wrong"}))]
)
def test_unknown_family_or_reason_is_refused_with_those_that_there_are(selection):
    with pytest.raises(UnknownFilterError, match="there are"):
        selection.checked()


@pytest.mark.parametrize("text", ["", "hr", "events.hr/0/1", "raw.humans.pe-3/0/1@5", "Jane Doe"])
def test_what_is_no_origin_is_refused_without_being_repeated(settings, text):
    with pytest.raises(RejectedEventNotFoundError) as caught:
        rejected_event(settings, text, lambda read, total: None)
    assert not text or text not in caught.value.detail.replace("raw.hr.pe-3/0/17", "")
