"""Values that go out as texts: those of parameters and headers that a style writes, and not a media type.

Who reads one sees no types. So a text that may be any text can be what was a number, or a list in a query of which each
element is written by itself what was one value. Both are wider, where JSON would tell them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Node, Object
from generator.normalization.shapes import only_annotated
from generator.review import catalogue
from generator.review.places import change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.grammar import Side
    from generator.review.change import Change, Use
    from generator.review.schemas.comparison import SchemaComparison

_SCALARS: Final = frozenset(("number", "integer", "boolean"))


def compare_texts(
    base: Node, head: Node, side: Side, use: Use, schemas: SchemaComparison, repeated: str
) -> Iterator[Change]:
    """How the values of two schemas differ that are written as text.

    `repeated` is the name in messages of what is written once for each element of a list; empty for all else.
    """
    if side == "response":
        schemas.compare(_taking(base, head), head, side, use)
        return
    items = head.resolve().child("items") if repeated else None
    is_one = bool(_kinds(base)) and _kinds(base) <= {"string", *_SCALARS}
    if items is None or not is_one or _kinds(head) != {"array"} or not _may_be_one(head):
        schemas.compare(base, _taking(head, base), side, use)
        return
    message = f"{repeated} may be given several times, was given once"
    before, after = (one.resolve().child("type") or one for one in (base, head))
    yield change(catalogue.TYPE_WIDENED, message, before=before, after=after, side=side, uses=[use])
    schemas.compare(base, _taking(items, base), side, use)


def _taking(text: Node, other: Node) -> Node:
    """A schema, which takes numbers and flags too where it is of any text, and the other one is of such."""
    whole, kinds = text.resolve(), _kinds(other)
    if not {"string"} <= _kinds(text) <= {"string", "null"} or not kinds or not kinds <= _SCALARS | {"null"}:
        return text
    if not only_annotated(whole.object.changed({}, drop=("type",))):
        return text
    place = whole["type"].location
    types = Array([*sorted(_kinds(text)), *sorted(kinds & _SCALARS)], place)
    # By the comment it is told from the schema itself, which may stand in JSON too.
    said = whole.object.changed({"type": types, "$comment": "as text"})
    return Node(whole.document, whole.pointer, said, whole.location)


def _kinds(schema: Node) -> set[str]:
    """The types that a schema names, if it is simple; nothing where it is a choice, or made of parts."""
    whole = schema.resolve()
    said = whole.object.get("type")
    named = list(said) if isinstance(said, Array) else [said]
    if not isinstance(whole.value, Object) or any(word in whole.object for word in ("allOf", "anyOf", "oneOf")):
        return set()
    return {str(one) for one in named} if all(isinstance(one, str) for one in named) else set()


def _may_be_one(listed: Node) -> bool:
    """Whether a list may have one element, whatever it is."""
    said = listed.resolve().object
    least = said.get("minItems", 0)
    rest = said.changed({}, drop=("type", "items", "minItems", "maxItems", "uniqueItems"))
    return least in (0, 1) and said.get("maxItems", 1) != 0 and only_annotated(rest)
