"""Answers as programs for analysis read them."""

from pathlib import Path

import duckdb


def write_parquet(answer: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write Parquet, compressed with zstd."""
    answer.write_parquet(str(path), compression="zstd")
