"""A real intake on a loopback port, whose Kafka is away."""

import http.client
import json
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn

from orgpulse_platform.intake.logs import OWN
from orgpulse_platform.intake.server import intake_server, listening_socket
from orgpulse_platform.intake.tokens import create_token
from orgpulse_platform.settings import IntakeSettings, KafkaSettings, Settings

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
BINARY = "application/json"


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class RunningIntake:
    settings: Settings
    port: int
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, system: str) -> str:
        if system not in self.tokens:
            _, self.tokens[system] = create_token(self.settings.folder.intake_tokens, system)
        return self.tokens[system]

    def request(self, method: str, path: str, body: Any = None, headers: Any = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def send(self, body: Any, media_type: str = STRUCTURED, system: str = "PR-2", **headers: str) -> Answer:
        sent = {"Content-Type": media_type, "Authorization": f"Bearer {self.token(system)}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes) or hasattr(body, "__next__") else json.dumps(body)
        return self.request("POST", "/events", content, sent)


def run_in_thread(settings: Settings) -> tuple[uvicorn.Server, threading.Thread, int]:
    listening = listening_socket("127.0.0.1", 0)
    port = listening.getsockname()[1]
    server = intake_server(settings)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the intake does not start"
        time.sleep(0.01)
    return server, thread, port


@pytest.fixture
def intake_settings() -> IntakeSettings:
    return IntakeSettings(acknowledge_ms=2_000)


@pytest.fixture
def intake(
    settings: Settings, intake_settings: IntakeSettings, caplog: pytest.LogCaptureFixture
) -> Iterator[RunningIntake]:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger=OWN)
    kafka = KafkaSettings(bootstrap_servers="127.0.0.1:1", request_timeout_ms=1_000)
    settings = settings.model_copy(update={"kafka": kafka, "intake": intake_settings})
    server, thread, port = run_in_thread(settings)
    yield RunningIntake(settings, port)
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive()


def completion(**changes: Any) -> dict[str, Any]:
    """A good event of PR-2."""
    event = {
        "specversion": "1.0",
        "id": "c-1",
        "source": "urn:orgpulse:system:pr-2",
        "type": "org.training.completion.recorded.v1",
        "time": "2019-05-14T13:02:11Z",
        "datacontenttype": "application/json",
        "data": {
            "personnel_id": "P004417",
            "course_id": "C003",
            "completed_on": "2019-05-14",
            "language": "EN",
        },
    }
    return {**event, **changes}


@pytest.fixture
def good_event() -> dict[str, Any]:
    return completion()
