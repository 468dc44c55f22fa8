"""How days, moments and decimals are written, as patterns that any validator understands.

To many validators a format is only a remark, and a decimal that arrives as text has no bounds for them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_DAY: Final = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK: Final = "([01][0-9]|2[0-3]):[0-5][0-9]"
PATTERNS: Final = {
    "date": f"^{_DAY}$",
    "date-time": f"^{_DAY}T{_CLOCK}:[0-5][0-9](\\.[0-9]{{1,6}})?(Z|[+-]{_CLOCK})$",
}
"""The pattern of a format; the format keeps out days that no calendar has."""


@dataclass(frozen=True, slots=True)
class DecimalText:
    """Decimals that are written as text, without exponent and leading zeros.

    Bounds with digits after the point, and lower bounds above zero, are left to the check on arrival.
    """

    whole: int
    """Most digits before the point."""
    places: int
    """Most digits after the point."""
    low: Decimal | None = None
    high: Decimal | None = None
    above: bool = False
    """Whether the lower bound itself is refused."""
    below: bool = False
    """Whether the upper bound itself is refused."""

    @property
    def pattern(self) -> str:
        """The pattern of their texts."""
        if self.low == 0 and self.above and self.high is None:
            return f"^({_more_than_zero(self.whole, self.places)})$"
        positive = _up_to(self.high, self.whole, self.places, open_=self.below)
        if self.low is not None and self.low >= 0:
            return f"^({positive})$"
        furthest = None if self.low is None else -self.low
        negative = _up_to(furthest, self.whole, self.places, open_=self.above)
        return f"^-?({positive})$" if positive == negative else f"^({positive}|-({negative}))$"


def _up_to(bound: Decimal | None, whole: int, places: int, *, open_: bool) -> str:
    fraction = f"(\\.[0-9]{{1,{places}}}0*)?" if places else "(\\.0+)?"
    if bound is None or bound < 0 or bound != int(bound) or bound >= 10**whole:
        return f"({_any_whole(whole)}){fraction}"
    limit = int(bound)
    exactly = f"{limit}(\\.0+)?"
    smaller = f"({'|'.join(_integers(limit - 1))}){fraction}" if limit else ""
    if open_:
        return smaller or "0"
    return f"{smaller}|{exactly}" if smaller else exactly


def _any_whole(whole: int) -> str:
    if whole <= 1:
        return "[0-9]" if whole else "0"
    return f"0|[1-9][0-9]{{0,{whole - 1}}}"


def _more_than_zero(whole: int, places: int) -> str:
    fraction = f"(\\.[0-9]{{1,{places}}}0*)?" if places else "(\\.0+)?"
    small = [f"0\\.0{{{zeros}}}[1-9][0-9]{{0,{places - zeros - 1}}}0*" for zeros in range(places)]
    large = [f"[1-9][0-9]{{0,{whole - 1}}}{fraction}"] if whole else []
    return "|".join(large + small)


def _integers(limit: int) -> list[str]:
    """Alternatives that match the integers from 0 to a limit."""
    digits = str(limit)
    found = ["0"] if limit == 0 else []
    if len(digits) > 1:
        found.append(_any_whole(len(digits) - 1))
    for position, digit in enumerate(digits):
        lowest = 1 if position == 0 and len(digits) > 1 else 0
        if int(digit) > lowest:
            rest = len(digits) - position - 1
            following = f"[0-9]{{{rest}}}" if rest else ""
            found.append(f"{digits[:position]}[{lowest}-{int(digit) - 1}]{following}")
    return [*found, digits] if limit else found
