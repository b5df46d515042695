"""What stands around the changes of a review, in the same words and order for every form: waivers, findings, drift.

Text without markup; what is code in it stands in backticks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from generator.diagnostics import Severity, has_errors
from generator.review.forms.messages import waived
from generator.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.diagnostics import Diagnostic
    from generator.review.change import Review, Waiver


class Row(msgspec.Struct, frozen=True):
    """One line of a section: a place or a file, what kind of thing it is, and what is said of it; each may be empty."""

    place: str = ""
    label: str = ""
    text: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.place, self.label, self.text)))


class Section(msgspec.Struct, frozen=True):
    """Rows under a title; without rows, the title is a fact that says all."""

    title: str
    noun: str
    """What a row is, as in `and 12 more files`."""
    rows: tuple[Row, ...] = ()
    severity: Severity | None = None
    """`ERROR` where the rows keep the change from landing, `WARNING` where there is something to do."""


def versions(review: Review) -> str:
    """What head and package say against what the changes ask for; empty where nothing is known of it."""
    text = review.versions.explanation.strip()
    return f"Versions: {text[0].lower()}{text[1:]}" if text else ""


def sections(review: Review) -> Iterator[Section]:
    """All that there is to say, what is wrong first."""
    if review.problems:
        yield _found("Waivers that are wrong", review.problems)
    yield _found("Validation of the head", review.findings)
    if review.hints:
        rows = tuple(Row(str(one.location) if one.location else "", text=one.message) for one in review.hints)
        yield Section(f"To be looked at: {len(rows):,}", "hint", rows, Severity.WARNING)
    if used := waivers(review):
        yield Section(f"Waivers used: {len(used):,}", "waiver", tuple(_waiver(*one) for one in used))
    yield _drift(review)
    yield _generated(review)
    if review.notes:
        yield Section(f"Not looked at: {len(review.notes):,}", "note", tuple(Row(text=one) for one in review.notes))


def waivers(review: Review) -> tuple[tuple[Waiver, int], ...]:
    """The waivers that excuse something, by place, each with the number of breaks that it excuses."""
    used = [change.waiver for change in review.changes if change.is_breaking and change.waiver]
    return tuple((one, used.count(one)) for one in sorted(dict.fromkeys(used), key=lambda one: one.location))


def _waiver(one: Waiver, times: int) -> Row:
    text = f"{counted(times, 'break')} by `{one.rule}` at `{one.pointer}`, {waived(one)}"
    return Row(str(one.location), text=text)


def _found(title: str, found: Sequence[Diagnostic]) -> Section:
    numbers = [(sum(one.severity is severity for one in found), severity) for severity in Severity]
    count = ", ".join(counted(number, severity) for number, severity in numbers if number) or "nothing found"
    rows = tuple(
        Row(str(one.location), f"{one.severity}[{one.rule}]", one.message)
        for one in sorted(found, key=lambda one: one.severity is not Severity.ERROR)
    )
    severity = Severity.ERROR if has_errors(found) else Severity.WARNING if found else None
    return Section(f"{title}: {count}", "finding", rows, severity)


def _drift(review: Review) -> Section:
    """Whether the generated package is what the head gives."""
    what = "Drift of the generated package"
    if not review.drift:
        return Section(f"{what}: {'not looked at' if review.drift is None else 'none'}", "file")
    verb = "is" if len(review.drift) == 1 else "are"
    title = f"{what}: {counted(len(review.drift), 'file')} {verb} not what the head gives; regenerate"
    return Section(title, "file", tuple(Row(file) for file in review.drift), Severity.WARNING)


def _generated(review: Review) -> Section:
    """How much of the generated package changes."""
    if review.generated is None:
        return Section("Generated diff: not known, as one of the sides gives no package", "file")
    if not review.generated:
        return Section("Generated diff: none", "file")
    added, removed = (sum(getattr(one, side) for one in review.generated) for side in ("added", "removed"))
    title = f"Generated diff: {counted(len(review.generated), 'file')}, {_lines(added, removed)}"
    rows = (Row(one.path, text=_lines(one.added, one.removed)) for one in review.generated)
    return Section(title, "file", tuple(rows))


def _lines(added: int, removed: int) -> str:
    """The size of a difference: `+12 -3`."""
    return f"+{added:,} -{removed:,}"
