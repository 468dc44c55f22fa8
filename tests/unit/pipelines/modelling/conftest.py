"""Writes model folders."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

WriteModel = Callable[..., Path]


@pytest.fixture
def write_model(tmp_path: Path) -> WriteModel:
    """Writes ``<tmp_path>/<schema>/<table>`` with a query and metadata; what is not said is well formed."""

    def write(
        name: str,
        query: str,
        *,
        columns: dict[str, str] | None = None,
        checks: list[dict[str, Any]] | None = None,
        grain: str = "-- grain: one row per thing",
        **changes: Any,
    ) -> Path:
        schema, _, table = name.partition(".")
        folder = tmp_path / schema / table
        folder.mkdir(parents=True)
        (folder / "query.sql").write_text(f"{grain}\n{query}\n")
        meta = {
            "owner": "Information management",
            "description": "Things as they were.",
            "retention": "ten years",
            "columns": columns or {"id": "Number of the thing."},
            "checks": checks or [],
        }
        (folder / "meta.yaml").write_text(yaml.safe_dump(meta | changes))
        return folder

    return write
