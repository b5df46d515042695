"""Parameters of operations, wherever they are declared: with the path item or the operation, in place or as component.

They are the same by place and name (names of headers in any case), those of the path by their position in it. What is
declared as `Accept`, `Content-Type` or `Authorization` is no parameter: OpenAPI says that elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from generator.api.media import essence
from generator.document import subschemas
from generator.document.grammar import place_of
from generator.document.tree import Array
from generator.review import catalogue
from generator.review.change import Wire
from generator.review.nodes import keyword, listed
from generator.review.operations.contents import compare_schemas, media_types
from generator.review.operations.described import described
from generator.review.operations.texts import compare_texts
from generator.review.places import change
from generator.validation.rules.names import IGNORED_HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.document.grammar import Side
    from generator.document.tree import Node
    from generator.review.change import Change, Use
    from generator.review.operations.matching import Operation, Pair
    from generator.review.schemas.comparison import SchemaComparison

_Key: TypeAlias = tuple[str, str]

_SCALARS: Final = frozenset(("string", "number", "integer", "boolean", "null"))


def parameters(pair: Pair, schemas: SchemaComparison) -> Iterator[Change]:
    """How the parameters of an operation differ."""
    base, head = _declared(pair.base, pair.renamed), _declared(pair.head, {})
    moved = _moved([key for key in base if key not in head], [key for key in head if key not in base])
    for key, entry in head.items():
        old = base.get(moved.get(key, key))
        new = entry.resolve()
        use = pair.use(_part(new))
        if old is None:
            yield _added(new, listed(entry, pair.base.node.document), use)
            continue
        if key in moved:
            yield _move(old.resolve(), new, use)
        elif key[0] == "path":
            yield from _renamed(old.resolve(), new, use)
        yield from _compared(old, entry, use, schemas)
    for key, entry in base.items():
        if key not in head and key not in moved.values():
            node = entry.resolve()
            use = pair.use(_part(node))
            message = f"{_named(node)} is gone"
            place = listed(entry, pair.head.node.document)
            yield change(catalogue.PARAMETER_REMOVED, message, before=place, side="request", uses=[use])


def _declared(operation: Operation, renamed: Mapping[str, str]) -> dict[_Key, Node]:
    """The parameters that an operation has, as they are listed; its own take the place of the path item's."""
    found: dict[_Key, Node] = {}
    for holder in (operation.item, operation.node):
        for entry in holder.elements_of("parameters"):
            node = entry.resolve()
            where, name = place_of(node)
            if where == "path":
                name = renamed.get(name, name)
            if not (where == "header" and name in IGNORED_HEADERS):
                found[where, name] = entry
    return found


def _moved(gone: list[_Key], come: list[_Key]) -> dict[_Key, _Key]:
    """Key in the head -> key in the base, of those that go by the same name in another place."""
    found: dict[_Key, _Key] = {}
    for where, name in come:
        for old in gone:
            in_header = "header" in (where, old[0])
            same = name.lower() == old[1].lower() if in_header else name == old[1]
            if same and old not in found.values():
                found[where, name] = old
                break
    return found


def _part(parameter: Node) -> str:
    return f"{parameter.text('in')} parameter {parameter.text('name')}"


def _named(parameter: Node) -> str:
    return f"{parameter.text('in')} parameter `{parameter.text('name')}`"


def _is_required(parameter: Node) -> bool:
    return parameter.is_true("required") or parameter.text("in") == "path"


def _added(node: Node, place: Node, use: Use) -> Change:
    required = _is_required(node)
    rule = catalogue.REQUIRED_PARAMETER_ADDED if required else catalogue.PARAMETER_ADDED
    message = f"{_named(node)} is new and {'required' if required else 'optional'}"
    return change(rule, message, after=place, side="request", uses=[use])


def _move(base: Node, head: Node, use: Use) -> Change:
    message = f"parameter `{head.text('name')}` stands in the {head.text('in')}, was in the {base.text('in')}"
    before, after = keyword(base, "in"), keyword(head, "in")
    return change(catalogue.PARAMETER_MOVED, message, before=before, after=after, side="request", uses=[use])


def _renamed(base: Node, head: Node, use: Use) -> Iterator[Change]:
    old, new = base.text("name"), head.text("name")
    if old != new:
        message = f"path parameter `{old}` is called `{new}`"
        before, after = keyword(base, "name"), keyword(head, "name")
        yield change(catalogue.PATH_PARAMETER_RENAMED, message, before=before, after=after, side="request", uses=[use])


