"""Kafka clients of the platform, with the platform's settings and errors."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.errors import AuthorizationError, KafkaError, SaslAuthenticationFailedError

from orgpulse_platform.errors import AccessDeniedError, BrokerUnavailableError
from orgpulse_platform.kafka_security import security_options
from orgpulse_platform.settings import KafkaSettings

STOP_S: Final = 5.0
"""How long the thread of a producer may take to end, in seconds."""

# At the level DEBUG the client logs the keys and values of records; no log level of ours may bring that out.
logging.getLogger("kafka").setLevel(logging.WARNING)


def bootstrap(kafka: KafkaSettings) -> str:
    """The address of the cluster; raises :class:`BrokerUnavailableError` if none is known."""
    if kafka.bootstrap_servers is None:
        raise BrokerUnavailableError("no broker is running and none is named")
    return kafka.bootstrap_servers


@contextmanager
def broker_errors(kafka: KafkaSettings) -> Iterator[None]:
    """Turn Kafka's own errors into one that says what to do; they name addresses, never record contents."""
    try:
        yield
    except (AuthorizationError, SaslAuthenticationFailedError) as error:
        raise AccessDeniedError(f"{bootstrap(kafka)} ({type(error).__name__})") from None
    except KafkaError as error:
        raise BrokerUnavailableError(f"{bootstrap(kafka)} ({type(error).__name__})") from None


def delivery_timeout_ms(kafka: KafkaSettings) -> int:
    """How long the client tries to deliver a record before it gives it up, in milliseconds."""
    return 2 * kafka.request_timeout_ms


def admin_client(kafka: KafkaSettings) -> KafkaAdminClient:
    """A client that manages topics; raises :class:`BrokerUnavailableError`."""
    with broker_errors(kafka):
        return KafkaAdminClient(**_common(kafka))


def producer(kafka: KafkaSettings, **options: Any) -> KafkaProducer:
    """A producer whose acknowledgement means that every in-sync replica has the record, once and in order."""
    with broker_errors(kafka):
        return KafkaProducer(
            **{
                **_common(kafka),
                "acks": "all",
                "enable_idempotence": True,
                "allow_auto_create_topics": False,
                "linger_ms": 50,
                "batch_size": 262_144,
                "max_block_ms": kafka.request_timeout_ms,
                "delivery_timeout_ms": delivery_timeout_ms(kafka),
                **options,
            }
        )


def close_producer(client: KafkaProducer, patience_s: float) -> None:
    """Wait up to ``patience_s`` seconds for what is on its way, then end the client with its thread."""
    try:
        client.close(timeout=patience_s)
    except KafkaError:  # where records wait, the client's own close() gives up half-way and works on
        end_producer(client)


def end_producer(client: KafkaProducer) -> None:
    """End a client and its thread at once; from then on each future of its records has an answer."""
    give_up(client)
    client._sender.join(STOP_S)
    with suppress(KafkaError):
        client.close(timeout=0)


def give_up(client: KafkaProducer) -> None:
    """Let a client send nothing more; may be called in its own thread. The client has no public way to it."""
    client._sender.force_close()


def consumer(kafka: KafkaSettings, **options: Any) -> KafkaConsumer:
    """A consumer without a group: whoever uses it keeps the offsets."""
    with broker_errors(kafka):
        return KafkaConsumer(
            **{**_common(kafka), "enable_auto_commit": False, "auto_offset_reset": "earliest", **options}
        )


def _common(kafka: KafkaSettings) -> dict[str, Any]:
    return {
        "bootstrap_servers": bootstrap(kafka).split(","),
        "client_id": "orgpulse",
        "request_timeout_ms": kafka.request_timeout_ms,
        "bootstrap_timeout_ms": kafka.request_timeout_ms,
        **security_options(kafka),
    }
