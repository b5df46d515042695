"""What comes in a stream: the elements that a media type describes, of server-sent events those of each name.

OpenAPI 3.2 says it with `itemSchema`, or with a `schema` that is the array of all elements. For events that is an
object with the fields of an event, its data a string whose `contentSchema` says what is in it. Before 3.2 most
descriptions have the schema of the data of an event as `schema`, which is taken as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from generator.document.tree import Array, Node, Object
from generator.normalization.shapes import array, kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_END: Final = "[DONE]"
_FIELDS: Final = frozenset(("data", "event", "id", "retry", "comment"))


class Element(msgspec.Struct, frozen=True):
    """The data of the elements of one name; `""` is any other."""

    event: str
    schema: Node | None
    """None: of any kind."""
    is_text: bool
    """It is a text, and no JSON."""


def elements(media: Node, kind: str, expanded: Callable[[Node], Object]) -> list[Element]:
    """What comes in a stream of a media type, of events (`kind`) by their names; `expanded` merges `allOf`.

    Nothing where it is bytes to its author.
    """
    described = media.at("itemSchema")
    is_item = described is not None
    if described is None and (schema := media.at("schema")) is not None:
        items = schema.resolve().child("items")
        is_item = items is not None and kinds(schema.resolve().object) == ["array"]
        described = items if is_item else schema
    if described is None:
        return [Element("", None, is_text=kind == "events")]
    if kind != "events":
        # Said of the whole, it is but another word for bytes.
        is_opaque = not is_item and kinds(described.resolve().object) == ["string"]
        return [] if is_opaque else [Element("", described, is_text=False)]
    said = described.resolve()
    options = [*said.elements_of("oneOf"), *said.elements_of("anyOf")] or [described]
    kept = [one for one in options if not _is_end(_flat(one, expanded))]
    shaped = [_event(_flat(one, expanded), sure=is_item) for one in kept]
    if all(shaped):
        return [*_merged(element for option in shaped for element in option)]
    whole = [described] if len(kept) == len(options) else kept
    return [*_merged(_data("", one) for one in whole)]


def _is_end(node: Node) -> bool:
    """Whether it is the mark of the end, by itself or as the data of an event: that is never given to anyone."""
    said = (node.at("properties", "data") or node).resolve().object
    return _END in (said.get("const"), *array(said.get("enum"))[:1])


def _flat(node: Node, expanded: Callable[[Node], Object]) -> Node:
    node = node.resolve()
    flat = expanded(node)
    return Node(node.document, node.pointer, flat, flat.location)


def _event(node: Node, *, sure: bool) -> list[Element]:
    """The elements that an event describes; none if it is not one, but the data itself."""
    fields = dict(node.members_of("properties"))
    data = fields.get("data")
    if not fields or not (fields.keys() <= _FIELDS or {"data", "event"} <= fields.keys()):
        return []
    if not sure and (len(fields) == 1 and not (data is not None and _says_content(data))):
        return []
    event = fields.get("event")
    said = event.resolve().object if event is not None else {}
    listed = said.get("enum", [said["const"]] if "const" in said else [""])
    names = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else [""]
    return [_data(name, data) if data is not None else Element(name, None, is_text=True) for name in names]


def _says_content(data: Node) -> bool:
    said = data.resolve().object
    return "contentSchema" in said or "contentMediaType" in said


def _data(event: str, data: Node) -> Element:
    """What the data of an event is: by itself, or by what its text holds."""
    said = data.resolve()
    if (content := said.child("contentSchema")) is not None:
        return Element(event, content, is_text=False)
    if "json" in said.text("contentMediaType").lower():
        return Element(event, None, is_text=False)
    is_text = kinds(said.object) == ["string"] or not said.object
    return Element(event, None if is_text else data, is_text=is_text)


def _merged(found: Iterable[Element]) -> Iterator[Element]:
    """One for each name: a choice of what several say, and a text where one of them is."""
    by_name: dict[str, list[Element]] = {}
    for one in found:
        by_name.setdefault(one.event, []).append(one)
    for event, listed in by_name.items():
        described = [one.schema for one in listed if one.schema is not None]
        if any(one.is_text for one in listed) or len(described) < len(listed):
            yield Element(event, None, is_text=any(one.is_text for one in listed))
        elif len(described) == 1:
            yield listed[0]
        else:
            first = described[0]
            choice = Object({"anyOf": Array([one.value for one in described], first.location)}, first.location)
            yield Element(event, Node(first.document, first.pointer, choice, first.location), is_text=False)
