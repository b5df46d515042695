"""What a change leaves to be looked at, though it stops nothing: texts that still give an old bound, files of facts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from generator.document import index
from generator.document.tree import Document, Node, unescape
from generator.review.change import Hint, Wire
from generator.review.prose import limits, singular

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from generator.review.change import Change
    from generator.review.prose import Direction, Limit

Kind: TypeAlias = Literal["length", "items", "members", "number", "total"]

_BOUNDS: Final[Mapping[str, tuple[Kind, Direction]]] = {
    "maxLength": ("length", "upper"),
    "minLength": ("length", "lower"),
    "maxItems": ("items", "upper"),
    "minItems": ("items", "lower"),
    "maxProperties": ("members", "upper"),
    "minProperties": ("members", "lower"),
    "maximum": ("number", "upper"),
    "exclusiveMaximum": ("number", "upper"),
    "minimum": ("number", "lower"),
    "exclusiveMinimum": ("number", "lower"),
    "multipleOf": ("number", "either"),
}
_TOTAL: Final = "x-max-total-items"
_OF_TOTALS: Final[tuple[Kind, Direction]] = ("total", "upper")
_UNITS: Final[Mapping[Kind, frozenset[str]]] = {
    "length": frozenset(("character", "char", "letter", "digit", "symbol", "sign")),
    "items": frozenset(("item", "element", "entry", "row", "value")),
    "members": frozenset(("member", "field", "property", "key", "attribute")),
}
_OTHER_UNITS: Final = frozenset(
    ("second", "minute", "hour", "day", "week", "month", "year", "byte", "kilobyte", "megabyte", "percent", "%", "time")
)
_MOST_NAMED: Final = 6
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def hints(changes: Iterable[Change], base: Document, head: Document, facts: str | None) -> tuple[Hint, ...]:
    """All that is worth a look, each once: first texts, by their place, then the file of facts.

    `facts` is the path of a file that restates what the description says of its properties; `None` where there is none.
    """
    known = tuple(changes)
    texts = dict.fromkeys(hint for one in known for hint in _stale(one, base, head))
    ordered = sorted(texts, key=lambda one: (one.location is None, one.location))
    return (*ordered, *_facts(known, facts))


def _facts(changes: Iterable[Change], facts: str | None) -> Iterator[Hint]:
    """That properties change which another file restates."""
    places = (one.place for one in changes if one.wire is not Wire.DOCS)
    names = list(dict.fromkeys(name for place in places if place is not None and (name := _property(place.pointer))))
    if facts is not None and names:
        named = ", ".join(f"`{name}`" for name in names[:_MOST_NAMED])
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        yield Hint(f"`{facts}` restates the facts of the description: change them there too for {named}{more}")


def _property(pointer: str) -> str:
    """`Pet.name` for what stands at or in a property of a component; empty for the rest."""
    found = re.match(r"/components/schemas/([^/]+)/(?:.*/)?properties/([^/]+)", pointer)
    return ".".join(map(unescape, found.groups())) if found else ""


# -- texts that give a bound as it was --------------------------------------------------------------------------------


class _Bound(msgspec.Struct, frozen=True):
    """A bound that is another in the head, and what texts call the value that it holds for."""

    kind: Kind
    direction: Direction
    was: Decimal
    now: Decimal | None
    name: str


def _stale(change: Change, base: Document, head: Document) -> Iterator[Hint]:
    """The texts of the head that give the old value of the bound that a change is about."""
    before = base.find(change.before.pointer) if change.before else None
    after = head.find(change.after.pointer) if change.after else None
    if before is None or after is None or (found := _bound(before, after)) is None:
        return
    bound, schema = found
    for is_own, text in _texts(schema, bound, change, head):
        for limit in limits(str(text.value)):
            if _fits(limit, bound, is_own=is_own):
                now = "there is none any more" if bound.now is None else f"it is {bound.now:,f}"
                message = f'the text still says "{limit.text}": the bound was {bound.was:,f}, {now}'
                yield Hint(message, text.location)


def _bound(before: Node, after: Node) -> tuple[_Bound, Node] | None:
    """The bound that changes between two keywords, and the schema of the head that it belongs to."""
    *_, holder, word = ["", *before.pointer.split("/")]
    kinds = _OF_TOTALS if unescape(holder) == _TOTAL else _BOUNDS.get(word)
    was, now = _number(before), _number(after)
    above = after.pointer if now is None else after.pointer.rpartition("/")[0]  # without a bound it is the schema
    schema = after.document.find(above.removesuffix(f"/{_TOTAL}"))
    if kinds is None or was is None or schema is None or was == now:
        return None
    name = unescape(word).rpartition(".")[2] if kinds == _OF_TOTALS else _name(schema)
    return _Bound(*kinds, was, now, name), schema


def _number(node: Node) -> Decimal | None:
    value = node.value
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _name(schema: Node) -> str:
    """What a schema is the value of: a property, a parameter, a header; else its own name."""
    *above, last = schema.pointer.split("/")
    if last == "schema" and (holder := schema.document.find("/".join(above))) is not None:
        return holder.text("name") or holder.key
    if last in ("items", "additionalProperties") and (holder := schema.document.find("/".join(above))) is not None:
        return _name(holder)
    return unescape(last)


def _texts(schema: Node, bound: _Bound, change: Change, head: Document) -> Iterator[tuple[bool, Node]]:
    """Texts that may speak of a bound; whether they are about the value itself, or about something that holds it."""
    referring = (node for _, node in index.of(head).references)
    own = [schema, *(one for one in referring if (target := one.target) and target.pointer == schema.pointer)]
    outer: list[Node] = []
    for node in own.copy():
        steps = node.pointer.split("/")
        while len(steps) > 3 and steps[-1] in ("items", "schema", "additionalProperties"):
            steps.pop()
            own += [found for found in (head.find("/".join(steps)),) if found is not None]
        if len(steps) > 3 and steps[-2] == "properties":
            outer += [found for found in (head.find("/".join(steps[:-2])),) if found is not None]
    if bound.kind == "total":
        outer += [node for _, node in schema.members_of("properties")]
    outer += _operations({use.operation for use in change.uses}, head)
    outer += [found for found in (head.node.child("info"),) if found is not None]
    seen = set[str]()
    for is_own, holders in ((True, own), (False, outer)):
        for holder in holders:
            for key in ("summary", "description"):
                text = holder.child(key)
                if text is not None and isinstance(text.value, str) and text.pointer not in seen:
                    seen.add(text.pointer)
                    yield is_own, text


def _operations(named: Collection[str], head: Document) -> Iterator[Node]:
    """Operations by method and path, each with its body."""
    for one in index.of(head).operations:
        if str(one) in named:
            yield one.node
            yield from (body.resolve() for body in (one.node.child("requestBody"),) if body is not None)


def _fits(limit: Limit, bound: _Bound, *, is_own: bool) -> bool:
    """Whether a number in a text is a bound as it was, and not another number that happens to be the same."""
    if limit.value != bound.was or limit.is_rate or limit.is_total != (bound.kind == "total"):
        return False
    if bound.now is not None and any(one.value == bound.now for one in limits(limit.sentence)):
        return False  # it tells of both
    noun = limit.counted[0] if limit.counted else ""
    is_unit = noun in _UNITS.get(bound.kind, ())
    if not (_is_bound(limit, bound) or (is_own and is_unit and limit.direction == "none")):
        return False
    names = [singular(one.lower()) for one in _WORD.findall(bound.name)]
    is_named = bool(names) and names[-1] in limit.counted
    if noun in _foreign(bound.kind) and not is_named:
        return False
    if bound.kind == "total" or (bound.kind == "items" and not is_own):
        return is_named
    if is_own:
        return bound.kind != "length" or is_unit or noun in ("", "in", "long")
    spelled = [re.escape(bound.name), " ".join(f"{re.escape(one)}s?" for one in names)]
    return bool(names) and re.search(rf"\b(?:{'|'.join(spelled)})\b", limit.sentence, re.IGNORECASE) is not None


def _is_bound(limit: Limit, bound: _Bound) -> bool:
    """Whether the words around a number make it a bound, in the same direction."""
    return limit.direction != "none" and (
        "either" in (limit.direction, bound.direction) or limit.direction == bound.direction
    )


def _foreign(kind: Kind) -> frozenset[str]:
    """Units of which a bound of that kind is none."""
    if kind == "number":
        return _UNITS["length"] | _UNITS["members"]
    return _OTHER_UNITS.union(*(some for other, some in _UNITS.items() if other != kind))
