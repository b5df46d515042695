"""What differs between lists of allowed values: enumerations, constants, open enumerations, excluded values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.review import catalogue
from generator.review.schemas.subject import several, value

if TYPE_CHECKING:
    from generator.document import Node
    from generator.review.schemas.facets import Facets
    from generator.review.schemas.level import Level


def compare_values(level: Level, before: Facets, after: Facets) -> None:
    """Closed lists, of which one side may have none. What else is said of a listed value counts too, on either side."""
    gone: list[Node] = []
    new: list[Node] = []
    for one, node in {**(before.values or {}), **(after.values or {})}.items():
        was, now = level.comparison.accepts(level.base, level.head, node.value)
        if was is None or now is None:
            was, now = (facets.values is None or one in facets.values for facets in (before, after))
        if was and not now:
            gone.append((before.values or {}).get(one, node))
        elif now and not was:
            new.append((after.values or {}).get(one, node))
    old, fresh = level.first("enum", "const")
    if before.values is None:
        level.either(catalogue.ENUM_ADDED, f"{level.name} may only be {_those(after)}, was free", None, fresh)
    elif after.values is None:
        level.either(catalogue.ENUM_REMOVED, f"{level.name} may be any value now, was {_those(before)}", old, None)
    elif len(before.values) == len(after.values) == 1 and gone and new:
        message = f"{level.name} has to be {_those(after)}, was {_those(before)}"
        level.either(catalogue.CONST_CHANGED, message, gone[0], new[0])
        return
    if gone:
        message = f"{level.name} may no longer be {several(map(value, gone))}"
        level.either(catalogue.ENUM_VALUE_REMOVED, message, gone[0], fresh)
    if new:
        message = f"{level.name} may also be {several(map(value, new))}"
        level.either(catalogue.ENUM_VALUE_ADDED, message, old, new[0])


def compare_known(level: Level, before: Facets, after: Facets) -> None:
    """Lists beside which other values are allowed."""
    gone = [node for one, node in before.known.items() if one not in after.known]
    new = [node for one, node in after.known.items() if one not in before.known]
    if gone:
        message = f"{level.name}, an open list, no longer names {several(map(value, gone), 'and')}"
        level.either(catalogue.KNOWN_VALUE_REMOVED, message, gone[0], None)
    if new:
        message = f"{level.name}, an open list, names {several(map(value, new), 'and')} too"
        level.either(catalogue.KNOWN_VALUE_ADDED, message, None, new[0])


def compare_excluded(level: Level, before: Facets, after: Facets) -> None:
    """Values that `not` takes out."""
    gone = [node for one, node in before.excluded.items() if one not in after.excluded]
    new = [node for one, node in after.excluded.items() if one not in before.excluded]
    if gone:
        message = f"{level.name} may be {several(map(value, gone))} now"
        level.either(catalogue.EXCLUDED_VALUE_REMOVED, message, gone[0], None)
    if new:
        message = f"{level.name} may not be {several(map(value, new))}"
        level.either(catalogue.EXCLUDED_VALUE_ADDED, message, None, new[0])


def _those(facets: Facets) -> str:
    return several(map(value, (facets.values or {}).values())) if facets.values else "nothing"
