"""Drawing by chance so that the same seed gives the same result, and sharing out so that sums are exact."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def day_between(rng: Random, first: date, last: date) -> date:
    """A day within two days, both included; the first where the last lies before it."""
    return first + timedelta(days=int(rng.random() * ((last - first).days + 1))) if last > first else first


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Share out a whole number by weights so that the parts sum up exactly (largest remainder).

    Parts are never negative, and a weight of zero gets nothing. Raises ValueError without any weight.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("nothing to share out by")
    quotas = [total * weight / whole for weight in weights]
    parts = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - quotas[index], index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def share_out(total: Decimal, weights: Sequence[float]) -> list[Decimal]:
    """Share out an amount in cents by weights so that the parts sum up exactly."""
    cents = apportion(int(total * 100), weights)
    return [Decimal(part).scaleb(-2) for part in cents]


class Weighted(Generic[T]):
    """Draws from a fixed list by weight."""

    def __init__(self, weights: dict[T, float]) -> None:
        self._items = list(weights)
        self._cumulative = list(accumulate(weights.values()))

    def draw(self, rng: Random) -> T:
        """One of the items."""
        return rng.choices(self._items, cum_weights=self._cumulative)[0]
