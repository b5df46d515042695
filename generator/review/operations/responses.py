"""What operations answer: statuses with their texts, headers, bodies and links.

A status that stands on one side alone is compared with what covers it on the other: its range (`4XX`), else `default`.
`default` stands for failures where a success is listed, for successes where none is, and covers only those. So a status
is added or removed only where nothing spoke of it. Where a range, or `default`, gives way to some statuses of its own,
less can come than before: that is said, and breaks nobody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.review import catalogue
from generator.review.change import Wire
from generator.review.nodes import keyword, listed
from generator.review.operations.contents import contents
from generator.review.operations.described import described
from generator.review.operations.difference import difference
from generator.review.operations.parameters import value, written
from generator.review.places import change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.document.tree import Node
    from generator.review.change import Change
    from generator.review.operations.matching import Pair
    from generator.review.schemas.comparison import SchemaComparison

_SUCCESS: Final = re.compile(r"[23](?:[0-9]{2}|XX)")
_IGNORED: Final = "content-type"
"""OpenAPI ignores a response header of this name: the media types say it."""


def responses(pair: Pair, schemas: SchemaComparison) -> Iterator[Change]:
    """How the answers of an operation differ."""
    base, head = _by_status(pair.base.node), _by_status(pair.head.node)
    for status in dict.fromkeys((*head, *base)):
        success = _is_success(status, head if status in head else base)
        before, after = _counterpart(status, success, base), _counterpart(status, success, head)
        if before is not None and after is not None:
            yield from _answers(before, after, status, pair, schemas)
        if before is None and after is not None:
            what = "succeed" if success else "fail"
            message = f"a call can {what} with {_named(status)}"
            rule = catalogue.SUCCESS_STATUS_ADDED if success else catalogue.FAILURE_STATUS_ADDED
            use = pair.use(f"{status} response")
            place = listed(after, pair.base.node.document)
            yield change(rule, message, after=place, side="response", uses=[use])
        if status in base and after is None:
            yield _removed(status, base, head, pair)
        # `default` can stand for successes in the base and for failures in the head: then it is two answers.
        if status == "default" and status in base and status in head and success != _is_success(status, base):
            yield _removed(status, base, head, pair)


def _by_status(operation: Node) -> dict[str, Node]:
    """Status in upper case, or `default` -> the answer as it is listed."""
    listed = operation.members_of("responses")
    return {status if status == "default" else status.upper(): node for status, node in listed if status[:2] != "x-"}


def _is_success(status: str, listed: Mapping[str, Node]) -> bool:
    if status == "default":
        return not any(_SUCCESS.fullmatch(other) for other in listed)
    return _SUCCESS.fullmatch(status) is not None


def _covers(general: str, status: str) -> bool:
    return general != status and general in ("default", f"{status[:1]}XX")


def _counterpart(status: str, success: bool, listed: Mapping[str, Node]) -> Node | None:
    """The answer that speaks of a status: itself, its range, or `default` where that stands for the like."""
    for one in (status, f"{status[:1]}XX", "default"):
        if one in listed and (one != "default" or _is_success(one, listed) == success):
            return listed[one]
    return None


def _named(status: str) -> str:
    return "any other status" if status == "default" else f"`{status}`"


def _removed(status: str, base: Mapping[str, Node], head: Mapping[str, Node], pair: Pair) -> Change:
    success = _is_success(status, base)
    rule = catalogue.SUCCESS_STATUS_REMOVED if success else catalogue.FAILURE_STATUS_REMOVED
    remaining = [one for one in head if _covers(status, one) and _is_success(one, head) == success]
    named = f"any other `{status}`" if remaining and status != "default" else _named(status)
    return change(
        rule,
        f"a call no longer {'succeeds' if success else 'fails'} with {named}",
        before=listed(base[status], pair.head.node.document),
        side="response",
        uses=[pair.use(f"{status} response")],
        wire=Wire.COMPATIBLE if remaining else None,
    )


def _answers(before: Node, after: Node, status: str, pair: Pair, schemas: SchemaComparison) -> Iterator[Change]:
    use = pair.use(f"{status} response")
    base, head = before.resolve(), after.resolve()
    yield from described(before, after, "response", [use])
    yield from contents(base, head, "response", use, schemas)
    yield from _headers(base, head, status, pair, schemas)
    old, new = dict(base.members_of("links")), dict(head.members_of("links"))
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        if (found := difference(one, other)) is not None:
            what = "another" if one and other else "new" if other else "gone"
            message = f"the link `{name}` is {what}"
            yield change(
                catalogue.CALLBACK_CHANGED,
                message,
                before=found[0] or one,
                after=found[1] or other,
                side="response",
                uses=[use],
            )


def _headers(base: Node, head: Node, status: str, pair: Pair, schemas: SchemaComparison) -> Iterator[Change]:
    old, new = _by_name(base), _by_name(head)
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        name = (after or before or base).key
        use = pair.use(f"{status} response header {name}")
        if before is None and after is not None:
            message = f"header `{name}` is new"
            place = listed(after, base.document)
            yield change(catalogue.HEADER_ADDED, message, after=place, side="response", uses=[use])
        elif before is not None and after is None:
            message = f"header `{name}` is gone"
            place = listed(before, head.document)
            yield change(catalogue.HEADER_REMOVED, message, before=place, side="response", uses=[use])
        elif before is not None and after is not None:
            yield from described(before, after, "response", [use])
            one, other = before.resolve(), after.resolve()
            if one.is_true("required") != other.is_true("required"):
                required = other.is_true("required")
                rule = catalogue.HEADER_BECAME_REQUIRED if required else catalogue.HEADER_BECAME_OPTIONAL
                message = f"header `{name}` {'always comes now' if required else 'may be missing now'}"
                places = keyword(one, "required"), keyword(other, "required")
                yield change(rule, message, before=places[0], after=places[1], side="response", uses=[use])
            yield from written(one, other, f"header `{name}`", "response", use)
            yield from value(one, other, "response", use, schemas)


def _by_name(answer: Node) -> dict[str, Node]:
    """Name in lower case -> the header as it is listed."""
    listed = answer.members_of("headers")
    return {name.lower(): header for name, header in listed if name.lower() != _IGNORED}
