"""Bodies of requests and answers: their media types, each with a schema, examples and the encoding of its fields.

Media types are told apart in lower case and without their `charset`: `application/json; charset=utf-8` is
`application/json`. With another parameter, such as `version=2`, it is another one, unless one side has none. One that
stands on one side alone is compared with the range that covers it on the other, `application/*` or `*/*`: it was
there before, or still is, if in a less certain form. What no range covers is added or removed; so is a range itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.api.media import FORM, essence, is_binary
from generator.document import subschemas
from generator.document.tree import Node, Object
from generator.normalization.shapes import only_annotated
from generator.review import catalogue
from generator.review.change import Wire
from generator.review.nodes import keyword, listed
from generator.review.operations.described import described
from generator.review.operations.difference import difference
from generator.review.places import change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.document.grammar import Side
    from generator.review.change import Change, Use
    from generator.review.operations.matching import Pair
    from generator.review.schemas.comparison import SchemaComparison

_OF_BYTES: Final = ("type", "format", "contentMediaType")
"""What says of a body that it is of bytes."""


def request_body(pair: Pair, schemas: SchemaComparison) -> Iterator[Change]:
    """How the bodies of an operation's requests differ."""
    before, after = pair.base.node.child("requestBody"), pair.head.node.child("requestBody")
    use = pair.use("request body")
    if before is not None and after is not None:
        yield from described(before, after, "request", [use])
        old, new = before.resolve(), after.resolve()
        yield from _required(old, new, use)
        yield from contents(old, new, "request", use, schemas)
    elif after is not None:
        new = after.resolve()
        required = new.is_true("required")
        rule = catalogue.REQUIRED_REQUEST_BODY_ADDED if required else catalogue.REQUEST_BODY_ADDED
        message = "a body is required, where none was taken" if required else "a body may be sent, where none was taken"
        place = listed(after, pair.base.node.document)
        yield change(rule, message, after=place, side="request", uses=[use])
    elif before is not None:
        message = "no body is taken any more"
        place = listed(before, pair.head.node.document)
        yield change(catalogue.REQUEST_BODY_REMOVED, message, before=place, side="request", uses=[use])


def _required(base: Node, head: Node, use: Use) -> Iterator[Change]:
    if base.is_true("required") == head.is_true("required"):
        return
    if head.is_true("required"):
        rule, message = catalogue.REQUEST_BODY_BECAME_REQUIRED, "the body is required now, was optional"
    else:
        rule, message = catalogue.REQUEST_BODY_BECAME_OPTIONAL, "the body is optional now, was required"
    before, after = keyword(base, "required"), keyword(head, "required")
    yield change(rule, message, before=before, after=after, side="request", uses=[use])


def contents(base: Node, head: Node, side: Side, use: Use, schemas: SchemaComparison) -> Iterator[Change]:
    """How the media types of two bodies differ: of two holders of `content`, references followed."""
    old, new = _by_type(base), _by_type(head)
    for name in new:
        partner = _partner(name, [*old])
        if partner:
            yield from media_types(old[partner], new[name], side, use, schemas)
            continue
        what = "an answer may come as" if side == "response" else "a body may be sent as"
        # Nobody reads a body where none was answered, so nobody meets a media type that is unknown to him.
        wire = Wire.COMPATIBLE if side == "response" and not old else None
        message = f"{what} `{name}`"
        yield change(catalogue.CONTENT_TYPE_ADDED, message, after=new[name], side=side, uses=[use], wire=wire)
    for name in old:
        partner = _partner(name, [*new])
        if partner == name:
            continue
        if partner:
            yield from media_types(old[name], new[partner], side, use, schemas)
            continue
        what = "an answer no longer comes as" if side == "response" else "a body may no longer be sent as"
        wire = None
        if side == "response" and any(_partner(one, [*old]) == name for one in new):
            what, wire = f"{what} anything else of", Wire.COMPATIBLE  # a range: what is left of it was known to come
        message = f"{what} `{name}`"
        yield change(catalogue.CONTENT_TYPE_REMOVED, message, before=old[name], side=side, uses=[use], wire=wire)


def media_types(base: Node, head: Node, side: Side, use: Use, schemas: SchemaComparison) -> Iterator[Change]:
    """How two media type objects differ. Where one has no schema, anything goes: it is compared as `true`."""
    yield from described(base, head, side, [use])
    compare_schemas(base, head, side, use, schemas)
    if side == "request" and all(_has_fields(essence(one.key)) for one in (base, head)):
        yield from _encodings(base, head, use)
        yield from _by_position(base, head, use)


def compare_schemas(base: Node, head: Node, side: Side, use: Use, schemas: SchemaComparison) -> None:
    """Hand over the schemas of two parameters, headers or media types."""
    for key in ("schema", "itemSchema"):
        before, after = base.child(key), head.child(key)
        if before is not None or after is not None:
            old, new = before or _anything(base), after or _anything(head)
            if (
                all(is_binary(essence(one.key)) and "*" not in one.key for one in (base, head))
                and _is_bytes(old)
                and _is_bytes(new)
            ):
                old, new = _words(old), _words(new)  # each 3.x says it in a way of its own
            schemas.compare(old, new, side, use)


def _anything(holder: Node) -> Node:
    """The schema of what has none; it stands where its holder does."""
    return Node(holder.document, holder.pointer, value=True, location=holder.location)


