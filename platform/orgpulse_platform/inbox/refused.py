"""The refused rows of a file: any number of them, in bounded memory."""

import tempfile
from collections.abc import Iterator
from typing import Final, Self

import orjson

from orgpulse_platform.mapping.errors import WorkspaceError
from orgpulse_platform.mapping.refusal import Refusal
from orgpulse_platform.mapping.report import refused_row

IN_MEMORY: Final = 1_000_000
"""Bytes of refused rows that are kept in memory; more are in a temporary file that has no name."""
SHOWN: Final = 50
"""Refused rows that the text report names."""


class RefusedRows:
    """Takes refused rows and gives them back in their order. A context manager."""

    def __init__(self) -> None:
        self.first: list[Refusal] = []
        """The first :data:`SHOWN` of them."""
        self._rows = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    def add(self, refusal: Refusal) -> None:
        """Take a row; raises :class:`WorkspaceError` if the disk is full."""
        if len(self.first) < SHOWN:
            self.first.append(refusal)
        try:
            self._rows.write(orjson.dumps(refused_row(refusal)) + b"\n")
        except OSError as error:
            raise WorkspaceError(f"{error.strerror}") from None

    def documents(self) -> Iterator[bytes]:
        """Each row as JSON, on one line."""
        self._rows.seek(0)
        for line in self._rows:
            yield line.rstrip(b"\n")
