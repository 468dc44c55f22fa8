"""Tells two definitions apart that bear the same version: a digest of what is computed and what is hidden."""

from typing import Final

COMPUTED: Final = (
    "numerator_counts", "numerator_aggregate", "numerator_sql",
    "denominator_counts", "denominator_aggregate", "denominator_sql", "factor",
)  # fmt: skip
"""Columns of ``indicators.definition`` on which the value depends."""
HIDDEN: Final = ("protects", "minimum_people")
"""Columns that say what is suppressed."""
AIMED: Final = ("target", "tolerance", "target_source")
"""Columns that say what is aimed at."""


def fingerprint(relation: str) -> str:
    """An SQL expression over rows of ``indicators.definition``: the first 16 digits of their SHA-256."""
    columns = ", ".join(f"coalesce({relation}.{column}::varchar, '')" for column in COMPUTED)
    return f"left(sha256(concat_ws(chr(31), {columns})), 16)"
