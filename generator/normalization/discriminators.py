"""`discriminator`: which values of a field, the tag, stand for which schema.

A tag stands for the schema that the mapping says, else for the component of that name, else for the only one that lists
it as a `const` or in an `enum`. What a schema lists has the last word: no tag that it does not list stands for it.

Where a schema with fields has a discriminator, and others build on it by `allOf`, a reference to it means them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Document, Node, Object, escape, remembered, unescape
from generator.normalization.shapes import array, is_tagged, kinds, only_annotated
from generator.python.typeref import TAG, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.document.grammar import Side
    from generator.document.tree import Json
    from generator.normalization.composition import Composer

_CHOICES: Final = ("anyOf", "oneOf")


@dataclass(frozen=True, slots=True)
class Tags:
    """The field by which options are told apart, and for each of its values the place of the option it stands for."""

    name: str
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Option:
    """The tags that stand for an option by name, and those that it lists, if it does."""

    named: Sequence[str]
    listed: Sequence[str] | None


class _UntoldError(Exception):
    """The tag does not tell the options apart; says why."""


@remembered
def _children(document: Document) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    schemas = document.node.at("components", "schemas")
    for _, node in schemas.members() if schemas else ():
        for part in node.elements_of("allOf"):
            if part.reference is not None and (parent := part.resolve()).pointer != node.pointer:
                found.setdefault(parent.pointer, []).append(node)
    return found


def children(node: Node) -> Sequence[Node]:
    """The components that a reference to a schema means too, as they build on it and its discriminator names them."""
    if any(key in node.object for key in _CHOICES) or inherited(node) is None:
        return ()
    return _children(node.document).get(node.pointer, ())


def is_child(node: Node) -> bool:
    """Whether a schema is one that a reference to another means too, and so is more than another name for that."""
    parents = (part.resolve() for part in node.elements_of("allOf"))
    return any(node.pointer == child.pointer for parent in parents for child in children(parent))


def inherited(node: Node, seen: frozenset[str] = frozenset()) -> Node | None:
    """The discriminator of a schema, its own or that of one that it builds on."""
    own = node.child("discriminator")
    if own is not None and own.text("propertyName"):
        return own
    if node.pointer in seen:
        return None
    parents = (part.resolve() for part in node.elements_of("allOf"))
    found = (inherited(one, seen | {node.pointer}) for one in parents)
    return next((one for one in found if one is not None), None)


def is_part(node: Node) -> bool:
    """Whether a reference stands in `allOf` beside more, where it means the schema itself and none that build on it."""
    steps = node.pointer.split("/")
    if steps[-2:-1] != ["allOf"]:
        return False
    holder = node.document.find("/".join(steps[:-2]))
    return (
        holder is None
        or holder.pointer.startswith("/components/schemas/")
        or len(list(holder.elements_of("allOf"))) > 1
    )


class Discriminators:
    """Finds the tags of options; `fault` is why there are none, after a search in vain."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._open: list[str] = []
        self.fault = ""

    def of_choice(self, own: Node, options: Sequence[tuple[Node, Node]], side: Side) -> Tags | None:
        """The tags of a choice between options, each as it stands there, and with what is said beside the choice."""
        discriminator = own.child("discriminator")
        name = discriminator.text("propertyName") if discriminator is not None else ""
        if discriminator is None or not name:
            return None
        try:
            mapping = _mapping(discriminator)
            placed = _placed([self._option(one, name, mapping, side, whole) for one, whole in options])
            for place, (one, _) in enumerate(options):
                if place not in placed.values():
                    raise _UntoldError(f"no {name!r} stands for {_shown(one, place)}")
        except _UntoldError as error:
            self.fault = str(error)
            return None
        return Tags(name, placed)

    def of_family(self, head: Node, side: Side) -> Tags | None:
        """The tags of the schemas that build on one, in their order, and of that itself, which comes last."""
        try:
            name, found = self._family(head, side)
            return Tags(name, _placed(found, with_parent=True))
        except _UntoldError as error:
            self.fault = str(error)
            return None

    def _family(self, head: Node, side: Side) -> tuple[str, list[_Option]]:
        discriminator = inherited(head)
        if discriminator is None:
            raise _UntoldError("there is no discriminator")
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
            nested = (
                None if whole is not None and whole.value != node.value else self._nested(target, name, names, side)
            )
            return nested or self._single(whole or node, name, names, side)
        finally:
            self._open.pop()

    def _nested(self, target: Node, name: str, names: list[str], side: Side) -> _Option | None:
        """The tags of an option that is a choice itself, or that others build on."""
        found = inherited(target)
        is_same = found is not None and found.text("propertyName") == name
        if children(target) and is_same:
            _, family = self._family(target, side)
            return _Option(list(dict.fromkeys([*names, *_named(family)])), self._listed(target, name))
        flat = self._flat(target)
        nested = [one for key in _CHOICES for one in flat.elements_of(key) if kinds(one.object) != ["null"]]
        if not nested or (flat.at("properties", name) is not None and not is_tagged(flat.object)):
            return None
        discriminator = flat.child("discriminator")
        if discriminator is not None and discriminator.text("propertyName") == name:
            mapping = _mapping(discriminator)
            inner = list(_placed([self._option(one, name, mapping, side) for one in nested]))
            return _Option(inner, inner)
        options = [self._option(one, name, {}, side) for one in nested]
        if any(one.listed is None for one in options):
            return _Option(names, None)
        listed = list(dict.fromkeys(tag for one in options for tag in one.listed or ()))
        return _Option([one for one in names if one in listed], listed)

    def _single(self, node: Node, name: str, names: list[str], side: Side) -> _Option:
        if side == "request" and self._flat(node).at("properties", name) is None:
            raise _UntoldError(f"{_shown(node, None)} has no field {name!r}")
        listed = self._listed(node, name)
        return _Option(names if listed is None else [one for one in names if one in listed], listed)

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


