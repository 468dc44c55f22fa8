"""One event followed through the platform: received, accepted or rejected and why, landed, in which tables.

Raw and rejected topics are read on Kafka, everything behind them in the published file: the warehouse that a
build writes is never opened. Each half works without the other.
"""
