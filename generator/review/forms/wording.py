"""What every form says in the same words: verdict, counts, directions, who feels a change. Text without markup.

Texts of a description come through as they are; each form shows them with :func:`printable`, and escapes for its own
syntax after that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

import msgspec

from generator.diagnostics import Severity
from generator.review.change import Level, SymbolKind, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.diagnostics import Diagnostic
    from generator.document import Json
    from generator.ir import Side
    from generator.review.change import Change, Review, SymbolChange, Use, Versions, Waiver

SIDES: Final[Mapping[Side | None, str]] = {"request": "in requests", "response": "in answers", None: ""}
"""Which way messages go, as an adverb."""
TITLES: Final[Mapping[Level, str]] = {Level.MAJOR: "Breaking", Level.MINOR: "Compatible", Level.PATCH: "Docs only"}
"""What changes of a level are called together."""
NOTHING: Final = "no change"

_T = TypeVar("_T")
_BLANKS: Final = re.compile(r"\s+")
_BEYOND_ASCII: Final = re.compile(r"[^ -~]")
_LONGEST_VERSION: Final = 40
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence: prose, or code to be shown as it is."""

    text: str
    code: bool = False


Phrase: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Felt:
    """An operation that feels a change, with every way to it there."""

    operation: str
    uses: tuple[Use, ...]

    def __str__(self) -> str:
        parts: dict[str, list[str]] = {}
        for use in self.uses:
            parts.setdefault(use.part, []).append(use.path)
        ways = [_joined(part, ", ".join(filter(None, paths))) for part, paths in parts.items()]
        return _joined(self.operation, "; ".join(filter(None, ways)))


def printable(text: str) -> str:
    r"""A text on one line, every character of it visible: others are written as `\u202e`, as JSON does.

    What turns the reading direction, moves the cursor or takes no room could make a report say what it does not.
    """
    return _BEYOND_ASCII.sub(_visible, _BLANKS.sub(" ", text))


def shortened(text: str, most: int) -> str:
    """At most so many characters; an ellipsis for what is left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def phrase(text: str) -> Phrase:
    """A sentence with code in backticks, taken apart; a backtick without a partner is prose."""
    pieces = re.split(r"`([^`]+)`", text)
    return tuple(Span(piece, code=bool(index % 2)) for index, piece in enumerate(pieces) if piece)


def counted(number: int, noun: str) -> str:
    """`1 change`, `2,000 changes`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def of_level(review: Review, level: Level) -> tuple[Change, ...]:
    """The changes that ask for this part of a version, in the order of the review."""
    return tuple(change for change in review.changes if change.level is level)


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
    if of_level(review, Level.MAJOR):
        return "May land: what breaks is waived"
    return "May land: nobody breaks"


def versions(review: Review) -> str:
    """What head and package say against what is needed."""
    said = review.versions
    if said.level is None:
        return f"Versions: nothing asks for another than {_short(said.base)}"
    needed = f"{_short(said.needed)} is needed" if said.needed else "which is needed cannot be said"
    parts = [f"{needed} after {_short(said.base)}", f"info.version {_short(said.head)} {_enough(said.head_says_it)}"]
    if said.package is not None:
        parts.append(f"the package's {_short(said.package)} {_enough(said.package_says_it)}")
    return f"Versions: {', '.join(parts)}"


def wire(change: Change) -> str:
    """What it does to messages, and which way they go: `breaking in requests`."""
    if change.wire is Wire.DOCS:
        return NOTHING
    return f"{change.wire} {SIDES[change.side]}".rstrip()


def python(change: Change) -> str:
    """The part of the package's version that it asks for, or that nothing is seen of it."""
    return str(change.python) if change.symbols or change.python is not Level.PATCH else NOTHING


def symbols(change: Change, most: int | None = None) -> tuple[tuple[SymbolChange, ...], int]:
    """What Python code sees, the worst first, and how many more there are."""
    found = sorted(change.symbols, key=lambda one: -one.level.weight)
    return _first(found, most)


def symbol(one: SymbolChange) -> Phrase:
    """A name in Python and what became of it, names and annotations as code."""
    rest = one.message.removeprefix(one.symbol)
    if rest == one.message:
        return phrase(one.message)
    if one.kind is SymbolKind.CHANGED and rest == f": {one.after}, was {one.before}":
        name, after, before = (Span(text, code=True) for text in (one.symbol, one.after, one.before))
        return name, Span(": "), after, Span(", was "), before
    return Span(one.symbol, code=True), *phrase(rest)


