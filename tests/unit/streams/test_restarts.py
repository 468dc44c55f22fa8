from orgpulse_streams.restarts import LONGEST_BACK_OFF_S, SETTLED_S, RestartPolicy


def test_back_off_grows_to_its_limit_and_then_the_supervisor_gives_up() -> None:
    policy = RestartPolicy(rapid_restarts=6)
    assert [policy.delay_after(1) for _ in range(7)] == [
        1,
        2,
        4,
        8,
        LONGEST_BACK_OFF_S,
        LONGEST_BACK_OFF_S,
        None,
    ]


def test_worker_that_ran_well_is_given_all_restarts_again() -> None:
    policy = RestartPolicy(rapid_restarts=2)
    assert [policy.delay_after(ran) for ran in (1, 1, SETTLED_S, 1, 1)] == [1, 2, 1, 2, None]


def test_no_restart_where_none_is_allowed() -> None:
    assert RestartPolicy(rapid_restarts=0).delay_after(1000) is None
