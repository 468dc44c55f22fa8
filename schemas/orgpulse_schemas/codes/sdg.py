"""The 169 targets of the 17 Sustainable Development Goals (A/RES/70/1).

Each goal counts its outcome targets in numbers and its means of implementation in letters: the list follows
from how many of each a goal has. Goal 17 is itself about means and has numbers only.
"""

from collections.abc import Iterator
from typing import Final

_COUNTS: Final = {
    1: (5, 2),
    2: (5, 3),
    3: (9, 4),
    4: (7, 3),
    5: (6, 3),
    6: (6, 2),
    7: (3, 2),
    8: (10, 2),
    9: (5, 3),
    10: (7, 3),
    11: (7, 3),
    12: (8, 3),
    13: (3, 2),
    14: (7, 3),
    15: (9, 3),
    16: (10, 2),
    17: (19, 0),
}
"""For each goal how many targets have a number, and how many a letter."""


def _targets() -> Iterator[str]:
    for goal, (numbered, lettered) in _COUNTS.items():
        yield from (f"{goal}.{number}" for number in range(1, numbered + 1))
        yield from (f"{goal}.{letter}" for letter in "abcd"[:lettered])


SDG_TARGETS: Final = tuple(_targets())
"""Numbers of the targets in the order of the goals, such as ``10.7`` or ``16.a``."""
