"""Which descriptions there are, what they are called, and samples of them that are the same for everybody."""

from __future__ import annotations

import fnmatch
import random
from typing import TYPE_CHECKING, Final

from tests.public.files import DIRECTORY, GITHUB

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = ("microsoft.com/graph.json", "microsoft.com/graph-beta.json")
"""Larger than all others together: apart, and only by name."""


def listed(pattern: str = "") -> dict[str, Path]:
    """Name -> file of every description whose name is like the pattern, the largest ones only where it names them."""
    found = {
        (f"octokit/{file.name}" if package is GITHUB else file.relative_to(package.folder).as_posix()): file
        for package in (DIRECTORY, GITHUB)
        for file in sorted(package.folder.rglob("*.json"))
    }
    if pattern:
        return {name: file for name, file in found.items() if fnmatch.fnmatchcase(name, pattern)}
    return {name: file for name, file in found.items() if name not in LARGEST}


def sample(documents: dict[str, Path], size: int, seed: int) -> dict[str, Path]:
    """So many of them, the same for the same seed."""
    if size >= len(documents):
        return documents
    chosen = random.Random(seed).sample(sorted(documents), size)  # noqa: S311 - to be repeated, not to be secret
    return {name: documents[name] for name in sorted(chosen)}
