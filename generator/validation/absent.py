"""Libraries that others load where they are installed, for what nobody here asks of them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def absent(module: str) -> Iterator[None]:
    """Within, whoever imports a module is told that it is not installed, unless it is loaded already."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment] # it is how Python is told so
    try:
        yield
    finally:
        del sys.modules[module]