def _compared(old: Node, new: Node, use: Use, schemas: SchemaComparison) -> Iterator[Change]:
    base, head = old.resolve(), new.resolve()
    yield from described(old, new, "request", [use])
    if _is_required(base) != _is_required(head):
        required = _is_required(head)
        rule = catalogue.PARAMETER_BECAME_REQUIRED if required else catalogue.PARAMETER_BECAME_OPTIONAL
        message = f"{_named(head)} is {'required now, was optional' if required else 'optional now, was required'}"
        before, after = keyword(base, "required"), keyword(head, "required")
        yield change(rule, message, before=before, after=after, side="request", uses=[use])
    if base.text("in") == head.text("in"):
        yield from _empty(base, head, use)
        yield from written(base, head, _named(head), "request", use)
    yield from value(base, head, "request", use, schemas)


def _empty(base: Node, head: Node, use: Use) -> Iterator[Change]:
    """`allowEmptyValue`, which means something in the query alone."""
    key = "allowEmptyValue"
    if head.text("in") == "query" and base.is_true(key) != head.is_true(key):
        taken = base.is_true(key)
        message = f"{_named(head)} may {'no longer be sent' if taken else 'be sent'} without a value"
        yield change(
            catalogue.PARAMETER_STYLE_CHANGED,
            message,
            before=keyword(base, key),
            after=keyword(head, key),
            side="request",
            uses=[use],
            wire=None if taken else Wire.COMPATIBLE,  # what was written before is still read
        )


def written(base: Node, head: Node, named: str, side: Side, use: Use) -> Iterator[Change]:
    """How the text of two parameters, or headers, is made from their values; defaults count as said."""
    old, new = _form(base), _form(head)
    for key in (key for key in new if key in old and old[key] != new[key]):
        message = f"`{key}` of {named} is {new[key]}, was {old[key]}"
        before, after = keyword(base, key), keyword(head, key)
        # Where reserved characters may go out as they are, they may still go out as percent signs and digits.
        wire = Wire.COMPATIBLE if key == "allowReserved" and head.is_true(key) else None
        yield change(
            catalogue.PARAMETER_STYLE_CHANGED, message, before=before, after=after, side=side, uses=[use], wire=wire
        )
        return  # what follows from another `style`, such as another default of `explode`, is part of it


def value(base: Node, head: Node, side: Side, use: Use, schemas: SchemaComparison) -> Iterator[Change]:
    """What values two parameters, or headers, may have: by `schema`, or by the only member of `content`."""
    old, new = _media_type(base), _media_type(head)
    before, after = base.child("schema"), head.child("schema")
    if old is not None and new is not None:
        yield from media_types(old, new, side, use, schemas)
    elif old is None and new is None and before is not None and after is not None:
        form = _form(head)
        is_repeated = form["style"] == "`form`" and form.get("explode") == _flag(True) and base.text("in") == "query"
        yield from compare_texts(before, after, side, use, schemas, _named(head) if is_repeated else "")
    else:
        compare_schemas(old or base, new or head, side, use, schemas)


def _form(node: Node) -> dict[str, str]:
    """What makes text of a value; without what has no say there."""
    where = node.text("in", "header")
    media = _media_type(node)
    if media is not None:
        return {"content": f"`{essence(media.key)}`"}
    style = node.text("style", "form" if where in ("query", "cookie") else "simple")
    form = {"content": "left out", "style": f"`{style}`"}
    if not _is_scalar(node):
        explode = node.child("explode")
        form["explode"] = _flag(style == "form" if explode is None else explode.value is True)
    if where == "query":
        form["allowReserved"] = _flag(node.is_true("allowReserved"))
    return form


def _flag(flag: bool) -> str:
    return "`true`" if flag else "`false`"


def _media_type(node: Node) -> Node | None:
    return next((media for _, media in node.members_of("content")), None)


def _is_scalar(node: Node) -> bool:
    """Whether every value is a scalar: then `explode` makes no difference."""
    schema = node.child("schema")
    for part in subschemas.parts(schema, ("allOf",)) if schema is not None else ():
        kind = part.object.get("type")
        kinds = kind if isinstance(kind, Array) else [kind]
        if all(isinstance(one, str) and one in _SCALARS for one in kinds):
            return True
    return False
