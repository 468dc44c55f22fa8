"""Waiting until a broker that was started answers its clients."""

import socket
import time
from pathlib import Path
from typing import Final

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from orgpulse_platform.broker.address import Address, process_of
from orgpulse_platform.broker.errors import BrokerStartError
from orgpulse_platform.broker.ports import LOOPBACK

START_TIMEOUT_S: Final = 120
"""A cold start on a busy machine takes a tenth of this."""


def wait_until_ready(address: Address, log: Path) -> None:
    """Return when the broker answers; raises :class:`BrokerStartError` if it ends first or takes too long."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process_of(address) is None:
            raise BrokerStartError(f"it ended at once; its log is {log}")
        if _answers(address):
            return
        time.sleep(0.1)
    raise BrokerStartError(f"it did not answer within {START_TIMEOUT_S} s; its log is {log}")


def _listens(address: Address) -> bool:
    try:
        socket.create_connection((LOOPBACK, address.port), timeout=1).close()
    except OSError:
        return False
    return True


def _answers(address: Address) -> bool:
    if not _listens(address):
        return False  # a client that cannot connect leaves a thread behind each time it is tried
    try:
        admin = KafkaAdminClient(
            bootstrap_servers=address.bootstrap, bootstrap_timeout_ms=2_000, request_timeout_ms=5_000
        )
    except KafkaError:
        return False
    try:
        return bool(admin.describe_cluster()["brokers"])
    except KafkaError:
        return False
    finally:
        admin.close()
