"""A fragment of JSON Schema in one form of several that mean the same. A leaf of this package.

Not every equality is seen: what two forms differ in here may still mean the same, never the other way round.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.document.grammar import CHILDREN
from generator.document.tree import Array, Json, Node, Object
from generator.normalization.shapes import ANNOTATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Location

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | Decimal | bool | None"
"""A JSON value in dicts and lists proper, which are all that jsonschema-rs takes."""

MAX_SCHEMAS: Final = 500
"""References are followed until so many schemas are read: they may double at every step."""
MAX_REFERENCES: Final = 20
"""So many references are followed within each other."""

_SILENT: Final = ANNOTATIONS | {
    *("default", "readOnly", "writeOnly", "xml", "discriminator"),
    *("$id", "$schema", "$anchor", "$dynamicAnchor", "$vocabulary", "$defs", "definitions"),
}
_TRIVIAL: Final[tuple[tuple[str, Plain], ...]] = (
    *(("minLength", 0), ("minItems", 0), ("minProperties", 0), ("uniqueItems", False)),
    *(("required", []), ("dependentRequired", {}), ("dependentSchemas", {}), ("properties", {})),
)
_ALONE: Final = frozenset(
    (
        *("type", "enum", "format", "pattern", "minLength", "maxLength", "multipleOf", "not", "anyOf", "oneOf"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "uniqueItems"),
        *("required", "minProperties", "maxProperties", "propertyNames", "dependentRequired", "dependentSchemas"),
    )
)
"""Keywords that mean the same whatever stands beside them."""


def is_assertion(keyword: str) -> bool:
    """Whether a keyword says anything about values: annotations and extensions do not."""
    return keyword not in _SILENT and not keyword.startswith("x-")


def canonical(schema: Node) -> Plain:
    """`True`, `False` or an object: the fragment without annotations, sorted, with references followed.

    `const: x` is `enum: [x]`; an enumeration needs no `type` beside it; `allOf` of one is that one. A reference to a
    schema that is still open is `{"$ref": "#n"}`, the n-th from outside, so that names do not matter. One that leads
    nowhere, or too far, stays as it is.
    """
    return Reader().schema(schema)


def text(value: Plain) -> str:
    """A value as JSON on one line, keys sorted, each number in one way only."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{text(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(text, value)) + "]"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number(value)
    return json.dumps(value)


def read(written: str) -> Plain:
    """The value that `text` wrote."""
    value: Plain = json.loads(written, parse_float=Decimal)
    return value


def number(value: int | Decimal) -> str:
    """A number without needless zeros; in powers of ten where there would be many."""
    sign, digits, exponent = Decimal(value).as_tuple()
    if not isinstance(exponent, int):
        return str(value)
    written = "".join(map(str, digits)).lstrip("0")
    kept = written.rstrip("0")
    exponent += len(written) - len(kept)
    if not kept:
        return "0"
    if 0 <= exponent <= 30:
        kept += "0" * exponent
    elif -30 <= exponent < 0:
        kept = kept.rjust(1 - exponent, "0")
        kept = f"{kept[:exponent]}.{kept[exponent:]}"
    else:
        kept += f"E{exponent}"
    return "-" * sign + kept


def plain(value: Json) -> Plain:
    """Data without its places."""
    if isinstance(value, Object):
        return {key: plain(member) for key, member in value.items()}
    return [plain(member) for member in value] if isinstance(value, Array) else value


def placed(value: Plain, location: Location) -> Json:
    """Data as descriptions have it, all of it in one place."""
    if isinstance(value, dict):
        return Object({key: placed(member, location) for key, member in value.items()}, location)
    return Array((placed(element, location) for element in value), location) if isinstance(value, list) else value


def together(parts: Iterable[Plain]) -> Plain:
    """What several canonical fragments say at once."""
    apart: list[Plain] = []
    for part in sorted(_flat("allOf", parts), key=text):
        if part is False:
            return False
        if part is not True and part not in apart:
            apart.append(part)
    bound = [part for part in apart if not (isinstance(part, dict) and set(part) <= _ALONE)]
    merged: dict[str, Plain] = {}
    kept = bound
    if len(bound) == 1 and isinstance(bound[0], dict) and not set(bound[0]) & {"allOf", "$ref"}:
        merged, kept = bound[0], []
    for part in apart:
        if isinstance(part, dict) and part not in bound:
            if set(part) & set(merged):
                kept = [*kept, part]
            else:
                merged = {**merged, **part}
    if len(kept) == 1 and not merged:
        return kept[0]
    kept.sort(key=text)
    made = tidied(merged)
    if not kept or made is False:
        return made
    if isinstance(made, dict) and len(made) < len(merged):
        return together([made, *kept])
    return {**made, "allOf": kept} if isinstance(made, dict) else {"allOf": kept}


