"""What differs between lists of allowed values: enumerations, constants, open enumerations, excluded values."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from generator.review import catalogue
from generator.review.schemas.subject import several, value

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from generator.document.tree import Node
    from generator.review.schemas.facets import Facets
    from generator.review.schemas.level import Level

Values: TypeAlias = "Mapping[Hashable, Node]"
"""Listed values, each with where it stands."""


def compare_values(level: Level, facets: Sequence[tuple[Facets, Facets]]) -> None:
    """Closed lists of values; those of all types that have one on the same sides are one list."""
    for listed_before, listed_after in ((True, True), (False, True), (True, False)):
        found = [
            both
            for both in facets
            if (both[0].values is not None, both[1].values is not None) == (listed_before, listed_after)
        ]
        if found:
            before, after = (_together(both[side] for both in found) for side in (0, 1))
            _lists(level, before if listed_before else None, after if listed_after else None)


def _together(facets: Iterable[Facets]) -> Values:
    return {one: node for each in facets for one, node in (each.values or {}).items()}


def _lists(level: Level, before: Values | None, after: Values | None) -> None:
    """Two lists, of which one can be missing. What else is said of a listed value counts too, on either side."""
    gone: list[Node] = []
    new: list[Node] = []
    for one, node in {**(before or {}), **(after or {})}.items():
        was, now = level.context.accepts(level.base, level.head, node.value)
        if was is None or now is None:
            was, now = (known is None or one in known for known in (before, after))
        if was and not now:
            gone.append((before or {}).get(one, node))
        elif now and not was:
            new.append((after or {}).get(one, node))
    old, fresh = level.first("enum", "const")
    if before is None:
        level.add_inside(catalogue.ENUM_ADDED, f"{level.name} may only be {_those(after)}, was free", None, fresh)
    elif after is None:
        level.add_inside(catalogue.ENUM_REMOVED, f"{level.name} may be any value now, was {_those(before)}", old, None)
    elif len(before) == len(after) == 1 and gone and new:
        message = f"{level.name} has to be {_those(after)}, was {_those(before)}"
        level.add_inside(catalogue.CONST_CHANGED, message, gone[0], new[0])
        return
    if gone:
        message = f"{level.name} may no longer be {several(map(value, gone))}"
        level.add_inside(catalogue.ENUM_VALUE_REMOVED, message, gone[0], fresh)
    if new:
        message = f"{level.name} may also be {several(map(value, new))}"
        level.add_inside(catalogue.ENUM_VALUE_ADDED, message, old, new[0])


def compare_known(level: Level, before: Facets, after: Facets) -> None:
    """Lists beside which other values are allowed."""
    gone = [node for one, node in before.known.items() if one not in after.known]
    new = [node for one, node in after.known.items() if one not in before.known]
    if gone:
        message = f"{level.name}, an open list, no longer names {several(map(value, gone), 'and')}"
        level.add_inside(catalogue.KNOWN_VALUE_REMOVED, message, gone[0], None)
    if new:
        message = f"{level.name}, an open list, names {several(map(value, new), 'and')} too"
        level.add_inside(catalogue.KNOWN_VALUE_ADDED, message, None, new[0])


def compare_excluded(level: Level, before: Facets, after: Facets) -> None:
    """Values that `not` takes out, and that the other side does not refuse for another reason."""
    gone, new = (
        [
            node
            for one, node in facets.excluded.items()
            if one not in other.excluded
            and level.context.accepts(level.base, level.head, node.value)[side] is not False
        ]
        for facets, other, side in ((before, after, 1), (after, before, 0))
    )
    if gone:
        message = f"{level.name} may be {several(map(value, gone))} now"
        level.add_inside(catalogue.EXCLUDED_VALUE_REMOVED, message, gone[0], None)
    if new:
        message = f"{level.name} may not be {several(map(value, new))}"
        level.add_inside(catalogue.EXCLUDED_VALUE_ADDED, message, None, new[0])


def _those(values: Values | None) -> str:
    return several(map(value, values.values())) if values else "nothing"
