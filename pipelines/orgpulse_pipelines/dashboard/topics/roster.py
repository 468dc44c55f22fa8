"""The roster of assessed candidates: how many stand ready, are deployed, and how fast."""

import duckdb

from orgpulse_pipelines.dashboard.topics.compared import over_years, reached
from orgpulse_pipelines.dashboard.topics.figures import yearly_figures
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words


def roster(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Candidates and deployments by profile, and days to deploy with and without the roster."""
    return Topic(
        "roster",
        words.text("Roster"),
        words.text("Do enough assessed candidates stand ready, and are posts filled faster through them?"),
        (
            over_years(
                "size",
                yearly_figures(connection, "roster_size", "profile"),
                words,
                words.text("Candidates on the roster by profile"),
            ),
            reached("deployments", yearly_figures(connection, "roster_deployments", "profile"), words),
            reached("days", yearly_figures(connection, "days_to_deploy_from_roster", "profile"), words),
            over_years(
                "days-years",
                yearly_figures(connection, "days_to_deploy_from_roster", "organisation"),
                words,
                words.text("Days to deploy from the roster over the years"),
            ),
            reached(
                "without", yearly_figures(connection, "days_to_deploy_without_roster", "grade_group"), words
            ),
            reached("pass-rate", yearly_figures(connection, "roster_pass_rate", "profile"), words),
        ),
    )
