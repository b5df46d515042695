"""What of a request's schemas the models do not enforce, and so is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.diagnostics import Consequence, Severity, rule
from generator.document.tree import Array
from generator.normalization.shapes import BOUNDS, RULES
from generator.python.typeref import applies

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from generator.diagnostics import Diagnostic, Rule
    from generator.document.grammar import Side
    from generator.document.tree import Json, Node, Object

UNSUPPORTED_KEYWORD = rule(
    "unsupported-keyword",
    Severity.ERROR,
    "a schema keyword that the models cannot enforce stands in a request",
    Consequence.UNCHECKED,
)
UNSUPPORTED_BOUND = rule(
    "unsupported-bound",
    Severity.ERROR,
    "a bound in a request cannot be checked on the Python type that the value has",
    Consequence.UNCHECKED,
)

UNSUPPORTED: Final = (
    *("contains", "minContains", "maxContains", "prefixItems", "unevaluatedProperties", "unevaluatedItems"),
    *("propertyNames", "contentSchema", "$dynamicRef"),
)
_ENFORCED: Final = (*BOUNDS, *UNSUPPORTED)


class Enforcement:
    """Finds what is not enforced, and has words for it."""

    def __init__(self, found: list[Diagnostic]) -> None:
        self._found = found

    def find(self, broken: Rule, place: Node, message: str) -> None:
        """Tell of a place."""
        self._found.append(broken.at(place.location, message, place.pointer))

    def unruled(self, node: Node, side: Side, but: Collection[str] = ()) -> list[str]:
        """What holds between the fields of an object has no meaning elsewhere that the client could check."""
        told = []
        for key in RULES if side == "request" else ():
            if key not in but and (child := node.child(key)) is not None:
                self.find(UNSUPPORTED_KEYWORD, child, f"{key!r} can be enforced between declared fields only")
                told.append(f"what `{key}` demands")
        return told

    def unenforced(self, node: Node, side: Side) -> list[str]:
        """A request must be checked as described; of a response nothing is demanded that a model cannot say."""
        told = []
        said = node.object
        for key in _ENFORCED if side == "request" else ():
            if key not in said or (key in BOUNDS and applies(key, said)):
                continue
            child = node[key]
            if key in BOUNDS:
                self.find(UNSUPPORTED_BOUND, child, f"{key!r} cannot be checked on a value of this type")
            else:
                self.find(UNSUPPORTED_KEYWORD, child, f"{key!r} cannot be enforced by the models")
            told.append(f"what `{key}` demands")
        return told


def with_unchecked(schema: Object, told: Iterable[Json]) -> Object:
    """The schema, which says what of it is not checked."""
    texts = list(dict.fromkeys(str(one) for one in told))
    return schema.changed({"x-unchecked": Array(texts, schema.location)}) if texts else schema
