"""One keyword of two schemas that hold at once: what both say together."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import jsonschema_rs

from generator.document.tree import Array, Json, Object
from generator.normalization.shapes import bare
from generator.python.pattern import is_found
from generator.python.typeref import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OF_FIELDS: Final = ("description", "deprecated", "default", "readOnly", "writeOnly")


def intersection(key: str, left: Json, right: Json) -> Json:
    """What a keyword says where it is said twice; `None` where there is no such thing."""
    both = _TOGETHER.get(key)
    return both(left, right) if both is not None else None


def _types(left: Json, right: Json) -> Json:
    ours, theirs = (list(kinds) if isinstance(kinds, Array) else [kinds] for kinds in (left, right))
    both = [kind for kind in ours if kind in theirs or (kind == "integer" and "number" in theirs)]
    both += [kind for kind in theirs if kind == "integer" and "number" in ours and kind not in both]
    if len(both) > 1 and isinstance(left, Array):
        return Array(both, left.location)
    return both[0] if both else None


def _values(left: Json, right: Json) -> Json:
    if not isinstance(left, Array) or not isinstance(right, Array):
        return None
    return Array([one for one in left if any(same(one, other) for other in right)], left.location) or None


def same(left: Json, right: Json) -> bool:
    """Whether two values are one, as JSON compares."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def together(left: Json, right: Json) -> Json:
    """Both schemas, as one that is merged when its turn comes."""
    if left is False or right is False:
        return False
    if left is True or right is True:
        return right if left is True else left
    if isinstance(left, Object) and isinstance(right, Object):
        return Object({"allOf": Array([left, right], left.location, [left.location, right.location])}, left.location)
    return None


def _members(left: Json, right: Json) -> Json:
    if not isinstance(left, Object) or not isinstance(right, Object):
        return None
    both = {name: together(left[name], right[name]) for name in left if name in right and left[name] != right[name]}
    return Object({**left, **right, **both}, left.location, {**right.places, **left.places})


def with_others(fields: Object, schema: Object) -> Object:
    """Fields that hold together with a schema, each with what that says of fields which it does not name."""
    others, known, patterns = (schema.get(key) for key in ("additionalProperties", "properties", "patternProperties"))
    if not isinstance(others, Object):
        return fields
    named = known if isinstance(known, Object) else {}
    left = [name for name in fields if name not in named and not list(_matching(patterns, name))]
    return fields.changed({name: together(fields[name], others) for name in left})


def with_patterns(fields: Object, patterns: Json) -> Object:
    """Fields, each with what is said of all whose names match a pattern."""
    found = {name: list(_matching(patterns, name)) for name in fields}
    return fields.changed({name: _and(fields[name], said) for name, said in found.items() if said})


def _matching(patterns: Json, name: str) -> Iterator[Json]:
    """What is said of a name by the patterns that it matches; one that nobody can check matches none."""
    for pattern, schema in patterns.items() if isinstance(patterns, Object) else ():
        if is_found(pattern, name):
            yield schema


def _and(field: Json, said: list[Json]) -> Json:
    """A field of which more is said; what tells of the field itself stays outside."""
    if not isinstance(field, Object):
        for one in said:
            field = together(field, one)
        return field
    kept = {key: value for key, value in field.items() if key in _OF_FIELDS or key.startswith("x-")}
    return Object({**kept, "allOf": Array([field, *said], field.location)}, field.location, field.places)


def never_both(left: Object, right: Object) -> bool:
    """Whether no value fits two schemas, by the types that they name and the values that they list."""
    if "type" in left and "type" in right and _types(left["type"], right["type"]) is None:
        return True
    said = [{key: bare(one[key]) for key in ("type", "enum", "const") if key in one} for one in (left, right)]
    listed = [*values(left), *values(right)]
    return bool(listed) and not any(jsonschema_rs.is_valid({"allOf": said}, bare(one)) for one in listed)


def _formats(left: Json, right: Json) -> Json:
    """The narrower of two, where one holds the other."""
    return next((one for one, other in _NARROWER if (left, right) in ((one, other), (other, one))), None)


def _names(left: Json, right: Json) -> Json:
    if not isinstance(left, Array) or not isinstance(right, Array):
        return None
    return Array(dict.fromkeys(map(str, (*left, *right))), left.location)


def _patterns(left: Json, right: Json) -> Json:
    """Both patterns, each to be found anywhere in the text."""
    listed = [str(left), str(right)]
    if any(re.search(r"\\[1-9k]", one) for one in listed):
        return None  # a reference counts the groups before it
    return "^" + "".join(rf"(?=[\s\S]*(?:{one}))" for one in listed)


def _multiples(left: Json, right: Json) -> Json:
    if not isinstance(left, int | Decimal) or not isinstance(right, int | Decimal):
        return None
    (a, b), (c, d) = Decimal(left).as_integer_ratio(), Decimal(right).as_integer_ratio()
    least = Decimal(math.lcm(a, c)) / math.gcd(b, d)
    return int(least) if least == least.to_integral_value() else least


def _bound(narrowest: Callable[[int | Decimal, int | Decimal], int | Decimal]) -> Callable[[Json, Json], Json]:
    def both(left: Json, right: Json) -> Json:
        return narrowest(left, right) if isinstance(left, int | Decimal) and isinstance(right, int | Decimal) else None

    return both


_NARROWER: Final = (("int32", "int64"), ("float", "double"))
_TOGETHER: Final[dict[str, Callable[[Json, Json], Json]]] = {
    **dict.fromkeys(("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"), _bound(min)),
    **dict.fromkeys(("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"), _bound(max)),
    **dict.fromkeys(("items", "additionalProperties"), together),
    **dict.fromkeys(("properties", "patternProperties"), _members),
    "type": _types,
    "enum": _values,
    "required": _names,
    "pattern": _patterns,
    "multipleOf": _multiples,
    "format": _formats,
    "uniqueItems": lambda left, right: left is True or right is True,
}
