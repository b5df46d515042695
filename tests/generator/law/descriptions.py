"""Random schemas in both spellings of OpenAPI, and values near them.

A schema only refers to components that come later in `NAMES`, but for fields that need not be there, which may lead
anywhere: so every schema is finite, and many are recursive.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import random

Schema: TypeAlias = dict[str, Any]
Value: TypeAlias = Any  # JSON, numbers as int and Decimal

NAMES: Final = ("Root", "A", "B", "C")
_FIELDS: Final = ("a", "b", "someId", "x-y")
_DEPTH: Final = 3
_DEEP: Final = (None, "object", "array", ["object", "null"], ["null", "object"], ["array", "null"], ["null", "array"])
"""Types whose values have something inside; without one a schema may refer to such."""
ODD: Final[tuple[Value, ...]] = (
    *(None, True, False, 0, 1, 2, -3, Decimal("1.0"), Decimal("1.5"), Decimal("1234567890.123456789")),
    *("", "a", "ab", "zz", "1.50", "abcd", "2026-02-28", "2026-02-30", "2026-11-21T10:00:00Z", "2026-11-21T10:00:00"),
    *([], {}, [None], [1, 1], ["a", "a"], {"a": None}, {"a": 1}, {"zz": "a"}),
)
"""What values of other schemas look like."""
_LITERALS: Final[tuple[Value, ...]] = (
    *("a", "b", "", "2026-02-28", 0, 1, 5, Decimal("1.0"), Decimal("2.5"), True, False, None),
    *([], [1], {"a": 1}, {"a": [True]}, {}),
)


@dataclass(frozen=True)
class Case:
    """Components, of which `Root` is what an operation sends and another one answers, and values for it."""

    version: str
    schemas: dict[str, Schema]
    values: tuple[Value, ...]


def random_case(source: random.Random, values: int = 10) -> Case:
    """A random case in one of the spellings."""
    while True:
        made = _random_case(source, values)
        if not any(_clashes(schema, made.schemas) for schema in made.schemas.values()):
            return made


def _clashes(schema: Any, schemas: dict[str, Schema]) -> bool:
    """Whether `allOf` says twice what is inside an object or an array.

    Whether such an object is closed is said by all of them together, which JSON Schema has no form for. And a part that
    is closed is taken to close the whole, not to forbid what the other parts bring.
    """
    if isinstance(schema, list):
        return any(_clashes(one, schemas) for one in schema)
    if not isinstance(schema, dict):
        return False
    inner: list[str] = []
    parts = _parts(schema, schemas) if "allOf" in schema else []
    if len(parts) > 1 and any(part.get("additionalProperties") is False for part in parts):
        return True
    for part in parts:
        fields = part.get("properties", {})
        inner += [name for name, one in fields.items() if not {"enum", "const"} & set(one) and one.get("type") in _DEEP]
        inner += ["[]"] if part.get("items", {}).get("type", "object") in _DEEP and part.get("type") == "array" else []
    return len(inner) > len(set(inner)) or any(_clashes(one, schemas) for one in schema.values())


def _parts(schema: Schema, schemas: dict[str, Schema]) -> list[Schema]:
    """A schema, and all that holds together with it."""
    named = [schemas[schema["$ref"].rpartition("/")[2]]] if "$ref" in schema else []
    return [schema, *(one for part in (*schema.get("allOf", ()), *named) for one in _parts(part, schemas))]


def _random_case(source: random.Random, values: int) -> Case:
    version = source.choice(["3.0.3", "3.1.1"])
    maker = _Maker(source, version.startswith("3.0"))
    schemas = {name: maker.schema(place + 1, 0) for place, name in list(enumerate(NAMES))[:0:-1]}
    schemas["Root"] = maker.root()
    used = _reached(schemas)
    schemas = {name: schemas[name] for name in NAMES if name in used}
    near = _Near(source, schemas)
    return Case(version, schemas, tuple(near.value(schemas["Root"]) for _ in range(values)))


def _reached(schemas: dict[str, Schema]) -> set[str]:
    found, stack = set[str](), ["Root"]
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            text = repr(schemas[name])
            stack += [other for other in schemas if f"schemas/{other}'" in text]
    return found


class _Maker:
    """Makes schemas; those of 3.0 say null in its own way. All makers take the same, that one can be chosen blindly."""

    def __init__(self, source: random.Random, old: bool) -> None:
        self._random = source
        self._old = old

    def _one_of(self, *options: Any) -> Any:
        return self._random.choice(options)

    def _maybe(self, chance: int = 3) -> bool:
        return self._random.randrange(chance) == 0

    def root(self) -> Schema:
        """What a body is: an object, more often than not."""
        return self._object(1, 0) if self._maybe(2) else self.schema(1, 0)

    def schema(self, later: int, depth: int) -> Schema:
        """A schema that refers to components from `later` on."""
        kinds = [self._text, self._number, self._listed, self._scalar]
        if depth < _DEPTH:
            kinds += [self._object, self._object, self._array, self._map, self._choice, self._told, self._composed]
        if later < len(NAMES):
            kinds += [self._reference, self._reference]
        made: Schema = self._one_of(*kinds)(later, depth)
        return made

    def _later(self, later: int) -> str:
        name: str = self._one_of(*NAMES[later:])
        return name

    def _reference(self, later: int, depth: int) -> Schema:  # noqa: ARG002 - as the others
        made: Schema = {"$ref": f"#/components/schemas/{self._later(later)}"}
        how = self._one_of("plain", "plain", "plain", "described", "all", "null")
        if how == "described" and not self._old:
            return {**made, "description": "Described here."}
        if how == "all":
            return {"allOf": [made], **({"description": "Described here."} if self._maybe() else {})}
        if how == "null":
            if self._old:
                return {"allOf": [made], "nullable": True}
            return {self._one_of("anyOf", "anyOf", "oneOf"): [made, {"type": "null"}]}
        return made

    def _or_null(self, schema: Schema) -> Schema:
        """Perhaps with null, in one of the spellings."""
        if not self._maybe(4) or schema.get("type") == "null":
            return schema
        if self._old:
            return {**schema, "nullable": True}
        how = self._one_of("type", "type", "anyOf")
        if how == "type" and isinstance(schema.get("type"), str):
            kinds = [schema["type"], "null"]
            return {**schema, "type": kinds if self._maybe(2) else kinds[::-1]}
        return {"anyOf": [schema, {"type": "null"}]}

    def _bounds(self, **options: Any) -> Schema:
        return {key: self._one_of(*values) for key, values in options.items() if self._maybe(4)}

    def _text(self, later: int, depth: int) -> Schema:  # noqa: ARG002 - as the others
        schema: Schema = {"type": "string"}
        if self._maybe(4):
            return self._or_null({**schema, "format": self._one_of("date", "date-time")})
        bounds = self._bounds(minLength=[1, 2], maxLength=[2, 3], pattern=["^a", "b$", "^[ab]*$"])
        return self._or_null({**schema, **bounds})

    def _number(self, later: int, depth: int) -> Schema:  # noqa: ARG002 - as the others
        bounds = self._bounds(minimum=[0, 1, Decimal("1.5")], maximum=[2, 3], multipleOf=[1, 2, Decimal("0.5")])
        if self._maybe(6):
            bounds |= {"minimum": 0, "exclusiveMinimum": True} if self._old else {"exclusiveMinimum": 0}
        return self._or_null({"type": self._one_of("number", "integer"), **bounds})

    def _scalar(self, later: int, depth: int) -> Schema:  # noqa: ARG002 - as the others
        kinds: list[Schema] = [{"type": "boolean"}, {}]
        if not self._old:
            kinds += [{"type": "null"}, {"type": ["string", "integer"]}, {"type": ["boolean", "number", "null"]}]
        return self._or_null(self._one_of(*kinds))

    def _listed(self, later: int, depth: int) -> Schema:  # noqa: ARG002 - as the others
        values = self._random.sample(_LITERALS, self._one_of(1, 1, 2, 3))
        if self._maybe(3):
            values = [one for one in values if isinstance(one, str)] or ["a"]
            return self._or_null({"type": "string", "enum": values})
        if self._maybe(3):
            values = [one for one in values if type(one) is int] or [1]
            return self._or_null({"type": "integer", "enum": values})
        if len(values) == 1 and not self._old:
            return {"const": values[0]}
        return {"enum": values}

    def _object(self, later: int, depth: int) -> Schema:
        names = self._random.sample(_FIELDS, self._one_of(1, 1, 2, 3))
        required = [name for name in names if self._maybe(2)]
        fields = {}
        for name in names:
            if name not in required and self._maybe(8):
                fields[name] = {"$ref": f"#/components/schemas/{self._one_of(*NAMES)}"}
            else:
                fields[name] = self.schema(later, depth + 1)
        schema: Schema = {"type": "object", "properties": fields}
        if required:
            schema["required"] = required
        how = self._one_of("", "", "", "closed", "open", "typed")
        if how:
            schema["additionalProperties"] = (
                {"closed": False, "open": True}.get(how) if how != "typed" else (self.schema(later, depth + 1))
            )
        if self._maybe(6) and len(names) > 1:
            each = [{"required": [name]} for name in names[:2]]
            schema |= self._one_of({"anyOf": each}, {"oneOf": each}, {"not": {"required": names[:2]}})
        if self._maybe(8):
            schema |= self._one_of({"minProperties": 1}, {"maxProperties": 1})
        return self._or_null(schema)

    def _map(self, later: int, depth: int) -> Schema:
        schema: Schema = {"type": "object"}
        if not self._maybe(4):
            schema["additionalProperties"] = self.schema(later, depth + 1)
        return self._or_null(schema)

    def _array(self, later: int, depth: int) -> Schema:
        schema: Schema = {"type": "array"}
        if self._old or not self._maybe(6):
            schema["items"] = self.schema(later, depth + 1)
        return self._or_null({**schema, **self._bounds(minItems=[1], maxItems=[1, 2], uniqueItems=[True, False])})

    def _choice(self, later: int, depth: int) -> Schema:
        options = [self.schema(later, depth + 1) for _ in range(self._one_of(1, 2, 2, 3))]
        return self._or_null({self._one_of("anyOf", "anyOf", "oneOf"): options})

    def _told(self, later: int, depth: int) -> Schema:
        """A choice in which a tag says which option a value is."""
        options = []
        for place in range(self._one_of(1, 2, 2, 3)):
            listed = [f"{mark}{place}" for mark in self._one_of("a", "a", "ab")]
            tag: Schema = {"type": "string", "enum": listed}
            if len(listed) == 1 and not self._old:
                tag = {"const": listed[0]}
            made = {key: one for key, one in self._object(later, depth + 1).items() if key in ("type", "properties")}
            fields = {**made.get("properties", {}), "kind": tag}
            needed = [name for name in fields if name == "kind" or self._maybe()]
            options.append({**made, "type": "object", "properties": fields, "required": needed})
        key = self._one_of("anyOf", "oneOf")
        return self._or_null({key: options, "discriminator": {"propertyName": "kind"}})

    def _composed(self, later: int, depth: int) -> Schema:
        """`allOf`, mostly of what can hold together."""
        kind = self._one_of(self._object, self._object, self._object, self._text, self._number, self._array)
        parts: list[Schema] = [self._part(kind, later, depth) for _ in range(self._one_of(1, 2))]
        if later < len(NAMES) and self._maybe(2):
            parts.insert(0, {"$ref": f"#/components/schemas/{self._later(later)}"})
        schema: Schema = {"allOf": parts}
        if self._maybe(3):
            schema = {**self._part(kind, later, depth), **schema}
        return {**schema, "nullable": True} if self._old and self._maybe(4) else schema

    def _part(self, kind: Any, later: int, depth: int) -> Schema:
        return {key: value for key, value in kind(later, depth).items() if key != "additionalProperties"}


class _Near:
    """Makes values that fit a schema, mostly."""

    def __init__(self, source: random.Random, schemas: dict[str, Schema]) -> None:
        self._random = source
        self._schemas = schemas

    def value(self, schema: Schema, depth: int = 0) -> Value:
        """A value near a schema."""
        if depth > 12 or self._random.random() < 0.07:
            return self._random.choice(ODD)
        if "$ref" in schema:
            return self.value(self._schemas[schema["$ref"].rpartition("/")[2]], depth + 1)
        if schema.get("nullable") and self._random.random() < 0.3:
            return None
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._random.choice(schema["enum"])
        for key in ("anyOf", "oneOf"):
            if key in schema and "type" not in schema:
                return self.value(self._random.choice(schema[key]), depth)
        if "allOf" in schema:
            return self._whole(schema, depth)
        kind = schema.get("type")
        if isinstance(kind, list):
            kind = self._random.choice(kind)
        return self._of_kind(kind, schema, depth)

    def _whole(self, schema: Schema, depth: int) -> Value:
        parts = [self.value(part, depth) for part in schema["allOf"]]
        if "type" in schema:
            parts.append(self._of_kind(schema["type"], schema, depth))
        if all(isinstance(part, dict) for part in parts):
            return {key: value for part in parts for key, value in part.items()}
        return self._random.choice(parts)

    def _of_kind(self, kind: object, schema: Schema, depth: int) -> Value:
        choice = self._random.choice
        match kind:
            case "null":
                return None
            case "boolean":
                return choice([True, False])
            case "integer":
                return choice([0, 1, 2, 3, -1, Decimal("1.0")])
            case "number":
                return choice(
                    [0, 1, 2, Decimal("1.5"), Decimal("0.25"), Decimal("1.0"), Decimal("1234567890.123456789")]
                )
            case "string":
                if schema.get("format") == "date":
                    return choice(["2026-02-28", "1999-12-31", "2026-2-28"])
                if schema.get("format") == "date-time":
                    return choice(["2026-11-21T10:00:00Z", "2026-11-21T10:00:00.25+02:00"])
                return choice(["a", "ab", "b", "bb", "aab", "", "abcd", "2026-02-28", "7"])
            case "array":
                items = schema.get("items", {})
                most = 3 if depth < 6 else 0
                return [self.value(items, depth + 1) for _ in range(self._random.randint(0, most))]
            case "object":
                return self._object(schema, depth)
            case _:
                return choice(ODD)

    def _object(self, schema: Schema, depth: int) -> Value:
        made: dict[str, Value] = {}
        for name, member in schema.get("properties", {}).items():
            needed = name in schema.get("required", ())
            if self._random.random() < (0.96 if needed else 0.6 if depth < 6 else 0):
                made[name] = self.value(member, depth + 1)
        extra = schema.get("additionalProperties", "properties" not in schema)
        if extra is not False and self._random.random() < 0.5:
            made["zz"] = self.value(extra if isinstance(extra, dict) else {}, depth + 1)
        elif self._random.random() < 0.05:
            made["zz"] = self._random.choice(ODD)
        return made
