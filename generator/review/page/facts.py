"""What a schema says, as short facts for a reader, each with the pointer of the keyword that says it.

`layers` is how a schema is read: itself, what its `$ref` leads to, and the branches of its `allOf`, since all of them
hold for the same value. So a reference, an inlined copy and an `allOf` of one read alike. Rules between fields, and
conditions that no short fact can say, are told in the words of the messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from generator.document.tree import Array, Json, Node, Object
from generator.review.nodes import part, reached
from generator.review.page.extensions import extension, plain
from generator.review.rules import fragments, logic
from generator.review.rules.descriptions import describe
from generator.review.rules.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Kind: TypeAlias = Literal["type", "name", "must", "value", "bound", "condition", "extension", "text"]

_VALUES: Final = 200  # of an enumeration
_BOUNDS: Final = {
    "format": "{}",
    "minLength": "min length {}",
    "maxLength": "max length {}",
    "pattern": "matches {}",
    "minimum": "≥ {}",
    "exclusiveMinimum": "> {}",
    "maximum": "≤ {}",
    "exclusiveMaximum": "< {}",
    "multipleOf": "multiple of {}",
    "minItems": "min items {}",
    "maxItems": "max items {}",
    "minProperties": "min fields {}",
    "maxProperties": "max fields {}",
    "contentEncoding": "encoded as {}",
    "contentMediaType": "of type {}",
}
_FLAGS: Final = {
    "deprecated": "deprecated",
    "readOnly": "read only",
    "writeOnly": "write only",
    "uniqueItems": "unique items",
}
_RULES: Final = frozenset(("anyOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas"))
_CONDITIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "not": (),
    "if": ("then", "else"),
    "dependentSchemas": (),
    "contains": ("minContains", "maxContains"),
    "propertyNames": (),
    "unevaluatedItems": (),
}
"""Keywords that are told as conditions where they are no rules between fields, and those that go with each."""
_SILENT: Final = frozenset(("description", "title", "$comment"))
_BELOW: Final = frozenset(
    (
        *("type", "properties", "required", "items", "prefixItems", "allOf", "patternProperties", "$ref", "$defs"),
        *("enum", "anyOf", "oneOf", "then", "else", "minContains", "maxContains"),
    )
)
"""Keywords that are shown in another way."""
_ONCE: Final = frozenset(("description", "title", "default", "example", "examples", "deprecated"))
"""Keywords of which the outermost layer has the last word."""


class Fact(msgspec.Struct, frozen=True):
    """Something short that holds of an element; `pointer` is empty for what no single keyword says."""

    pointer: str
    text: str
    kind: Kind = "bound"


class FieldRule(msgspec.Struct, frozen=True):
    """A rule between fields, in words; code in it stands in backticks."""

    pointer: str
    text: str
    description: Fact | None = None


def layers(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """All schemas that hold for a value as these do: through `$ref` and `allOf`, rules between fields left out."""
    start = tuple(nodes)
    declared = fields(reached(start, lambda node: _beside(node, node.elements_of("allOf"))))

    def beside(node: Node) -> Iterator[Node]:
        return _beside(node, (one for one in node.elements_of("allOf") if not _relates(one, declared)))

    return reached(start, beside)


def _beside(node: Node, branches: Iterable[Node]) -> Iterator[Node]:
    if (referred := node.target) is not None:
        yield referred
    yield from branches


def fields(of: Iterable[Node]) -> frozenset[str]:
    """The members that schemas declare."""
    return frozenset(name for one in of for name, _ in one.members_of("properties"))


def items(of: Sequence[Node]) -> tuple[Node, ...]:
    """The layers of the elements of an array, from the layers of the array."""
    return layers(found for one in of if (found := one.child("items")) is not None)


def of_schema(of: Sequence[Node]) -> Iterator[Fact]:
    """Everything that the layers of a schema say of the value itself and, of an array, of each element."""
    if name := _name(of):
        yield Fact("", name, "name")
    if name := type_name(of):
        holder = next((one for one in of if isinstance(one.value, Object) and "type" in one.value), of[0])
        yield Fact(f"{holder.pointer}/type", name, "type")
    yield from _own(of, "")
    each = items(of)
    if each and each[0].pointer not in {one.pointer for one in of}:
        yield from (fact for fact in _own(each, "each ") if fact.kind != "text")
        yield from (Fact(fact.pointer, f"Each: {fact.text}", "text") for fact in _own(each, "") if fact.kind == "text")


def _name(of: Sequence[Node]) -> str:
    """The name of the component that is read, if it has one."""
    homes = (one for one in of if one.pointer.startswith("/components/schemas/") and one.pointer.count("/") == 3)
    return next((one.key for one in homes), "")


def _own(of: Sequence[Node], prefix: str) -> Iterator[Fact]:
    seen = set[str]()
    declared = fields(of)
    for layer in of:
        for key, member in layer.members():
            again = key if key in _ONCE or key.startswith("x-") else f"{key} {_json(member.value)}"
            if again not in seen and not (key in _RULES and _is_rule(layer, key, declared)):
                seen.add(again)
                yield from _facts_of(key, layer, prefix)


def _facts_of(key: str, layer: Node, prefix: str) -> Iterator[Fact]:
    member = layer[key]
    value, pointer = member.value, member.pointer
    if key in _BOUNDS:
        yield Fact(pointer, prefix + _BOUNDS[key].format(plain(value)))
    elif key in _FLAGS:
        if value is True:
            yield Fact(pointer, prefix + _FLAGS[key], "must")
    elif key == "enum":
        yield from (Fact(one.pointer, plain(one.value), "value") for one in list(member.elements())[:_VALUES])
    elif key == "const":
        yield Fact(pointer, f"{prefix}always {plain(value)}", "value")
    elif key == "default":
        yield Fact(pointer, f"{prefix}default {plain(value)}")
    elif key in ("additionalProperties", "unevaluatedProperties"):
        if isinstance(value, bool):
            yield Fact(pointer, prefix + ("other fields allowed" if value else "no other fields"))
    elif key == "discriminator":
        yield Fact(pointer, f"told apart by {member.text('propertyName')}")
        yield from (Fact(one.pointer, f"{name} → {plain(one.value)}") for name, one in member.members_of("mapping"))
    elif key == "description":
        yield Fact(pointer, str(value), "text")
    elif key == "title":
        yield Fact(pointer, f"“{value}”", "extension")
    elif key in ("example", "examples"):
        shown = [member] if key == "example" or not isinstance(value, Array) else list(member.elements())
        yield from (Fact(one.pointer, f"e.g. {plain(one.value)}", "extension") for one in shown)
    elif key in _CONDITIONS:
        yield Fact(pointer, prefix + describe(part(layer, key, *_CONDITIONS[key])), "condition")
    elif key.startswith("x-"):
        yield Fact(pointer, prefix + extension(key, member), "extension")
    elif key not in _BELOW | _SILENT:
        yield Fact(pointer, f"{prefix}{key}: {plain(value)}", "extension")


def type_name(of: Sequence[Node], depth: int = 3) -> str:
    """The type of a value in short words, such as `array of string` or `string or null`; empty if it is not said."""
    if not of:
        return "anything"
    kinds = next((one.value["type"] for one in of if isinstance(one.value, Object) and "type" in one.value), None)
    known = [str(one) for one in kinds] if isinstance(kinds, Array) else [str(kinds)] if kinds is not None else []
    keys = {key for one in of for key, _ in one.members()}
    if not known:
        if any(one.value is False for one in of):
            return "nothing"
        known = ["object"] if keys & {"properties", "patternProperties"} else ["array"] if "items" in keys else []
    if "array" in known and "items" in keys and depth:
        each = items(of)
        inner = _name(each) or type_name(each, depth - 1) or "anything"
        known = [f"array of {inner}" if one == "array" else one for one in known]
    return " or ".join(known) or ("" if keys - _SILENT else "anything")


def rules(of: Sequence[Node]) -> Iterator[FieldRule]:
    """The rules between fields that the layers of an object state, each as it is written."""
    declared = fields(of)
    for layer in of:
        for key in [key for key in layer.object if key in _RULES and _is_rule(layer, key, declared)]:
            if key not in ("then", "else"):  # said by `if`
                yield from _field_rule(part(layer, key, *_CONDITIONS.get(key, ())), layer[key].pointer)
        for branch in layer.elements_of("allOf"):
            if _relates(branch, declared):
                text = branch.child("description")
                fact = Fact(text.pointer, str(text.value), "text") if text is not None else None
                yield from _field_rule(branch, branch.pointer, fact)


def is_union(layer: Node, key: str, of: Sequence[Node]) -> bool:
    """Whether `anyOf` or `oneOf` of a layer offers schemas to choose from, and does not only relate fields."""
    return layer.child(key) is not None and not _is_rule(layer, key, fields(of))


def _field_rule(rule: Node, pointer: str, description: Fact | None = None) -> Iterator[FieldRule]:
    found = sentences(logic.implicates([logic.formula(rule)]))
    if found:
        yield FieldRule(pointer, "; ".join(one.text for one in found), description)


def _relates(node: Node, declared: Collection[str]) -> bool:
    """Whether a schema does nothing but relate fields."""
    keys = node.object.keys() - _SILENT
    return bool(keys) and keys <= _RULES and all(_is_rule(node, key, declared) for key in keys)


def _is_rule(node: Node, key: str, declared: Collection[str]) -> bool:
    """Whether a keyword does nothing but relate fields."""
    if key in ("then", "else"):
        return node.child("if") is not None and _is_rule(node, "if", declared)
    rule = part(node, key, *_CONDITIONS.get(key, ()))
    return _names_fields(rule) and logic.is_about_fields(rule, declared)


def _names_fields(node: Node) -> bool:
    """Whether fields are named in a schema itself: a choice of components is no rule, whatever they say."""
    return any(key in one.object for one in node.walk() for key in ("required", "properties", "dependentRequired"))


def _json(value: Json) -> str:
    return fragments.text(fragments.plain(value))
