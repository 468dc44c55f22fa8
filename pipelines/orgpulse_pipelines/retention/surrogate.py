"""What takes the place of a pseudonym whose time has ended: drawn by chance, so that nothing leads back."""

import base64
import secrets
from typing import Final

UNLINKED: Final = "unlinked:"
"""How every surrogate begins; no pseudonym does, whatever key made it."""
SURROGATE_BYTES: Final = 16


def new_surrogate() -> str:
    """A surrogate that is stored nowhere but in the rows that it stands in."""
    return UNLINKED + base64.b32encode(secrets.token_bytes(SURROGATE_BYTES)).decode().rstrip("=").lower()


def is_linked(column: str) -> str:
    """A condition in SQL: whether a column of pseudonyms still leads to somebody."""
    return f"{column} is not null and not starts_with({column}, '{UNLINKED}')"
