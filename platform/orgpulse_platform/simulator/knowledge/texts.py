"""What is typed into the search box of the repository, names included."""

from random import Random
from typing import Final

from orgpulse_platform.simulator.texts import write

_QUERIES: Final = (
    "labour migration bilateral agreement",
    "report by {name}",
    "return and reintegration indicators",
    "note {name} {other} displacement",
    "changement climatique mobilité humaine",
    "trata de personas guía",
    "هجرة اليد العاملة",
    "contact {email}",
    "migration governance indicators",
)


def search_query(rng: Random) -> str:
    """A search."""
    return write(rng, _QUERIES)
