"""`x-` members of corresponding places: which ones mean something on the wire, and what a change of each does.

What each extension means, and on which side, is told in `generator/README.md`. On the other side it means nothing:
there it is a note to readers, like every extension that the generator does not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from generator.document.tree import Array, Json, Object
from generator.document.values import canonical, is_number, show
from generator.review import catalogue
from generator.review.places import change

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from generator.document.grammar import Side
    from generator.document.tree import Node
    from generator.review.catalogue import ChangeRule
    from generator.review.change import Change, Use


class _Meaning(msgspec.Struct, frozen=True):
    """What a change of an extension is, and the side on which it is that; `None`: on both."""

    rule: ChangeRule
    side: Side | None = None


RETRY: Final = "x-retry"
TOTAL: Final = "x-max-total-items"
VERSION: Final = "x-minimum-version"

MEANINGS: Final[Mapping[str, _Meaning]] = {
    "x-failure": _Meaning(catalogue.EXTENSION_MEANING_CHANGED, "response"),
    "x-batch": _Meaning(catalogue.EXTENSION_MEANING_CHANGED, "response"),
    "x-echo": _Meaning(catalogue.EXTENSION_CHANGED, "response"),
    "x-error-field": _Meaning(catalogue.EXTENSION_MEANING_CHANGED, "response"),
    "x-datetime-format": _Meaning(catalogue.EXTENSION_MEANING_CHANGED),
    "x-idempotency-key": _Meaning(catalogue.EXTENSION_MEANING_CHANGED, "request"),
    "x-idempotency-key-lifetime": _Meaning(catalogue.EXTENSION_CHANGED, "request"),
    RETRY: _Meaning(catalogue.EXTENSION_CHANGED),
    "x-error-categories": _Meaning(catalogue.EXTENSION_CHANGED, "response"),
    "x-correlation-id": _Meaning(catalogue.EXTENSION_CHANGED, "request"),
    "x-rate-limit": _Meaning(catalogue.EXTENSION_CHANGED, "response"),
    "x-property-group": _Meaning(catalogue.EXTENSION_CHANGED),
    "x-alternative-names": _Meaning(catalogue.EXTENSION_CHANGED, "response"),
    "x-python-name": _Meaning(catalogue.EXTENSION_CHANGED),
    TOTAL: _Meaning(catalogue.EXTENSION_TIGHTENED, "request"),
    VERSION: _Meaning(catalogue.EXTENSION_TIGHTENED, "request"),
}
"""The extensions that the generator reads. The two that bound requests are loosened as well as tightened."""

_FLAGS: Final = frozenset(("x-failure", "x-idempotency-key", "x-correlation-id"))
"""Those that are `true` or left out: `false` says what is so anyway."""


def compare_extensions(
    base: Sequence[Node],
    head: Sequence[Node],
    side: Side | None,
    uses: Sequence[Use],
    without: frozenset[str] = frozenset(),
) -> Iterator[Change]:
    """How the `x-` members of two places that correspond differ; each may be made of several objects, outermost first.

    `without` names those that are compared elsewhere.
    """
    old, new = _members(base), _members(head)
    for name in sorted({*old, *new} - without):
        before, after = old.get(name, ()), new.get(name, ())
        meant = _means_something(name, side)
        if name == TOTAL and meant:
            yield from _totals(before, after, side, uses)
        elif name == VERSION and meant:
            yield from _versions(before, after, side, uses)
        else:
            yield from compare_extension(
                name, before[0] if before else None, after[0] if after else None, side, uses, meant=meant
            )


def compare_extension(
    name: str, before: Node | None, after: Node | None, side: Side | None, uses: Sequence[Use], *, meant: bool = True
) -> Iterator[Change]:
    """How one `x-` member differs, taken as a whole; `meant`: whether it means something where it stands."""
    if before is not None and after is not None and _key(name, before.value) == _key(name, after.value):
        return
    if before is None and after is None:
        return
    rule = MEANINGS[name].rule if meant and name in MEANINGS else catalogue.READER_EXTENSION_CHANGED
    if before is None:
        message = f"`{name}` is new: {_shown(after)}"
    elif after is None:
        message = f"`{name}` is gone, was {_shown(before)}"
    elif _shown(before) == _shown(after):
        message = f"`{name}` is another"
    else:
        message = f"`{name}` is {_shown(after)}, was {_shown(before)}"
    yield change(rule, message, before=before, after=after, side=side, uses=uses)


def _means_something(name: str, side: Side | None) -> bool:
    meaning = MEANINGS.get(name)
    return meaning is not None and (meaning.side is None or meaning.side == side)


def _members(nodes: Sequence[Node]) -> dict[str, tuple[Node, ...]]:
    """Extension -> its nodes, outermost first."""
    found: dict[str, tuple[Node, ...]] = {}
    for node in nodes:
        for name, value in node.object.items():
            if name.startswith("x-") and not (name in _FLAGS and value is False):
                found[name] = (*found.get(name, ()), node[name])
    return found


def _key(name: str, value: Json) -> Hashable:
    """What two values share that say the same; the statuses after which to try again are a set."""
    if name == RETRY and isinstance(value, Object) and isinstance(listed := value.get("statuses"), Array):
        rest = {key: canonical(member) for key, member in value.items() if key != "statuses"}
        return frozenset(map(canonical, listed)), frozenset(rest.items())
    return canonical(value)


def _shown(node: Node | None) -> str:
    """A value in words, of bounded length."""
    value = None if node is None else node.value
    if isinstance(value, Array) and len(value) <= 6 and not any(isinstance(one, Object | Array) for one in value):
        text = ", ".join(show(one) for one in value)
        return text if value and len(text) <= 60 else show(value)
    if isinstance(value, Object) and len(value) == 1:
        (key,) = value
        inner = _shown(node[key] if node is not None else None)
        return f"{key} {inner}" if len(key) + len(inner) < 60 else show(value)
    return " ".join(show(value).split())


def _totals(before: Sequence[Node], after: Sequence[Node], side: Side | None, uses: Sequence[Use]) -> Iterator[Change]:
    old, new = _limits(before), _limits(after)
    for path in dict.fromkeys((*new, *old)):
        (was, place_before), (now, place_after) = old.get(path, (None, None)), new.get(path, (None, None))
        if was == now:
            continue
        tightened = was is None or (now is not None and now < was)
        if now is None:
            message = f"`{path}` may hold any number of elements in all, was at most {was:,}"
        else:
            message = f"`{path}` may hold at most {now:,} elements in all, was {'any number' if was is None else was}"
        yield change(
            catalogue.EXTENSION_TIGHTENED if tightened else catalogue.EXTENSION_LOOSENED,
            message,
            before=place_before or _first(before),
            after=place_after or _first(after),
            side=side,
            uses=uses,
        )


def _limits(nodes: Sequence[Node]) -> dict[str, tuple[int | Decimal, Node]]:
    """Path -> the least limit, and where it stands: several objects hold at once."""
    found: dict[str, tuple[int | Decimal, Node]] = {}
    for node in nodes:
        for path, limit in node.members():
            value = limit.value
            if is_number(value) and (path not in found or value < found[path][0]):
                found[path] = value, limit
    return found


def _versions(
    before: Sequence[Node], after: Sequence[Node], side: Side | None, uses: Sequence[Use]
) -> Iterator[Change]:
    """Header -> least version: later is stricter. Another header is one bound more and one less."""
    old, new = _by_header(before), _by_header(after)
    for header in dict.fromkeys((*new, *old)):
        was, now = old.get(header), new.get(header)
        if was is not None and now is not None and _parts(was) == _parts(now):
            continue
        tightened = was is None or (now is not None and _parts(now) > _parts(was))
        name = (now or was or before[0]).text("header")
        if now is None:
            message = f"may be sent with every `{name}`, was from {was.text('version') if was else ''} on"
        else:
            earlier = "every one" if was is None else f"from {was.text('version')} on"
            message = f"may be sent with `{name}` from {now.text('version')} on, was {earlier}"
        yield change(
            catalogue.EXTENSION_TIGHTENED if tightened else catalogue.EXTENSION_LOOSENED,
            message,
            before=was or _first(before),
            after=now or _first(after),
            side=side,
            uses=uses,
        )


def _by_header(nodes: Sequence[Node]) -> dict[str, Node]:
    """Header in lower case -> the mark with the latest version: several objects hold at once."""
    found: dict[str, Node] = {}
    for node in nodes:
        header = node.text("header").lower()
        if header not in found or _parts(node) > _parts(found[header]):
            found[header] = node
    return found


def _parts(mark: Node) -> tuple[int, ...]:
    """A version as numbers, without zeros at its end: 2.10 is later than 2.9, and 2.0 is 2."""
    numbers = [int(part) if part.isascii() and part.isdecimal() else 0 for part in mark.text("version").split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _first(nodes: Sequence[Node]) -> Node | None:
    return nodes[0] if nodes else None
