"""A topic: charts that answer one question of leaders together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import duckdb

from orgpulse_pipelines.dashboard.charts import Chart
from orgpulse_pipelines.dashboard.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic in the language of a page."""

    id: str
    title: str
    lead: str
    """What the topic asks, in a sentence."""
    charts: tuple[Chart, ...]


Make: TypeAlias = Callable[[duckdb.DuckDBPyConnection, Words], Topic]
"""Makes a topic from a publication."""
