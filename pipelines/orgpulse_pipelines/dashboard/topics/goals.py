"""Goals of the 2030 Agenda and objectives of the Global Compact: how the results that serve them stand."""

import duckdb

from orgpulse_pipelines.dashboard.topics.compared import reached
from orgpulse_pipelines.dashboard.topics.figures import yearly_figures
from orgpulse_pipelines.dashboard.topics.results import LEVELS
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words

_GOALS, _OBJECTIVES = 17, 23


def goals(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Results on target by goal and by objective, and how many results are linked to either."""
    return Topic(
        "goals",
        words.text("Global goals"),
        words.text(
            "How do the results stand that serve the Sustainable Development Goals and the Global "
            "Compact for Migration?"
        ),
        (
            reached(
                "sdg",
                yearly_figures(connection, "results_on_target", "sdg_goal"),
                words,
                order=[*map(str, range(1, _GOALS + 1)), "none"],
            ),
            reached(
                "gcm",
                yearly_figures(connection, "results_on_target", "gcm_objective"),
                words,
                order=[*map(str, range(1, _OBJECTIVES + 1)), "none"],
            ),
            reached("linked", yearly_figures(connection, "results_linked", "level"), words, order=LEVELS),
        ),
    )
