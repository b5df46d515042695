"""Values near a schema."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import random

Schema: TypeAlias = dict[str, Any]
Value: TypeAlias = Any  # JSON, numbers as int and Decimal

ODD: Final[tuple[Value, ...]] = (
    *(None, True, False, 0, 1, 2, -3, Decimal("1.0"), Decimal("1.5"), Decimal("1234567890.123456789")),
    *("", "a", "ab", "zz", "1.50", "abcd", "2026-02-28", "2026-02-30", "2026-11-21T10:00:00Z", "2026-11-21T10:00:00"),
    *([], {}, [None], [1, 1], ["a", "a"], {"a": None}, {"a": 1}, {"zz": "a"}),
)
"""What values of other schemas look like."""


class Near:
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
        for pattern, member in schema.get("patternProperties", {}).items():
            name = {"^z": "zz", "y$": "x-y", "^p-": "p-1"}[pattern]
            if name not in made and self._random.random() < 0.5:
                made[name] = self.value(member, depth + 1)
        extra = schema.get("additionalProperties", "properties" not in schema)
        if "zz" in made:
            return made
        if extra is not False and self._random.random() < 0.5:
            made["zz"] = self.value(extra if isinstance(extra, dict) else {}, depth + 1)
        elif self._random.random() < 0.05:
            made["zz"] = self._random.choice(ODD)
        return made
