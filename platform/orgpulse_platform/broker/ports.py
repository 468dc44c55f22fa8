"""Loopback ports for the local broker."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

from orgpulse_platform.broker.errors import PortTakenError

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server can listen on this loopback port now."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections are only waiting to be forgotten counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """Different loopback ports that are free now."""
    with ExitStack() as held:
        return list(_bound(held, count))


def _bound(held: ExitStack, count: int) -> Iterator[int]:
    for _ in range(count):
        probe = held.enter_context(socket.socket())
        probe.bind((LOOPBACK, 0))
        yield probe.getsockname()[1]


def broker_port(configured: int, last: int | None) -> int:
    """The port to listen on: the configured one, else the last one if it is free, else any.

    Raises :class:`PortTakenError` naming a configured port that another process uses.
    """
    if configured:
        if not is_free(configured):
            raise PortTakenError(f"{LOOPBACK}:{configured}")
        return configured
    if last and is_free(last):
        return last
    return free_ports(1)[0]
