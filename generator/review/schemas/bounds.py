"""What differs between limits, patterns and formats of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.review import catalogue
from generator.review.rules.wording import code
from generator.review.schemas.facets import UPPER, shown
from generator.review.schemas.subject import several

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.review.catalogue import ChangeRule
    from generator.review.schemas.facets import Bound, Facets
    from generator.review.schemas.level import Level

_LONGEST: Final = 200
_LIMITS: Final[Mapping[str, tuple[ChangeRule, ChangeRule, str, str]]] = {
    "maxLength": (catalogue.MAX_LENGTH_RAISED, catalogue.MAX_LENGTH_LOWERED, "at most {} characters", "any length"),
    "minLength": (catalogue.MIN_LENGTH_RAISED, catalogue.MIN_LENGTH_LOWERED, "at least {} characters", "any length"),
    "maxItems": (catalogue.MAX_ITEMS_RAISED, catalogue.MAX_ITEMS_LOWERED, "at most {} elements", "any number of them"),
    "minItems": (catalogue.MIN_ITEMS_RAISED, catalogue.MIN_ITEMS_LOWERED, "at least {} elements", "any number of them"),
    "maxProperties": (
        catalogue.MAX_PROPERTIES_RAISED,
        catalogue.MAX_PROPERTIES_LOWERED,
        "at most {} members",
        "any number of them",
    ),
    "minProperties": (
        catalogue.MIN_PROPERTIES_RAISED,
        catalogue.MIN_PROPERTIES_LOWERED,
        "at least {} members",
        "any number of them",
    ),
    "maximum": (catalogue.MAXIMUM_RAISED, catalogue.MAXIMUM_LOWERED, "at most {}", "without an upper limit"),
    "minimum": (catalogue.MINIMUM_RAISED, catalogue.MINIMUM_LOWERED, "at least {}", "without a lower limit"),
}

_TEXT_RULES: Final = {
    "patterns": (catalogue.PATTERN_ADDED, catalogue.PATTERN_REMOVED, catalogue.PATTERN_CHANGED),
    "formats": (catalogue.FORMAT_ADDED, catalogue.FORMAT_REMOVED, catalogue.FORMAT_CHANGED),
}


def compare_limits(level: Level, before: Facets, after: Facets) -> None:
    """Lengths, sizes and numbers."""
    for word in _LIMITS:
        _limit(level, word, before.bounds.get(word), after.bounds.get(word))
    _multiples(level, before, after)


def compare_texts(level: Level, before: Facets, after: Facets) -> None:
    """Patterns, formats, and the coding of what a string holds."""
    for facet, (added, removed, changed) in _TEXT_RULES.items():
        ours, theirs = (before.patterns, after.patterns) if facet == "patterns" else (before.formats, after.formats)
        gone = {one: node for one, node in ours.items() if one not in theirs}
        new = {one: node for one, node in theirs.items() if one not in ours}
        what = "pattern" if facet == "patterns" else "format"
        old, fresh = next(iter(gone.values()), None), next(iter(new.values()), None)
        if gone and new:
            message = f"{level.name} has {what} {_texts(new)}, was {_texts(gone)}"
            level.either(changed, message, old, fresh)
        elif new:
            level.either(added, f"{level.name} has {what} {_texts(new)}, was without", old, fresh)
        elif gone:
            level.either(removed, f"{level.name} no longer has {what} {_texts(gone)}", old, fresh)
    if set(before.codings) != set(after.codings):
        nodes = [next(iter(one.codings.values()), None) for one in (before, after)]
        level.either(catalogue.CONTENT_CODING_CHANGED, f"{level.name} is coded in another way", *nodes)


def _texts(texts: Iterable[str]) -> str:
    """Patterns and formats, in full where people may want to compare them."""
    return several((code(one, _LONGEST) for one in texts), "and")


def _limit(level: Level, word: str, before: Bound | None, after: Bound | None) -> None:
    ours = (before.value, before.excluded) if before else None
    theirs = (after.value, after.excluded) if after else None
    if ours == theirs:
        return
    raised, lowered, said, unsaid = _LIMITS[word]
    if word in UPPER:
        is_raised = after is None or (
            before is not None and (after.value, not after.excluded) > (before.value, not before.excluded)
        )
    else:
        is_raised = after is not None and (
            before is None or (after.value, after.excluded) > (before.value, before.excluded)
        )
    now, was = (_limited(said, bound) if bound else unsaid for bound in (after, before))
    what = (
        f"{level.name} is {now}, was {was}" if word in ("maximum", "minimum") else f"{level.name} has {now}, was {was}"
    )
    level.either(raised if is_raised else lowered, what, before.node if before else None, after.node if after else None)


def _multiples(level: Level, before: Facets, after: Facets) -> None:
    was, now = before.multiple, after.multiple
    if was == now:
        return
    if was is None or (now is not None and (now / was).denominator == 1):
        rule = catalogue.MULTIPLE_OF_TIGHTENED
    elif now is None or (was / now).denominator == 1:
        rule = catalogue.MULTIPLE_OF_LOOSENED
    else:
        rule = catalogue.MULTIPLE_OF_CHANGED
    said = [f"a multiple of {shown(one)}" if one is not None else "any number" for one in (now, was)]
    where = level.first("multipleOf")
    level.either(rule, f"{level.name} is {said[0]}, was {said[1]}", *where)


def _limited(said: str, bound: Bound) -> str:
    text = said.format(bound)
    if bound.excluded:
        text = f"below {bound}" if text.startswith("at most") else f"above {bound}"
    return (
        text.replace(" 1 characters", " 1 character")
        .replace(" 1 elements", " 1 element")
        .replace(" 1 members", " 1 member")
    )