def tidied(made: dict[str, Plain]) -> Plain:
    """An object of canonical parts with what several keywords say together said once."""
    made = {key: value for key, value in made.items() if (key, value) not in _TRIVIAL}
    if "if" not in made or not ("then" in made or "else" in made):
        made = {key: value for key, value in made.items() if key not in ("if", "then", "else")}
    _list_values(made)
    for word in ("anyOf", "oneOf"):
        _choose(word, made)
    if made.get("not") is False:
        del made["not"]
    if made.get("not") is True or made.get("enum") == [] or False in [made.get(word) for word in ("anyOf", "oneOf")]:
        return False
    inner = made.get("not")
    if set(made) == {"not"} and isinstance(inner, dict) and set(inner) == {"not"}:
        return inner["not"]
    parts = made.pop("allOf", None)
    for word in ("anyOf", "oneOf"):
        options = made.get(word)
        if isinstance(options, list) and len(options) == 1:
            parts = [*(parts if isinstance(parts, list) else []), options[0]]
            del made[word]
    if isinstance(parts, list):
        return together([tidied(made), *parts])
    return made or True


def _list_values(made: dict[str, Plain]) -> None:
    """`const`, `enum` and `type` in one form."""
    kinds = made.get("type")
    if isinstance(kinds, list):
        listed = [kind for kind in _sorted(kinds) if not (kind == "integer" and "number" in kinds)]
        made["type"] = kinds = listed[0] if len(listed) == 1 else listed
    values = made.get("enum")
    if "const" in made:
        only = made.pop("const")
        values = [one for one in values if text(one) == text(only)] if isinstance(values, list) else [only]
    if isinstance(values, list):
        allowed = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else None
        made["enum"] = [one for one in _sorted(values) if allowed is None or set(types(one)) & set(map(str, allowed))]
        made.pop("type", None)


def types(value: Plain) -> tuple[str, ...]:
    """The types of JSON Schema that a value has: a whole number has two."""
    match value:
        case bool():
            return ("boolean",)
        case int():
            return ("integer", "number")
        case Decimal():
            return ("integer", "number") if value == value.to_integral_value() else ("number",)
        case str():
            return ("string",)
        case None:
            return ("null",)
        case list():
            return ("array",)
        case _:
            return ("object",)


def _choose(word: str, made: dict[str, Plain]) -> None:
    options = made.get(word)
    if not isinstance(options, list):
        return
    if word == "anyOf":
        options = _sorted(_flat("anyOf", options))
    options = sorted((one for one in options if one is not False), key=text)
    if word == "anyOf" and True in options:
        del made[word]
    else:
        made[word] = options or False


def _flat(word: str, parts: Iterable[Plain]) -> list[Plain]:
    listed: list[Plain] = []
    for part in parts:
        inner = part.get(word) if isinstance(part, dict) and set(part) == {word} else None
        listed += _flat(word, inner) if isinstance(inner, list) else [part]
    return listed


def _sorted(values: Iterable[Plain]) -> list[Plain]:
    """Each value once, by its text."""
    by_text = {text(one): one for one in values}
    return [by_text[one] for one in sorted(by_text)]


class Reader:
    """Reads a fragment as `canonical` does, and counts the schemas on the way; `left` is how many it may still read."""

    def __init__(self, left: int = MAX_SCHEMAS, references: int = MAX_REFERENCES) -> None:
        self.left = left
        self.references = references

    def schema(self, node: Node, opened: tuple[str, ...] = ()) -> Plain:
        """A schema, within the targets of references that are `opened`."""
        if not opened:
            if node.reference is not None and not any(is_assertion(key) for key in node.object if key != "$ref"):
                node = node.resolve()
            opened = (node.pointer,)
        if not isinstance(node.value, Object):
            return node.value is not False
        self.left -= 1
        made: dict[str, Plain] = {
            key: self._keyword(key, member, opened)
            for key, member in node.members()
            if is_assertion(key) and key != "$ref"
        }
        own = tidied(made)
        target = node.reference
        return own if target is None else together([self._referred(node, target, opened), own])

    def _referred(self, node: Node, target: str, opened: tuple[str, ...]) -> Plain:
        found = node.document.find(target)
        if found is not None and found.pointer in opened:
            return {"$ref": f"#{opened.index(found.pointer)}"}
        if found is None or self.left <= 0 or len(opened) > self.references:
            return {"$ref": target}
        return self.schema(found, (*opened, found.pointer))

    def _keyword(self, key: str, node: Node, opened: tuple[str, ...]) -> Plain:
        kind = CHILDREN["schema"].get(key)
        if kind == "schema":
            return self.schema(node, opened)
        if kind == "{}schema":
            return {name: self.schema(member, opened) for name, member in node.members()}
        if kind == "[]schema":
            return [self.schema(element, opened) for element in node.elements()]
        value = plain(node.value)
        if key == "required" and isinstance(value, list):
            return _sorted(value)
        if key == "dependentRequired" and isinstance(value, dict):
            return {name: _sorted(names) if isinstance(names, list) else names for name, names in value.items()}
        return value
