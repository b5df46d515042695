"""`discriminator`: which values of a field, the tag, stand for which schema.

A tag stands for the schema that the mapping says, else for the component of that name, else for the only one that lists
it as a `const` or in an `enum`. What a schema lists has the last word: no tag that it does not list stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from generator.diagnostics import Consequence, Severity, rule
from generator.document.tree import Node, escape, unescape
from generator.normalization.distinction import exclude_each_other
from generator.normalization.inheritance import children, descendants, inherited
from generator.normalization.shapes import is_tagged, kinds
from generator.python.typeref import values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from generator.diagnostics import Diagnostic
    from generator.document.grammar import Side
    from generator.normalization.composition import Composer

IGNORED_DISCRIMINATOR = rule(
    "ignored-discriminator",
    Severity.WARNING,
    "alternatives are told apart by their fields, not by a discriminator",
    Consequence.NONE,
)
UNCHECKED_CHOICE = rule(
    "unchecked-choice",
    Severity.WARNING,
    "a value is checked as the option that its tag names, and as no other one",
    Consequence.UNCHECKED,
)

_CHOICES: Final = ("anyOf", "oneOf")


class Tags(msgspec.Struct, frozen=True):
    """The field by which options are told apart, and for each of its values the place of the option it stands for."""

    name: str
    places: Mapping[str, int]
    unchecked: bool = False
    """A value can fit another option too, which a `oneOf` forbids and nobody checks."""


class _Option(msgspec.Struct, frozen=True):
    """The tags that stand for an option by name, and those that it lists, if it does."""

    named: Sequence[str]
    listed: Sequence[str] | None


_Nested: TypeAlias = "Callable[[list[str]], _Option]"


class _UntoldError(Exception):
    """The tag does not tell the options apart; says why."""


class Discriminators:
    """Finds the tags of options, and reports where there are none."""

    def __init__(self, composer: Composer, found: list[Diagnostic]) -> None:
        self._composer = composer
        self._found = found
        self._open: list[str] = []
        self._known: dict[tuple[int, str, Side], tuple[Node, _Nested | None]] = {}

    def of_choice(self, own: Node, key: str, options: Sequence[tuple[Node, Node]], side: Side) -> Tags | None:
        """The tags of a choice between options, each as it stands there, and with what is said beside the choice."""
        discriminator = own["discriminator"]
        name = discriminator.text("propertyName")
        mapping = _mapping(discriminator)
        placed: dict[str, int] = {}
        try:
            _refuse_default(discriminator)
            if not name:
                raise _UntoldError("it names no property")  # noqa: TRY301 - as what is found deeper
            placed = _placed([self._option(one, name, mapping, side, whole) for one, whole in options])
            untold = [one for place, (one, _) in enumerate(options) if place not in placed.values()]
            fault = f"no {name!r} stands for {_shown(untold[0])}" if untold else ""
        except _UntoldError as error:
            fault = str(error)
        if fault:
            message = f"the discriminator does not tell the options apart: {fault}"
            self._found.append(IGNORED_DISCRIMINATOR.at(discriminator.location, message, discriminator.pointer))
            return None
        plain = [one for _, one in options]
        unchecked = side == "request" and key == "oneOf" and not exclude_each_other(plain, self._composer)
        if unchecked:
            message = f"a value is checked as what its {name!r} says; that it fits no other option is not checked"
            self._found.append(UNCHECKED_CHOICE.at(own[key].location, message, own[key].pointer))
        return Tags(name, placed, unchecked)

    def of_family(self, head: Node, side: Side) -> Tags | None:
        """The tags of the schemas that build on one, in their order, and of that itself, which comes last."""
        try:
            name, found = self._family(head, side)
            placed = _placed(found, with_parent=True)
        except _UntoldError as error:
            place = head.child("discriminator") or head
            message = f"the discriminator does not tell apart what builds on this: {error}"
            self._found.append(IGNORED_DISCRIMINATOR.at(place.location, message, place.pointer))
            return None
        untold = [one for place, one in enumerate(children(head)) if place not in placed.values()]
        for one in untold:
            message = f"no {name!r} stands for {one.key!r}: it is not taken where {head.key!r} is referred to"
            self._found.append(IGNORED_DISCRIMINATOR.at(one.location, message, one.pointer))
        return Tags(name, placed)

    def look_for_strangers(self, head: Node) -> None:
        """Report what the mapping of a schema with fields names, and what does not build on it."""
        mapping = head.at("discriminator", "mapping")
        found = _mapping(head["discriminator"]) if mapping is not None else {}
        known = {one.pointer for one in (head, *descendants(head))}
        for tag, pointer in found.items():
            if mapping is not None and pointer not in known:
                message = f"{tag!r} stands for a schema that does not build on {head.key!r} by `allOf`: it is not taken"
                self._found.append(IGNORED_DISCRIMINATOR.at(mapping[tag].location, message, mapping[tag].pointer))

    def _family(self, head: Node, side: Side) -> tuple[str, list[_Option]]:
        discriminator = inherited(head)
        if discriminator is None:
            raise _UntoldError("there is no discriminator")
        _refuse_default(discriminator)
        name, mapping = discriminator.text("propertyName"), _mapping(discriminator)
        made = [self._option(one, name, mapping, side) for one in children(head)]
        return name, [*made, self._single(head, name, _names(head, mapping), side)]

    def _option(
        self, node: Node, name: str, mapping: Mapping[str, str], side: Side, whole: Node | None = None
    ) -> _Option:
        """The tags of an option, which is `whole` with what is said beside it."""
        target = node.resolve()
        if target.pointer in self._open:
            raise _UntoldError(f"{target.key!r} leads back to itself")
        self._open.append(target.pointer)
        try:
            names = _names(target, mapping)
            nested = None if whole is not None and whole.value != node.value else self._nested(target, name, side)
            return nested(names) if nested is not None else self._single(whole or node, name, names, side)
        finally:
            self._open.pop()

    def _nested(self, target: Node, name: str, side: Side) -> _Nested | None:
        """An option that is a choice itself, or that others build on, by the tags that stand for it by name."""
        # Kept, as an option can be part of many: else a few choices of each other cost more than anyone waits for.
        key = id(target.value), name, side
        if key not in self._known:
            self._known[key] = target, self._looked_into(target, name, side)
        return self._known[key][1]

    def _looked_into(self, target: Node, name: str, side: Side) -> _Nested | None:
        found = inherited(target)
        is_same = found is not None and found.text("propertyName") == name
        if children(target) and is_same:
            _, family = self._family(target, side)
            inner = _named(family, with_parent=True)
            of_parent = self._listed(target, name)
            return lambda names: _Option(_within(names, inner, *inner), of_parent)
        flat = self._flat(target)
        nested = [one for key in _CHOICES for one in flat.elements_of(key) if kinds(one.object) != ["null"]]
        if not nested or (flat.at("properties", name) is not None and not is_tagged(flat.object)):
            return None
        discriminator = flat.child("discriminator")
        if discriminator is not None and discriminator.text("propertyName") == name:
            mapping = _mapping(discriminator)
            placed = list(_placed([self._option(one, name, mapping, side) for one in nested]))
            return lambda _: _Option(placed, placed)
        options = [self._option(one, name, {}, side) for one in nested]
        if any(one.listed is None for one in options):
            return lambda names: _Option(names, None)
        listed = list(dict.fromkeys(tag for one in options for tag in one.listed or ()))
        return lambda names: _Option(_within(names, listed), listed)

    def _single(self, node: Node, name: str, names: list[str], side: Side) -> _Option:
        if side == "request" and self._flat(node).at("properties", name) is None:
            raise _UntoldError(f"{_shown(node)} has no field {name!r}")
        listed = self._listed(node, name)
        return _Option(names if listed is None else _within(names, listed), listed)

    def _flat(self, node: Node) -> Node:
        return Node(node.document, node.pointer, self._composer.expanded(node), node.location)

    def _listed(self, node: Node, name: str) -> list[str] | None:
        """The tags that an object lists; none where it may have any."""
        field = self._flat(node).at("properties", name)
        return self._texts(field) if field is not None else None

    def _texts(self, field: Node) -> list[str] | None:
        """The texts that a field lists; none where it may be any."""
        flat = self._flat(field)
        options = [one for key in _CHOICES for one in flat.elements_of(key) if kinds(one.object) != ["null"]]
        if options:
            found = [self._texts(one) for one in options]
            return None if None in found else [text for one in found for text in one or ()]
        listed = [one for one in values(flat.object) if one is not None]
        if any(not isinstance(one, str) for one in listed) or set(kinds(flat.object)) - {"string", "null"}:
            raise _UntoldError("the tag is no string")
        return [str(one) for one in listed] or None


def _within(names: Iterable[str], others: Collection[str], *more: str) -> list[str]:
    """Those of some names that are among others, and more; each once."""
    return list(dict.fromkeys([*(one for one in names if one in others), *more]))


def _placed(options: Sequence[_Option], *, with_parent: bool = False) -> dict[str, int]:
    """The tags of each option: those that name it, and those that it lists and that name no other one.

    A parent, the last one, has what it lists and no child has; a child that lists the same has it from there.
    """
    named = _named(options, with_parent=with_parent)
    parent = options[-1] if with_parent else None
    found: dict[str, int] = {}
    for place, option in enumerate(options):
        found |= {tag: place for tag in option.named if named[tag] == place}
        if parent is not None and option is not parent and option.listed == parent.listed:
            continue
        for tag in option.listed or ():
            if tag in named:
                continue
            if found.setdefault(tag, place) != place and option is not parent:
                raise _UntoldError(f"{tag!r} stands for several of them")
    return found


def _named(options: Iterable[_Option], *, with_parent: bool = False) -> dict[str, int]:
    """The tags that name options; one that builds on two children of a parent is found by the first of them."""
    found: dict[str, int] = {}
    for place, option in enumerate(options):
        for tag in option.named:
            if found.setdefault(tag, place) != place and not with_parent:
                raise _UntoldError(f"{tag!r} stands for several of them")
    return found


def _names(component: Node, mapping: Mapping[str, str]) -> list[str]:
    """The tags that stand for a component by the mapping, else its name."""
    listed = [tag for tag, pointer in mapping.items() if pointer == component.pointer]
    is_component = component.pointer.startswith("/components/schemas/") and component.pointer.count("/") == 3
    return listed or ([unescape(component.pointer.rpartition("/")[2])] if is_component else [])


def _refuse_default(discriminator: Node) -> None:
    """With a `defaultMapping` any tag can stand for an option, and so can none."""
    if "defaultMapping" in discriminator.object:
        raise _UntoldError("its `defaultMapping` takes what no tag stands for")


def _mapping(discriminator: Node) -> dict[str, str]:
    """Tag -> pointer of what it stands for."""
    return {tag: found.pointer for tag, found in _mapped(discriminator)}


def _mapped(discriminator: Node) -> Iterator[tuple[str, Node]]:
    document = discriminator.document
    for tag, node in discriminator.members_of("mapping"):
        text = str(node.value)
        found = document.find(f"/components/schemas/{escape(text)}")
        if found is None and text.startswith("#"):
            found = document.find(text)
        if found is not None:
            yield tag, found.resolve()


def _shown(node: Node) -> str:
    return repr(node.resolve().key) if node.reference is not None else f"the option {node.pointer}"
