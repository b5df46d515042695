"""What tests over real connections share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.generator.runtime.flows import PET
from tests.loopback import Answer, Loopback, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> str:
    """Which client calls."""
    return str(request.param)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Answers everything with a pet."""
    with serving(lambda _: Answer(body=PET.content)) as loopback:
        yield loopback
