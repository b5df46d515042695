"""A review as GitHub's workflow commands: what breaks, shown beside the line that breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator import diagnostics
from generator.review.change import Wire
from generator.review.forms import headline, messages
from generator.review.forms.payload import payload
from generator.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.review.change import Change, Review

_SHOWN: Final = 3
_PAYLOAD: Final = 200


def as_github(review: Review) -> str:
    """One command a line: the verdict where the review does not pass, then changes, hints, waivers, findings.

    A break is an error; a warning where it is waived or `info.version` says it. Other changes on the wire are notices,
    texts are nothing. GitHub shows the first ten of each kind, so the worst come first.

    What stands in the base alone has no place in the files that GitHub shows: a line number of the base would point at
    something else there, which is worse than none. It is told without a file, its place in the base in words.
    """
    opening = []
    if not review.passes:
        lines = (headline.verdict(review), headline.outcome(review))
        opening = [diagnostics.command("error", "spec review", None, *lines)]
    changes = [line for change in review.changes for line in _change(change, review)]
    hints = [diagnostics.command("notice", "spec review", one.location, one.message) for one in review.hints]
    return "".join((*opening, *changes, *hints, diagnostics.as_github((*review.problems, *review.findings))))


def _change(change: Change, review: Review) -> Iterator[str]:
    if change.is_breaking:
        severity = "warning" if review.versions.head_says_it or change.waiver else "error"
    elif change.wire is Wire.COMPATIBLE:
        severity = "notice"
    else:
        return
    location = change.after.location if change.after else None
    yield diagnostics.command(severity, change.rule, location, *_lines(change, review))


def _lines(change: Change, review: Review) -> Iterator[str]:
    where = f" ({messages.place(change)})" if change.after is None and change.before else ""
    yield f"{change.message}{where}"
    symbols, more = messages.symbols(change, _SHOWN)
    names = [one.message for one in symbols] + ([f"and {counted(more, 'more symbol')}"] if more else [])
    yield f"on the wire: {messages.wire(change)}"
    yield f"in Python: {messages.python(change, review)}{'; ' if names else ''}{'; '.join(names)}"
    felt, more = messages.uses(change, _SHOWN)
    names = [str(one) for one in felt] + ([f"and {counted(more, 'more operation')}"] if more else [])
    if names:
        yield f"felt by: {' | '.join(names)}"
    if change.evidence:
        yield f"{payload(change.evidence.value, _PAYLOAD)} {messages.disagreement(change)}"
    if change.waiver:
        yield messages.waived(change.waiver)
