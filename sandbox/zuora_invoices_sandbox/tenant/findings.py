"""What is wrong with a tenant: a leaf of this package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Path: TypeAlias = tuple[str | int, ...]
"""Keys and 0-based positions that lead to a value of the file; empty for the whole."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with the value at a path."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A finding and its place in a file. `str()` is the line `file:line:column: path: message`."""

    file: str
    line: int
    """From 1."""
    column: int
    """From 1."""
    path: str
    """As in `accounts[0].currency`; empty for the whole file."""
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class TenantError(ValueError):
    """A file is no tenant. `str()` has a line for each problem; no line quotes a client's secret."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        """All that is wrong, in the order of the file."""
        super().__init__("\n".join(map(str, self.problems)))


def spell(path: Path) -> str:
    """A path as people write it: `accounts[0].currency`."""
    text = ""
    for step in path:
        if isinstance(step, str) and _PLAIN.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"[{step!r}]"
    return text
