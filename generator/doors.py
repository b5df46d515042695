"""Doors of stages that load what is behind them at first use: a command loads no stage that it does not come to."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def door(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """A package's `__getattr__` (PEP 562): each name comes from its home in the package; a module is its own."""

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = import_module(f"{package}.{homes[name]}")
        found: object = home if homes[name] == name else getattr(home, name)
        setattr(sys.modules[package], name, found)  # the next time it is simply there
        return found

    return load
