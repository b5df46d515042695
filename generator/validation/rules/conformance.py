"""Whether values conform to schemas of a document, by jsonschema-rs: exact on numbers, and it says where not.

The schemas are copied once into one flat bundle that holds only well-formed keywords, so that one malformed schema,
which other rules report, neither stops nor disturbs the checking of all others.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import jsonschema_rs
import msgspec
from jsonschema_rs import Draft202012Validator

from generator.document import grammar
from generator.document.graph import graph
from generator.document.keywords import is_well_formed
from generator.document.tree import Array, Document, Json, Node, Object
from generator.document.values import declared_types
from generator.python.pattern import rich

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Side: TypeAlias = Literal["request", "response", "any"]
"""Which way a value goes: a request may leave out required `readOnly` properties, a response `writeOnly` ones."""

_FORMATS: Final = frozenset({"date", "date-time", "email"})
_VALUES: Final = frozenset(
    {"enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
_COUNTS: Final = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains"}
)
_HIDDEN: Final = {"request": ("readOnly",), "response": ("writeOnly",), "any": ("readOnly", "writeOnly")}
_LARGEST_COUNT: Final = 2**53

Plain: TypeAlias = "dict[str, Any]"


class Mismatch(msgspec.Struct, frozen=True):
    """One way in which a value does not conform; `path` leads to the failing part of the value."""

    path: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        return f"at {'/' + '/'.join(self.path)}: {self.message}" if self.path else self.message


def mismatches(document: Document, values: Iterable[tuple[Node, Node, Side]]) -> Iterator[tuple[Node, Mismatch]]:
    """Every way in which a value does not conform to its schema, as (value, mismatch); the document is a 3.1 one.

    `values` are (schema, value, side). All are checked in one go as the members of one object: to compile a schema
    costs as much as all that it leads to, so one compilation for each value would be quadratic.
    """
    bundle = _Bundle(document)
    asked = [(bundle.add(schema, side), value) for schema, value, side in values]
    schemas, names = bundle.finish(), [str(at) for at in range(len(asked))]
    refs = {name: {"$ref": f"#/$defs/{number}"} for name, (number, _) in zip(names, asked, strict=True)}
    groups = [names]
    try:
        Draft202012Validator({"$defs": schemas, "properties": refs})
    except (ValueError, jsonschema_rs.ReferencingError):
        groups = [[name] for name in names]
    for group in groups:
        instance = {name: plain(asked[int(name)][1].value) for name in group}
        properties = {name: refs[name] for name in group}
        try:
            validator = Draft202012Validator({"$defs": schemas, "properties": properties}, validate_formats=True)
            for error in validator.iter_errors(instance):
                value = asked[int(error.instance_path[0])][1]
                yield from ((value, Mismatch(each.path[1:], each.message)) for each in leaves(error))
        except (ValueError, OverflowError, jsonschema_rs.ReferencingError) as error:
            yield asked[int(group[0])][1], Mismatch((), f"this cannot be checked: {shorten(str(error))}")


class _Bundle:
    """Schemas of one document, copied flat and numbered."""

    def __init__(self, document: Document) -> None:
        self._numbers = dict[tuple[Side, str], int]()
        self._waiting = list[tuple[Side, Node, int]]()
        self._made: Plain = {}
        self._circular = {node.pointer for circle in graph(document).circles() for node in circle}

    def add(self, schema: Node, side: Side) -> int:
        """Take in a schema, and in the end all that it refers to; gives its number."""
        key = (side, schema.pointer)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            self._waiting.append((side, schema, self._numbers[key]))
        return self._numbers[key]

    def finish(self) -> Plain:
        """The schemas by number."""
        while self._waiting:
            side, node, number = self._waiting.pop()
            self._made[str(number)] = self._schema(node, side)
        return self._made

    def _schema(self, node: Node, side: Side) -> Plain | bool:
        if isinstance(node.value, bool):
            return node.value
        made: Plain = {}
        for key, member in node.members():
            if key == "$ref":
                target = node.target
                if target is not None and node.pointer not in self._circular:
                    made["$ref"] = f"#/$defs/{self.add(target, side)}"
                elif node.reference is not None and target is None:
                    return True  # nothing is known of what a dead reference allows
            elif key == "type":
                types = declared_types(node)
                made.update({"type": sorted(types)} if types else {})
            elif key == "format" and not (isinstance(member.value, str) and member.value in _FORMATS):
                continue
            elif key == "required":
                made["required"] = self._required(node, side)
            elif key in grammar.CHILDREN["schema"]:
                self._subschemas(made, key, member, side)
            elif is_well_formed(key, member.value, is_30=False):
                self._assertion(made, key, member.value)
        return made

    def _subschemas(self, made: Plain, key: str, member: Node, side: Side) -> None:
        spec = grammar.CHILDREN["schema"][key]
        if spec.startswith("[]"):
            branches = [self._schema(each, side) for each in member.elements()]
            made.update({key: branches} if branches else {})
        elif spec.startswith("{}"):
            known: dict[str, list[Plain | bool]] = {}
            for name, each in member.members():
                if (read := rich(name) if key == "patternProperties" else name) is not None:
                    known.setdefault(read, []).append(self._schema(each, side))
            made[key] = {name: each[0] if len(each) == 1 else {"allOf": each} for name, each in known.items()}
        elif isinstance(member.value, (Object, bool)):
            made[key] = self._schema(member, side)

    def _assertion(self, made: Plain, key: str, value: Json) -> None:
        if key in _VALUES or key in ("uniqueItems", "dependentRequired"):
            made[key] = plain(value)
        elif key in _COUNTS and isinstance(value, (int, Decimal)):
            made[key] = min(int(value), _LARGEST_COUNT)
        elif key == "format":
            made[key] = value
        elif key == "pattern" and isinstance(value, str) and (read := rich(value)) is not None:
            made[key] = read

    def _required(self, node: Node, side: Side) -> list[str]:
        listed = node.child("required")
        names = [each.value for each in listed.elements() if isinstance(each.value, str)] if listed else []
        return [name for name in dict.fromkeys(names) if not self._is_hidden(node.at("properties", name), side)]

    def _is_hidden(self, declared: Node | None, side: Side) -> bool:
        if declared is None:
            return False
        return any(declared.is_true(flag) or declared.resolve().is_true(flag) for flag in _HIDDEN[side])


def plain(value: Json) -> Any:
    """The value in dicts and lists proper, which are all that jsonschema-rs takes."""
    if isinstance(value, Object):
        return {key: plain(member) for key, member in value.items()}
    return [plain(element) for element in value] if isinstance(value, Array) else value


def part(node: Node, path: tuple[str, ...]) -> Node:
    """The failing part of a value; what is missing is missing from the last node that is there."""
    for step in path:
        below = node.child(step)
        if below is None:
            return node
        node = below
    return node


def leaves(error: jsonschema_rs.ValidationError) -> Iterator[Mismatch]:
    """What an error comes down to: of a union that fails, the errors of the variant that was most likely meant."""
    path = tuple(str(step) for step in error.instance_path)
    branches: list[list[jsonschema_rs.ValidationError]] = []
    if error.kind.name in ("anyOf", "oneOf"):
        branches = [branch for branch in getattr(error.kind, "context", []) if branch]
    meant = [branch for branch in branches if not _is_another_kind(branch, error)]
    if len(meant) == 1 or len(branches) == 1:
        for each in meant[0] if meant else branches[0]:
            yield from leaves(each)
    elif branches and all(branch[0].message == branches[0][0].message for branch in branches):
        yield from leaves(branches[0][0])
    elif branches:
        best = min(meant or branches, key=len)
        why = "; ".join(
            dict.fromkeys(str(Mismatch(_below(each, path), shorten(each.message, 80))) for each in best[:3])
        )
        yield Mismatch(path, f"none of {len(branches)} variants fits, the nearest not because {why}")
    elif unexpected := getattr(error.kind, "unexpected", None):
        for key in unexpected:
            yield Mismatch((*path, str(key)), "there is no such property")
    else:
        yield Mismatch(path, shorten(error.message))


def _below(error: jsonschema_rs.ValidationError, path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(step) for step in error.instance_path)[len(path) :]


def _is_another_kind(branch: list[jsonschema_rs.ValidationError], error: jsonschema_rs.ValidationError) -> bool:
    """Whether a variant fails on the value as a whole: it is another type, has another constant, or is a reference."""
    here = list(error.instance_path)
    return any(
        (each.kind.name == "type" and list(each.instance_path) == here)
        or (each.kind.name == "required" and each.message.startswith('"$ref"') and list(each.instance_path) == here)
        or (each.kind.name in ("const", "enum") and len(each.instance_path) == len(here) + 1)
        for each in branch
    )


def shorten(message: str, limit: int = 160) -> str:
    """A message without the middle of the value that it quotes; what is wrong stands at the end."""
    text = " ".join(message.partition("\n\nFailed validating")[0].split())
    return text if len(text) <= limit else f"{text[: limit // 3]} ... {text[-limit // 2 :]}"
