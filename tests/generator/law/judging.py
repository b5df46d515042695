"""What JSON Schema says of a value, by jsonschema-rs, where the promises of the client do not say otherwise.

A request is closed where its author does not say whether it is: fields of no name are refused. An answer is open:
fields, values of enumerations and nulls that nobody announced are read.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from generator.document import upgrade
from generator.document.parser import parse
from generator.document.tree import Document, Object
from generator.runtime.codec import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.generator.law.values import Schema, Value

_BOUNDS = (
    *("maxLength", "minLength", "pattern", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"),
    *("maxItems", "minItems", "uniqueItems", "minProperties", "maxProperties", "not"),
)
_PREFIX = "#/components/schemas/"
_OPEN = "AsIs"
_DEPTH = 8
_KINDS = {str: "string", int: "integer", bool: "boolean", Decimal: "number", list: "array", dict: "object"}


class Judge:
    """Judges values for `Root` of some schemas."""

    def __init__(self, version: str, schemas: dict[str, Schema]) -> None:
        self._schemas = _upgraded(version, schemas)
        self._required = set(_required(self._schemas))
        closed = {name: self._closed(one) for name, one in self._schemas.items()}
        self._sent = self._validator(
            {**closed, **{f"{_OPEN}{name}": _as_is(one) for name, one in self._schemas.items()}}
        )
        self._plain = self._validator(self._schemas)
        self._tolerant = self._validator({name: self._opened(one) for name, one in self._schemas.items()})

    def may_be_sent(self, value: Value) -> bool:
        """Whether a request takes the value."""
        return self._sent.is_valid(value)

    def must_be_read(self, value: Value) -> bool:
        """Whether an answer must be read: one that the schema allows, or that is forgiven."""
        return self._plain.is_valid(value) or self._tolerant.is_valid(value)

    @staticmethod
    def _validator(schemas: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
        whole = {"$ref": "#/components/schemas/Root", "components": {"schemas": schemas}}
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)

    def _target(self, schema: Schema) -> Schema:
        found: Schema = self._schemas[schema["$ref"].rpartition("/")[2]]
        return found

    def _parts(self, schema: Schema) -> list[Schema]:
        named = [self._target(schema)] if "$ref" in schema else []
        return [schema, *(part for one in (*schema.get("allOf", ()), *named) for part in self._parts(one))]

    def _together(self, parts: list[Schema], depth: int) -> Schema:
        """Parts that hold at once; and closed, what all of them say of each field and of the elements."""
        made: Schema = {"allOf": list(map(_frame, parts))}
        fields = {name for part in parts for name in part.get("properties", ())}
        patterns = {pattern for part in parts for pattern in part.get("patternProperties", ())}
        others = [part["additionalProperties"] for part in parts if "additionalProperties" in part]
        if fields:
            made["properties"] = {
                name: self._all([one for part in parts for one in _said_of(name, part)], depth) for name in fields
            }
        if patterns:
            made["patternProperties"] = {
                _besides(pattern, fields): self._all(
                    [one for part in parts for one in _said_of_names(pattern, part)], depth
                )
                for pattern in patterns
            }
        if any(isinstance(one, dict) for one in others):
            made["additionalProperties"] = self._all([one for one in others if isinstance(one, dict)], depth)
        elif (fields or patterns) and not others:
            made["unevaluatedProperties"] = False
        if items := [part["items"] for part in parts if "items" in part]:
            made["items"] = self._all(items, depth)
        return made

    def _all(self, several: list[Schema], depth: int) -> Schema:
        several = [one for place, one in enumerate(several) if one not in several[:place]]
        if len(several) == 1:
            return self._closed(several[0], depth=depth)
        if depth == _DEPTH:  # fields of merged schemas can be merged without end, which the generator refuses
            return {"allOf": list(map(_as_is, several))}
        return self._closed({"allOf": several}, depth=depth + 1)

    def _closed(self, schema: Schema, *, part: bool = False, depth: int = 0) -> Schema:
        """The schema, closed; a part of another is not, as it would refuse what the others bring."""
        if "$ref" in schema and not part:
            return schema
        if "$ref" in schema:
            return self._closed(self._target(schema), part=True, depth=depth)
        if not part and any(map(_lists_objects, self._parts(schema))):
            made: Schema = _as_is(schema)
            return made
        if (
            not part
            and {"allOf", "patternProperties"} & set(schema)
            and not any(map(_is_choice, parts := self._parts(schema)))
        ):
            return self._together(parts, depth)

        def change(key: str, inner: Schema) -> Schema:
            return self._closed(inner, part=self._joins(key, inner, schema, part), depth=depth)

        made = _each(schema, change)
        if not part and self._has_fields(schema) and "additionalProperties" not in schema:
            made = {**made, "unevaluatedProperties": False}
        return made

    def _joins(self, key: str, inner: Schema, schema: Schema, part: bool) -> bool:
        """Whether a schema under a keyword holds together with others that it must not refuse the fields of."""
        if key != "allOf":
            return part if key in ("anyOf", "oneOf") else False
        beside = ({**schema, "allOf": ()}, *(one for one in schema["allOf"] if one is not inner))
        return part or any(self._brings_fields(one) for one in beside)

    def _brings_fields(self, schema: Schema) -> bool:
        return any(
            {"properties", "patternProperties", "additionalProperties", "anyOf", "oneOf"} & one.keys()
            for one in self._parts(schema)
        )

    def _has_fields(self, schema: Schema) -> bool:
        if "$ref" in schema:
            return self._has_fields(self._target(schema))
        return bool(schema.get("properties") or schema.get("patternProperties")) or any(
            map(self._has_fields, schema.get("allOf", ()))
        )

    def _opened(self, schema: Schema) -> Schema:
        made = _each(schema, lambda _, inner: self._opened(inner))
        made = {key: value for key, value in made.items() if key not in _BOUNDS}
        if made.get("additionalProperties") is False:
            made["additionalProperties"] = True
        if "oneOf" in made:
            made["anyOf"] = made.pop("oneOf")
        if "properties" in made:
            required = self._required  # wherever: another part of `allOf` may say it
            made["properties"] = {
                name: one if name in required else {"anyOf": [one, {"type": "null"}]}
                for name, one in made["properties"].items()
            }
        if "enum" in made:
            kinds = sorted({_KINDS[type(one)] for one in made["enum"] if one is not None})
            made = {"anyOf": [made, *({"type": kind} for kind in kinds)]}
        return made


def _is_choice(part: Schema) -> bool:
    return "properties" not in part and ("anyOf" in part or "oneOf" in part)


def _lists_objects(part: Schema) -> bool:
    """Whether a schema names its objects one by one, so that it says of itself which fields there are."""
    return any(isinstance(one, dict) for one in (*part.get("enum", ()), part.get("const")))


def _frame(part: Schema) -> Schema:
    """A schema without what it says of values inside, which is said elsewhere."""
    made = {key: _as_is(one) for key, one in part.items() if key not in ("allOf", "$ref", "items")}
    for key in ("properties", "patternProperties"):
        if key in made:
            made[key] = dict.fromkeys(made[key], True)
    if isinstance(made.get("additionalProperties"), dict):
        made["additionalProperties"] = True
    return made


def _said_of(name: str, part: Schema) -> list[Schema]:
    """What a schema says of a field."""
    patterns = part.get("patternProperties", {})
    found = [part["properties"][name]] if name in part.get("properties", ()) else []
    return [*found, *(one for pattern, one in patterns.items() if re.search(pattern, name))] or _others(part)


def _said_of_names(pattern: str, part: Schema) -> list[Schema]:
    """What a schema says of the fields whose names match a pattern, and that it does not name."""
    return [part["patternProperties"][pattern]] if pattern in part.get("patternProperties", ()) else _others(part)


def _besides(pattern: str, names: set[str]) -> str:
    """A pattern for what another one is found in, but for some names, of which all is said already."""
    listed = "|".join(sorted(map(re.escape, names)))
    return f"^(?!(?:{listed})$)(?=[\\s\\S]*?(?:{pattern}))" if names else pattern


def _others(part: Schema) -> list[Schema]:
    others = part.get("additionalProperties")
    return [others] if isinstance(others, dict) else []


def _as_is(schema: Any) -> Any:
    """A schema that refers to others as they are written, not closed."""
    if isinstance(schema, dict):
        return {
            key: value.replace(_PREFIX, f"{_PREFIX}{_OPEN}") if key == "$ref" else _as_is(value)
            for key, value in schema.items()
        }
    return [_as_is(one) for one in schema] if isinstance(schema, list) else schema


def numbered(value: Value, sent: Value) -> Value:
    """The value with numbers in the place of strings of digits that went out as such: Python callers may write them."""
    if isinstance(value, dict) and isinstance(sent, dict):
        return {key: numbered(member, sent.get(key)) for key, member in value.items()}
    if isinstance(value, list) and isinstance(sent, list) and len(value) == len(sent):
        return list(map(numbered, value, sent))
    if isinstance(value, str) and isinstance(sent, int | Decimal) and value.replace(".", "", 1).isdecimal():
        return Decimal(value)
    return value


def _required(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (one for one in value.get("required", ()) if isinstance(one, str))
        yield from (name for member in value.values() for name in _required(member))
    elif isinstance(value, list):
        yield from (name for element in value for name in _required(element))


def same(left: Value, right: Value) -> bool:
    """Whether two values are the same JSON value; a time may be written in another zone."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, str) and isinstance(right, str) and left != right:
        return (time := _time(left)) is not None and time == _time(right)
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None


def _each(schema: Schema, change: Any) -> Schema:
    """The schema with each schema right below it changed; rules between fields, which are no schemas of values, not."""
    made = dict(schema)
    rules = "properties" in schema
    for key, value in schema.items():
        if key in ("properties", "patternProperties"):
            made[key] = {name: change(key, one) for name, one in value.items()}
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            made[key] = change(key, value)
        elif key == "allOf" or (key in ("anyOf", "oneOf") and not rules):
            made[key] = [change(key, one) for one in value]
    return made


def _upgraded(version: str, schemas: dict[str, Schema]) -> dict[str, Any]:
    text = encode({"openapi": version, "components": {"schemas": schemas}}).decode()
    root, _ = parse(text, "api.json")
    assert isinstance(root, Object)
    found: dict[str, Any] = _plain(upgrade(Document(root, ("api.json",))).root)["components"]["schemas"]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(member) for key, member in value.items()}
    return [_plain(element) for element in value] if isinstance(value, list) else value


def shown(value: object) -> str:
    """A value as people read it."""
    return json.dumps(json.loads(encode(value), parse_float=Decimal), default=_number)


def _number(value: object) -> object:
    return float(str(value))
