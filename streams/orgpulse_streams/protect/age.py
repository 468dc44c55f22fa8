"""Generalisation of a birth date to an age band."""

from datetime import date
from typing import Final

YOUNGEST: Final = 20
"""Below this age, in years, everybody is in one band."""
OLDEST: Final = 70
"""From this age on, in years, everybody is in one band."""
WIDTH: Final = 5

_BANDS: Final = tuple(f"{age // WIDTH * WIDTH}-{age // WIDTH * WIDTH + WIDTH - 1}" for age in range(OLDEST))


def age_band(born: date, on: date) -> str:
    """The five-year age band of a person on a day: ``under-20``, ``20-24``, …, ``65-69``, ``70+``.

    Somebody not yet born on that day, as wrong data can have it, is under 20.
    """
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age < YOUNGEST:
        return "under-20"
    return _BANDS[age] if age < OLDEST else "70+"
