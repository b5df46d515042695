"""Imports at first use, so that importing a package costs next to nothing until it is used."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazily(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """A module's `__getattr__` and `__dir__` (PEP 562): each name is imported from its home; a module is its own.

    `lazily("pets", {"Client": "client", "models": "models"})` gives `pets.client.Client` and `pets.models`.
    """

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = import_module(f"{package}.{homes[name]}")
        found: object = home if homes[name] == name else getattr(home, name)
        setattr(sys.modules[package], name, found)  # the next time it is simply there
        return found

    return load, lambda: sorted(homes)