def _is_bytes(schema: Node) -> bool:
    """Whether a schema says of a body of bytes what is known anyhow."""
    whole = schema.resolve()
    said = whole.object.changed({}, drop=_OF_BYTES)
    is_text = whole.text("type", "string") == "string" and whole.text("format", "binary") == "binary"
    return whole.value is True or (isinstance(whole.value, Object) and is_text and only_annotated(said))


def _words(schema: Node) -> Node:
    """A schema with what it says in words alone."""
    whole = schema.resolve()
    said = whole.object.changed({}, drop=_OF_BYTES)
    return Node(whole.document, whole.pointer, said, whole.location)


def _by_type(holder: Node) -> dict[str, Node]:
    """Media type as it is told apart -> its object; all that it says where others are the same but for that."""
    listed = [(name, media.resolve()) for name, media in holder.members_of("content")]
    names = [_told_apart(name) for name, _ in listed]
    return {
        known if names.count(known) == 1 else "".join(name.lower().split()): media
        for known, (name, media) in zip(names, listed, strict=True)
    }


def _told_apart(name: str) -> str:
    """A media type in lower case, with its parameters in order and without those that say how its text is coded."""
    parameters = sorted("".join(one.lower().split()) for one in name.split(";")[1:])
    known = (one for one in parameters if one and one.partition("=")[0] not in ("charset", "boundary", "q"))
    return ";".join((essence(name), *known))


def _partner(name: str, others: Sequence[str]) -> str:
    """The media type that one is compared with: itself, the same but for parameters, or the closest range; else ''."""
    kind = essence(name)
    same = [other for other in others if essence(other) == kind and kind in (name, other)]
    ranges = [f"{kind.partition('/')[0]}/*", "*/*"]
    return next((one for one in (name, *same, *ranges) if one in others), "")


# -- encoding --------------------------------------------------------------------------------------------------------


def _encodings(base: Node, head: Node, use: Use) -> Iterator[Change]:
    """How the fields of a form are written, for the fields that both sides have."""
    old, new = dict(base.members_of("encoding")), dict(head.members_of("encoding"))
    for name in dict.fromkeys((*new, *old)):
        if not (_has(base, name) and _has(head, name)):
            continue
        before, after = old.get(name), new.get(name)
        was, now = _written(base, before, name), _written(head, after, name)
        for key in (key for key in was if was[key] != now[key]):
            wider = key == "contentType" and _covers(now[key].split(","), was[key].split(","))
            message = f"`{key}` of the field `{name}` is `{now[key]}`, was `{was[key]}`"
            places = (keyword(before or base, key), keyword(after or head, key))
            yield _rewritten(message, *places, use, Wire.COMPATIBLE if wider else None)
        headers = [one.child("headers") if one is not None else None for one in (before, after)]
        if (found := difference(*headers)) is not None:
            message = f"the headers of the field `{name}` are others"
            yield _rewritten(message, found[0] or before or base, found[1] or after or head, use)


def _rewritten(message: str, before: Node, after: Node, use: Use, wire: Wire | None = None) -> Change:
    """What callers send is written in another way."""
    return change(
        catalogue.ENCODING_CHANGED, message, before=before, after=after, side="request", uses=[use], wire=wire
    )


def _has_fields(media_type: str) -> bool:
    """Whether OpenAPI has an encoding of the fields of a body."""
    return media_type == FORM or media_type.startswith("multipart/")


def _covers(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether all of other media types are among some, or in a range that is."""
    return all(_partner(one, some) in (one, f"{one.partition('/')[0]}/*", "*/*") for one in others)


def _by_position(base: Node, head: Node, use: Use) -> Iterator[Change]:
    """How the parts of a body are written that have no names."""
    for key in ("prefixEncoding", "itemEncoding"):
        before, after = base.child(key), head.child(key)
        if (found := difference(before, after)) is not None:
            message = f"`{key}` of the body is {'another' if before and after else 'new' if after else 'gone'}"
            yield _rewritten(message, found[0] or before or base, found[1] or after or head, use)


def _has(media: Node, name: str) -> bool:
    schema = media.child("schema")
    return schema is not None and bool(subschemas.properties([schema], name))


def _written(media: Node, encoding: Node | None, name: str) -> dict[str, str]:
    """How a field is written, defaults filled in."""
    style = encoding.text("style", "form") if encoding else "form"
    explode = encoding.child("explode") if encoding else None
    return {
        "contentType": "".join((encoding.text("contentType") if encoding else "").lower().split())
        or _content_type(media, name),
        "style": style,
        "explode": _flag(style == "form" if explode is None else explode.value is True),
        "allowReserved": _flag(encoding is not None and encoding.is_true("allowReserved")),
    }


def _flag(flag: bool) -> str:
    return "true" if flag else "false"


def _content_type(media: Node, name: str) -> str:
    """The media type of a field of which nothing is said, by the table in OpenAPI's Encoding Object."""
    fields = subschemas.properties([media["schema"]], name)
    parts = [part for field in fields for part in subschemas.parts(field, ("allOf",))]
    parts += [part for items in subschemas.items(fields) for part in subschemas.parts(items, ("allOf",))]
    kinds = {one for part in parts for one in _types(part)} - {"array", "null"}
    if "object" in kinds:
        return "application/json"
    if not kinds or any(part.child("contentEncoding") or part.child("contentMediaType") for part in parts):
        return "application/octet-stream"
    return "text/plain"


def _types(schema: Node) -> list[str]:
    kind = schema.object.get("type")
    return [one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)]
