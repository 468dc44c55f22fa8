"""What takes the place of a pseudonym: drawn by chance, so that nothing leads back."""

import base64
import secrets
from typing import Final

SURROGATE_BYTES: Final = 16


def drawn(prefix: str) -> str:
    """A surrogate that begins so and is stored nowhere but in the rows that it stands in."""
    return prefix + base64.b32encode(secrets.token_bytes(SURROGATE_BYTES)).decode().rstrip("=").lower()
