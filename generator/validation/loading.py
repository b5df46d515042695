"""What others load, where nobody here asks them for what they load it for."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def loaded_as(module: str, stand_in: object) -> Iterator[None]:
    """Within, whoever imports a module gets a stand-in, unless the module is loaded already.

    With `None` for it, who imports the module is told that it is not installed.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = stand_in  # type: ignore[assignment] # it is how Python is told so
    try:
        yield
    finally:
        del sys.modules[module]
