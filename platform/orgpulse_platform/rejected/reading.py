"""Reads the rejected topics."""

from collections.abc import Iterable, Iterator

from orgpulse_platform.rejected.errors import RejectedEventNotFoundError
from orgpulse_platform.rejected.event import RejectedEvent, read_rejected
from orgpulse_platform.rejected.selection import Selection
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_scan import Progress, scan
from orgpulse_platform.topics import family_of, rejected_topic
from orgpulse_schemas.registry import all_families
from orgpulse_schemas.wire import read_origin


def rejected_events(settings: Settings, selection: Selection, progress: Progress) -> Iterator[RejectedEvent]:
    """The rejected events that are kept and meant, each once however often streams delivered it.

    Raises :class:`BrokerUnavailableError`.
    """
    topics = [rejected_topic(family) for family in sorted(selection.families or all_families())]
    met: set[str] = set()
    for record in scan(settings, topics, progress):
        event = read_rejected(record.value)
        if event is None or event not in selection or event.origin in met:
            continue
        met.add(event.origin)
        yield event


def rejected_event(settings: Settings, origin: str, progress: Progress) -> RejectedEvent:
    """The rejected event of an origin, which may lack its time of arrival; then the newest that fits.

    Raises :class:`RejectedEventNotFoundError`.
    """
    found = newest(rejected_events(settings, _at(origin), progress))
    if found is None:
        raise RejectedEventNotFoundError(origin)
    return found


def newest(events: Iterable[RejectedEvent]) -> RejectedEvent | None:
    """The event that arrived last, if there is one."""
    return max(events, key=lambda event: event.arrived, default=None)


def _at(origin: str) -> Selection:
    """What has this origin; raises :class:`RejectedEventNotFoundError` for a text that can be none."""
    place = read_origin(origin if "@" in origin else f"{origin}@0")
    families = all_families()
    family = family_of(place.topic) if place is not None and place.topic.count(".") > 1 else ""
    if family not in families:
        raise RejectedEventNotFoundError("what is given is no origin such as raw.hr.pe-3/0/17")
    return Selection(families=frozenset({family}), origins=frozenset({origin}))
