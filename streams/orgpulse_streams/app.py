"""The Faust application: one agent over every raw topic, with the settings that matter."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import faust

from orgpulse_platform.clients import bootstrap
from orgpulse_platform.kafka_security import password, tls_context, username
from orgpulse_platform.settings import KafkaSettings, Settings
from orgpulse_platform.topics import raw_topics

COMMIT_INTERVAL_S: Final = 1.0
MAX_POLL_RECORDS: Final = 2_000
HEARTBEATS_PER_SESSION: Final = 3


def build_app(settings: Settings, process: Callable[[Any], Awaitable[None]]) -> Any:
    """The application whose agent hands its stream to ``process``."""
    session_s = settings.streams.session_timeout_ms / 1000
    app = faust.App(
        settings.streams.group,
        broker=";".join(f"kafka://{server}" for server in bootstrap(settings.kafka).split(",")),
        datadir=settings.folder.prepare(settings.folder.streams) / settings.streams.group,
        consumer_auto_offset_reset="earliest",
        broker_commit_interval=COMMIT_INTERVAL_S,
        broker_max_poll_records=MAX_POLL_RECORDS,
        broker_session_timeout=session_s,
        broker_heartbeat_interval=session_s / HEARTBEATS_PER_SESSION,
        broker_request_timeout=max(settings.kafka.request_timeout_ms / 1000, session_s),
        stream_buffer_maxsize=2 * settings.streams.batch_size,
        # Waiting for acknowledgements at a rebalance would outlast the session of a worker that retries.
        stream_wait_empty=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        broker_credentials=_credentials(settings.kafka),
    )
    # Faust neither decodes nor drops anything: records without a value are counted as rejected.
    topic = app.topic(
        *raw_topics(),
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
        allow_empty=True,
    )

    # One at a time: offsets acknowledged out of order would be committed past a gap.
    app.agent(topic, name="protect", concurrency=1)(process)
    return app


def _credentials(kafka: KafkaSettings) -> Any:
    """How the application proves who it is; nothing on an open cluster."""
    match kafka.security_protocol:
        case "PLAINTEXT":
            return None
        case "SSL":
            return faust.SSLCredentials(context=tls_context(kafka))
        case protocol:
            return faust.SASLCredentials(
                username=username(kafka),
                password=password(kafka),
                mechanism=kafka.sasl_mechanism,
                ssl_context=tls_context(kafka) if protocol == "SASL_SSL" else None,
            )
