"""What differs between limits, patterns and formats of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.review import catalogue
from generator.review.catalogue import NARROWER, WIDER
from generator.review.evidence.languages import Long, Matching
from generator.review.rules.terms import code
from generator.review.schemas.facets import UPPER, shown
from generator.review.schemas.subject import several
from generator.review.schemas.texts import is_implied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.document.tree import Node
    from generator.review.catalogue import ChangeRule, Verdicts
    from generator.review.schemas.facets import Bound, Facets
    from generator.review.schemas.level import Level

_LONGEST: Final = 200
_LIMITS: Final[Mapping[str, tuple[ChangeRule, ChangeRule, str, str]]] = {
    "maxLength": (catalogue.MAX_LENGTH_RAISED, catalogue.MAX_LENGTH_LOWERED, "at most {} characters", "any length"),
    "minLength": (catalogue.MIN_LENGTH_RAISED, catalogue.MIN_LENGTH_LOWERED, "at least {} characters", "any length"),
    "maxItems": (
        catalogue.MAX_ITEMS_RAISED,
        catalogue.MAX_ITEMS_LOWERED,
        "at most {} elements",
        "any number of elements",
    ),
    "minItems": (
        catalogue.MIN_ITEMS_RAISED,
        catalogue.MIN_ITEMS_LOWERED,
        "at least {} elements",
        "any number of elements",
    ),
    "maxProperties": (
        catalogue.MAX_PROPERTIES_RAISED,
        catalogue.MAX_PROPERTIES_LOWERED,
        "at most {} members",
        "any number of members",
    ),
    "minProperties": (
        catalogue.MIN_PROPERTIES_RAISED,
        catalogue.MIN_PROPERTIES_LOWERED,
        "at least {} members",
        "any number of members",
    ),
    "maximum": (catalogue.MAXIMUM_RAISED, catalogue.MAXIMUM_LOWERED, "at most {}", "without an upper limit"),
    "minimum": (catalogue.MINIMUM_RAISED, catalogue.MINIMUM_LOWERED, "at least {}", "without a lower limit"),
}

_TEXT_RULES: Final = {
    "pattern": (catalogue.PATTERN_ADDED, catalogue.PATTERN_REMOVED, catalogue.PATTERN_CHANGED),
    "format": (catalogue.FORMAT_ADDED, catalogue.FORMAT_REMOVED, catalogue.FORMAT_CHANGED),
}

_WIDENED: Final[Mapping[tuple[str, ...], Verdicts]] = {
    ("int32", "int64"): WIDER,
    ("int64", "int32"): NARROWER,
    ("float", "double"): WIDER,
    ("double", "float"): NARROWER,
}
"""Formats of which one holds all numbers of the other."""


def compare_limits(level: Level, before: Facets, after: Facets) -> None:
    """Lengths, sizes and numbers."""
    for word in _LIMITS:
        _limit(level, word, before, after)
    _multiples(level, before, after)


def compare_texts(level: Level, before: Facets, after: Facets) -> None:
    """Patterns, formats, and the coding of what a string holds."""
    gone, new = _apart(before.patterns, after.patterns)
    stricter = {one: node for one, node in new.items() if not is_implied(level, before, Matching(one))}
    looser = {one: node for one, node in gone.items() if not is_implied(level, after, Matching(one))}
    if not (gone and new):
        gone, new = looser, stricter
    if stricter or looser:
        one_way = WIDER if not stricter else NARROWER if not looser else None
        _change(level, "pattern", gone, new, one_way)
    gone, new = _apart(before.formats, after.formats)
    _change(level, "format", gone, new, _WIDENED.get((*gone, *new)))
    if set(before.codings) != set(after.codings):
        nodes = [next(iter(one.codings.values()), None) for one in (before, after)]
        level.add_inside(catalogue.CONTENT_CODING_CHANGED, f"{level.name} is coded in another way", *nodes)


def _apart(before: Mapping[str, Node], after: Mapping[str, Node]) -> tuple[dict[str, Node], dict[str, Node]]:
    """What only one of the sides says: that of the base, and that of the head."""
    gone = {one: node for one, node in before.items() if one not in after}
    return gone, {one: node for one, node in after.items() if one not in before}


def _change(
    level: Level, what: str, gone: Mapping[str, Node], new: Mapping[str, Node], one_way: Verdicts | None
) -> None:
    """`one_way`: the verdicts, where one side is known to hold the other; only asked for where both say something."""
    added, removed, changed = _TEXT_RULES[what]
    old, fresh = next(iter(gone.values()), None), next(iter(new.values()), None)
    if gone and new:
        level.add_inside(changed, f"{level.name} has {what} {_texts(new)}, was {_texts(gone)}", old, fresh)
        if one_way is not None:
            level.changes[-1] = replace(level.changes[-1], wire=one_way[level.side == "response"])
    elif new:
        level.add_inside(added, f"{level.name} has {what} {_texts(new)}, was without", old, fresh)
    elif gone:
        level.add_inside(removed, f"{level.name} no longer has {what} {_texts(gone)}", old, fresh)


def _texts(texts: Iterable[str]) -> str:
    """Patterns and formats, in full where people may want to compare them."""
    return several((code(one, _LONGEST) for one in texts), "and")


def _limit(level: Level, word: str, base: Facets, head: Facets) -> None:
    before, after = base.bounds.get(word), head.bounds.get(word)
    ours = (before.value, before.excluded) if before else None
    theirs = (after.value, after.excluded) if after else None
    if ours == theirs:
        return
    raised, lowered, template, unlimited = _LIMITS[word]
    if word in UPPER:
        is_raised = after is None or (
            before is not None and (after.value, not after.excluded) > (before.value, not before.excluded)
        )
    else:
        is_raised = after is not None and (
            before is None or (after.value, after.excluded) > (before.value, before.excluded)
        )
    is_looser = is_raised is (word in UPPER)
    stricter = before if is_looser else after
    if word in ("maxLength", "minLength") and stricter is not None:
        length = int(stricter.value)
        demanded = Long(0, length) if word in UPPER else Long(length, None)
        if is_implied(level, head if is_looser else base, demanded):
            return
    now, was = (_limited(template, bound) if bound else unlimited for bound in (after, before))
    what = (
        f"{level.name} is {now}, was {was}" if word in ("maximum", "minimum") else f"{level.name} has {now}, was {was}"
    )
    level.add_inside(
        raised if is_raised else lowered, what, before.node if before else None, after.node if after else None
    )


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
    texts = [f"a multiple of {shown(one)}" if one is not None else "any number" for one in (now, was)]
    where = level.first("multipleOf")
    level.add_inside(rule, f"{level.name} is {texts[0]}, was {texts[1]}", *where)


def _limited(template: str, bound: Bound) -> str:
    text = template.format(bound)
    if bound.excluded:
        text = f"below {bound}" if text.startswith("at most") else f"above {bound}"
    return (
        text.replace(" 1 characters", " 1 character")
        .replace(" 1 elements", " 1 element")
        .replace(" 1 members", " 1 member")
    )
