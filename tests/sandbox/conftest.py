"""Databases, and a front door, for tests of the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import postgres
from tests.sandbox.documented.front import Front, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    """One for the whole run; each worker of pytest-xdist has its own."""
    with postgres.required() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql_server: postgres.Server) -> Iterator[str]:
    """An empty database."""
    with postgresql_server.fresh() as url:
        yield url


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, of each kind in turn."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgresql_url")
        return url
    return ":memory:" if request.param == "memory" else str(tmp_path / "sandbox.db")


@pytest.fixture
def front() -> Iterator[Front]:
    """A sandbox in memory whose clock stands still, and a way to call it."""
    with opened() as made:
        yield made
