"""How tables, topics and people are named in Dagster: one place, so that lineage joins."""

import re
from typing import Final

import dagster as dg

SKIPPED: Final = "skipped"
"""Metadata of a materialisation: nothing that the table is made of had changed, so it was left as it was."""


def table_key(name: str) -> dg.AssetKey:
    """The asset of a table that is named ``schema.table``."""
    return dg.AssetKey(name.split("."))


def topic_key(topic: str) -> dg.AssetKey:
    """The asset of a Kafka topic."""
    return dg.AssetKey(["kafka", topic])


def team(owner: str) -> str:
    """A unit of the organisation as Dagster names owners."""
    return "team:" + re.sub(r"[^a-z0-9]+", "-", owner.lower()).strip("-")
