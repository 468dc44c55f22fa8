"""The comparison of two JSON Schema 2020-12 documents."""

import re

from orgpulse_schemas.compatibility.change import BreakingChange, Rule, breaking
from orgpulse_schemas.compatibility.document import Schema, load
from orgpulse_schemas.compatibility.prover import Prover, TooComplexError


def breaking_changes(old: Schema, new: Schema, *, strict: bool = False) -> list[BreakingChange]:
    """What is valid under the old schema and not, or not provably, under the new one; sorted by place.

    Empty means that everything valid under ``old`` is valid under ``new``, with one exception that is meant:
    an optional property may be added where the old schema neither names nor restricts it; ``strict`` refuses
    that too. Formats count as assertions; annotations do not count.
    Raises :class:`ValueError` for what is no JSON Schema 2020-12.
    """
    table: dict[str, Schema] = {}
    before, after = load("old", old, table), load("new", new, table)
    prover = Prover(table)
    prover.strict = strict
    try:
        found = prover.check((before,), after, ())
    except (TooComplexError, RecursionError, re.error):
        return [breaking((), Rule.NOT_PROVABLE, "the schemas are too complex to compare")]
    return sorted(found, key=lambda change: (change.path, change.rule))
