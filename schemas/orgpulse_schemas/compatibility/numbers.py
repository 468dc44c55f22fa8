"""Numbers: bounds and steps, exact as decimals, for integers and for other numbers apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final

from orgpulse_schemas.compatibility.atoms import Atom
from orgpulse_schemas.compatibility.branches import Branch
from orgpulse_schemas.compatibility.change import BreakingChange, Path, Rule, breaking

KEYWORDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range."""

    value: Fraction
    closed: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers that a branch can hold; ``step`` divides all of them."""

    low: Bound | None
    high: Bound | None
    step: Fraction | None

    @property
    def empty(self) -> bool:
        """Whether no number is in it."""
        if self.low is None or self.high is None:
            return False
        if self.low.value == self.high.value:
            return not (self.low.closed and self.high.closed)
        return self.low.value > self.high.value


_NOTHING: Final = Span(Bound(Fraction(1), True), Bound(Fraction(0), True), None)


def exact(number: Any) -> Fraction:
    """A JSON number as the decimal it is written as, not as the binary fraction next to it."""
    return Fraction(str(number))


def span_of(branch: Branch) -> Span:
    """The numbers that a branch of integers or of other numbers can hold."""
    step = _step(branch)
    if step is not None and branch.atom is Atom.FRACTION and step.denominator == 1:
        return _NOTHING
    low, high = _low(branch), _high(branch)
    if step is None:
        return Span(low, high, None)
    integers = branch.atom is Atom.INTEGER
    return Span(
        None if low is None else _on_step(low, step, 1, integers),
        None if high is None else _on_step(high, step, -1, integers),
        step,
    )


def _step(branch: Branch) -> Fraction | None:
    steps = [exact(part["multipleOf"]) for part in branch.parts if "multipleOf" in part]
    if branch.atom is Atom.INTEGER:
        steps.append(Fraction(1))
    if not steps:
        return None
    common = steps[0]
    for step in steps[1:]:
        over = common.denominator * step.denominator
        common = Fraction(lcm(common.numerator * step.denominator, step.numerator * common.denominator), over)
    return common


def _low(branch: Branch) -> Bound | None:
    bounds = [Bound(exact(part["minimum"]), True) for part in branch.parts if "minimum" in part]
    bounds += [
        Bound(exact(part["exclusiveMinimum"]), False) for part in branch.parts if "exclusiveMinimum" in part
    ]
    return max(bounds, key=lambda bound: (bound.value, not bound.closed), default=None)


def _high(branch: Branch) -> Bound | None:
    bounds = [Bound(exact(part["maximum"]), True) for part in branch.parts if "maximum" in part]
    bounds += [
        Bound(exact(part["exclusiveMaximum"]), False) for part in branch.parts if "exclusiveMaximum" in part
    ]
    return min(bounds, key=lambda bound: (bound.value, bound.closed), default=None)


def _on_step(bound: Bound, step: Fraction, direction: int, integers: bool) -> Bound:
    """The first multiple of the step inside the bound."""
    steps = bound.value / step
    multiple = -(-steps // 1) if direction > 0 else steps // 1
    if multiple == steps and not bound.closed:
        multiple += direction
    if not integers and (multiple * step).denominator == 1:
        multiple += direction
    return Bound(multiple * step, True)


def number_changes(branch: Branch, new: dict[str, Any], at: Path) -> Iterator[BreakingChange]:
    """What the number keywords of the new schema refuse of a branch."""
    span = span_of(branch)
    for keyword in KEYWORDS:
        if keyword not in new or _holds(keyword, exact(new[keyword]), span):
            continue
        if keyword == "multipleOf":
            yield breaking(at, Rule.MULTIPLE_NARROWED, f"only multiples of {new[keyword]} are accepted now")
        else:
            yield breaking(at, Rule.BOUND_TIGHTENED, f"{keyword} is {new[keyword]} now")


def _holds(keyword: str, value: Fraction, span: Span) -> bool:
    match keyword:
        case "minimum":
            return span.low is not None and span.low.value >= value
        case "exclusiveMinimum":
            low = span.low
            return low is not None and (low.value > value or (low.value == value and not low.closed))
        case "maximum":
            return span.high is not None and span.high.value <= value
        case "exclusiveMaximum":
            high = span.high
            return high is not None and (high.value < value or (high.value == value and not high.closed))
        case _:
            return span.step is not None and (span.step / value).denominator == 1
