"""The HTTP intake: how a source system that speaks no Kafka publishes its events.

It takes the CloudEvents HTTP binding in its three modes on one address, ``POST /events``: structured, binary
and batch. What it answers with 202 stands on Kafka; whatever else it answers, nothing was promised, and the
same events may be sent again under the same ids.

A batch is answered event by event, not all or nothing: its events are independent, Kafka takes them apart,
and one wrong event must not hold up the others. Sending the whole batch again is always safe.

The intake remembers the latest identities (source, id) in memory, so that an event that is sent again at once
gets its first receipt and is not stored twice. That is a courtesy: after a restart, or between two intakes, a
repeated event is stored again, and the warehouse removes it by the same identity.
"""
