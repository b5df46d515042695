"""Imports at first use, so that importing a package costs next to nothing until it is used."""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def load(package: str, homes: Mapping[str, str], name: str) -> object:
    """What a module's `__getattr__` gives (PEP 562): each name is imported from its home; a module is its own.

    `load("pets", {"Client": "client", "models": "models"}, "Client")` gives `pets.client.Client`.
    """
    if name not in homes:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    home = import_module(f"{package}.{homes[name]}")
    found: object = home if homes[name] == name else getattr(home, name)
    setattr(sys.modules[package], name, found)  # the next time it is simply there
    return found


def lazily(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """A module's `__getattr__` and `__dir__`, for modules below the package that has this one, and for other packages.

    The package itself loads nothing of its own while it is loaded: a thread that loads a part of it at the same time
    would wait for the package, and the package for that part.
    """
    return partial(load, package, homes), lambda: sorted(homes)
