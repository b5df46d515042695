"""A bulk run that blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Any, Self

    from .part import BulkPart
    from .progress import BulkProgress

Given = TypeVar("Given")
Made = TypeVar("Made")


class BulkRun(Generic[Given, Made]):
    """A run over many elements: a context manager, and an iterator over what became of each, in any order.

    Each element comes once, those that an earlier run has done among them. It is sent while the run is gone through;
    whoever leaves it early sends no more than is under way then.
    """

    @property
    def progress(self) -> BulkProgress:
        """How far it has come."""
        raise NotImplementedError

    @property
    def summary(self) -> str:
        """That in words, and how to go on where there is something left."""
        raise NotImplementedError

    def stop(self) -> None:
        """Send nothing new: the run ends once what is under way is known. Any thread may call it, and a hook."""

    def settle(self, reference: str, *, done: bool, result: dict[str, Any] | None = None) -> None:
        """Say what became of an element whose outcome is unknown; see `Journal.settle`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what is under way, and close the journal."""

    def __iter__(self) -> Iterator[BulkPart[Given, Made]]:
        return self

    def __next__(self) -> BulkPart[Given, Made]:
        raise NotImplementedError
