"""What every form says of a change in the same words: directions, places, who feels it, its value. Text without markup.

Texts of a description come through as they are; each form shows them with :func:`printable`, and escapes for its own
syntax after that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

import msgspec
from msgspec.structs import replace

from generator.review.change import Level, SymbolKind, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.document.grammar import Side
    from generator.review.change import Change, Review, SymbolChange, Use, Waiver

SIDES: Final[Mapping[Side | None, str]] = {"request": "in requests", "response": "in answers", None: ""}
"""Which way messages go, as an adverb."""
TITLES: Final[Mapping[Level, str]] = {Level.MAJOR: "Breaking", Level.MINOR: "Compatible", Level.PATCH: "Docs only"}
"""What changes of a level are called together."""
GROUPS: Final[Mapping[Level, str]] = {Level.MAJOR: "breaking", Level.MINOR: "compatible", Level.PATCH: "docs"}
"""The same in one word, for labels and names."""
NOTHING: Final = "no change"
UNKNOWN: Final = "not known"

_T = TypeVar("_T")
_QUOTED: Final = re.compile(r'"[^"]{41,}"')
_CODE: Final = re.compile(r"`([^`\n]+)`")


class Span(msgspec.Struct, frozen=True):
    """A piece of a sentence: prose, or code to be shown as it is."""

    text: str
    code: bool = False


Spans: TypeAlias = tuple[Span, ...]


class Felt(msgspec.Struct, frozen=True):
    """An operation that feels a change, with every way to it there."""

    operation: str
    uses: tuple[Use, ...]

    @property
    def ways(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each part of the operation, with the ways to the change in it."""
        parts: dict[str, list[str]] = {}
        for use in self.uses:
            parts.setdefault(use.part, []).append(use.path)
        return tuple((part, tuple(filter(None, paths))) for part, paths in parts.items())

    def first(self, most: int) -> tuple[Felt, int]:
        """The same with its first ways alone, and how many more there are."""
        return replace(self, uses=self.uses[:most]), max(len(self.uses) - most, 0)

    def __str__(self) -> str:
        ways = [_joined(part, ", ".join(paths)) for part, paths in self.ways]
        return _joined(self.operation, "; ".join(filter(None, ways)))


def spans(text: str) -> Spans:
    """A sentence with code in backticks, taken apart; a backtick without a partner is prose."""
    pieces = _CODE.split(text)
    return tuple(Span(piece, code=bool(index % 2)) for index, piece in enumerate(pieces) if piece)


def of_level(review: Review, level: Level) -> tuple[Change, ...]:
    """The changes that ask for this part of a version, in the order of the review."""
    return tuple(change for change in review.changes if change.level is level)


def wire(change: Change) -> str:
    """What it does to messages, and which way they go: `breaking in requests`."""
    if change.wire is Wire.DOCS:
        return NOTHING
    return f"{change.wire} {SIDES[change.side]}".rstrip()


def python(change: Change, review: Review) -> str:
    """The part of the package's version that it asks for, or that nothing is seen of it, or that nobody knows."""
    if change.symbols or change.python is not Level.PATCH:
        return str(change.python)
    return UNKNOWN if review.generated is None else NOTHING


def symbols(change: Change, most: int | None = None) -> tuple[tuple[SymbolChange, ...], int]:
    """What Python code sees, the worst first, and how many more there are; a name that changes is told once."""
    renamed = {(one.before, one.after) for one in change.symbols if one.kind is SymbolKind.REMOVED and one.after}
    shown = [
        one for one in change.symbols if one.kind is not SymbolKind.ADDED or (one.before, one.after) not in renamed
    ]
    return _first(sorted(shown, key=lambda one: -one.level.weight), most)


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
    reason = _QUOTED.sub(lambda found: f'{found[0][:13]}…"', evidence.reason.strip())
    return f"{before}, {after}{f': {reason}' if reason else ''}"


def waived(waiver: Waiver) -> str:
    """Until when a waiver holds, and why."""
    return f"waived until {waiver.expires}: {waiver.reason}"


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _first(found: Sequence[_T], most: int | None) -> tuple[tuple[_T, ...], int]:
    """So many, and how many more; one more takes the room of the words that leave it out."""
    if most is None or len(found) <= most + 1:
        return tuple(found), 0
    return tuple(found[:most]), len(found) - most
