"""The shape of one schema, seen without following a reference: which one it has, and the schema in another.

Both, as every change of a shape begins with the question which one it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Json, Node, Object

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.diagnostics import Location
    from generator.document.grammar import Side

ANNOTATIONS: Final = frozenset(
    ("title", "description", "example", "examples", "$comment", "deprecated", "externalDocs")
)
RULES: Final = ("not", "if", "dependentRequired", "dependentSchemas", "minProperties", "maxProperties")
BOUNDS: Final = (
    *("maxLength", "minLength", "pattern", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"),
    *("maxItems", "minItems", "uniqueItems"),
)
_ABOUT: Final = {
    ("string",): ("maxLength", "minLength", "pattern", "contentEncoding", "contentMediaType"),
    ("string", "number", "integer"): ("format",),
    ("number", "integer"): ("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"),
    ("array",): (
        *("items", "prefixItems", "contains", "minContains", "maxContains", "unevaluatedItems"),
        *("maxItems", "minItems", "uniqueItems"),
    ),
    ("object",): (
        *("properties", "required", "additionalProperties", "patternProperties", "propertyNames"),
        *("unevaluatedProperties", "dependentRequired", "dependentSchemas", "minProperties", "maxProperties"),
    ),
}
"""Types -> keywords that say nothing about values of others."""
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


def split_by_type(schema: Object) -> Object:
    """A schema of several types as a choice between them, each with what is said about it alone."""
    kept = {key: schema[key] for key in schema if key in ANNOTATIONS or key.startswith("x-")}
    options: list[Json] = [of_kind(schema.changed({}, drop=kept), kind) for kind in kinds(schema)]
    return Object({**kept, "anyOf": Array(options, schema.location)}, schema.location, schema.places)


def of_kind(schema: Object, kind: str) -> Object:
    """A schema of several types as one of them."""
    others = [key for of, keys in _ABOUT.items() if kind not in of for key in keys]
    return schema.changed({"type": kind}, drop=others)


def only_annotated(schema: Object) -> bool:
    """Whether a schema, or what stands beside its `$ref`, says nothing about the value itself."""
    return all(
        key in ANNOTATIONS or key in ("$ref", "default", "readOnly", "writeOnly") or key.startswith("x-")
        for key in schema
    )


def has_fields(schema: Object) -> bool:
    """Whether a schema speaks of the fields of an object."""
    return bool(schema.get("properties") or schema.get("patternProperties") or schema.get("required"))


def is_model(schema: Object, side: Side) -> bool:
    """Whether a schema is an object with fields of its own, and so becomes a class.

    One that has more fields in some alternatives is a choice of classes, but in answers, where those may come anyhow.
    """
    of_objects = set(kinds(schema) or ("object",)) in ({"object"}, {"object", "null"})
    if not of_objects or "enum" in schema or "const" in schema or is_tagged(schema):
        return False
    fields = schema.get("properties")
    if fields or schema.get("patternProperties"):
        if side == "response":
            return True
        declared = set(fields) if isinstance(fields, Object) else set[str]()
        return all(speaks_of(schema.get(key), declared) for key in ("anyOf", "oneOf"))
    return "object" in kinds(schema) and schema.get("additionalProperties") is False


def is_tagged(schema: Object) -> bool:
    """Whether a schema is a choice of others by a discriminator, whatever fields they share."""
    options = [one for key in ("anyOf", "oneOf") for one in array(schema.get(key))]
    return "discriminator" in schema and any(isinstance(one, Object) and "$ref" in one for one in options)


def kinds(schema: Object) -> list[str]:
    """The types that a schema names; none where it may be of any."""
    kind = schema.get("type")
    return list(dict.fromkeys(map(str, kind))) if isinstance(kind, Array) else [kind] if isinstance(kind, str) else []


def levels(schema: Json) -> int:
    """How many lists, maps and choices stand within each other inline, this one included."""
    if not isinstance(schema, Object):
        return 0
    inner = [schema.get("items"), schema.get("additionalProperties"), *array(schema.get("anyOf"))]
    return 1 + max(map(levels, inner)) if any(isinstance(one, Object) for one in inner) else 0


def takes_null(node: Node, side: Side, known: dict[int, bool] | None = None) -> bool:
    """Whether `null` fits a schema, by all that it says, itself or elsewhere; in an answer it need not fit exactly."""
    schema = node.value
    if not isinstance(schema, Object):
        return schema is not False
    # A part of many parts is looked at once: what consists of another twice, on each of many levels, has no end.
    known = {} if known is None else known
    if id(schema) in known:
        return known[id(schema)]
    known[id(schema)] = True  # for what leads back to it
    fit = {key: [takes_null(one, side, known) for one in node.elements_of(key)] for key in ("allOf", "anyOf", "oneOf")}
    target, refused = node.target, node.child("not")
    known[id(schema)] = (
        (not kinds(schema) or "null" in kinds(schema))
        and ("enum" not in schema or None in array(schema["enum"]))
        and schema.get("const") is None
        and all(fit["allOf"])
        and (not fit["anyOf"] or any(fit["anyOf"]))
        and (not fit["oneOf"] or sum(fit["oneOf"]) == 1 or (side == "response" and any(fit["oneOf"])))
        and (target is None or takes_null(target, side, known))
        and (refused is None or side == "response" or not takes_null(refused, side, known))
    )
    return known[id(schema)]


def nullable(schema: Object, location: Location) -> Object:
    """The schema, or `null`, in normal form: null is an option of its own, the last one."""
    null = Object({"type": "null"}, location)
    if (only_annotated(schema) and "$ref" not in schema) or schema == null:
        return schema
    if "anyOf" in schema:
        options = array(schema["anyOf"])
        return schema if null in options else schema.changed({"anyOf": Array([*options, null], location)})
    outside = [key for key in schema if key in ANNOTATIONS]
    inside = schema.changed({}, drop=outside)
    both = Array([inside, null], location)
    return Object({**{key: schema[key] for key in outside}, "anyOf": both}, location, schema.places)


def opened(schema: Object) -> Object:
    """A choice of strings that takes other strings too: an API adds values without asking its clients."""
    values = schema.get("enum")
    if not isinstance(values, Array):
        return schema
    texts = Array([one for one in values if isinstance(one, str)], values.location)
    types = {_TYPES[type(value)] for value in values if type(value) in _TYPES}
    # Of numbers and truths the types alone: among them 1 could be read as true.
    options: list[Json] = [Object({"enum": texts}, schema.location)] if texts else []
    options += [Object({"type": kind}, schema.location) for kind in sorted(types, reverse=True)]
    kept = {key: value for key, value in schema.items() if key in ANNOTATIONS or key.startswith("x-")}
    return Object({**kept, "anyOf": Array(options, values.location)}, schema.location)


def one_by_one(options: Iterable[Json]) -> list[Json]:
    """The options of a choice, with choices among them taken apart, each option once and null last.

    Of what pydantic takes for several it makes the first: so times come after other strings, and dates, for which a
    time may be taken, after times.
    """
    listed: list[Json] = []
    for option in options:
        inner: list[Json] = [option]
        if isinstance(option, Object) and set(option) - ANNOTATIONS == {"anyOf"}:
            inner = one_by_one(array(option["anyOf"]))
        listed += [one for one in inner if one not in listed]
    return sorted(listed, key=_rank)


def _rank(option: Json) -> int:
    if not isinstance(option, Object):
        return 0
    if option.get("type") == "null":
        return 3
    return {"date-time": 1, "date": 2}.get(str(option.get("format")), 0)


def with_annotations(made: Json, node: Node, *more: str) -> Json:
    """What a place of use says of its schema stays with the place, also when the schema has moved away."""
    kept = {key: node.object[key] for key in ("description", "deprecated", "default", *more) if key in node.object}
    if "description" not in kept and (text := node.resolve().text("description")) and isinstance(made, Object):
        kept = {**kept, **({} if "$ref" in made else {"description": text})}
    return made.changed(kept) if isinstance(made, Object) else made


def bare(value: Json) -> object:
    """The value without its places, as other libraries take it."""
    if isinstance(value, Object):
        return {key: bare(member) for key, member in value.items()}
    return [bare(element) for element in value] if isinstance(value, Array) else value


def array(value: Json) -> Array | tuple[()]:
    """The value as an array; an empty one for other values."""
    return value if isinstance(value, Array) else ()


def places(parent: Object, key: str) -> Mapping[str, Location]:
    """Where the members of the object under `key` stand."""
    member = parent.get(key)
    return member.places if isinstance(member, Object) else {}
