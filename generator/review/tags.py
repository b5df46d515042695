"""What discriminators say, spelled out in schemas: which texts in a field, the tag, stand for which form of a value.

JSON Schema does not know discriminators, so what compares schemas by their values sees them as something else than what
they are: `kind: "Dog"` would fit a `Cat` too, and what builds on a schema by `allOf` would not be reached from it. In a
document that is spelled out

- a form of a choice lists the tags that stand for it, unless it does so itself: beside its reference;
- a reference to a schema with fields and a discriminator is one to the choice between it and all that builds on it.

What is added is no part of what an author wrote: no change is told of it, and none is placed in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from generator.document import index
from generator.document.subschemas import parts
from generator.document.tree import Array, Document, Node, Object, escape, unescape
from generator.normalization.edits import REMOVED, edited
from generator.normalization.inheritance import children, descendants, inherited, is_part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from generator.document.tree import Json
    from generator.normalization.edits import Edit

_CHOICES: Final = ("anyOf", "oneOf")
_FAMILY: Final = "/$defs/it and what builds on it"


class Tagged(Object):
    """A reference to a form, with the tags that stand for it."""

    __slots__ = ()


def spelled_out(base: Document, head: Document) -> tuple[Document, Document]:
    """Two documents with what their discriminators say; themselves where there are none.

    Where schemas build on another in one of them alone, it is a choice in the other too, of one form.
    """
    sides = (base, head)
    families = {node.pointer for document in sides for node in _families(document)}
    return _spelled_out(base, families), _spelled_out(head, families)


def _spelled_out(document: Document, families: Collection[str]) -> Document:
    telling = list(index.saying(document, "discriminator"))
    own = {node.pointer for node in telling if not any(key in node.object for key in _CHOICES)}
    heads = [
        node for node in _components(document) if node.pointer in families and (node.pointer in own or children(node))
    ]
    edits: list[Edit] = []
    for node in telling:
        if any(key in node.object for key in _CHOICES):
            edits += _choice(node)
    for node in heads:
        edits += _family(node)
    known = {node.pointer for node in heads}
    edits += [
        (node.pointer, node.object.changed({"$ref": f"{node.reference}{_FAMILY}"}))
        for _, node in (index.references(document) if heads else ())
        if (target := node.target) is not None and target.pointer in known and not is_part(node)
    ]
    return edited(document, edits)


def is_spelled_out(document: Document, pointer: str) -> bool:
    """Whether something stands in what was added to a form."""
    steps = pointer.split("/properties/")
    prefixes = ("/properties/".join(steps[:end]) for end in range(1, len(steps)))
    return any(isinstance(found.value, Tagged) for one in prefixes if (found := document.find(one)) is not None)


def as_written(pointer: str) -> str:
    """The pointer in the document of its author, of what stands in one that is spelled out."""
    holder, family, below = pointer.partition(_FAMILY)
    return f"{holder}{below}" if family and below.startswith("/discriminator") else holder


def forms(discriminator: Node) -> dict[str, str]:
    """The tags of a discriminator, each with the pointer of the form beside it that it stands for.

    They are those of its mapping, and the names of components that the mapping does not name.
    """
    found = dict(_mapping(discriminator))
    holder = discriminator.document.find(discriminator.pointer.rpartition("/")[0])
    for form in (one for key in _CHOICES if holder is not None for one in holder.elements_of(key)):
        if form.target is not None and (pointer := as_written(form.target.pointer)) not in found.values():
            found.setdefault(unescape(pointer.rpartition("/")[2]), pointer)
    return found


def _mapping(discriminator: Node) -> Iterator[tuple[str, str]]:
    for label, node in discriminator.members_of("mapping"):
        text = str(node.value)
        form = discriminator.document.find(text if "/" in text else f"/components/schemas/{escape(text)}")
        yield label, form.pointer if form is not None else text


def _name(discriminator: Node) -> str:
    """The field that has the tag; empty where no tag decides, as any can stand for what `defaultMapping` names."""
    return "" if "defaultMapping" in discriminator.object else discriminator.text("propertyName")


# -- choices -----------------------------------------------------------------------------------------------------------


def _choice(node: Node) -> Sequence[Edit]:
    """The references to forms that have tags, with these; none where the tag of some form cannot be told."""
    discriminator = node["discriminator"]
    name, known = _name(discriminator), forms(discriminator)
    told: list[tuple[Node, list[str]]] = []
    for option in (one for key in _CHOICES for one in node.elements_of(key)):
        form = option.resolve()
        if option.target is None or any(key in form.object for key in _CHOICES) or children(form):
            continue
        fields = _fields(form, name)
        if not name or not fields or not all(map(_is_text, fields)) or "properties" in option.object:
            return ()
        if any(map(_is_choice, fields)):
            continue
        listed = _texts(fields) if any(map(_is_listed, fields)) else None
        pointers = (option.target.pointer, form.pointer)
        tags = _within([label for label, pointer in known.items() if pointer in pointers], listed)
        told.append((option, [*tags, *(text for text in listed or () if text not in known)]))
    every = [tag for _, tags in told for tag in tags]
    if len(every) > len(set(every)) or not all(tags for _, tags in told):
        return ()  # one tag stands for several forms, or none for one: they are told apart by their fields
    return [(option.pointer, _tagged(option.object, name, tags)) for option, tags in told]


def _fields(form: Node, name: str, but: Iterable[str] = ()) -> list[Node]:
    """What an object says of a field itself, without what other parts of its `allOf` say."""
    own = (part for part in parts(form, ("allOf",)) if part.pointer not in but)
    return [field for part in own if (field := part.at("properties", name)) is not None]


def _is_text(field: Node) -> bool:
    kinds = [part.object.get("type", "string") for part in parts(field, ("allOf",))]
    return all("string" in kind for kind in kinds if isinstance(kind, str | Array))


def _is_listed(field: Node) -> bool:
    return any(key in part.object for part in parts(field, ("allOf",)) for key in ("enum", "const", *_CHOICES))


def _is_choice(field: Node) -> bool:
    return any(key in part.object for part in parts(field, ("allOf",)) for key in _CHOICES)


def _tagged(reference: Object, name: str, tags: Sequence[str]) -> Tagged:
    where = reference.location
    field = Object({"enum": Array(tags, where)}, where)
    said: dict[str, Json] = {**reference, "properties": Object({name: field}, where)}
    return Tagged(said, where, reference.places)


# -- what builds on a schema -------------------------------------------------------------------------------------------


def _components(document: Document) -> Iterator[Node]:
    schemas = document.node.at("components", "schemas")
    return (node for _, node in schemas.members()) if schemas is not None else iter(())


def _families(document: Document) -> Iterator[Node]:
    """The components on which others build, and whose discriminator tells which."""
    telling = any(True for _ in index.saying(document, "discriminator"))
    for node in _components(document) if telling else ():
        found = inherited(node)
        if found is not None and _name(found) and children(node):
            yield node


def _family(head: Node) -> Iterator[Edit]:
    """The choice between a schema and all that builds on it, which takes its discriminator."""
    discriminator = inherited(head) or head
    place = discriminator.location
    members = list(_members(head, discriminator))
    options = Array(members, place, [one.location for one in members])
    said: dict[str, Json] = {"anyOf": options, "discriminator": discriminator.value}
    choice = Object(said, head.object.location, dict.fromkeys(said, place))
    holder, _, name = _FAMILY[1:].partition("/")
    if head.child(holder) is not None:
        yield f"{head.pointer}{_FAMILY}", choice
    else:
        yield f"{head.pointer}/{holder}", Object({name: choice}, head.object.location)
    if head.child("discriminator") is not None:
        yield f"{head.pointer}/discriminator", REMOVED


def _members(head: Node, discriminator: Node) -> Iterator[Object]:
    """References to what builds on a schema, and to that itself where a tag is left that stands for it."""
    name, mapping = _name(discriminator), dict(_mapping(discriminator))
    around = {part.pointer for part in parts(head, ("allOf",))}
    fields = _fields(head, name)
    listed = _texts(fields) if any(map(_is_listed, fields)) else None
    for child in children(head):
        if children(child):
            yield _reference(child, _FAMILY)
        elif not fields or any(map(_is_listed, _fields(child, name, around))):
            yield _reference(child)
        elif tags := _within(_labels(child, mapping), listed):
            yield _tagged(_reference(child), name, tags)
    taken = {label for one in descendants(head) for label in _labels(one, mapping)}
    own = _within(_labels(head, mapping), listed)
    own += [text for text in listed or () if text not in (*taken, *own)]
    if not fields:
        yield _reference(head)
    elif own:
        yield _tagged(_reference(head), name, own)


def _labels(form: Node, mapping: Mapping[str, str]) -> list[str]:
    return [label for label, pointer in mapping.items() if pointer == form.pointer] or [form.key]


def _texts(fields: Iterable[Node]) -> list[str]:
    listed = (
        one for field in fields for part in parts(field) for one in (*part.elements_of("enum"), part.child("const"))
    )
    return [one.value for one in listed if one is not None and isinstance(one.value, str)]


def _within(labels: Sequence[str], listed: Sequence[str] | None) -> list[str]:
    return [label for label in labels if listed is None or label in listed]


def _reference(form: Node, below: str = "") -> Object:
    return Object({"$ref": f"#{quote(form.pointer + below)}"}, form.location, {"$ref": form.location})
