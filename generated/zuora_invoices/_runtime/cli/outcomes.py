"""What came of a run: told as it comes, counted, written into a file of failed lines, and summed up."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from ..codec import as_text
from ..resending import moment
from ..tables import FailedLines
from .aside import kept
from .failures import REJECTED, UNKNOWN, in_words, plain
from .sources import table_failures
from .survey import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..bulk import BulkPart, BulkProgress
    from .meters import Meter
    from .sources import Source
    from .survey import Survey

_TOLD: Final = 100  # elements that failed, a line each, and as many that are unknown
_FAILED: Final = re.compile(r"(?P<stem>.+)\.failed(?:-(?P<number>\d+))?")


class Outcome:
    """What became of the elements of a file."""

    def __init__(self, source: Source, survey: Survey, meter: Meter) -> None:
        self._source = source
        self._survey = survey
        self._meter = meter
        self._failed: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._unknown: list[str] = []
        self._told = 0

    def add(self, part: BulkPart[Any, Any]) -> None:
        """Take in what became of one, and tell what failed."""
        if part.outcome == "unknown":
            self._unknown.append(f"  {part.reference}: unknown: {sought(part)}")
        elif part.outcome != "created":
            reasons = [("", in_words(part.reasons))] if part.outcome == "rejected" else []
            found = [(one.path, plain(one.message)) for one in part.violations] or reasons
            self._failed[part.reference] += found
            self._told += 1
            if self._told <= _TOLD:
                said = "; ".join(f"{path}: {message}" if path else message for path, message in found)
                earlier = ", as before" if part.earlier else ""
                self._meter.tell(f"{part.reference}: {part.outcome}{earlier}: {said}")
            elif self._told == _TOLD + 1:
                self._meter.tell("... and more, which the file of failed lines will have")

    @property
    def has_failed(self) -> bool:
        """Whether some of it did, or was wrong from the beginning."""
        return bool(self._failed or self._survey.wrong)

    def write_failed(self, path: Path) -> None:
        """Write the lines of all that failed, if any did, and why.

        Raises:
            Failure: the file cannot be written, or the one that its lines are of was saved over meanwhile.
        """
        self._source.check_unchanged()
        if not self.has_failed:
            return
        table = self._source.table
        with table_failures(), kept(path, table) as aside, FailedLines(path, table) as failed:
            for element in self._source.elements():
                if element.faults:
                    failed.write(element)
                elif element.reference in self._failed:
                    found = self._failed[element.reference]
                    failed.write(element, [element.fault(message, inside) for inside, message in found])
            self._source.check_unchanged()
        if aside is not None:
            self._meter.tell(f"{path} had been changed, and is kept as {aside}")

    def summary(self, progress: BulkProgress) -> Iterator[str]:
        """What came of the run, in words, and what to look for of what is unknown."""
        counts = {
            "created": progress.done,
            "rejected": progress.rejected,
            "invalid": progress.invalid + self._survey.wrong,
            "unknown": progress.unknown,
            "not sent": self.left(progress),
        }
        told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "nothing to do"
        yield f"{self._source.table.name}: {counted(self._survey.elements, 'element')}: {told}"
        yield from self._unknown[:_TOLD]

    def left(self, progress: BulkProgress) -> int:
        """How many were not sent, though they could be."""
        return max(0, self._survey.right - progress.known)

    def exit_code(self, progress: BulkProgress, *, limited: bool) -> int:
        """What the run ends with; with a limit, what is left is no failure."""
        if progress.unknown or progress.under_way:
            return UNKNOWN
        return REJECTED if progress.failed or self._survey.wrong or (self.left(progress) and not limited) else 0


def failed_name(path: Path, shard: tuple[int, int] | None) -> Path:
    """The file for what failed of a file: `a.failed.csv` of `a.csv`, of that `a.failed-2.csv`; a shard has its own."""
    found = _FAILED.fullmatch(path.stem)
    if found is not None:
        return path.with_name(f"{found['stem']}.failed-{int(found['number'] or 1) + 1}{path.suffix}")
    part = f".part-{shard[0]}-of-{shard[1]}" if shard is not None else ""
    return path.with_name(f"{path.stem}{part}.failed{path.suffix}")


def sought(part: BulkPart[Any, Any]) -> str:
    """What to look for of an element whose outcome is unknown."""
    found = [f"{name} {as_text(value)}" for name, value in part.look_for.items()]
    found += [f"track id {part.track_id}"] if part.track_id else []
    until = f"; or run again before {moment(part.key_expires)}" if part.key_expires else ""
    return f"look for {', '.join(found) or 'what it would have made'}{until}"
