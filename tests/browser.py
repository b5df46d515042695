"""Headless Chromium for tests of pages: the machine's own, without a network.

Without a browser such tests are skipped, unless the environment variable REQUIRE_BROWSER is set: then they fail.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import pytest
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS: Final = (
    "--no-sandbox",  # containers have no user namespaces
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


_PATIENCE: Final = 60_000
"""Milliseconds in which a page has to come to what is expected of it; a busy machine takes its time."""
expect.set_options(timeout=_PATIENCE)


@dataclass
class Visit:
    """A page that is open, and what happened since: messages of its console, its errors, what it asked for."""

    page: Page
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was said, nothing failed, and nothing was asked of others."""
        return not (self.console or self.errors or self.requests)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, until the block ends; make it a fixture of a module, as it takes a second to start."""
    found = next((path for name in _NAMES if (path := shutil.which(name)) is not None), None)
    if found is None:
        reason = f"there is no browser: none of {', '.join(_NAMES)} is on the path"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(f"{reason}, and REQUIRE_BROWSER is set")
        pytest.skip(reason)
    # Libraries of pages wait by the wall clock, which tests/elsewhere.py can slow down.
    variables: dict[str, str | float | bool] = {name: one for name, one in os.environ.items() if name != "LD_PRELOAD"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_ARGUMENTS), env=variables)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(
    browser: Browser,
    url: str,
    *,
    allowed: tuple[str, ...] = (),
    width: int = 1280,
    height: int = 900,
    scheme: Literal["light", "dark"] = "light",
    javascript: bool = True,
) -> Iterator[Visit]:
    """A page in a context of its own. Every request but those for the page itself, or for an address that begins with
    one of `allowed`, is recorded and goes nowhere."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        java_script_enabled=javascript,
        service_workers="block",
    )
    context.set_default_timeout(_PATIENCE)
    own = url.partition("#")[0]
    visit = Visit(context.new_page())

    def decide(route: Route) -> None:
        asked = route.request.url
        if asked.partition("#")[0] == own or asked.startswith(allowed):
            route.continue_()
        else:
            visit.requests.append(asked)
            route.abort()

    context.route("**/*", decide)
    visit.page.on("console", lambda message: visit.console.append(message.text))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    try:
        visit.page.goto(url)
        yield visit
    finally:
        context.close()
