"""Free text about actions under way and lessons learned, with names in it."""

from random import Random
from typing import Final

from orgpulse_platform.simulator.texts import write

_PROGRESS: Final = (
    "Terms of reference drafted by {name}; consultations begin next month.",
    "Waiting for the answer of the Government; {name} reminded them ({email}).",
    "Half of the partners have signed. {other} took over from {name}.",
    "La base de données est migrée, {name} forme les collègues.",
    "El plan fue aprobado; falta el presupuesto.",
)
_LESSONS: Final = (
    "Agree the exit with local authorities at the start, not at the end.",
    "Community committees chosen by {name} and women's groups lasted longer than others.",
    "Cash assistance worked where {name} had mapped the markets first ({email}).",
    "Un suivi mensuel par téléphone évite des visites coûteuses.",
    "Los registros en papel de {name} se perdieron: digitalizar desde el primer día.",
)


def progress_note(rng: Random) -> str:
    """What was done about a recommendation."""
    return write(rng, _PROGRESS)


def lesson_text(rng: Random) -> str:
    """What an evaluation teaches."""
    return write(rng, _LESSONS)
