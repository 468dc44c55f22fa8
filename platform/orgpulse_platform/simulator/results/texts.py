"""Free text about results, with names in it."""

from random import Random
from typing import Final

from orgpulse_platform.simulator.texts import write

_REVIEWS: Final = (
    "The budget line for transport is twice what {name} agreed with the donor; please revise.",
    "Add indicators for outcome two. {name} in the regional office can help ({email}).",
    "The theory of change is missing. See the note of {other} to {name}.",
    "Le cadre logique n'est pas complet ; merci de voir avec {name}.",
    "Falta la carta de apoyo del Gobierno; {name} la tiene ({email}).",
    "Sound proposal. Correct the overhead rate and send it back.",
)


def review_comment(rng: Random) -> str:
    """Why a proposal is returned."""
    return write(rng, _REVIEWS)
