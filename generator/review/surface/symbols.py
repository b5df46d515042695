"""Which change of a description is behind which change of a symbol."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from msgspec.structs import astuple, replace

from generator.review import catalogue
from generator.review.change import Change, Level, Place, SymbolChange, SymbolKind, Wire
from generator.review.surface.anchors import Anchors, Kind
from generator.review.surface.types import greatest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.document.tree import Node
    from generator.review.catalogue import ChangeRule
    from generator.review.revision import Revision
    from generator.review.surface.anchors import Anchor

_KEYWORDS: Final = frozenset(("$ref", "anyOf", "const", "enum", "oneOf", "operationId", "type"))
_SHOWN: Final = 3  # symbols in the message of a change without a cause


def _ids(*rules: ChangeRule) -> frozenset[str]:
    return frozenset(one.id for one in rules)


_WITHOUT: Final = _ids(
    catalogue.CALLBACK_CHANGED,
    catalogue.DESCRIPTION_CHANGED,
    catalogue.EXAMPLE_CHANGED,
    catalogue.HEADER_ADDED,
    catalogue.HEADER_BECAME_OPTIONAL,
    catalogue.HEADER_BECAME_REQUIRED,
    catalogue.HEADER_REMOVED,
    catalogue.INFO_CHANGED,
    catalogue.READER_EXTENSION_CHANGED,
)
"""They change docstrings, or nothing that has a name in Python."""
_CONDITIONS: Final = _ids(catalogue.CONDITION_ADDED, catalogue.CONDITION_DROPPED)
_REQUIRED: Final = _ids(catalogue.PROPERTY_BECAME_REQUIRED, catalogue.PROPERTY_BECAME_OPTIONAL)
_OF_RULES: Final = _CONDITIONS | _ids(
    catalogue.MIN_PROPERTIES_LOWERED,
    catalogue.MIN_PROPERTIES_RAISED,
    catalogue.MAX_PROPERTIES_LOWERED,
    catalogue.MAX_PROPERTIES_RAISED,
    catalogue.EXTENSION_TIGHTENED,
    catalogue.EXTENSION_LOOSENED,
    catalogue.ALTERNATIVE_ADDED,
    catalogue.ALTERNATIVE_REMOVED,
    catalogue.SCHEMA_REWRITTEN,
)
_OF_GROUPS: Final = _ids(
    catalogue.ADDITIONAL_PROPERTIES_LOOSENED,
    catalogue.ADDITIONAL_PROPERTIES_TIGHTENED,
    catalogue.PATTERN_PROPERTY_ADDED,
    catalogue.PATTERN_PROPERTY_LOOSENED,
    catalogue.PATTERN_PROPERTY_REMOVED,
    catalogue.PATTERN_PROPERTY_TIGHTENED,
)
_OF_MARKERS: Final = _ids(catalogue.EXTENSION_CHANGED, catalogue.EXTENSION_MEANING_CHANGED)
_OF_METHODS: Final = _ids(
    catalogue.OPERATION_ADDED,
    catalogue.OPERATION_REMOVED,
    catalogue.OPERATION_RENAMED,
    catalogue.OPERATION_DEPRECATED,
    catalogue.OPERATION_UNDEPRECATED,
    catalogue.DEPRECATED,
    catalogue.UNDEPRECATED,
    catalogue.TAG_MOVED,
)
_OF_CREDENTIALS: Final = _ids(
    catalogue.SECURITY_TIGHTENED,
    catalogue.SECURITY_LOOSENED,
    catalogue.SECURITY_SCHEME_CHANGED,
)
_OF_ADDRESSES: Final = _ids(catalogue.SERVER_ADDED, catalogue.SERVER_REMOVED, catalogue.SERVER_CHANGED)
_WITH_OTHERS: Final = _ids(
    catalogue.ALTERNATIVE_ADDED,
    catalogue.ALTERNATIVE_REMOVED,
    catalogue.OPERATION_ADDED,
    catalogue.OPERATION_REMOVED,
)
"""They change names that stay, too: alternatives are numbered, and a method can stay while its path is another."""
_WITH_ALL_BELOW: Final = _OF_GROUPS | _ids(
    catalogue.PROPERTY_ADDED,
    catalogue.REQUIRED_PROPERTY_ADDED,
    catalogue.PROPERTY_REMOVED,
    catalogue.PROPERTY_BECAME_READ_ONLY,
    catalogue.PROPERTY_BECAME_WRITE_ONLY,
    catalogue.TYPE_CHANGED,
    catalogue.TYPE_NARROWED,
    catalogue.TYPE_WIDENED,
    catalogue.ALTERNATIVE_ADDED,
    catalogue.ALTERNATIVE_REMOVED,
    catalogue.SCHEMA_REWRITTEN,
    catalogue.PARAMETER_ADDED,
    catalogue.REQUIRED_PARAMETER_ADDED,
    catalogue.PARAMETER_REMOVED,
    catalogue.REQUEST_BODY_ADDED,
    catalogue.REQUIRED_REQUEST_BODY_ADDED,
    catalogue.REQUEST_BODY_REMOVED,
    catalogue.CONTENT_TYPE_ADDED,
    catalogue.CONTENT_TYPE_REMOVED,
    catalogue.SUCCESS_STATUS_ADDED,
    catalogue.SUCCESS_STATUS_REMOVED,
    catalogue.FAILURE_STATUS_ADDED,
    catalogue.FAILURE_STATUS_REMOVED,
    catalogue.OPERATION_ADDED,
    catalogue.OPERATION_REMOVED,
    catalogue.OPERATION_RENAMED,
    catalogue.COMPONENT_RENAMED,
)
"""They bring, take away or rename whatever stands below their place or is referred to from there."""


def attribute(
    changes: tuple[Change, ...], symbols: tuple[SymbolChange, ...], base: Revision, head: Revision
) -> tuple[Change, ...]:
    """The changes, each with the symbols that it causes; after them one more for each class with symbols of no cause.

    A symbol that several changes of one place cause is put with each of them. Where one of the sides gives no package
    nothing is known of symbols, and the changes stay as they are.
    """
    if not base.files or not head.files or not symbols:
        return changes
    return _Attribution(symbols, base, head).changes(changes)


class _Attribution:
    def __init__(self, symbols: Sequence[SymbolChange], base: Revision, head: Revision) -> None:
        self._sides = (Anchors(base), Anchors(head))
        self._symbols = symbols
        self._named: dict[str, list[SymbolChange]] = defaultdict(list)
        for one in symbols:
            self._named[_sync(one.symbol)].append(one)
        self._renamed = {one.before: one.after for one in symbols if one.kind is SymbolKind.REMOVED and one.after}

    def changes(self, given: Sequence[Change]) -> tuple[Change, ...]:
        caused = [set(self._caused(one)) for one in given]
        known = set[SymbolChange]().union(*caused)
        for one in self._symbols:
            if one not in known:
                for number in self._causes_above(one, given):
                    caused[number].add(one)
                    known.add(one)
        self._blame(given, caused)
        made = [_with_symbols(change, found) for change, found in zip(given, caused, strict=True)]
        # A check that is written in another way, though the schemas mean the same, is the same check.
        unknown = (one for one in self._symbols if one not in known and not one.is_check)
        return (*made, *self._without_cause(unknown))

    def _blame(self, given: Sequence[Change], caused: Sequence[set[SymbolChange]]) -> None:
        """What breaks in Python is put with what breaks on the wire, not with what is compatible beside it."""
        broken = {
            one
            for change, found in zip(given, caused, strict=True)
            if change.wire is Wire.BREAKING
            for one in found
            if one.level is Level.MAJOR
        }
        for change, found in zip(given, caused, strict=True):
            if change.wire is Wire.COMPATIBLE:
                found.difference_update(broken)

    # -- from changes to symbols -----------------------------------------------------------------------------------

    def _caused(self, change: Change) -> Iterator[SymbolChange]:
        if change.rule in _WITHOUT:
            return
        for one in self._symbols:
            if one.symbol.startswith(("Client(", "AsyncClient(")):
                is_address = "base_url=" in one.symbol
                if change.rule in (_OF_ADDRESSES if is_address else _OF_CREDENTIALS):
                    yield one
        places = [place.pointer if place else "" for place in (change.before, change.after)]
        for anchors, pointer, other in zip(self._sides, places, reversed(places), strict=True):
            # Of a property that one side has, the other may say only in which class it was, or will be.
            if pointer and not other.startswith(f"{pointer}/properties/"):
                for anchor, steps in anchors.nearest(pointer, change.side, of_fields=change.rule not in _CONDITIONS):
                    yield from self._at(anchor, change, steps)

    def _at(self, anchor: Anchor, change: Change, steps: tuple[str, ...]) -> Iterator[SymbolChange]:
        model, dot, member = anchor.symbol.removeprefix("models.").partition(".")
        new = self._renamed.get(f"models.{model}")
        names = [anchor.symbol, *([f"{new}{dot}{member}"] if new else [])]
        found = [one for name in names for one in self._named.get(name, ()) if _is_about(change, anchor, one, steps)]
        if anchor.kind is Kind.RULES and change.rule in _CONDITIONS:
            is_new = change.rule == catalogue.CONDITION_ADDED.id
            found = [one for one in found if bool(one.after) == is_new] or found
        yield from found

    # -- from symbols to changes -----------------------------------------------------------------------------------

    def _causes_above(self, symbol: SymbolChange, changes: Sequence[Change]) -> list[int]:
        """The changes nearest around the places of a symbol that bring or take all that is below them."""
        is_new = symbol.kind is not SymbolKind.REMOVED
        anchors, name = self._sides[is_new], _sync(symbol.symbol)
        rules = _WITH_OTHERS if symbol.kind is SymbolKind.CHANGED else _WITH_ALL_BELOW
        # Parameters can stand with the path item, beside the operation.
        method = name.partition("(")[0]
        for pointer in dict.fromkeys((*anchors.pointers(name), *anchors.pointers(method))):
            sides = {None, *(one.side for one in anchors.at(pointer) if one.symbol in (name, method))}
            causes: dict[str, list[int]] = defaultdict(list)
            for number, change in enumerate(changes):
                place = change.after if is_new else change.before
                if change.rule in rules and place is not None and (len(sides) == 1 or change.side in sides):
                    causes[_whole(place.pointer)].append(number)
            found = next((causes[here] for here in anchors.around(pointer) if here in causes), None)
            if found:
                return found
        return []

    # -- without a cause -------------------------------------------------------------------------------------------

    def _without_cause(self, symbols: Iterable[SymbolChange]) -> Iterator[Change]:
        owned: dict[str, set[SymbolChange]] = defaultdict(set)
        for one in symbols:
            owned[self._owner(one)].add(one)
        for owner, found in sorted(owned.items()):
            listed = _sorted(found)
            twice = {one for one in listed if one.kind is SymbolKind.ADDED and one.before in self._renamed}
            messages = [one.message for one in listed if one not in twice] or [one.message for one in listed]
            more = f"; and {len(messages) - _SHOWN} more" if len(messages) > _SHOWN else ""
            old = next((name for name, new in self._renamed.items() if new == owner), owner)
            first = listed[0].symbol
            before = self._sides[0].place(old) or self._sides[0].place(_sync(first))
            after = self._sides[1].place(owner) or self._sides[1].place(_sync(first))
            yield Change(
                rule=catalogue.NAMES_CHANGED.id,
                message=f"Python names differ: {'; '.join(messages[:_SHOWN])}{more}",
                wire=Wire.DOCS,
                before=_place(before),
                after=_place(after),
                python=greatest(one.level for one in listed),
                symbols=listed,
            )

    def _owner(self, symbol: SymbolChange) -> str:
        """The class that a symbol belongs to, by its new name."""
        found = re.match(r"models\.\w+|\w+", _sync(symbol.symbol))
        name = found[0] if found else symbol.symbol
        return self._renamed.get(name, name)


def _is_about(change: Change, anchor: Anchor, symbol: SymbolChange, steps: tuple[str, ...]) -> bool:
    """Whether a change so many steps below a place can be behind a symbol that comes from the place."""
    match anchor.kind:
        case Kind.RULES:
            return change.rule in _OF_RULES
        case Kind.MARKER:
            return change.rule in _OF_MARKERS
        case Kind.GROUP:
            return change.rule in _OF_GROUPS
        case Kind.METHOD | Kind.RESOURCE:
            return change.rule in _OF_METHODS
        case Kind.RESULT:
            return not steps or steps[0] in ("content", "$ref")
        case Kind.MODEL:
            is_renamed = symbol.kind is not SymbolKind.CHANGED and bool(symbol.before and symbol.after)
            return not steps if is_renamed else change.rule not in _REQUIRED | (_OF_RULES - _WITH_ALL_BELOW)
        case _:
            return True


def _whole(pointer: str) -> str:
    """The pointer of what a change brings or takes, where it stands at the keyword or the branch that says so."""
    holder, _, key = pointer.rpartition("/")
    if key.isdecimal() and holder.endswith(("/oneOf", "/anyOf")):
        return _whole(holder)
    return holder if key in _KEYWORDS and not holder.endswith("/properties") else pointer


def _sync(symbol: str) -> str:
    """The name of the sync twin: places know no other."""
    return re.sub(r"^Async(?=[A-Z])", "", symbol)


def _with_symbols(change: Change, found: Iterable[SymbolChange]) -> Change:
    listed = _sorted(_as_judged(one, change) for one in found)
    return replace(change, symbols=listed, python=greatest(one.level for one in listed)) if listed else change


def _as_judged(symbol: SymbolChange, change: Change) -> SymbolChange:
    """A check that refuses nothing which was fine on the wire refuses nothing in Python either."""
    harmless = symbol.is_check and change.side == "request" and change.wire is Wire.COMPATIBLE
    return replace(symbol, level=Level.MINOR) if harmless and symbol.level is Level.MAJOR else symbol


def _sorted(symbols: Iterable[SymbolChange]) -> tuple[SymbolChange, ...]:
    return tuple(sorted(set(symbols), key=lambda one: tuple(map(str, astuple(one)))))


def _place(node: Node | None) -> Place | None:
    return None if node is None else Place(node.pointer, node.location)
