"""What a schema says, as short facts for a reader, each with the pointer of the keyword that says it.

`layers` is how a schema is read: itself, what its `$ref` leads to, and the branches of its `allOf`, since all of them
hold for the same value. So a reference, an inlined copy and an `allOf` of one read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from generator.condition import UnsayableError, condition
from generator.document import Array, Json, Node, Object
from generator.ir import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Kind: TypeAlias = Literal["type", "name", "must", "value", "bound", "extension", "text"]

SHOWN: Final = 100
"""Characters of a value in JSON that are shown."""
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
_SILENT: Final = frozenset(("description", "title", "$comment"))
_BELOW: Final = frozenset(
    ("type", "properties", "required", "items", "prefixItems", "allOf", "patternProperties", "$ref", "$defs", "enum")
)
"""Keywords that are shown in another way."""
_ONCE: Final = frozenset(("description", "title", "default", "example", "examples", "deprecated"))
"""Keywords of which the outermost layer has the last word."""
_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.:/ -]*(?<! )")
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
_COUNTED: Final = {"AnyOf": "at least one of {}", "OneOf": "exactly one of {}"}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something short that holds of an element; `pointer` is empty for what no single keyword says."""

    pointer: str
    text: str
    kind: Kind = "bound"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A rule between fields, in words."""

    pointers: tuple[str, ...]
    words: str
    description: Fact | None


def layers(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """All schemas that hold for a value as these do: through `$ref` and `allOf`, rules between fields left out."""
    found = dict[str, Node]()

    def visit(node: Node) -> None:
        if node.pointer in found:
            return
        found[node.pointer] = node
        target = node.document.find(node.reference) if node.reference is not None else None
        if target is not None:
            visit(target)
        for branch in node.elements_of("allOf"):
            if not _is_rule(branch):
                visit(branch)

    for node in nodes:
        visit(node)
    return tuple(found.values())


def items(of: Sequence[Node]) -> tuple[Node, ...]:
    """The layers of the elements of an array, from the layers of the array."""
    return layers(found for one in of if (found := one.child("items")) is not None)


def of_schema(of: Sequence[Node]) -> Iterator[Fact]:
    """Everything that the layers of a schema say of the value itself and, of an array, of each element."""
    if name := _name(of):
        yield Fact("", name, "name")
    if words := type_words(of):
        holder = next((one for one in of if isinstance(one.value, Object) and "type" in one.value), of[0])
        yield Fact(f"{holder.pointer}/type", words, "type")
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
    for layer in of:
        for key, member in layer.members():
            again = key if key in _ONCE or key.startswith("x-") else f"{key} {json(member.value)}"
            if again not in seen and not (key in _RULES and _is_rule(layer, key)):
                seen.add(again)
                yield from _said(key, member, prefix)


def _said(key: str, member: Node, prefix: str) -> Iterator[Fact]:
    value, pointer = member.value, member.pointer
    if key in _BOUNDS:
        yield Fact(pointer, prefix + _BOUNDS[key].format(value if isinstance(value, str) else json(value)))
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
    elif key not in _BELOW | _SILENT | {"anyOf", "oneOf"}:
        yield Fact(pointer, f"{prefix}{key}: {plain(value)}", "extension")


def type_words(of: Sequence[Node], depth: int = 3) -> str:
    """The type of a value in short words, such as `array of string` or `string or null`; empty if it is not said."""
    if not of:
        return "anything"
    said = next((one.value["type"] for one in of if isinstance(one.value, Object) and "type" in one.value), None)
    known = [str(one) for one in said] if isinstance(said, Array) else [str(said)] if said is not None else []
    keys = {key for one in of for key, _ in one.members()}
    if not known:
        if any(one.value is False for one in of):
            return "nothing"
        known = ["object"] if keys & {"properties", "patternProperties"} else ["array"] if "items" in keys else []
    if "array" in known and "items" in keys and depth:
        each = items(of)
        inner = _name(each) or type_words(each, depth - 1) or "anything"
        known = [f"array of {inner}" if one == "array" else one for one in known]
    return " or ".join(known) or ("" if keys - _SILENT else "anything")


def rules(of: Sequence[Node]) -> Iterator[FieldRule]:
    """The rules between fields that the layers of an object state, each as it is written."""
    for layer in of:
        if isinstance(layer.value, Object):
            for key in [key for key in layer.value if key in _RULES and _is_rule(layer, key)]:
                if key in ("then", "else"):
                    continue  # said by `if`
                kept = (key, "then", "else") if key == "if" else (key,)
                only = Object({one: layer.value[one] for one in kept if one in layer.value}, layer.location)
                yield FieldRule((layer[key].pointer,), _words(condition(only)), None)
        for branch in layer.elements_of("allOf"):
            if _is_rule(branch):
                text = branch.child("description")
                said = Fact(text.pointer, str(text.value), "text") if text is not None else None
                yield FieldRule((branch.pointer,), _words(condition(branch.value)), said)


def is_union(layer: Node, key: str) -> bool:
    """Whether `anyOf` or `oneOf` offers schemas to choose from, and does not only relate fields."""
    return layer.child(key) is not None and not _is_rule(layer, key)


def _is_rule(node: Node, key: str | None = None) -> bool:
    """Whether a schema, or one keyword of it, does nothing but relate fields, in a way that can be said."""
    if not isinstance(node.value, Object) or node.reference is not None:
        return False
    keys = {key} if key is not None else node.value.keys() - _SILENT
    if not keys or not keys <= _RULES:
        return False
    if keys <= {"then", "else"}:
        return "if" in node.value and _is_rule(node, "if")
    kept = keys | ({"then", "else"} & node.value.keys() if "if" in keys else set())
    try:
        condition(Object({one: value for one, value in node.value.items() if one in kept}, node.location))
    except UnsayableError:
        return False
    return True


def _words(rule: Condition) -> str:
    inner = [_words(one) for one in rule.arguments if isinstance(one, Condition)]
    names = [str(one) for one in rule.arguments if not isinstance(one, Condition)]
    match rule.kind:
        case "Present":
            return " and ".join(names)
        case "Not" if isinstance(one := rule.arguments[0], Condition) and one.kind == "Present":
            return f"no {inner[0]}" if len(one.arguments) == 1 else f"not {inner[0]} together"
        case "Not":
            return f"not ({inner[0]})"
        case "AnyOf" | "OneOf":
            return _COUNTED[rule.kind].format(", ".join(inner))
        case "AllOf":
            return "; ".join(inner)
        case "When":
            return f"with {inner[0]}: {inner[1]}"
        case "In":
            values = ", ".join(plain(one) for one in rule.arguments[1:] if not isinstance(one, Condition))
            return f"{names[0]} is {'one of ' if len(rule.arguments) > 2 else ''}{values}"
        case "Inside":
            return f"in {names[0]}: {inner[0]}"
        case "Count":
            least, most = rule.arguments
            return f"at least {least} fields" if most is None else f"at most {most} fields"
        case _:
            return f"{rule.kind}({', '.join([*names, *inner])})"


def plain(value: Json) -> str:
    """A value as people write it: a text without quotation marks, unless it could be taken for something else."""
    is_word = isinstance(value, str) and _WORD.fullmatch(value) and value not in ("true", "false", "null")
    return str(value) if is_word else json(value)


def json(value: Json, shown: int = SHOWN) -> str:
    """A value as JSON on one line, cut where it is long."""
    text = _ENCODER.encode(value).decode()
    return text if len(text) <= shown else f"{text[:shown]}…"
