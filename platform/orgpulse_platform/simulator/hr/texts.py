"""Free text about objectives, with names in it."""

from random import Random
from typing import Final

from orgpulse_platform.simulator.texts import write

_OBJECTIVES: Final = (
    "Close the audit recommendations of the office together with {name}.",
    "Train two colleagues for the reporting to donors; {name} follows up ({email}).",
    "Set up the results framework with baselines before June.",
    "Préparer la relève de {name} et documenter les procédures.",
    "Mejorar la calidad de los informes; acordado con {name} y {other}.",
)


def objectives_text(rng: Random) -> str:
    """What somebody is to reach in a year."""
    return write(rng, _OBJECTIVES)
