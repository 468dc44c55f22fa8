"""Collects the YAML cases of this folder."""

from pathlib import Path

import pytest
from sql_cases import CaseFile, collect_case


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    """A YAML file here is a case."""
    return collect_case(file_path, parent)
