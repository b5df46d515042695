"""Rows that are set aside until they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from .prepared import Prepared

Rows: TypeAlias = "dict[Prepared, list[dict[str, Any]]]"
"""By the statement that writes them."""


@dataclass(slots=True)
class Level:
    """The transaction, or an attempt in it that may be undone."""

    is_begun: bool = False
    """Whether the database knows of it."""
    rows: Rows = field(default_factory=dict)

    def add(self, more: Rows) -> None:
        """Set more aside."""
        for statement, rows in more.items():
            self.rows.setdefault(statement, []).extend(rows)


@dataclass(slots=True)
class Member:
    """What one did of those who are committed together."""

    next: dict[tuple[str, str], int]
    """The next numbers of sequences, before it."""
    taken: frozenset[tuple[str, str]]
    """The sequences of which numbers were taken, before it."""
    has_numbers: bool = False
    rows: Rows = field(default_factory=dict)
    fault: Exception | None = None
    """Why nothing of it is stored."""
