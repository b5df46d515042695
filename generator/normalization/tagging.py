"""Choices in which a tag says which option a value is, as normalized schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.document.tree import Array, Node, Object
from generator.normalization.shapes import ANNOTATIONS, array, kinds, only_annotated
from generator.python.typeref import TAG

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.document.tree import Json
    from generator.normalization.discriminators import Tags


def objects_apart(own: Node, key: str, expanded: Callable[[Node], Object]) -> Node:
    """The choice; where no tag can stand in some of its options, with those that are objects as one, which it tells."""
    types = [(one.value, kinds(expanded(one))) for one in own.elements_of(key)]
    others = [value for value, named in types if named and not {"object", "null"} & set(named)]
    if not others:
        return own
    objects = Array([value for value, _ in types if value not in others], own.location)
    words: dict[str, Json] = {"title": "object", key: objects, "discriminator": own.object["discriminator"]}
    options = Array([Object(words, own.location), *others] if objects else others, own.location)
    return Node(own.document, own.pointer, own.object.changed({key: options}, drop=("discriminator",)), own.location)


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
    kept: dict[str, Json] = {
        word: value for word, value in own.object.items() if word in ANNOTATIONS or word.startswith("x-")
    }
    if tags.unchecked:
        said = str(kept.get("description", "")).rstrip()
        kept["description"] = "\n\n".join(
            filter(None, (said, "Not checked before sending: that no other option fits."))
        )
    made: dict[str, Json] = {**kept, "anyOf": Array(chosen, own.location), TAG: Object(mark, own.location)}
    return Object(made, own.location, own.object.places)


def unknown_option(name: str, kind: str, own: Node) -> Object:
    """The schema of an object in an answer whose tag stands for nothing that is described."""
    text = f"A `{kind}` whose `{name}` is none of those that the description lists; `model_extra` has its other fields."
    field = Object(
        {"anyOf": Array([Object({"type": word}, own.location) for word in ("string", "null")], own.location)},
        own.location,
    )
    made: dict[str, Json] = {
        "type": "object",
        "description": text,
        "properties": Object({name: field}, own.location),
        "required": Array([], own.location),
        "patternProperties": Object({}, own.location),
        "additionalProperties": True,
        "x-constraints": Array([], own.location),
        "x-side": "response",
    }
    return Object(made, own.location)


def _name(reference: Object) -> str:
    return str(reference["$ref"]).rpartition("/")[2]
