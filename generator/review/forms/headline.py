"""What every form says of a review as a whole: what breaks, which version that needs, whether it may land."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.diagnostics import Severity
from generator.review.change import Level, Wire
from generator.review.forms.messages import TITLES, of_level
from generator.wording import counted, printable, shortened

if TYPE_CHECKING:
    from generator.review.change import Review, Versions

_LONGEST_VERSION: Final = 40


def verdict(review: Review) -> str:
    """The line that says it all: what breaks, which version that needs, and which there is."""
    return "; ".join(filter(None, (_headline(review), _version(review.versions))))


def outcome(review: Review) -> str:
    """Whether it may land, and what to do where it may not."""
    versions, unwaived = review.versions, review.unwaived
    if not review.passes:
        errors = [f"{counted(number, 'error')} in the {where}" for where, number in _errors(review)]
        reasons = [f"mend {' and '.join(errors)}"] if errors else []
        if unwaived and not versions.head_says_it:
            breaks, them = ("the break", "it") if len(unwaived) == 1 else (f"the {len(unwaived):,} breaks", "them")
            raised = f"raise info.version to {_short(versions.needed)}" if versions.needed else "raise info.version"
            reasons.insert(0, f"take {breaks} back, {raised}, or waive {them}")
        return f"May not land: {'; '.join(reasons)}"
    if unwaived:
        return f"May land: info.version {_short(versions.head)} says that it breaks"
    reason = "what breaks is waived" if of_level(review, Level.MAJOR) else "nobody breaks"
    return f"May land: {reason}{_due(versions)}"


def summary(review: Review) -> str:
    """A review in a line, without its end: what was compared, what changed, and whether it may land."""
    return printable(f"{review.head} against {review.base}: {verdict(review)}. {outcome(review)}")


def _due(versions: Versions) -> str:
    """When the version has to be raised that a change which may land does not say."""
    if versions.level is None or versions.head_says_it:
        return ""
    needed = _short(versions.needed) if versions.needed else "a later one"
    return f"; info.version may stay as it is until the release, which needs {needed}"


def _headline(review: Review) -> str:
    if not review.changes:
        return "No change in meaning"
    breaking, compatible = of_level(review, Level.MAJOR), of_level(review, Level.MINOR)
    if not breaking:
        if compatible:
            verb = "breaks" if len(compatible) == 1 else "break"
            return f"{TITLES[Level.MINOR]}: {counted(len(compatible), 'change')} {verb} nobody"
        return f"{TITLES[Level.PATCH]}: {counted(len(review.changes), 'change')}"
    on_wire = sum(change.wire is Wire.BREAKING for change in breaking)
    only, excused = len(breaking) - on_wire, len(breaking) - len(review.unwaived)
    parts = [f"{counted(on_wire, 'change')} on the wire"] if on_wire else []
    if only:
        parts.append(f"{f'{only:,}' if on_wire else counted(only, 'change')} in Python only")
    waived = f" ({'' if excused == len(breaking) else f'{excused:,} '}waived)" if excused else ""
    return f"{TITLES[Level.MAJOR]}: {' and '.join(parts)}{waived}"


def _version(versions: Versions) -> str:
    if versions.level is None:
        return ""
    if versions.head_says_it:
        return f"info.version {_short(versions.head)} is enough"
    verb = "needs" if versions.level is Level.MAJOR else "asks for"
    needed = f"version {_short(versions.needed)}" if versions.needed else "a later version"
    return f"{verb} {needed}, info.version says {_short(versions.head)}"


def _errors(review: Review) -> list[tuple[str, int]]:
    """Where there are errors beside the breaks, and how many."""
    found = (("description", review.findings), ("waivers", review.problems))
    numbers = [(where, sum(one.severity is Severity.ERROR for one in some)) for where, some in found]
    return [(where, number) for where, number in numbers if number]


def _short(version: str) -> str:
    return shortened(printable(version), _LONGEST_VERSION)
