"""Periods as people write them."""

from datetime import datetime

import pytest

from orgpulse_pipelines.errors import RebuildError
from orgpulse_pipelines.runs.period import parse_period


@pytest.mark.parametrize(
    ("text", "first", "before"),
    [
        ("2019", "2019-01-01", "2020-01-01"),
        ("2019-03", "2019-03-01", "2019-04-01"),
        ("2019-12", "2019-12-01", "2020-01-01"),
        ("2020-02-29", "2020-02-29", "2020-03-01"),
        ("2019-03..2019-06", "2019-03-01", "2019-07-01"),
        ("2018..2019-06-15", "2018-01-01", "2019-06-16"),
    ],
)
def test_both_ends_are_included(text, first, before):
    span = parse_period(text)
    assert (span.first, span.before) == (datetime.fromisoformat(first), datetime.fromisoformat(before))


@pytest.mark.parametrize(
    "text", ["", "March", "2019-13", "2019-02-30", "2019..", "2020..2019", "2019-3", "0000"]
)
def test_what_is_no_period_is_refused_with_what_one_looks_like(text):
    with pytest.raises(RebuildError):
        parse_period(text)
