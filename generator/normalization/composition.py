"""`allOf`, and a reference with something beside it: several schemas that hold at once, as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.diagnostics import Consequence, Severity, rule
from generator.document.tree import Array, Json, Node, Object
from generator.normalization.choices import lifted
from generator.normalization.intersection import intersection, same, together, with_others
from generator.normalization.shapes import ANNOTATIONS, adds_nothing, apart, array, has_fields, only_annotated
from generator.python.pattern import is_found

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic

UNSUPPORTED_COMPOSITION = rule(
    "unsupported-composition",
    Severity.ERROR,
    "schemas are combined in a way that has no Python model",
    Consequence.UNCHECKED,
)
CLOSED_PART = rule(
    "closed-part",
    Severity.WARNING,
    "a closed part of allOf refuses what other parts describe; the client does not",
    Consequence.UNCHECKED,
)

_CHOICES: Final = ("anyOf", "oneOf", "not", "if", "then", "else")


class Composer:
    """Merges schemas."""

    def __init__(self, found: list[Diagnostic]) -> None:
        self._found = found
        self._expanded: dict[str, tuple[Json, Object]] = {}
        self._open: list[str] = []

    def _report(self, place: Node, message: str) -> None:
        self._found.append(UNSUPPORTED_COMPOSITION.at(place.location, message, place.pointer))

    def expanded(self, node: Node) -> Object:
        """The schema with `allOf`, and a reference with something beside it, merged into one level.

        What a merged part says of fields together (`not`, `anyOf`, ...) is collected in `x-rules`, and the fields that
        a closed part refuses though others describe them are in `x-refused`.
        """
        # Kept, as many may build on one: else a few layers of bases cost more than anyone waits for.
        value, made = self._expanded.get(node.pointer, (None, node.object))
        if value is not node.value:
            made = self._merge_parts(node)
            self._expanded[node.pointer] = node.value, made
        return made

    def _merge_parts(self, node: Node) -> Object:
        merged = node.object.changed({}, drop=("allOf", "$ref"))
        self._open.append(node.pointer)
        for part in _parts(node):
            target = part.resolve()
            if target.reference is not None or any(f"{one}/".startswith(f"{target.pointer}/") for one in self._open):
                self._report(part, "allOf leads back to the schema that it stands in")
                continue
            if part.reference is not None and part.pointer != node.pointer:
                self._refuse_siblings(part)
            merged = self.together(merged, self.expanded(target), part)
        self._open.pop()
        return lifted(merged)

    def _refuse_siblings(self, part: Node) -> None:
        if not only_annotated(part.object):
            self._report(part, "in allOf, a $ref with other keywords beside it")

    def together(self, left: Object, right: Object, where: Node) -> Object:
        """Two schemas that hold at once, as one."""
        rest, rules = apart(right) if has_fields(left) or has_fields(right) else (right, [])
        known = left.get("x-rules")
        changes: dict[str, Json] = {}
        unchecked = [*array(left.get("x-unchecked")), *array(right.get("x-unchecked"))]
        for key, value in rest.items():
            mine = left.get(key)
            if key not in left:
                changes[key] = value
            elif key in ANNOTATIONS or mine == value or key.startswith("x-"):
                continue
            elif key in _CHOICES:
                rules.append(Object({key: value}, right.places.get(key, right.location)))
            elif (both := intersection(key, mine, value)) is not None:
                changes[key] = both
            elif key not in ("default", "xml", "discriminator"):
                self._report(where, f"allOf says two things of {key!r}")
                unchecked.append(f"the second thing that it says of `{key}`")
        fields = changes.get("properties", left.get("properties"))
        if isinstance(fields, Object):
            changes["properties"] = with_others(with_others(fields, left), right)
        if isinstance(patterns := changes.get("patternProperties", left.get("patternProperties")), Object):
            changes["patternProperties"] = self._by_pattern(patterns, left, right, where)
        refused = [*array(left.get("x-refused")), *array(right.get("x-refused"))]
        refused += [*_refused(left, right), *_refused(right, left)]
        if refused:
            changes["x-refused"] = Array(refused, where.location)
        if unchecked:
            changes["x-unchecked"] = Array(dict.fromkeys(unchecked), right.location)
        if rules:
            changes["x-rules"] = Array([*(known if isinstance(known, Array) else ()), *rules], right.location)
        made = Object({**left, **changes}, left.location, {**right.places, **left.places})
        if "const" in made and "enum" in made:
            if not any(same(made["const"], one) for one in array(made["enum"])):
                self._report(where, "allOf says two things of 'const'")
                said = [*array(made.get("x-unchecked")), "the second thing that it says of `const`"]
                made = made.changed({"x-unchecked": Array(dict.fromkeys(said), right.location)})
            made = made.changed({}, drop=("enum",))
        return made

    def _by_pattern(self, patterns: Object, left: Object, right: Object, where: Node) -> Object:
        """What is said of names that match a pattern, with what the other schema says of all that it does not name."""
        for one in (left, right):
            others, own = one.get("additionalProperties"), _members(one, "patternProperties")
            more = [pattern for pattern in patterns if pattern not in own]
            if not isinstance(others, Object) or not more:
                continue
            if own:
                self._report(where, "allOf says what names by one pattern are, and what all but those of another are")
            patterns = patterns.changed({pattern: together(patterns[pattern], others) for pattern in more})
        return patterns


def _refused(closed: Object, other: Object) -> list[Json]:
    """The fields of a schema that another one, being closed, has no place for."""
    if closed.get("additionalProperties") is not False:
        return []
    patterns = _members(closed, "patternProperties")
    known = _members(closed, "properties")
    by_name: list[Json] = [
        name
        for name in _members(other, "properties")
        if name not in known and all(is_found(one, name) is False for one in patterns)
    ]
    return by_name + [pattern for pattern in _members(other, "patternProperties") if pattern not in patterns]


def _members(schema: Object, key: str) -> dict[str, Json]:
    members = schema.get(key)
    return members if isinstance(members, Object) else {}


def _parts(node: Node) -> list[Node]:
    """The schemas that hold together with what a schema says itself."""
    return [*([node] if node.reference is not None else ()), *node.elements_of("allOf")]


def says_object(node: Node) -> bool:
    """Whether a schema that is another name for an object says that it is one."""
    said = [node, *(one for one in _parts(node) if one.reference is None)]
    return any("type" in one.object or (one is not node and says_object(one)) for one in said)


def other_name(node: Node) -> Node | None:
    """The node with the reference, where a schema is no more than another name for what that refers to."""
    parts = _parts(node)
    # Beside a reference, `type: object` and descriptions add nothing: it stays a reference.
    telling = [part for part in parts if part.reference is not None or not adds_nothing(part.object)]
    if len(telling) != 1 or not adds_nothing(node.object.changed({}, drop=("allOf", "$ref"))):
        return None
    only = telling[0]
    if only.reference is None:
        return other_name(only)
    return only if only_annotated(only.object) or only.pointer == node.pointer else None
