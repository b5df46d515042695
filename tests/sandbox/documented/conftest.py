"""A front door for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.documented.front import Front, opened

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def front() -> Iterator[Front]:
    with opened() as made:
        yield made
