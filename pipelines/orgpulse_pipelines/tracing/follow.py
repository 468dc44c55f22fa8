"""Follows one event; says what could not be searched instead of failing for it."""

from orgpulse_pipelines.errors import NothingPublishedError
from orgpulse_pipelines.publication.read import open_published
from orgpulse_pipelines.tracing.errors import UnknownSystemError
from orgpulse_pipelines.tracing.in_publication import trace_in_publication
from orgpulse_pipelines.tracing.on_kafka import trace_on_kafka
from orgpulse_pipelines.tracing.trace import Trace
from orgpulse_platform.broker import connected
from orgpulse_platform.errors import BrokerUnavailableError, KeyringError
from orgpulse_platform.keyring import open_keyring
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_scan import Progress
from orgpulse_schemas.systems import SYSTEMS, SourceSystem


def system_called(name: str) -> SourceSystem:
    """The source system of this id or URI; raises :class:`UnknownSystemError`."""
    for system in SYSTEMS.values():
        if name.lower() in (system.id.lower(), system.uri):
            return system
    raise UnknownSystemError(f"there are {', '.join(sorted(SYSTEMS))}")


def follow(settings: Settings, source: str, id_: str, progress: Progress) -> Trace:
    """The trace of the event that a system published under this CloudEvents id.

    Raises :class:`UnknownSystemError`.
    """
    system = system_called(source)
    trace = Trace(source=system.uri)
    try:
        trace.identity = open_keyring(settings).event_identity(system.uri, id_)
    except KeyringError as error:
        trace.notices.append(
            f"{error.message} Without it only what Kafka still keeps on the raw topics can be found."
        )
    try:
        trace_on_kafka(trace, connected(settings), system, id_, progress)
    except BrokerUnavailableError as error:
        trace.notices.append(f"Raw and rejected topics were not searched. {error.message}")
    if trace.identity is not None:
        try:
            with open_published(settings) as connection:
                trace_in_publication(trace, connection, trace.identity)
        except NothingPublishedError:
            trace.notices.append("Nothing is published yet: `orgpulse build` lands what was accepted.")
    return trace
