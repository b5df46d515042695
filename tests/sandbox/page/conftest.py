"""A browser, and a server for it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium
from tests.sandbox.page.stage import Stage
from zuora_invoices_sandbox.http.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def served() -> Iterator[tuple[Stage, str]]:
    """A stage, and the address of its page."""
    with closing(Stage()) as stage, running(stage) as url:
        yield stage, url
