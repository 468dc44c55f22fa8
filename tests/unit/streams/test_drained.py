from orgpulse_streams.drained import DrainWatch, Lag, lag_of

PLACE = ("raw.hr.pe-3", 0)
OTHER = ("raw.hr.pe-3", 1)


def test_lag_counts_what_topics_still_hold() -> None:
    lag = lag_of({PLACE: 100, OTHER: 0}, {PLACE: 150, OTHER: 7}, {PLACE: 120})
    assert (lag.done, lag.total, lag.left) == (20, 57, 37)


def test_records_removed_by_retention_are_not_waited_for() -> None:
    assert lag_of({PLACE: 150}, {PLACE: 150}, {}).left == 0
    assert lag_of({PLACE: 150}, {PLACE: 160}, {PLACE: 20}) == Lag(done=0, total=10)


def test_end_offset_behind_what_is_committed_is_no_negative_lag() -> None:
    assert lag_of({PLACE: 0, OTHER: 0}, {PLACE: 10, OTHER: 10}, {PLACE: 15, OTHER: 9}).left == 1


def test_drained_only_when_nothing_is_left_and_nothing_new_was_done_for_three_looks() -> None:
    watch = DrainWatch()
    looks = [Lag(3, 5), Lag(5, 5), Lag(5, 5), Lag(6, 6), Lag(6, 6), Lag(6, 6)]
    assert [watch.drained(lag) for lag in looks] == [False, False, False, False, False, True]
