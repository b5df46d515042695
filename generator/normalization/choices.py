"""Several choices that hold at once, as one: each option of it is one of every choice, taken together.

Of `anyOf` at least one holds, so at least one combination does. Of `oneOf` exactly one holds in each, so exactly one
combination does. Where there are both, each combination of the `oneOf` is a choice of those of the `anyOf`. Rules that
hold beside them hold in each.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Json, Node, Object
from generator.normalization.intersection import never_both
from generator.normalization.shapes import ANNOTATIONS, array, speaks_of

if TYPE_CHECKING:
    from collections.abc import Callable

_KEYS: Final = ("anyOf", "oneOf")
_MOST: Final = 64
"""So many combinations are made at most."""


def lifted(flat: Object) -> Object:
    """A merged schema, with a choice among its rules that brings fields of its own as its choice again.

    A choice of the schema itself that is but about its own fields is a rule then.
    """
    fields, rules = flat.get("properties"), array(flat.get("x-rules"))
    declared = set(fields) if isinstance(fields, Object) else set[str]()
    first = next((one for one in rules if _is_choice(one) and not speaks_of(one, declared)), None)
    own = [key for key in _KEYS if key in flat]
    if (
        not isinstance(first, Object)
        or "discriminator" in flat
        or not all(speaks_of(flat[key], declared) for key in own)
    ):
        return flat
    rest = [one for one in rules if one is not first]
    rest += [Object({key: flat[key]}, flat.places.get(key, flat.location)) for key in own]
    chosen = {key: first[key] for key in _KEYS if key in first}
    kept: dict[str, Json] = {"x-rules": Array(rest, flat.location)} if rest else {}
    return flat.changed({}, drop=(*own, "x-rules")).changed({**chosen, **kept})


def joined(node: Node, expanded: Callable[[Node], Object]) -> Object | None:
    """A schema with one choice in place of several, and of rules beside them; `expanded` merges `allOf`.

    None where there are no such, too many combinations, or none that anything could fit.
    """
    flat = node.object
    rules = [one for one in array(flat.get("x-rules")) if isinstance(one, Object)]
    said = [flat, *filter(_is_choice, rules)]
    others: list[Json] = [one for one in rules if not _is_choice(one)]
    found = [(key, [*_options(node, one, key)]) for one in said for key in _KEYS if key in one]
    is_torn = any("if" not in one and ("then" in one or "else" in one) for one in rules)
    if not found or len(found) + len(others) < 2 or is_torn or "discriminator" in flat:
        return None
    each = {key: [options for kind, options in found if kind == key] for key in _KEYS}
    if prod(len(options) for _, options in found) > _MOST:
        return None
    made = {key: _combined(each[key], expanded) for key in _KEYS}
    key = "oneOf" if each["oneOf"] else "anyOf"
    combinations = made[key]
    if each["oneOf"] and each["anyOf"]:
        combinations = [[_choice([[*one, *other] for other in made["anyOf"]], node)] for one in made["oneOf"]]
    if not combinations or not (made["anyOf"] or not each["anyOf"]):
        return None
    options = [_both([*one, *others], node) for one in combinations]
    return flat.changed({key: Array(options, node.location)}, drop=("x-rules", *(one for one in _KEYS if one != key)))


def _is_choice(rule: Json) -> bool:
    return isinstance(rule, Object) and any(key in rule for key in _KEYS) and not set(rule) - {*_KEYS, *ANNOTATIONS}


def _options(node: Node, said: Object, key: str) -> list[Node]:
    return [*Node(node.document, node.pointer, said, node.location).elements_of(key)]


def _combined(choices: list[list[Node]], expanded: Callable[[Node], Object]) -> list[list[Json]]:
    """Every combination of one option of each choice that something can fit."""
    made: list[list[Json]] = []
    for parts in product(*choices) if choices else ():
        flats = [expanded(one) for one in parts]
        if not any(never_both(one, other) for place, one in enumerate(flats) for other in flats[:place]):
            made.append([one.value for one in parts])
    return made


def _choice(combinations: list[list[Json]], at: Node) -> Json:
    return Object({"anyOf": Array([_both(one, at) for one in combinations], at.location)}, at.location)


def _both(parts: list[Json], at: Node) -> Json:
    """Schemas that hold at once; one that stands alone is itself."""
    if len(parts) == 1:
        return parts[0]
    return Object({"allOf": Array(parts, at.location, [at.location for _ in parts])}, at.location)
