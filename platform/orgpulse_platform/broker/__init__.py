"""The local broker: which one is chosen and why, how it is started, found again and stopped.

It listens on the loopback interface without authentication: for demonstrations, development and tests. An
organisation names its own cluster with ``ORGPULSE_KAFKA__BOOTSTRAP_SERVERS``, and no local broker is used.
"""

from orgpulse_platform.broker.lifecycle import (
    broker_status,
    connected,
    running_broker,
    start_broker,
    stop_broker,
)

__all__ = ["broker_status", "connected", "running_broker", "start_broker", "stop_broker"]
