"""What takes the place of a pseudonym whose time has ended: drawn by chance, so that nothing leads back."""

from typing import Final

from orgpulse_pipelines.warehouse.surrogate import drawn

UNLINKED: Final = "unlinked:"
"""How every surrogate begins; no pseudonym does, whatever key made it."""


def new_surrogate() -> str:
    """A surrogate that is stored nowhere but in the rows that it stands in."""
    return drawn(UNLINKED)


def is_linked(column: str) -> str:
    """A condition in SQL: whether a column of pseudonyms still leads to somebody."""
    return f"{column} is not null and not starts_with({column}, '{UNLINKED}')"
