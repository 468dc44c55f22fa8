"""How figures, statuses and trends read to a person."""

from decimal import Decimal
from typing import Final

from orgpulse_pipelines.indicators.figures import Figure

# Shape, word and colour: nobody has to tell colours apart.
_STATUSES: Final = {
    "on_target": ("● On target", "green"),
    "near": ("▲ Near", "yellow"),
    "off_target": ("▼ Off target", "red"),
    "no_target": ("– No target", "dim"),
    "no_data": ("– No data", "dim"),
    "suppressed": ("– Suppressed", "dim"),
}
_ARROWS: Final = {"up": "↑", "down": "↓", "steady": "→"}
_PROGRESS_STYLES: Final = {"better": "green", "worse": "red"}
_SCALES: Final = ((Decimal(10) ** 9, "billion", 2), (Decimal(10) ** 6, "million", 1))


def value_text(figure: Figure) -> str:
    """The value with its unit, or why there is none."""
    if figure.suppressed:
        return suppressed_text(figure)
    if figure.value is None:
        return "no data"
    return amount_text(figure.value, figure.unit, figure.decimals)


def suppressed_text(figure: Figure) -> str:
    """That a figure is withheld."""
    if figure.minimum_people is None:
        return "suppressed (nearly one person's gift, or protects such a one)"
    return f"suppressed (below {figure.minimum_people}, or protects such a one)"


def target_text(figure: Figure) -> str:
    """The target, whose unit the value beside it names; empty without one."""
    if figure.target is None:
        return ""
    # A round target is shown as it was set.
    whole = figure.target == figure.target.to_integral_value()
    unit = figure.unit if figure.unit in ("%", "USD") else ""
    return amount_text(figure.target, unit, 0 if whole else figure.decimals)


def amount_text(amount: Decimal, unit: str, decimals: int) -> str:
    """A number with thousands separated and its unit."""
    if unit == "%":
        return f"{amount:,.{decimals}f} %"
    if unit != "USD":
        return f"{amount:,.{decimals}f} {unit}".rstrip()
    for scale, word, digits in _SCALES:
        if abs(amount) >= scale:
            return f"USD {amount / scale:,.{digits}f} {word}"
    return f"USD {amount:,.0f}"


def status_text(figure: Figure) -> str:
    """The status as shape and word, in its colour (rich markup)."""
    text, style = _STATUSES[figure.status]
    return f"[{style}]{text}[/{style}]"


def trend_text(figure: Figure) -> str:
    """Arrow and word against the period before, in its colour (rich markup); empty without one."""
    if figure.trend is None:
        return ""
    word = figure.progress or figure.trend
    style = _PROGRESS_STYLES.get(word, "dim")
    return f"[{style}]{_ARROWS[figure.trend]} {word}[/{style}]"
