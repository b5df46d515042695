"""A plugin of pytest, `-p tests.backwards`, that runs the tests backwards: none may lean on those before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import MutableSequence


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: MutableSequence[pytest.Item]) -> None:
    """Turn the order around, which keeps those together that share a fixture."""
    items.reverse()
