"""Free text about what a training changed, with names in it."""

from random import Random
from typing import Final

from orgpulse_platform.simulator.texts import write

_EXAMPLES: Final = (
    "I now report concerns through the hotline and told {name} to do the same.",
    "We agreed ground rules in the team; {name} put them on the wall.",
    "Nothing yet, the workload leaves no time. Ask {name} ({email}).",
    "J'ai refusé un cadeau d'un fournisseur et informé {name}.",
    "Hablé con {name} sobre su conducta; la situación mejoró.",
)


def example_text(rng: Random) -> str:
    """What a participant did differently after a training."""
    return write(rng, _EXAMPLES)
