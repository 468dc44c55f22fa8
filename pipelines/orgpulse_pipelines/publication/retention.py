"""How long publications are kept: the newest ones, and the last one of each of the latest days."""

from collections.abc import Iterable
from itertools import groupby

from orgpulse_pipelines.publication.shelf import Publication, current, publications
from orgpulse_platform.settings import WarehouseSettings
from orgpulse_platform.state import StateFolder


def prune(folder: StateFolder, settings: WarehouseSettings) -> None:
    """Remove the publications that are kept no longer; the current one always stays.

    A reader that has one of them open keeps it to the end: the system frees the file when it is closed.
    """
    found = publications(folder)
    stays = {one.path for one in kept(found, settings)}
    used = current(folder)
    for publication in found:
        if publication.path not in stays and publication != used:
            publication.path.unlink(missing_ok=True)


def kept(found: Iterable[Publication], settings: WarehouseSettings) -> list[Publication]:
    """Those of the publications, which come newest first, that the settings keep; days are days in UTC."""
    newest_first = list(found)
    days = groupby(newest_first, key=lambda one: one.published_at.date())
    last_of_days = [next(group) for _, group in days][: settings.keep_days]
    return list(dict.fromkeys([*newest_first[: settings.keep_publications], *last_of_days]))