def place(change: Change) -> str:
    """`file:line:column` in the head; in the base, and said so, for what the head has no more."""
    found = change.place
    if found is None:
        return "no place"
    return str(found.location) if change.after is not None else f"{found.location} in the base"


def pointer(change: Change) -> str:
    """The JSON pointer of its place, as a waiver names it; empty where there is none."""
    return change.place.pointer if change.place else ""


def uses(change: Change, most: int | None = None) -> tuple[tuple[Felt, ...], int]:
    """Who feels it: the first operations, each with all its ways to the change, and how many operations more."""
    grouped: dict[str, list[Use]] = {}
    for use in dict.fromkeys(change.uses):
        grouped.setdefault(use.operation, []).append(use)
    return _first([Felt(operation, tuple(found)) for operation, found in grouped.items()], most)


def disagreement(change: Change) -> str:
    """What the two sides say of the evidence, `was accepted, is refused: ...`; empty where there is none."""
    evidence = change.evidence
    if evidence is None:
        return ""
    fine, wrong = ("could come", "could not come") if change.side == "response" else ("was accepted", "was refused")
    before = fine if evidence.accepted_before else wrong
    fine, wrong = ("may come now", "may not come now") if change.side == "response" else ("is accepted", "is refused")
    after = fine if evidence.accepted_after else wrong
    reason = evidence.reason.strip()
    return f"{before}, {after}{f': {reason}' if reason else ''}"


def payload(value: Json, most: int) -> str:
    """A value as JSON on one line, numbers digit for digit; shortened where it is long."""
    text = msgspec.json.format(_ENCODER.encode(value), indent=0).decode()
    return shortened(_BEYOND_ASCII.sub(_visible, text), most)


def waivers(review: Review) -> tuple[tuple[Waiver, int], ...]:
    """The waivers that excuse something, by place, each with the number of breaks that it excuses."""
    used = [change.waiver for change in review.changes if change.is_breaking and change.waiver]
    return tuple((one, used.count(one)) for one in sorted(dict.fromkeys(used), key=lambda one: one.location))


def waived(waiver: Waiver) -> str:
    """Until when a waiver holds, and why."""
    return f"waived until {waiver.expires}: {waiver.reason}"


def findings(found: Sequence[Diagnostic]) -> str:
    """How many errors and warnings: `2 errors, 1 warning`, or `nothing found`."""
    numbers = [(sum(one.severity is severity for one in found), severity) for severity in Severity]
    return ", ".join(counted(number, severity) for number, severity in numbers if number) or "nothing found"


def drift(review: Review) -> str:
    """Whether the generated package is what the head gives."""
    if review.drift is None:
        return "Drift of the generated package: not looked at"
    if not review.drift:
        return "Drift of the generated package: none"
    count, verb = counted(len(review.drift), "file"), "is" if len(review.drift) == 1 else "are"
    return f"Drift of the generated package: {count} {verb} not what the head gives; regenerate"


def generated(review: Review) -> str:
    """How much of the generated package changes."""
    if review.generated is None:
        return "Generated diff: not known, as one of the sides gives no package"
    if not review.generated:
        return "Generated diff: none"
    added, removed = (sum(getattr(one, side) for one in review.generated) for side in ("added", "removed"))
    return f"Generated diff: {counted(len(review.generated), 'file')}, {lines(added, removed)}"


def lines(added: int, removed: int) -> str:
    """The size of a difference: `+12 -3`."""
    return f"+{added:,} -{removed:,}"


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


def _version(said: Versions) -> str:
    if said.level is None:
        return ""
    if said.head_says_it:
        return f"info.version {_short(said.head)} is enough"
    needed = f"needs version {_short(said.needed)}" if said.needed else "needs a later version"
    return f"{needed}, info.version says {_short(said.head)}"


def _errors(review: Review) -> list[tuple[str, int]]:
    """Where there are errors beside the breaks, and how many."""
    found = (("description", review.findings), ("waivers", review.problems))
    numbers = [(where, sum(one.severity is Severity.ERROR for one in some)) for where, some in found]
    return [(where, number) for where, number in numbers if number]


def _enough(says_it: bool) -> str:
    return "is enough" if says_it else "is not enough"


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _short(version: str) -> str:
    return shortened(printable(version), _LONGEST_VERSION)


def _first(found: Sequence[_T], most: int | None) -> tuple[tuple[_T, ...], int]:
    """So many, and how many more; one more takes the room of the words that leave it out."""
    if most is None or len(found) <= most + 1:
        return tuple(found), 0
    return tuple(found[:most]), len(found) - most


def _visible(match: re.Match[str]) -> str:
    mark = match[0]
    if mark.isprintable():
        return mark
    units = mark.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
