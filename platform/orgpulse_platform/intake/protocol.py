"""What is not even HTTP: the server refuses it before the application is asked, with problem details."""

import uuid

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from orgpulse_platform.intake.access import SECURITY
from orgpulse_platform.intake.logs import event
from orgpulse_platform.intake.problems import Problem, ProblemError, problem_response


class ProblemProtocol(H11Protocol):
    """Speaks HTTP/1.1 as uvicorn does, but for the answer to what it cannot read."""

    def send_400_response(self, msg: str) -> None:
        """Answer a request that cannot be read, and close; uvicorn would answer in plain text."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:  # else an answer is out already
            self._send_problem()
        self.transport.close()

    def _send_problem(self) -> None:
        correlation = str(uuid.uuid4())
        response = problem_response(ProblemError(Problem.MALFORMED_REQUEST), correlation)
        headers = [
            *response.raw_headers,
            (b"connection", b"close"),
            (b"x-correlation-id", correlation.encode()),
            *SECURITY,
        ]
        for part in (
            h11.Response(status_code=response.status_code, headers=headers),
            h11.Data(data=bytes(response.body)),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(part) or b"")
        event("malformed request", status=response.status_code, correlation_id=correlation)
