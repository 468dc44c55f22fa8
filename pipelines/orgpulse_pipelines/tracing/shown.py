"""A trace in words, for people."""

from collections.abc import Iterator
from typing import Final

from orgpulse_pipelines.tracing.trace import Trace
from orgpulse_schemas.reasons import MEANINGS, Reason

_SUMMARY: Final = {
    "landed": "The event was accepted and is in the publication.",
    "accepted": "The event was accepted; the next publication will hold it.",
    "waiting": "The event was received; the streams have not come to it yet.",
    "rejected": "The event was rejected.",
    "not_found": "The event was not found.",
}


def trace_lines(trace: Trace) -> Iterator[str]:
    """One line a finding."""
    yield _SUMMARY[trace.status]
    if trace.identity is not None:
        yield f"identity   {trace.identity}"
    for one in trace.received:
        arrived = "" if one.arrived is None else f" at {one.arrived:%Y-%m-%d %H:%M:%S} UTC"
        replayed = f", replayed from {one.replayed_from}" if one.replayed_from else ""
        yield (
            f"received   {one.topic}, partition {one.partition}, offset {one.offset}{arrived}: "
            f"{one.outcome.value}{replayed}"
        )
    for rejection in trace.rejected:
        meaning = MEANINGS[Reason(rejection.reason)]
        helps = "a replay helps after the fix" if meaning.replay_helps else "a replay does not help"
        yield f"rejected   {rejection.reason} at {rejection.path or '/'} ({rejection.origin})"
        yield f"           {meaning.meaning} Mended by: {meaning.mended_by}; {helps}."
    if trace.landed is not None:
        landed = trace.landed
        place = f"{landed.topic}, partition {landed.partition}, offset {landed.offset}"
        yield f"landed     {place}, as {landed.contract}"
        yield f"           from {landed.origin}"
    for table in trace.tables:
        rows = "1 row" if table.rows == 1 else f"{table.rows:,} rows"
        yield f"in         {table.table}: holds {rows} with this event's identity ({table.column})"
    yield from _fed(trace)
    if trace.publication is not None:
        yield f"searched   publication {trace.publication}"


def _fed(trace: Trace) -> Iterator[str]:
    """The tables that the contract feeds, under a line that says what this means."""
    if not trace.fed_tables:
        return
    yield "feeds      fed by this event's contract; which of their rows come from this event is not known:"
    for table in trace.fed_tables:
        about = ", about people, not published" if table.people else ""
        yield f"           {table.table}{about}"
