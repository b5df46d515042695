"""Two outlines side by side: rows that pair what has the same name on both sides, or leave a gap on one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote

import msgspec

from generator.document.tree import Array, Json, Object, escape
from generator.review.page.outline import component, outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.document.tree import Document
    from generator.review.page.outline import Element, Key

ROOM: Final = 2_000_000
"""Characters of a page, more or less, after which nothing more is unfolded: it would be slow to open, dull to read."""
QUIET_ROOM: Final = 800_000
"""The same for what holds no change."""
QUIET_OPERATIONS: Final = 40
"""Where there are more operations than this, those without changes are named and not shown."""
USES: Final = 3
"""On a page that fills up, a component with changes is unfolded in so many places, and referred to in the others."""
DEPTH: Final = 24
_Homes: TypeAlias = tuple[str, str]
_INTERCHANGEABLE: Final = frozenset(("rule", "branch"))
"""Children that have no name of their own: one left over on each side is the same one, written in another way."""


class Row(msgspec.Struct, frozen=True):
    """An element of one side or both; `omitted` says why nothing is shown inside, where there would be something."""

    base: Element | None
    head: Element | None
    children: tuple[Row, ...] = ()
    omitted: str = ""
    hides: bool = False
    """Whether there are changes in what is omitted."""
    number: int = 0
    """The same for the row that shows a component without changes, and for those after it that only refer to it."""

    @property
    def element(self) -> Element:
        """The one of the head, else that of the base."""
        found = self.head or self.base
        assert found is not None  # noqa: S101 - a row has a side
        return found

    def walk(self) -> Iterator[Row]:
        """This row and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def rows(base: Document, head: Document, before: Iterable[str], after: Iterable[str]) -> tuple[Row, ...]:
    """The API, its operations, and the changed components that no operation shows.

    `before` and `after` are the pointers of changes in base and head: what holds one of them, directly or through
    references, is shown before anything else.
    """
    pointers = (tuple(dict.fromkeys(before)), tuple(dict.fromkeys(after)))
    pairing = _Pairing(touched(base, pointers[0]), touched(head, pointers[1]))
    outlines = outline(base), outline(head)
    pairing.few_operations = max(map(len, outlines)) <= QUIET_OPERATIONS + 1
    found = list(pairing.rows(*outlines, frozenset(), 0))
    pairing.is_flat = True
    for home in _not_shown(found, pointers):
        left, right = component(base, home), component(head, home)
        if left or right:
            found.append(pairing.row(left, right, frozenset(), 0))
    return tuple(found)


def _not_shown(found: Iterable[Row], pointers: tuple[tuple[str, ...], tuple[str, ...]]) -> dict[str, None]:
    """The components with changes that are nowhere among the rows, or only in what rows omit."""
    shown, hidden = set[str](), set[str]()
    for row in (below for top in found for below in top.walk()):
        for side in (row.base, row.head):
            (hidden if row.hides else shown).update(_of(side))
    homes: dict[str, None] = {}
    for pointer in (*pointers[1], *pointers[0]):
        nearest = pointer
        while nearest not in shown and nearest not in hidden and nearest:
            nearest = nearest.rpartition("/")[0]
        if pointer.startswith("/components/") and (nearest not in shown or not nearest):
            homes[_component(pointer)] = None
    return homes


def touched(document: Document, pointers: Iterable[str]) -> frozenset[str]:
    """The pointers of everything that holds one of these, directly or behind references."""
    referring: dict[str, list[str]] = {}
    stack: list[tuple[Json, str]] = [(document.root, "")]
    while stack:
        value, pointer = stack.pop()
        if isinstance(value, Object):
            target = value.get("$ref")
            if isinstance(target, str):
                referring.setdefault(unquote(target.removeprefix("#")), []).append(pointer)
            stack.extend((member, f"{pointer}/{escape(key)}") for key, member in value.items())
        elif isinstance(value, Array):
            stack.extend((member, f"{pointer}/{index}") for index, member in enumerate(value))
    found = set[str]()
    waiting = list(pointers)
    while waiting:
        pointer = waiting.pop()
        while pointer not in found:
            found.add(pointer)
            waiting.extend(referring.get(pointer, ()))
            pointer = pointer.rpartition("/")[0]
    return frozenset(found)


