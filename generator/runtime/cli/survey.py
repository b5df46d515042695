"""A look at a whole file before anything is sent: how much is in it, and all that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from .failures import plain

if TYPE_CHECKING:
    from .meters import Meter
    from .sources import Source

_TOLD: Final = 100  # things that are wrong, a line each


class Survey(NamedTuple):
    """Counts of a file, and the first of its elements that is right."""

    elements: int
    lines: int
    wrong: int
    """Elements of which something is wrong."""
    first: object

    def __str__(self) -> str:
        text = f"{counted(self.elements, 'element')} in {counted(self.lines, 'line')}"
        return f"{text}, of which {self.wrong:,} {'is' if self.wrong == 1 else 'are'} wrong" if self.wrong else text

    @property
    def right(self) -> int:
        """Elements that can be sent."""
        return self.elements - self.wrong


def counted(count: int, name: str) -> str:
    """A number of things, in words."""
    return f"{count:,} {name}{'s' * (count != 1)}"


def surveyed(source: Source, meter: Meter) -> Survey:
    """Go through a file, and tell what is wrong with it.

    Raises:
        Failure: it cannot be read to its end, or was saved over before that.
    """
    count = lines = wrong = told = 0
    first: object = None
    for count, element in enumerate(source.elements(), 1):
        lines += len(element.rows)
        if first is None:
            first = element.request
        wrong += bool(element.faults)
        for fault in element.faults:
            told += 1
            if told <= _TOLD:
                meter.tell(plain(str(fault)))
        meter.checked(count)
    if told > _TOLD:
        meter.tell(f"... and {told - _TOLD:,} more like these")
    source.check_unchanged()
    return Survey(count, lines, wrong, first)
