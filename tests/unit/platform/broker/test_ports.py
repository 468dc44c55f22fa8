"""Ports of the local broker."""

import socket
from collections.abc import Iterator

import pytest

from orgpulse_platform.broker.errors import PortTakenError
from orgpulse_platform.broker.ports import broker_port, free_ports, is_free


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_configured_port_that_is_taken_is_named(taken: int) -> None:
    with pytest.raises(PortTakenError, match=f"127.0.0.1:{taken}") as caught:
        broker_port(taken, None)
    assert "ORGPULSE_BROKER__PORT" in caught.value.guidance


def test_the_last_port_is_taken_again() -> None:
    (port,) = free_ports(1)
    assert broker_port(0, port) == port


def test_another_port_is_found_when_the_last_one_is_taken(taken: int) -> None:
    port = broker_port(0, taken)
    assert port != taken
    assert is_free(port)


def test_free_ports_differ() -> None:
    assert len(set(free_ports(5))) == 5
