"""Rows and changes -> what the page lays out: where each change is shown, what is open, what is folded away."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
from msgspec.structs import replace

from generator.review.forms.messages import GROUPS, spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.review.change import Change, Place
    from generator.review.page.facts import Fact
    from generator.review.page.outline import Element
    from generator.review.page.rows import Row

Segment: TypeAlias = tuple[str, str]
"""An element of HTML, `code`, `ins`, `del` or none, and the text in it."""

_RUN: Final = 2
"""So many rows without changes stay among rows with changes; more are folded into one."""
_NAMED: Final = 8
_PLACES: Final = 12
_TOLD: Final = 40
"""Rows in which a change is told in full; in those after it has its number."""
_MARKS: Final = 40
"""Marks at one element; a change too many is in the list all the same."""
_WORDS: Final = 800
_WORD: Final = re.compile(r"\s+|[^\s]+")


class Mark(msgspec.Struct, frozen=True):
    """A change shown at an element; `place` is its id where it is the first of that change in its row."""

    number: int
    sign: str
    group: str
    message: str
    place: str = ""


class FactView(msgspec.Struct, frozen=True):
    """A fact as it is laid out; `differs`: the other side does not say it."""

    kind: str
    pointer: str
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    differs: bool


class CellView(msgspec.Struct, frozen=True):
    """One side of a row."""

    name: tuple[Segment, ...]
    pointer: str
    facts: tuple[FactView, ...]
    texts: tuple[FactView, ...]
    marks: tuple[Mark, ...]


class RowView(msgspec.Struct, frozen=True):
    """A row as it is laid out. A row without cells folds its children away under `label`."""

    kind: str
    name: str
    depth: int
    base: CellView | None
    head: CellView | None
    children: tuple[RowView, ...] = ()
    is_open: bool = False
    is_hit: bool = False
    """Whether a change is shown at it."""
    is_marked: bool = False
    """Whether one is shown at it or below it."""
    omitted: str = ""
    hides: bool = False
    number: int = 0
    label: str = ""


class View(msgspec.Struct, frozen=True):
    """All rows, and where each change is shown: ids of its first rows by its number, and how many rows there are."""

    rows: tuple[RowView, ...]
    places: Mapping[int, Sequence[str]]
    hits: Mapping[int, int]


def group(change: Change) -> str:
    """`breaking`, `compatible` or `docs`: by the part of the version that it asks for."""
    return GROUPS[change.level]


def sign(change: Change) -> str:
    """`+` for what is new, `-` for what is gone, `~` for what is another."""
    if change.before is None or change.after is None:
        return "+" if change.after is not None else "-"
    return "~"


def view(changes: Sequence[Change], rows: Sequence[Row]) -> View:
    """Each change at the element with its pointer, or the nearest above it, in every row that shows it."""
    base = _marks(changes, [one.before for one in changes], _pointers(row.base for top in rows for row in top.walk()))
    head = _marks(changes, [one.after for one in changes], _pointers(row.head for top in rows for row in top.walk()))
    layout = _Layout(base, head)
    found = layout.folded([layout.row(one, 0) for one in rows], _RUN)
    return View(tuple(found), layout.places, layout.hits)


def _pointers(elements: Iterable[Element | None]) -> set[str]:
    """Every pointer that is shown on one side."""
    found = set[str]()
    for one in elements:
        if one is not None:
            found.update(one.pointers)
            found.update(fact.pointer for fact in one.facts if fact.pointer)
    return found


def _marks(changes: Sequence[Change], places: Sequence[Place | None], shown: set[str]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for number, (change, place) in enumerate(zip(changes, places, strict=True), 1):
        if place is not None:
            pointer = place.pointer
            while pointer not in shown and pointer:
                pointer = pointer.rpartition("/")[0]
            found.setdefault(pointer, []).append(Mark(number, sign(change), group(change), change.message))
    return found


class _Layout:
    """Lays rows out in their order, and numbers the places of each change as they come."""

    def __init__(self, base: Mapping[str, list[Mark]], head: Mapping[str, list[Mark]]) -> None:
        self.places: dict[int, list[str]] = defaultdict(list)
        self.hits = Counter[int]()
        self._base = base
        self._head = head

    def row(self, row: Row, depth: int) -> RowView:
        named = set[int]()
        gap = "+" if row.base is None else "-" if row.head is None else ""
        base = self._cell(row.base, row.head, self._base, gap, named)
        head = self._cell(row.head, row.base, self._head, gap, named)
        children = [self.row(one, depth + 1) for one in row.children]
        return RowView(
            kind=row.element.kind,
            name=row.element.name,
            depth=depth,
            base=base,
            head=head,
            children=tuple(self.folded(children, 0 if row.element.kind == "api" else _RUN)),
            is_open=any(one.is_marked for one in children),
            is_hit=bool(named),
            is_marked=bool(named) or any(one.is_marked for one in children),
            omitted=row.omitted,
            hides=row.hides,
            number=row.number,
        )

    def folded(self, rows: Sequence[RowView], kept: int) -> Iterator[RowView]:
        """Rows with those without changes folded into one, where more than are kept stand together beside changes."""
        if not any(one.is_marked for one in rows):
            yield from rows
            return
        for (is_marked, hides), run in groupby(rows, key=lambda one: (one.is_marked, one.hides)):
            held = tuple(run)
            if is_marked or len(held) <= kept:
                yield from held
            else:
                shown = (one.name.replace("`", "") if one.kind == "rule" else one.name for one in held[:_NAMED])
                separator = "; " if held[0].kind == "rule" else ", "
                names = separator.join(shown) + (f"{separator}…" if len(held) > _NAMED else "")
                label = f"{len(held):,} {'with changes, left out' if hides else 'unchanged'}"
                yield RowView("fold", names, held[0].depth, None, None, held, label=label)

    def _cell(
        self,
        element: Element | None,
        other: Element | None,
        marks: Mapping[str, list[Mark]],
        gap: str,
        named: set[int],
    ) -> CellView | None:
        if element is None:
            return None
        own = self._placed((one for pointer in element.pointers for one in marks.get(pointer, ())), gap, named)
        theirs = {(one.kind, one.text) for one in other.facts} if other is not None else set[tuple[str, str]]()
        texts = [one.text for one in (other.facts if other is not None else ()) if one.kind == "text"]
        is_head = marks is self._head
        facts, of_text = list[FactView](), list[FactView]()
        for fact in element.facts:
            is_text, differs = fact.kind == "text", other is not None and (fact.kind, fact.text) not in theirs
            counterpart = texts[len(of_text)] if is_text and differs and len(of_text) < len(texts) else ""
            segments = _compared(fact, counterpart, is_head=is_head) if counterpart else _segments(fact)
            own_marks = self._placed(marks.get(fact.pointer, ()) if fact.pointer else (), gap, named)
            shown = FactView(fact.kind, fact.pointer, tuple(segments), own_marks, differs)
            (of_text if is_text else facts).append(shown)
        pointer = element.home or element.pointers[0] if element.pointers else ""
        name = tuple(prose(element.name)) if element.kind == "rule" else (("", element.name),)
        return CellView(name, pointer, tuple(facts), tuple(of_text), own)

    def _placed(self, marks: Iterable[Mark], gap: str, named: set[int]) -> tuple[Mark, ...]:
        """The marks of one element, each change once, with ids for those that are the first in their row."""
        found: dict[int, Mark] = {}
        for mark in marks:
            if mark.number in found or len(found) >= _MARKS:
                continue
            place = ""
            if mark.number not in named:
                named.add(mark.number)
                self.hits[mark.number] += 1
                if self.hits[mark.number] <= _PLACES:
                    place = f"place-{mark.number}-{self.hits[mark.number]}"
                    self.places[mark.number].append(place)
            message = mark.message if self.hits[mark.number] <= _TOLD else ""
            found[mark.number] = replace(mark, place=place, sign=gap or mark.sign, message=message)
        return tuple(found.values())


def _segments(fact: Fact) -> Iterable[Segment]:
    return prose(fact.text) if fact.kind in ("text", "condition") else (("", fact.text),)


def prose(text: str) -> Iterator[Segment]:
    """Text, in which what stands between backticks is code."""
    return (("code" if one.code else "", one.text) for one in spans(text.strip()))


def _compared(fact: Fact, other: str, *, is_head: bool) -> Iterator[Segment]:
    """The text of one side, with the words marked that the other side does not have there."""
    own, theirs = _WORD.findall(fact.text.strip()), _WORD.findall(other.strip())
    if len(own) + len(theirs) > _WORDS:
        yield "", fact.text
        return
    for kind, start, end, _, _ in difflib.SequenceMatcher(None, own, theirs, autojunk=False).get_opcodes():
        if end > start:
            yield "" if kind == "equal" else "ins" if is_head else "del", "".join(own[start:end])
