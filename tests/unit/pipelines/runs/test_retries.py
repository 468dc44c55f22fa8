"""Only what may pass by itself is tried again."""

import dagster as dg
import pytest

from orgpulse_pipelines.errors import CheckFailedError
from orgpulse_pipelines.runs.failure import explain
from orgpulse_pipelines.runs.retries import no_retry_unless
from orgpulse_platform.errors import BrokerUnavailableError


@pytest.fixture
def attempts():
    """Runs a step that fails with an error so many times; how often it was tried, and what it ended with."""

    def attempts(error, times):
        tried = []

        @dg.asset(retry_policy=dg.RetryPolicy(max_retries=2))
        def step():
            tried.append(True)
            with no_retry_unless(BrokerUnavailableError):
                if len(tried) <= times:
                    raise error

        with dg.instance_for_test() as instance:
            try:
                dg.materialize([step], instance=instance)
            except Exception as caught:
                return len(tried), explain(caught, [], "run-1")
        return len(tried), None

    return attempts


def test_a_broker_that_is_back_in_a_moment_fails_no_build(attempts):
    assert attempts(BrokerUnavailableError(), 2) == (3, None)


def test_a_broker_that_stays_away_is_named(attempts):
    tried, error = attempts(BrokerUnavailableError("127.0.0.1:9"), 9)
    assert (tried, type(error), error.detail) == (3, BrokerUnavailableError, "127.0.0.1:9")


def test_a_failed_check_is_not_tried_again(attempts):
    tried, error = attempts(CheckFailedError("core.a, grain_is_unique: 1 rows"), 9)
    assert (tried, type(error)) == (1, CheckFailedError)