def _placed(options: Sequence[_Option], *, with_parent: bool = False) -> dict[str, int]:
    """The tags of each option: those that name it, and those that it lists and that name no other one.

    A parent, the last one, has what it lists and no child has; a child that lists the same has it from there.
    """
    named = _named(options)
    parent = options[-1] if with_parent else None
    found: dict[str, int] = {}
    for place, option in enumerate(options):
        found |= {tag: place for tag in option.named}
        if parent is not None and option is not parent and option.listed == parent.listed:
            continue
        for tag in option.listed or ():
            if tag in named:
                continue
            if found.setdefault(tag, place) != place and option is not parent:
                raise _UntoldError(f"{tag!r} stands for several of them")
    return found


def _named(options: Iterable[_Option]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, option in enumerate(options):
        for tag in option.named:
            if found.setdefault(tag, place) != place:
                raise _UntoldError(f"{tag!r} stands for several of them")
    return found


def _names(component: Node, mapping: Mapping[str, str]) -> list[str]:
    """The tags that stand for a component by the mapping, else its name."""
    listed = [tag for tag, pointer in mapping.items() if pointer == component.pointer]
    is_component = component.pointer.startswith("/components/schemas/") and component.pointer.count("/") == 3
    return listed or ([unescape(component.pointer.rpartition("/")[2])] if is_component else [])


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


def _shown(node: Node, place: int | None) -> str:
    if node.reference is not None or place is None:
        return repr(node.resolve().key)
    return f"option {place + 1}"


def without_tag(said: Object, flat: Object, name: str) -> Object:
    """What is said beside a choice, without what an option says by itself: that it is an object, and has a tag."""
    fields, own = said.get("properties"), flat.get("properties")
    drop = []
    if isinstance(fields, Object) and isinstance(own, Object) and name in own and _is_any_text(fields.get(name)):
        fields = fields.changed({}, drop=(name,))
        drop += [] if fields else ["properties"]
        said = said.changed({"properties": fields})
    if set(map(str, array(said.get("required")))) <= set(map(str, array(flat.get("required")))):
        drop.append("required")
    if said.get("type") == flat.get("type", "object"):
        drop.append("type")
    return said.changed({}, drop=drop)


def _is_any_text(field: object) -> bool:
    return (
        isinstance(field, Object)
        and field.get("type") == "string"
        and only_annotated(field.changed({}, drop=("type",)))
    )


def tagged(
    kept: Mapping[str, Json],
    own: Node,
    options: Sequence[Object],
    tags: Tags,
    unknown: Object | None,
    *,
    null: bool,
) -> Object:
    """The choice between references in normal form; `unknown` is what has a tag that stands for none of them."""
    chosen: list[Object] = []
    for place, option in enumerate(options):
        if option not in chosen and (place in tags.places.values() or option is unknown):
            chosen.append(option)
    if unknown is not None and unknown not in chosen:
        chosen.append(unknown)
    named: dict[str, Json] = {tag: _name(options[place]) for tag, place in tags.places.items()}
    mark: dict[str, Json] = {"name": tags.name, "tags": Object(named, own.location)}
    if unknown is not None:
        mark["unknown"] = _name(unknown)
    if null:
        chosen.append(Object({"type": "null"}, own.location))
    made = {**kept, "anyOf": Array(chosen, own.location), TAG: Object(mark, own.location)}
    return Object(made, own.location, own.object.places)


def unknown_option(name: str, kind: str, own: Node) -> Object:
    """The schema of an object in an answer whose tag stands for nothing that is described."""
    text = f"A `{kind}` whose `{name}` is none of those that the description lists; `model_extra` has its other fields."
    field = Object(
        {"anyOf": Array([Object({"type": word}, own.location) for word in ("string", "null")], own.location)},
        own.location,
    )
    nothing = Object({}, own.location)
    return Object(
        {
            "type": "object",
            "description": text,
            "properties": Object({name: field}, own.location),
            "required": Array([], own.location),
            "patternProperties": nothing,
            "additionalProperties": True,
            "x-constraints": Array([], own.location),
            "x-side": "response",
        },
        own.location,
    )


def _name(reference: Object) -> str:
    return str(reference["$ref"]).rpartition("/")[2]
