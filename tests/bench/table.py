"""Rows, and the table that they make: aligned, plain when piped."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADER = ("what", "ours", "peer", "peer's", "ratio", "goal")
ALIGNED_RIGHT = ("ours", "peer's", "ratio")
GREEN, RED, PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[0m"


@dataclass(frozen=True)
class Row:
    """One ratio of one run. Figures are medians; `None` where there is none, and then `fault` says why."""

    what: str
    peer: str
    unit: str
    ours: float | None
    theirs: float | None
    ratio: float | None
    goal: float | None = None
    fault: str | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met, as far as there is one and a ratio to judge."""
        return None if self.goal is None or self.ratio is None else self.ratio <= self.goal

    def as_json(self) -> dict[str, object]:
        """The row for a file."""
        return {**asdict(self), "met": self.met}

    def cells(self) -> tuple[str, ...]:
        """The row in words."""
        shown = "-" if self.ratio is None else f"{self.ratio:.2f}"
        verdict = {True: ": met", False: ": not met", None: ""}[self.met]
        goal = "" if self.goal is None else f"goal <= {self.goal:.2f}{verdict}"
        last = "; ".join(filter(None, [goal, _short(self.fault)]))
        return (self.what, _figure(self.ours, self.unit), self.peer, _figure(self.theirs, self.unit), shown, last)


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:,.{2 if value < 10 else 1 if value < 100 else 0}f} {unit}"


def _short(fault: str | None) -> str:
    line = "" if fault is None else f"not measured: {' '.join(fault.split())}"
    return line if len(line) <= 80 else f"{line[:77]}..."


def layout(rows: Sequence[Row], *, colour: bool = False) -> str:
    """The table, with an empty line between one thing that is measured and the next."""
    cells = [HEADER, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rule = "  ".join("-" * width for width in widths)
    lines = [_line(HEADER, widths), rule]
    for place, row in enumerate(rows):
        if place and rows[place - 1].what != row.what:
            lines.append("")
        line = _line(cells[place + 1], widths)
        if colour and row.met is not None:
            line = f"{GREEN if row.met else RED}{line}{PLAIN}"
        lines.append(line)
    return "\n".join(lines)


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    aligned = (
        cell.rjust(width) if name in ALIGNED_RIGHT else cell.ljust(width)
        for name, cell, width in zip(HEADER, cells, widths, strict=True)
    )
    return "  ".join(aligned).rstrip()
