"""A real intake on a loopback port, and a source system that speaks HTTP to it."""

import http.client
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from orgpulse_platform.intake.server import intake_server, listening_socket
from orgpulse_platform.intake.tokens import create_token
from orgpulse_platform.settings import Settings

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
BINARY = "application/json"


def completion(id_: str = "c-1", **data: Any) -> dict[str, Any]:
    """A good event of PR-2, but for what is changed in its data."""
    return {
        "specversion": "1.0",
        "id": id_,
        "source": "urn:orgpulse:system:pr-2",
        "type": "org.training.completion.recorded.v1",
        "time": "2019-05-14T13:02:11Z",
        "datacontenttype": "application/json",
        "data": {
            "personnel_id": "P004417",
            "course_id": "C003",
            "completed_on": "2019-05-14",
            "language": "EN",
            **data,
        },
    }


@dataclass(frozen=True)
class Answer:
    """What the intake answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class IntakeClient:
    """Source systems that send to one intake, each with a token of its own, made when it is first needed."""

    settings: Settings
    port: int
    tokens: dict[str, str] = field(default_factory=dict)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def token(self, system: str) -> str:
        """The token of a system."""
        with self._one_at_a_time:
            if system not in self.tokens:
                _, self.tokens[system] = create_token(self.settings.folder.intake_tokens, system)
            return self.tokens[system]

    def request(self, method: str, path: str, body: Any = None, headers: Any = None) -> Answer:
        """Any request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        """What is at an address."""
        return self.request("GET", path)

    def send(self, body: Any, media_type: str = STRUCTURED, system: str = "PR-2", **headers: str) -> Answer:
        """Send events: bytes and iterators of them as they are, anything else as JSON."""
        sent = {"Content-Type": media_type, "Authorization": f"Bearer {self.token(system)}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes) or hasattr(body, "__next__") else json.dumps(body)
        return self.request("POST", "/events", content, sent)


@contextmanager
def running_intake(settings: Settings) -> Iterator[IntakeClient]:
    """An intake in a thread of this process, which must end when it is asked to."""
    listening = listening_socket("127.0.0.1", 0)
    port = listening.getsockname()[1]
    server = intake_server(settings)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the intake does not start"
        time.sleep(0.01)
    try:
        yield IntakeClient(settings, port)
    finally:
        server.should_exit = True
        thread.join(30)
    assert not thread.is_alive()
