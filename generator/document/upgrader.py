"""OpenAPI 3.0 -> 3.1: a document that says the same in JSON Schema 2020-12, with places kept.

Pure, total (what is malformed stays as it is) and idempotent. Changed are `openapi` itself, schemas (`nullable`,
boolean `exclusiveMinimum`/`exclusiveMaximum`, a schema's `example`, the formats `binary`, `base64` and `byte`), and
what 3.0 ignores and 3.1 does not: what stands beside a `$ref`, and the styles of parts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.document.grammar import typed_steps
from generator.document.tree import Array, Document, Json, Object, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION = "3.1.1"

_ANNOTATIONS = frozenset(
    [
        "title",
        "description",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "discriminator",
    ]
)
_STYLES = ("style", "explode", "allowReserved")


@remembered
def upgrade(document: Document) -> Document:
    """The equivalent 3.1 document; a 3.1 document is returned as it is."""
    version = document.root.get("openapi")
    if not isinstance(version, str) or not version.startswith("3.0"):
        return document
    root = _copy(document.root, "document")
    return replace(document, root=root.changed({"openapi": VERSION}))


def _copy(value: Object, kind: str) -> Object:
    """The same object with all schemas below it upgraded; what has none is shared, not copied."""
    members = dict[str, Json]()
    below: dict[str, dict[str | int, Json]] = {}
    for (member, *rest), child_kind in typed_steps(kind, value):
        old = _below(value[str(member)], rest)
        new = _copy(old, child_kind) if isinstance(old, Object) else old
        if child_kind == "media-type" and str(rest[-1]).lower().startswith("multipart/") and isinstance(new, Object):
            new = _without_styles(new)
        if new is not old and rest:
            below.setdefault(str(member), {})[rest[0]] = new
        elif new is not old:
            members[str(member)] = new
    for key, changes in below.items():
        members[key] = _with(value[key], changes)
    copied = value.changed(members) if members else value
    return _schema(copied) if kind == "schema" else copied


def _below(value: Json, steps: Iterable[str | int]) -> Json:
    for step in steps:
        if isinstance(value, Object):
            value = value[str(step)]
        elif isinstance(value, Array):
            value = value[int(step)]
    return value


def _with(holder: Json, changes: Mapping[str | int, Json]) -> Json:
    if isinstance(holder, Object):
        return holder.changed({str(key): value for key, value in changes.items()})
    if isinstance(holder, Array):
        elements = (changes.get(position, element) for position, element in enumerate(holder))
        return Array(elements, holder.location, holder.places)
    return holder


def _without_styles(media: Object) -> Object:
    """A body of parts, of whose encodings 3.0 reads the media types and the headers alone."""
    encodings = media.get("encoding")
    if not isinstance(encodings, Object):
        return media
    changed = {
        name: one.changed({}, drop=_STYLES)
        for name, one in encodings.items()
        if isinstance(one, Object) and not one.keys().isdisjoint(_STYLES)
    }
    return media.changed({"encoding": encodings.changed(changed)}) if changed else media


def _schema(schema: Object) -> Object:
    if isinstance(schema.get("$ref"), str):
        beside = [key for key in schema if key not in ("$ref", "description") and not key.startswith("x-")]
        return schema.changed({}, drop=beside) if beside else schema
    schema = _exclusive(schema, "minimum", "exclusiveMinimum")
    schema = _exclusive(schema, "maximum", "exclusiveMaximum")
    schema = _format(schema)
    if "example" in schema and "examples" not in schema:
        place = schema.places.get("example", schema.location)
        schema = _moved(schema, "example", "examples", Array([schema["example"]], place, [place]))
    return _nullable(schema)


def _moved(schema: Object, old: str, new: str, value: Json) -> Object:
    """A member under another name and value, in the same position and place."""
    places = {(new if key == old else key): place for key, place in schema.places.items() if key != new or key == old}
    items = {(new if key == old else key): (value if key == old else member) for key, member in schema.items()}
    return Object(items, schema.location, places)


def _exclusive(schema: Object, limit: str, exclusive: str) -> Object:
    flag = schema.get(exclusive)
    if not isinstance(flag, bool):
        return schema
    if not flag or limit not in schema:
        return schema.changed({}, drop=[exclusive])
    value = schema[limit]
    return _moved(schema.changed({}, drop=[exclusive]), limit, exclusive, value)


def _format(schema: Object) -> Object:
    form = schema.get("format")
    if schema.get("type") != "string" or not isinstance(form, str):
        return schema
    if form in ("byte", "base64") and "contentEncoding" not in schema:
        return _moved(schema, "format", "contentEncoding", "base64")
    if form == "binary" and "contentMediaType" not in schema:
        return _moved(schema, "format", "contentMediaType", "application/octet-stream")
    return schema


def _nullable(schema: Object) -> Object:
    if not isinstance(schema.get("nullable"), bool):
        return schema
    nullable, place = schema["nullable"], schema.places.get("nullable", schema.location)
    schema = schema.changed({}, drop=["nullable"])
    if nullable is not True:
        return schema
    kind = schema.get("type")
    if isinstance(kind, str):
        types = Array([kind, "null"], place, [schema.places.get("type", place), place])
        changes: dict[str, Json] = {"type": types}
        return schema.changed(changes)
    composed = [key for key in ("allOf", "anyOf", "oneOf", "not") if key in schema]
    if not composed:
        return schema
    null = Object({"type": "null"}, place, {"type": place})
    union = next((key for key in ("anyOf", "oneOf") if composed == [key]), None)
    branches = schema[union] if union else None
    if union and isinstance(branches, Array):
        return schema.changed({union: Array([*branches, null], branches.location, (*branches.places, place))})
    return _wrapped(schema, null)


def _wrapped(schema: Object, null: Object) -> Object:
    """`anyOf: [what the schema asserts, null]`, with the annotations outside, where readers look for them."""
    outside = [key for key in schema if key in _ANNOTATIONS or key.startswith("x-")]
    inside = schema.changed({}, drop=outside)
    both = Array([inside, null], null.location, [schema.location, null.location])
    items: dict[str, Json] = {**{key: schema[key] for key in outside}, "anyOf": both}
    return Object(items, schema.location, {**schema.places, "anyOf": schema.location})
