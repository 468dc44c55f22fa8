"""The pages of topics and about the data, in one language."""

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from orgpulse_pipelines.dashboard.data_pages.dictionary import dictionary
from orgpulse_pipelines.dashboard.data_pages.personal_data import personal_data
from orgpulse_pipelines.dashboard.data_pages.rejected import rejected
from orgpulse_pipelines.dashboard.data_pages.releases import changes, releases
from orgpulse_pipelines.dashboard.data_pages.sources import sources
from orgpulse_pipelines.dashboard.pages import DATA, TOPICS, Entry, Page
from orgpulse_pipelines.dashboard.read import Content
from orgpulse_pipelines.dashboard.scorecards.pages import scorecard_pages
from orgpulse_pipelines.dashboard.topics.every import EVERY_TOPIC
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words


def section_pages(
    connection: duckdb.DuckDBPyConnection, content: Content, kept: Iterable[str], words: Words
) -> Iterator[Page]:
    """Topics, scorecards, and the pages about the data."""
    yield from topic_pages(connection, words)
    yield from scorecard_pages(connection, content, words)
    yield from data_pages(connection, kept, words)


def topic_pages(connection: duckdb.DuckDBPyConnection, words: Words) -> Iterator[Page]:
    """A page a topic, and one that lists them."""
    title = words.text("Target against actual")
    topics = [make(connection, words) for make in EVERY_TOPIC]
    beside = [Entry(f"topic/{topic.id}.html", topic.title) for topic in topics]
    yield Page(TOPICS, "topics.html", TOPICS, {"title": title, "topics": topics})
    for topic, entry in zip(topics, beside, strict=True):
        yield Page(entry.path, "topic.html", TOPICS, {"topic": topic, "beside": beside, "kind": title})


def data_pages(connection: duckdb.DuckDBPyConnection, kept: Iterable[str], words: Words) -> Iterator[Page]:
    """The pages about the data; ``kept`` are the publications whose dashboards stand beside this one."""
    published = Topic(
        "publications",
        words.text("Publications"),
        words.text("Every publication stays as it was; this is what each of them changed."),
        (changes(connection, words),),
    )
    topics = [make(connection, words) for make in (sources, rejected, personal_data, dictionary)]
    templates = {"dictionary": "dictionary.html", "publications": "publications.html"}
    beside = [Entry(f"data/{topic.id}.html", topic.title) for topic in (*topics, published)]
    more: dict[str, Any] = {"releases": releases(connection, words), "kept": frozenset(kept)}
    for topic, entry in zip((*topics, published), beside, strict=True):
        values = {"topic": topic, "beside": beside, "kind": words.text("Data")}
        template = templates.get(topic.id, "topic.html")
        yield Page(entry.path, template, DATA, values | (more if topic is published else {}))
