"""Serving the dashboards: files of the site, with the policy, and nothing else."""

import http.client
import threading

import pytest
from small_dashboard import definition, figure, publication

from orgpulse_pipelines.dashboard import site
from orgpulse_pipelines.dashboard.errors import AddressInUseError
from orgpulse_pipelines.dashboard.serve import server
from orgpulse_pipelines.dashboard.site import build_site


@pytest.fixture(autouse=True)
def indicators_only(monkeypatch):
    """Pages of topics read the whole warehouse; how a site is put in place is the same without them."""
    monkeypatch.setattr(site, "section_pages", lambda *_: iter(()))


@pytest.fixture
def get(settings):
    """Asks a running server for a path, as it is written."""
    build_site(publication([definition()], [figure(41.5)]), settings.folder)
    (settings.folder.root / "secret.txt").write_text("secret")
    with server(settings.folder, 0) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()

        def get(path, method="GET"):
            connection = http.client.HTTPConnection("127.0.0.1", serving.server_port, timeout=10)
            connection.request(method, path)
            answer = connection.getresponse()
            return answer, answer.read()

        yield get
        serving.shutdown()
        thread.join()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_address_alone_leads_to_the_overview(get, method):
    answer, _ = get("/", method)
    assert (answer.status, answer.headers["Location"]) == (302, "/current/index.html")
    answer, page = get("/current/en/index.html")
    assert answer.status == 200
    assert b"Organisational effectiveness" in page


@pytest.mark.parametrize("path", ["/", "/current/en/index.html", "/current/assets/style.css", "/nowhere"])
def test_every_answer_carries_the_policy(get, path):
    answer, _ = get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert len(answer.headers.get_all("Content-Security-Policy")) == 1


@pytest.mark.parametrize("path", ["/current/", "/current/data/", "/current/en/indicator/", "//"])
def test_no_folder_is_listed(get, path):
    _, page = get(path)
    assert b"coverage.html" not in page
    assert b"Directory listing" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/current/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/current/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/current/en/....//....//....//secret.txt",
    ],
)
def test_nothing_beside_the_dashboards_is_served(get, path):
    answer, content = get(path)
    assert answer.status == 404
    assert b"secret" not in content.replace(path.encode(), b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(get, method):
    answer, _ = get("/current/en/index.html", method)
    assert answer.status == 501


def test_a_port_that_is_taken_is_named(settings):
    settings.folder.prepare(settings.folder.dashboards)
    with (
        server(settings.folder, 0) as first,
        pytest.raises(AddressInUseError, match=str(first.server_port)) as raised,
    ):
        server(settings.folder, first.server_port)
    assert "--port" in raised.value.guidance
