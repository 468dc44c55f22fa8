"""Whether the intake lives, and whether it can take events."""

import asyncio
import time
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topic_admin import cluster_identity

PATIENCE_MS: Final = 3_000
"""How long Kafka may take to answer before the intake counts as not ready, in milliseconds."""
BELIEVED_S: Final = 2.0
"""How long an answer is given again without asking Kafka: probes come often, and from several places."""


async def live(_request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "live"})


class Readiness:
    """Asks Kafka, one question at a time."""

    def __init__(self, kafka: KafkaSettings) -> None:
        patience = min(kafka.request_timeout_ms, PATIENCE_MS)
        self._kafka = kafka.model_copy(update={"request_timeout_ms": patience})
        self._lock = asyncio.Lock()
        self._ready = False
        self._asked_at = -BELIEVED_S

    async def __call__(self, _request: Request) -> Response:
        """200 while Kafka can be reached, else 503."""
        async with self._lock:
            if time.monotonic() - self._asked_at >= BELIEVED_S:
                self._ready = await asyncio.to_thread(self._ask)
                self._asked_at = time.monotonic()
        if self._ready:
            return JSONResponse({"status": "ready"})
        return JSONResponse({"status": "not_ready", "reason": "kafka_unreachable"}, 503)

    def _ask(self) -> bool:
        try:
            cluster_identity(self._kafka)
        except BrokerUnavailableError:
            return False
        return True
