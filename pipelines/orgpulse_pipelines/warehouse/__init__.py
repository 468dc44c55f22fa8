"""The warehouse: one DuckDB file, written by one process at a time."""
