"""Enumerations and constants, as the models have them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import jsonschema_rs

from generator.document.tree import Array, Object, remembered
from generator.normalization.enforcement import UNSUPPORTED_KEYWORD, with_unchecked
from generator.normalization.shapes import ANNOTATIONS, array, bare, kinds, nullable, opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.document.grammar import Side
    from generator.document.tree import Document, Json, Node
    from generator.normalization.enforcement import Enforcement


def enumerated(own: Node, side: Side, enforcement: Enforcement) -> Object:
    """An enumeration or a constant: of strings, whole numbers and truths, of numbers, or of anything."""
    flat = with_unchecked(own.object, [*array(own.object.get("x-unchecked")), *enforcement.unruled(own, side)])
    key = "enum" if "enum" in flat else "const"
    values = array(flat[key]) if key == "enum" else [flat[key]]
    words = {word: one for word, one in flat.items() if word != key and word not in ANNOTATIONS}
    said = {word: bare(one) for word, one in words.items() if word[:2] != "x-"}
    if side == "response":
        said = {"type": said["type"]} if "type" in said else {}  # bounds say nothing of what an answer may be
    elif _refers(said):
        said["components"] = _components(own.document)
    timely = flat.get("format") in ("date", "date-time")
    fitting = _fitting(said, values, timely=timely)
    real = Array([one for one in fitting if one is not None], flat.location)
    kept = {word: value for word, value in flat.items() if word in ANNOTATIONS or word.startswith("x-")}
    if not fitting:
        if side == "request":
            enforcement.find(UNSUPPORTED_KEYWORD, own[key], "no value fits what is said beside it")
            return with_unchecked(
                Object(kept, flat.location, flat.places), [f"its `{key}`, of which no value fits the rest"]
            )
        return Object(kept, flat.location, flat.places)
    exact = all(isinstance(one, str | int) for one in real)
    numbers = all(isinstance(one, int | Decimal) and not isinstance(one, bool) for one in real)
    if not real:
        return Object({**kept, "type": "null"}, flat.location, flat.places)
    made: dict[str, Json] = {}
    if numbers and (not exact or kinds(flat) == ["number"]):
        made = {"type": "number", **({"enum": real} if side == "request" else {})}
    elif exact:
        made = {"const": real[0]} if key == "const" else {"enum": real}
    elif side == "request":
        made = {"enum": real}
    schema = Object({**kept, **made}, flat.location, flat.places)
    if side == "response" and exact:
        schema = opened(schema)
    return nullable(schema, flat.location) if None in fitting else schema


@remembered
def _components(document: Document) -> object:
    """What references lead to."""
    found = document.node.child("components")
    return bare(found.value) if found is not None else {}


def _refers(said: object) -> bool:
    """Whether a schema refers to another one."""
    if isinstance(said, dict):
        return "$ref" in said or any(map(_refers, said.values()))
    return isinstance(said, list) and any(map(_refers, said))


def _fitting(said: dict[str, object], values: Iterable[Json], *, timely: bool) -> list[Json]:
    """The values that fit what is said; of what no engine reads, nobody knows that it does not."""
    try:
        validator = jsonschema_rs.validator_for(said, validate_formats=timely)
    except (ValueError, OverflowError, jsonschema_rs.ReferencingError):
        return list(values)
    return [one for one in values if _fits(validator, one)]


def _fits(validator: jsonschema_rs.Validator, value: Json) -> bool:
    try:
        return validator.is_valid(bare(value))
    except (ValueError, OverflowError):
        return True
