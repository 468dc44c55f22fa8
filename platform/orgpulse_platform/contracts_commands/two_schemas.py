"""Two JSON Schema files compared: would the newer one refuse what the older one accepts?"""

import json
from pathlib import Path
from typing import Any

from orgpulse_platform.contracts_commands.errors import UnreadableSchemaError
from orgpulse_schemas.compatibility import breaking_changes


def broken_by_file(old: Path, new: Path) -> list[dict[str, Any]]:
    """Every breaking change from one schema to the other, in the form in which contracts report theirs.

    Raises :class:`UnreadableSchemaError` for a file that holds no JSON Schema 2020-12.
    """
    try:
        found = breaking_changes(_read(old), _read(new))
    except ValueError as error:
        raise UnreadableSchemaError(str(error)) from None
    return [
        {
            "id": f"{new.name} {change.path or '/'} {change.rule}",
            "contract": new.name,
            "path": change.path,
            "rule": change.rule.value,
            "message": change.message,
            "way_out": change.way_out,
        }
        for change in found
    ]


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes(), parse_constant=_no_number)
    except OSError as error:
        raise UnreadableSchemaError(f"{path}: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise UnreadableSchemaError(f"{path}: not JSON") from None


def _no_number(text: str) -> None:
    raise ValueError(text)
