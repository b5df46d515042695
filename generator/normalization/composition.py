"""`allOf`, and a reference with something beside it: several schemas that hold at once, as one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from generator.diagnostics import Severity, rule
from generator.document.tree import Array, Json, Node, Object
from generator.normalization.shapes import ANNOTATIONS, adds_nothing, apart, both_types, only_annotated

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.diagnostics import Diagnostic, Location
    from generator.document.grammar import Side

UNSUPPORTED_COMPOSITION = rule(
    "unsupported-composition", Severity.ERROR, "schemas are combined in a way that has no Python model"
)

_NARROWEST: Final = {
    **dict.fromkeys(("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"), min),
    **dict.fromkeys(("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"), max),
}


class Composer:
    """Merges schemas. `refer` gives the named schema that a node refers to, unless it is the one called `hint`."""

    def __init__(self, found: list[Diagnostic], refer: Callable[[Node, Side, str], Object | None]) -> None:
        self._found = found
        self._refer = refer
        self._merged: dict[tuple[str, Side, str], Object] = {}

    def _report(self, location: Location, message: str) -> None:
        self._found.append(UNSUPPORTED_COMPOSITION.at(location, message))

    def merged(self, node: Node, side: Side, hint: str) -> Object:
        """The schema with `allOf`, and a reference with something beside it, merged into one level.

        What a merged part says of fields together (`not`, `anyOf`, ...) is collected in `x-rules`.
        """
        # Kept, as many may build on one: else a few layers of bases cost more than anyone waits for.
        key = (node.pointer, side, hint)
        if key not in self._merged:
            self._merged[key] = self._merge_parts(node, side, hint)
        return self._merged[key]

    def _merge_parts(self, node: Node, side: Side, hint: str) -> Object:
        value = node.object
        holder = node.child("allOf")
        parts = list(holder.elements()) if holder is not None else []
        if node.reference is not None:
            parts.insert(0, node)
        own = value.changed({}, drop=("allOf", "$ref"))
        if not parts:
            return own
        # Beside a reference, `type: object` and descriptions add nothing: it stays a reference.
        telling = [part for part in parts if part.reference is not None or not adds_nothing(part.object)]
        if len(telling) == 1 and adds_nothing(own):
            only = telling[0]
            if only.reference is not None and only_annotated(only.object):
                if (reference := self._refer(only, side, hint)) is not None:
                    return reference
            elif only.reference is None:
                merged = self.merged(only, side, hint)
                return merged.changed({key: own[key] for key in own if key not in merged})
        merged = own
        for part in parts:
            target = part.resolve()
            if target.reference is not None or f"{node.pointer}/".startswith(f"{target.pointer}/"):
                self._report(part.location, "allOf leads back to the schema that it stands in")
                continue
            if part.reference is not None and part.pointer != node.pointer:
                self._refuse_siblings(part)
            merged = self._merge(merged, self.merged(target, side, hint), part)
        return merged

    def _refuse_siblings(self, part: Node) -> None:
        if not only_annotated(part.object):
            self._report(part.location, "in allOf, a $ref with other keywords beside it")

    def _merge(self, left: Object, right: Object, where: Node) -> Object:
        """Two schemas that hold at once, as one."""
        rest, rules = apart(right)
        known = left.get("x-rules")
        changes: dict[str, Json] = {}
        if rules:
            changes["x-rules"] = Array([*(known if isinstance(known, Array) else ()), *rules], right.location)
        for key, value in rest.items():
            mine = left.get(key)
            if mine is None:
                changes[key] = value
            elif key in ANNOTATIONS or mine == value or key.startswith("x-"):
                continue
            elif key == "type" and (both := both_types(mine, value)) is not None:
                changes[key] = both
            elif key in ("properties", "patternProperties") and isinstance(mine, Object) and isinstance(value, Object):
                changes[key] = self._merge_members(mine, value, where)
            elif key == "required" and isinstance(mine, Array) and isinstance(value, Array):
                changes[key] = Array(dict.fromkeys(map(str, (*mine, *value))), mine.location)
            elif key in _NARROWEST and isinstance(mine, int | Decimal) and isinstance(value, int | Decimal):
                changes[key] = _NARROWEST[key](mine, value)
            elif key == "additionalProperties":
                changes[key] = False if mine is False else value
            elif key not in ("default", "xml"):
                self._report(where.location, f"allOf says two things of {key!r}")
        return Object({**left, **changes}, left.location, {**right.places, **left.places})

    def _merge_members(self, left: Object, right: Object, where: Node) -> Object:
        merged: dict[str, Json] = {**left}
        for name, value in right.items():
            mine = merged.get(name, value)
            if mine == value:
                merged[name] = value
            elif isinstance(mine, Object) and isinstance(value, Object) and "$ref" not in (*mine, *value):
                merged[name] = self._merge(mine, value, where)
            elif not (
                isinstance(mine, Object) and "$ref" in mine and isinstance(value, Object) and only_annotated(value)
            ):
                self._report(where.location, f"allOf says two things of {name!r}")
        return Object(merged, left.location, {**right.places, **left.places})
