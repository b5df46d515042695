"""How far a run has come, as numbers."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["BulkProgress"]


class BulkProgress(Struct, frozen=True):
    """How far a run has come: counts of elements, those done by earlier runs among them."""

    total: int | None
    """How many there are, where that is known."""
    done: int
    """Created."""
    rejected: int
    invalid: int
    unknown: int
    under_way: int
    """Sent, by this run or an earlier one, and nothing is known of them yet."""
    elapsed: float
    """Seconds since the run began."""
    per_second: float
    """Elements a second of which something became known, of the last half minute."""
    seconds_left: float | None
    """At that speed; `None` where it cannot be told."""
    workers: int
    """How many requests may be under way at the moment."""

    @property
    def failed(self) -> int:
        """Rejected or invalid: what can be mended and run again."""
        return self.rejected + self.invalid

    @property
    def known(self) -> int:
        """Elements of which something is known, if only that their outcome is not."""
        return self.done + self.failed + self.unknown

    def __str__(self) -> str:
        of = f" of {self.total}" if self.total is not None else ""
        parts = [f"{self.known}{of}: {self.done} created"]
        parts += [f"{count} {name}" for name, count in self._others() if count]
        parts.append(f"{self.per_second:.1f}/s")
        if self.seconds_left is not None:
            minutes, seconds = divmod(round(self.seconds_left), 60)
            parts.append(f"{minutes}:{seconds:02} left")
        return ", ".join(parts)

    def _others(self) -> list[tuple[str, int]]:
        return [("rejected", self.rejected), ("invalid", self.invalid), ("unknown", self.unknown)]
