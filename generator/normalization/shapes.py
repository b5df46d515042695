"""The shape of one schema, seen without following a reference: which one it has, and the schema in another.

Both, as every change of a shape begins with the question which one it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Json, Node, Object
from generator.python.typeref import applies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.diagnostics import Location

ANNOTATIONS: Final = frozenset(
    ("title", "description", "example", "examples", "$comment", "deprecated", "externalDocs")
)
RULES: Final = ("not", "if", "dependentRequired", "dependentSchemas", "minProperties", "maxProperties")
BOUNDS: Final = (
    *("maxLength", "minLength", "pattern", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"),
    *("maxItems", "minItems", "uniqueItems"),
)
_TYPES: Final = {str: "string", int: "integer", bool: "boolean"}


def apart(schema: Object) -> tuple[Object, list[Object]]:
    """A schema without what it says of several fields at once, and each such rule by itself."""
    rules = []
    for key in (*RULES, "anyOf", "oneOf"):
        if key in schema:
            kept = {
                part: schema[part]
                for part in (key, "description", *(("then", "else") if key == "if" else ()))
                if part in schema
            }
            rules.append(Object(kept, schema.places.get(key, schema.location), schema.places))
    return schema.changed({}, drop=(*RULES, "then", "else", "anyOf", "oneOf")), rules


def speaks_of(rule: Json, declared: set[str]) -> bool:
    """Whether a rule is about declared fields only, and brings in no schema of its own."""
    if isinstance(rule, Array):
        return all(speaks_of(one, declared) for one in rule)
    if not isinstance(rule, Object):
        return True
    fields = rule.get("properties")
    if "$ref" in rule or (isinstance(fields, Object) and not set(fields) <= declared):
        return False
    nested = [rule[key] for key in ("anyOf", "oneOf", "allOf", "not", "if", "then", "else") if key in rule]
    return all(speaks_of(one, declared) for one in nested)


def adds_nothing(schema: Object) -> bool:
    """Whether a schema says of an object no more than that it is one."""
    return only_annotated(schema.changed({}, drop=("type",))) and schema.get("type", "object") in (
        "object",
        ["object", "null"],
    )


def both_types(left: Json, right: Json) -> Json:
    """The types that two `type` keywords allow together; `None` where there are none."""
    ours, theirs = (list(kinds) if isinstance(kinds, Array) else [kinds] for kinds in (left, right))
    both = [kind for kind in ours if kind in theirs or (kind == "integer" and "number" in theirs)]
    both += [kind for kind in theirs if kind == "integer" and "number" in ours]
    if len(both) > 1 and isinstance(left, Array):
        return Array(both, left.location)
    return both[0] if both else None


def split_by_type(schema: Object) -> Object | None:
    """A choice between types, each with the bounds that are about it; `None` where one type has all the bounds."""
    kinds = schema.get("type")
    if not isinstance(kinds, Array) or not any(bound in schema for bound in BOUNDS):
        return None
    real = [kind for kind in kinds if kind != "null"]
    if len(real) < 2:
        return None
    options: list[Json] = []
    for kind in kinds:
        single = schema.changed({"type": kind}, drop=ANNOTATIONS)
        options.append(single.changed({}, drop=[bound for bound in BOUNDS if not applies(bound, single)]))
    kept = {key: schema[key] for key in schema if key in ANNOTATIONS}
    return Object({**kept, "anyOf": Array(options, kinds.location)}, schema.location, schema.places)


def only_annotated(schema: Object) -> bool:
    """Whether a schema, or what stands beside its `$ref`, says nothing about the value itself."""
    return all(
        key in ANNOTATIONS or key in ("$ref", "default", "readOnly", "writeOnly") or key.startswith("x-")
        for key in schema
    )


def is_model(schema: Object) -> bool:
    """Whether a schema is an object with fields of its own, and so becomes a class."""
    if schema.get("properties") or schema.get("patternProperties"):
        return True
    return schema.get("type") == "object" and schema.get("additionalProperties") is False


def allows_null(schema: Object) -> bool:
    """Whether `null` is among the types of a schema."""
    return "null" in array(schema.get("type"))


def nullable(schema: Json, location: Location) -> Json:
    """The schema, or `null`."""
    if not isinstance(schema, Object) or (only_annotated(schema) and "$ref" not in schema):
        return schema
    kind = schema.get("type")
    null = Object({"type": "null"}, location)
    if "anyOf" in schema:
        options = array(schema["anyOf"])
        return schema if null in options else schema.changed({"anyOf": Array([*options, null], location)})
    if kind is None or "enum" in schema or "const" in schema:
        return Object({"anyOf": Array([schema, null], location)}, location)
    kinds = list(kind) if isinstance(kind, Array) else [kind]
    return schema if "null" in kinds else schema.changed({"type": Array([*kinds, "null"], location)})


def opened(schema: Object) -> Object:
    """A choice of strings that takes other strings too: an API adds values without asking its clients."""
    values = schema.get("enum")
    if not isinstance(values, Array):
        return schema
    listed = Array([value for value in values if value is not None], values.location)
    kinds = {_TYPES[type(value)] for value in listed if type(value) in _TYPES}
    options: list[Json] = [Object({"enum": listed}, schema.location)]
    options += [Object({"type": kind}, schema.location) for kind in sorted(kinds)]
    if None in values:
        options.append(Object({"type": "null"}, schema.location))
    kept = {key: value for key, value in schema.items() if key in ANNOTATIONS or key.startswith("x-")}
    return Object({**kept, "anyOf": Array(options, values.location)}, schema.location)


def one_by_one(options: Iterable[Json]) -> list[Json]:
    """The options of a choice, with choices and lists of types among them taken apart, each option once."""
    listed: list[Json] = []
    for option in options:
        inner: list[Json] = [option]
        if isinstance(option, Object) and set(option) - ANNOTATIONS == {"anyOf"}:
            inner = one_by_one(array(option["anyOf"]))
        elif isinstance(option, Object) and set(option) - ANNOTATIONS == {"type"}:
            inner = [Object({"type": kind}, option.location) for kind in array(option["type"])] or [option]
        listed += [one for one in inner if one not in listed]
    return listed


def with_annotations(made: Json, node: Node, *more: str) -> Json:
    """What a place of use says of its schema stays with the place, also when the schema has moved away."""
    kept = {key: node.object[key] for key in ("description", "deprecated", "default", *more) if key in node.object}
    if "description" not in kept and (text := node.resolve().text("description")) and isinstance(made, Object):
        kept = {**kept, **({} if "$ref" in made else {"description": text})}
    return made.changed(kept) if isinstance(made, Object) else made


def array(value: Json) -> Array | tuple[()]:
    """The value as an array; an empty one for other values."""
    return value if isinstance(value, Array) else ()


def places(parent: Object, key: str) -> Mapping[str, Location]:
    """Where the members of the object under `key` stand."""
    member = parent.get(key)
    return member.places if isinstance(member, Object) else {}
