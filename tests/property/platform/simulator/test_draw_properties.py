"""Sharing out is exact whatever is shared out."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orgpulse_platform.simulator.draw import apportion, share_out

weights = st.lists(st.floats(min_value=0.001, max_value=1e6), min_size=1, max_size=60)


@given(st.integers(min_value=0, max_value=10**12), weights)
def test_parts_are_never_negative_and_sum_up_exactly(total, weights):
    parts = apportion(total, weights)

    assert sum(parts) == total
    assert min(parts) >= 0


@given(st.integers(min_value=0, max_value=10**6), weights)
def test_a_weight_of_zero_gets_nothing(total, weights):
    assert apportion(total, [0.0, *weights])[0] == 0


@given(st.decimals(min_value=0, max_value=10**10, places=2), weights)
def test_amounts_sum_up_to_the_cent(total, weights):
    parts = share_out(total, weights)

    assert sum(parts) == total
    assert all(part.as_tuple().exponent == -2 for part in parts if part != Decimal(0))


@given(weights)
def test_parts_follow_the_weights(weights):
    parts = apportion(1_000_000, weights)

    for weight, part in zip(weights, parts, strict=True):
        assert abs(part - 1_000_000 * weight / sum(weights)) <= 1
