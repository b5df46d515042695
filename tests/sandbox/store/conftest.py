"""An open store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zuora_invoices_sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store(database)
    yield opened
    opened.close()
