"""An OpenAPI description in memory: JSON values that know where they stand in their files.

`Object` and `Array` are ordinary dicts and lists (so every library takes them) that also carry the place of
each member, so that a stage which moves a subtree moves the places with it. They are never changed once made.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar
from urllib.parse import unquote

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from generator.diagnostics import Diagnostic, Location

_Made = TypeVar("_Made")

_REMEMBERED: Final = 4
"""Base and head of a review, each as it is written and as it is upgraded."""


class Object(dict[str, "Json"]):
    """A JSON object; `location` is where it begins, `places[key]` where that member's key stands."""

    __slots__ = ("location", "places")

    def __init__(
        self,
        items: Mapping[str, Json] | Iterable[tuple[str, Json]],
        location: Location,
        places: Mapping[str, Location] | None = None,
    ) -> None:
        super().__init__(items)
        self.location = location
        self.places: Mapping[str, Location] = places or {}

    def changed(self, changes: Mapping[str, Json], drop: Iterable[str] = ()) -> Object:
        """A copy with some members set and some left out; places are kept."""
        dropped = set(drop)
        kept = {key: value for key, value in self.items() if key not in dropped}
        return Object({**kept, **changes}, self.location, self.places)


class Array(list["Json"]):
    """A JSON array; `location` is where it begins, `places[i]` where element i does."""

    __slots__ = ("location", "places")

    def __init__(self, items: Iterable[Json], location: Location, places: Iterable[Location] = ()) -> None:
        super().__init__(items)
        self.location = location
        self.places = tuple(places)


Json: TypeAlias = "Object | Array | str | int | Decimal | bool | None"


@dataclass(frozen=True, slots=True)
class Document:
    """A description in one tree: file references are already followed, every `$ref` begins with `#`.

    `diagnostics` are the findings that only reading can make, such as duplicate keys.
    """

    root: Object
    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    digest: str = ""
    """`sha256:...` over the names and the bytes of all files."""
    _found: dict[str, Node | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was found before: references lead to the same places again and again."""

    @property
    def node(self) -> Node:
        """The cursor at the root."""
        return Node(self, "", self.root, self.root.location)

    def find(self, pointer: str) -> Node | None:
        """The node at a JSON pointer such as `/components/schemas/Pet`, or at that as a fragment `#/...`, if any."""
        if pointer not in self._found:
            self._found[pointer] = self._find(pointer)
        return self._found[pointer]

    def _find(self, pointer: str) -> Node | None:
        node: Node | None = self.node
        plain = unquote(pointer[1:]) if pointer.startswith("#") else pointer
        if plain and not plain.startswith("/"):
            return None
        for token in plain.split("/")[1:]:
            if node is None:
                return None
            node = node.child(unescape(token))
        return node


class Node(msgspec.Struct, frozen=True):
    """A cursor: a value, the pointer to it, and its place. Reading what is not there gives an empty node or `None`.

    A struct, as there are millions of them: a dataclass takes several times as long to be made.
    """

    document: Document
    pointer: str
    value: Json
    location: Location

    def child(self, key: str | int) -> Node | None:
        """The member or element under `key`."""
        value = self.value
        if isinstance(value, Object):
            if key not in value or not isinstance(key, str):
                return None
            place = value.places.get(key, value.location)
            return Node(self.document, f"{self.pointer}/{escape(key)}", value[key], place)
        if isinstance(value, Array) and len(str(key)) < 10 and str(key).isdecimal() and int(key) < len(value):
            index = int(key)
            place = value.places[index] if index < len(value.places) else value.location
            return Node(self.document, f"{self.pointer}/{index}", value[index], place)
        return None

    def __getitem__(self, key: str | int) -> Node:
        """The member or element under `key`; raises KeyError where there is none."""
        found = self.child(key)
        if found is None:
            raise KeyError(f"{self.location}: nothing under {key!r} at {self.pointer or '/'}")
        return found

    def at(self, *keys: str | int) -> Node | None:
        """The node some steps down, or `None` as soon as a step leads nowhere; references are followed on the way."""
        node: Node | None = self
        for key in keys:
            node = None if node is None else node.resolve().child(key)
        return node

    def members(self) -> Iterator[tuple[str, Node]]:
        """The members of an object, in order; nothing for other values."""
        value = self.value
        if isinstance(value, Object):
            for key, member in value.items():
                place = value.places.get(key, value.location)
                yield key, Node(self.document, f"{self.pointer}/{escape(key)}", member, place)

    def elements(self) -> Iterator[Node]:
        """The elements of an array, in order; nothing for other values."""
        value = self.value
        if isinstance(value, Array):
            for index, element in enumerate(value):
                place = value.places[index] if index < len(value.places) else value.location
                yield Node(self.document, f"{self.pointer}/{index}", element, place)

    def members_of(self, key: str) -> Iterator[tuple[str, Node]]:
        """The members of the object under `key`; nothing where there is none."""
        found = self.child(key)
        return found.members() if found is not None else iter(())

    def elements_of(self, key: str) -> Iterator[Node]:
        """The elements of the array under `key`; nothing where there is none."""
        found = self.child(key)
        return found.elements() if found is not None else iter(())

    def children(self) -> Iterator[Node]:
        """Members and elements alike."""
        for _, member in self.members():
            yield member
        yield from self.elements()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, depth first, without following references."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(list(node.children())))

    def text(self, key: str, default: str = "") -> str:
        """The string under `key`, else `default`."""
        found = self.object.get(key)
        return found if isinstance(found, str) else default

    def is_true(self, key: str) -> bool:
        """Whether `key` holds `true`."""
        return self.object.get(key) is True

    @property
    def object(self) -> Object:
        """The value as an object; an empty one for other values."""
        return self.value if isinstance(self.value, Object) else Object({}, self.location)

    @property
    def key(self) -> str:
        """The last step of the pointer."""
        return unescape(self.pointer.rpartition("/")[2])

    @property
    def reference(self) -> str | None:
        """The target of a `$ref` object, else `None`."""
        target = self.value.get("$ref") if isinstance(self.value, Object) else None
        return target if isinstance(target, str) else None

    @property
    def target(self) -> Node | None:
        """What a `$ref` object names, one step far; `None` for other values, and where it is dead."""
        reference = self.reference
        return self.document.find(reference) if reference is not None and reference.startswith("#") else None

    def resolve(self) -> Node:
        """Follow references to what they name. A dead or circular chain ends where it breaks: a rule reports it."""
        if self.reference is None:
            return self
        node, seen = self, set[str]()
        while (target := node.reference) is not None and target not in seen:
            seen.add(target)
            found = self.document.find(target)
            if found is None:
                return node
            node = found
        return node


def objects(value: Json) -> Iterator[Object]:
    """Every object in a value, itself included, in no particular order."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Object):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, Array):
            waiting.extend(one)


def escape(token: str) -> str:
    """A key as one step of a JSON pointer."""
    return token.replace("~", "~0").replace("/", "~1") if "/" in token or "~" in token else token


def unescape(token: str) -> str:
    """The key that one step of a JSON pointer stands for."""
    return token.replace("~1", "/").replace("~0", "~")


def remembered(make: Callable[[Document], _Made]) -> Callable[[Document], _Made]:
    """The function, which makes once what it makes of a document: those of the last few documents are kept."""
    known: deque[tuple[Document, _Made]] = deque(maxlen=_REMEMBERED)

    @wraps(make)
    def remembering(document: Document) -> _Made:
        for one, made in known:
            if one is document:
                return made
        known.append((document, make(document)))
        return known[-1][1]

    return remembering
