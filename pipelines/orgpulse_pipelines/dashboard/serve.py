"""Serves the dashboards on the loopback interface; any web server of static files does as well."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from orgpulse_pipelines.dashboard.errors import AddressInUseError
from orgpulse_pipelines.dashboard.render import POLICY
from orgpulse_platform.state import StateFolder

_START: Final = "/current/index.html"
_HEADERS: Final = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # the next build may replace what is shown
}


class _Handler(SimpleHTTPRequestHandler):
    """Files only: no listing of folders, no log of who read what."""

    def send_head(self) -> Any:
        """Answer a request for a file or its head; the root leads to the dashboard that is shown."""
        if self.path != "/":
            return super().send_head()
        self.send_response(302)
        self.send_header("Location", _START)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def list_directory(self, path: Any) -> None:
        """Folders are not shown."""
        self.send_error(404)

    def end_headers(self) -> None:
        """Every answer carries the policy."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def server(folder: StateFolder, port: int) -> ThreadingHTTPServer:
    """A server of the dashboards on 127.0.0.1, not yet answering; raises :class:`AddressInUseError`."""
    root: Path = folder.dashboards
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(root)))
    except OSError as error:
        raise AddressInUseError(f"port {port}: {error.strerror}") from None
