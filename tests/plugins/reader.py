"""Somebody who reads the dashboard in a browser."""

from playwright.sync_api import BrowserContext, Dialog, Request, expect
from simulated_site import Site

OWN = ("data:", "blob:")
"""What a page may load beside the site's own files: what it holds itself."""


class Reader:
    """Opens pages, and keeps what goes wrong: errors, refused scripts, requests elsewhere, alerts."""

    def __init__(self, context: BrowserContext, site: Site, wait_ms: int) -> None:
        context.set_default_timeout(wait_ms)
        self.context = context
        self.page = context.new_page()
        self.problems: list[str] = []
        self._site = site
        self._own = (site.path.as_uri(), *OWN)
        self.page.on("console", lambda said: said.type == "error" and self._keep(said.text))
        self.page.on("pageerror", lambda error: self._keep(str(error)))
        self.page.on("dialog", self._alerted)
        self.page.on("request", self._asked)

    def open(self, page: str, language: str = "en", *, choice: str = "") -> None:
        """Open a page, and wait until its figures are there."""
        self.page.goto(self._site.url(page, language) + choice)
        self.settle()

    def settle(self) -> None:
        """Wait until the filter, if there is one, has shown its figures."""
        if self.page.locator("#filter:not([hidden])").count():
            expect(self.page.locator("#said")).not_to_be_empty()

    def draw(self) -> None:
        """Draw every chart, as a printer would have them."""
        self.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(self.page.locator("figure[data-chart]:not([data-drawn])")).to_have_count(0)

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements that are found."""
        return [text.strip() for text in self.page.locator(selector).all_text_contents()]

    def _keep(self, problem: str) -> None:
        self.problems.append(f"{self.page.url}: {problem}")

    def _alerted(self, dialog: Dialog) -> None:
        self._keep(f"alert {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self._own):
            self._keep(f"asked for {request.url}")
