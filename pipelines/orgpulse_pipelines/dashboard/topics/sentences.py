"""What a chart shows, in a sentence: for those who do not see it, and for those in a hurry."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeAlias

from orgpulse_pipelines.dashboard.cards import amount
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.indicators.figures import Figure

Name: TypeAlias = Callable[[str], str]
"""What a member of a dimension is called."""
_JUDGED = ("on_target", "near", "off_target")


def against_target(figures: Sequence[Figure], name: Name, words: Words) -> str:
    """How many reach the target and who is furthest from it; without targets, the highest and the lowest."""
    judged = [one for one in figures if one.status in _JUDGED]
    if not judged:
        return highest_and_lowest(
            [
                (name(one.member), amount(one.value, one, words), one.value)
                for one in figures
                if one.value is not None
            ],
            words,
            words.period("year", figures[0].period) if figures else "",
        )
    reached = sum(one.status == "on_target" for one in judged)
    text = words.text(
        "%(period)s: %(reached)s of %(judged)s reach the target.",
        period=words.period("year", judged[0].period),
        reached=words.number(reached, 0),
        judged=words.number(len(judged), 0),
    )
    worst = max((one for one in judged if one.status != "on_target"), key=_gap, default=None)
    if worst is None or worst.value is None or worst.target is None:
        return text
    furthest = words.text(
        "Furthest from it: %(name)s with %(value)s against %(target)s.",
        name=name(worst.member),
        value=amount(worst.value, worst, words),
        target=amount(worst.target, worst, words),
    )
    return f"{text} {furthest}"


def from_to(figures: Sequence[Figure], words: Words) -> str:
    """From what to what a series went, and its target."""
    known = [(one, one.value) for one in figures if one.value is not None]
    if not known:
        return no_data(words)
    (first, before), (last, now) = known[0], known[-1]
    text = words.text(
        "From %(before)s (%(first)s) to %(now)s (%(last)s).",
        before=amount(before, first, words), first=words.period(first.grain, first.period),
        now=amount(now, last, words), last=words.period(last.grain, last.period),
    )  # fmt: skip
    if last.target is None:
        return text
    target = words.text("The target is %(target)s.", target=amount(last.target, last, words))
    return f"{text} {target}"


def highest_and_lowest(
    values: Sequence[tuple[str, str, Decimal | float]], words: Words, when: str = ""
) -> str:
    """Who has the most and who the least: name, the value as it is written, and the value."""
    if not values:
        return no_data(words)
    high = max(values, key=lambda one: one[2])
    low = min(values, key=lambda one: one[2])
    if high[2] == low[2]:
        text = words.text("%(name)s: %(value)s.", name=high[0], value=high[1])
    else:
        text = words.text(
            "Highest: %(high)s with %(most)s; lowest: %(low)s with %(least)s.",
            high=high[0], most=high[1], low=low[0], least=low[1],
        )  # fmt: skip
    return f"{when}: {text}" if when else text


def no_data(words: Words) -> str:
    """There is nothing to show."""
    return words.text("This publication has no data for this chart.")


def withheld(figures: Sequence[Figure], words: Words) -> str:
    """How many of the figures are withheld; nothing where none is. Why each of them is, nobody is told."""
    count = sum(one.suppressed for one in figures)
    if not count:
        return ""
    return words.text(
        "Withheld, because they count few people or would reveal such a figure: %(count)s.",
        count=words.number(count, 0),
    )


def _gap(figure: Figure) -> Decimal:
    if figure.value is None or figure.target is None:
        return Decimal(0)
    return abs(figure.value - figure.target)
