"""How far a run has come, on standard error: a bar that moves in a terminal, else plain lines."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, Protocol

import click

from ..text import on_one_line

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from ..bulk import BulkProgress

_EVERY: Final = 5.0  # seconds between two plain lines
_CHECKED: Final = 1000  # elements between two looks at the clock


class Meter(Protocol):
    """What shows it. A context manager, as a bar goes away at the end."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def checked(self, count: int) -> None:
        """So many elements have been looked at, and nothing was sent."""

    def sent(self, progress: BulkProgress) -> None:
        """So far has the run come."""

    def tell(self, text: str) -> None:
        """A line for the reader."""


def meter(title: str) -> Meter:
    """What suits standard error."""
    from rich.console import Console  # here, as single calls need none

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    return _Bar(title, console) if console.is_terminal and not console.is_dumb_terminal else _Lines(title)


class _Lines:
    """Plain lines, the first at once and then one every few seconds."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._next = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def checked(self, count: int) -> None:
        """See `Meter`."""
        if count % _CHECKED == 0 and self._is_due():
            self.tell(f"{self._title}: {count:,} checked")

    def sent(self, progress: BulkProgress) -> None:
        """See `Meter`."""
        if self._is_due():
            self.tell(f"{self._title}: {progress}")

    def tell(self, text: str) -> None:
        """See `Meter`."""
        click.echo(on_one_line(text), err=True)

    def _is_due(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _EVERY
        return True


class _Bar:
    """A bar in a terminal, with lines above it."""

    def __init__(self, title: str, console: Any) -> None:  # Any: rich's, imported where it is made
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        self._console = console
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[said]}", markup=False),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task(title, total=None, said="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def checked(self, count: int) -> None:
        """See `Meter`."""
        if count % _CHECKED == 0:
            self._bar.update(self._task, completed=count, said="checked")

    def sent(self, progress: BulkProgress) -> None:
        """See `Meter`."""
        parts = [f"{progress.done:,} created"]
        parts += [
            f"{count:,} {name}" for name, count in (("failed", progress.failed), ("unknown", progress.unknown)) if count
        ]
        said = f"{', '.join(parts)}, {progress.per_second:,.0f}/s"
        self._bar.update(self._task, total=progress.total, completed=progress.known, said=said)

    def tell(self, text: str) -> None:
        """See `Meter`."""
        self._console.print(on_one_line(text), soft_wrap=True)
