"""One event followed through the platform: received, accepted or rejected and why, landed, in which tables.

Raw and rejected topics are read on Kafka, everything behind them in the published file: the warehouse that a
build writes is never opened. Each half works without the other. Tables that are not published, such as those
about people, are named as what the event's contract feeds, which says nothing of their rows.
"""