class _Pairing:
    """Knows how full the page is, and what has been shown."""

    def __init__(self, before: frozenset[str], after: frozenset[str]) -> None:
        self.few_operations = True
        self.is_flat = False
        """Whether components within components are only named, and there is room for what is left."""
        self._before = before
        self._after = after
        self._filled = 0
        self._shown: dict[_Homes, int] = {}
        self._times = Counter[_Homes]()

    def rows(
        self, base: Mapping[Key, Element], head: Mapping[Key, Element], trail: frozenset[str], depth: int
    ) -> Iterator[Row]:
        for left, right in _pairs(base, head):
            yield self.row(left, right, trail, depth)

    def row(self, base: Element | None, head: Element | None, trail: frozenset[str], depth: int) -> Row:
        self._filled += 160 + _length(base) + _length(head)
        pointers = frozenset((*_of(base), *_of(head)))
        is_touched = not self._before.isdisjoint(_of(base)) or not self._after.isdisjoint(_of(head))
        if pointers & trail:
            return Row(base, head, omitted="recursive: it is shown around this")
        homes = (base.home if base else "", head.home if head else "")
        is_operation = any(one is not None and one.kind == "operation" for one in (base, head))
        number = self._shown.get(homes, 0)
        if number and (not is_touched or (self._times[homes] >= USES and self._filled > QUIET_ROOM)):
            omitted = "as shown before, with changes" if is_touched else "as shown before"
            return Row(base, head, omitted=omitted, hides=is_touched, number=number)
        if not is_touched and is_operation and not self.few_operations:
            return Row(base, head, omitted="no changes")
        left, right = base.inside() if base else {}, head.inside() if head else {}
        if not left and not right:
            return Row(base, head)
        if depth > DEPTH or self._is_full(is_touched, is_component=any(homes)):
            return Row(base, head, omitted="left out: the page would be too long", hides=is_touched)
        first = 0
        if any(homes):
            self._times[homes] += 1
            if not number:
                first = self._shown[homes] = len(self._shown) + 1
        inner = trail | {one for one in pointers if one.startswith("/components/")}
        return Row(base, head, tuple(self.rows(left, right, inner, depth + 1)), number=first)

    def _is_full(self, is_touched: bool, *, is_component: bool) -> bool:
        if self.is_flat:
            return is_component or self._filled > 2 * ROOM
        return self._filled > (ROOM if is_touched else QUIET_ROOM)


def _pairs(base: Mapping[Key, Element], head: Mapping[Key, Element]) -> Iterator[tuple[Element | None, Element | None]]:
    """Those of the head in order; what the base alone has stands behind its neighbour there."""
    only = [key for key in base if key not in head]
    new = [key for key in head if key not in base]
    same: dict[Key, Key] = {}
    for kind in _INTERCHANGEABLE:
        lost, found = [key for key in only if key[0] == kind], [key for key in new if key[0] == kind]
        if len(lost) == len(found) == 1:
            same[found[0]] = lost[0]
    behind: dict[Key | None, list[Key]] = {}
    anchor: Key | None = None
    known = {**{key: key for key in base if key in head}, **{left: right for right, left in same.items()}}
    for key in base:
        if key in known:
            anchor = known[key]
        else:
            behind.setdefault(anchor, []).append(key)
    for key in behind.get(None, ()):
        yield base[key], None
    for key, element in head.items():
        yield base.get(same.get(key, key)), element
        for lost_key in behind.get(key, ()):
            yield base[lost_key], None


def _of(element: Element | None) -> tuple[str, ...]:
    return element.pointers if element is not None else ()


def _length(element: Element | None) -> int:
    if element is None:
        return 0
    return 120 + len("".join(element.pointers[:1])) + sum(60 + len(fact.text) for fact in element.facts)


def _component(pointer: str) -> str:
    return "/".join(pointer.split("/")[:4])
