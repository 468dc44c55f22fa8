"""How the tables were computed when a publication was written: two publications can be compared by it."""

import hashlib
from typing import Final

import duckdb

from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.warehouse.catalog import comment_on

MODELS: Final = "meta.model"
_COMMENT: Final = (
    "How the modelled tables were computed, unpublished ones included. Grain: one row per table."
)
_COLUMNS: Final = {
    "name": "Name of the table.",
    "query": "Digest of its query: another one, another rule.",
    "depends_on": "Tables that the query reads.",
}


def write_models(
    connection: duckdb.DuckDBPyConnection, catalog: str, models: tuple[Model, ...]
) -> dict[str, int]:
    """Write the table into an attached publication; its rows by its name."""
    target = f"{catalog}.{MODELS}"
    connection.execute(f"create table {target} (name varchar, query varchar, depends_on varchar[])")
    connection.execute(
        f"insert into {target} select unnest($names), unnest($queries), unnest($depends_on)",
        {
            "names": [model.name for model in models],
            "queries": [hashlib.sha256(model.sql.encode()).hexdigest()[:16] for model in models],
            "depends_on": [sorted(model.depends_on) for model in models],
        },
    )
    comment_on(connection, target, _COMMENT, _COLUMNS)
    return {MODELS: len(models)}
