"""Where an API is served: the servers of an operation, of its path item, or of the whole, whichever comes first.

Without any, it is served at `/`. Two addresses are the same when they differ only in the case of scheme and host, in a
port that the scheme has anyway, in a slash at the end, or in the names of variables. Relative addresses are taken as
they stand, and the order of servers counts for nothing. An address with variables is as good as all that it can become.
"""

from __future__ import annotations

import re
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

import msgspec

from generator.document.tree import Array, Node, Object
from generator.review import catalogue
from generator.review.annotations import compare_annotations
from generator.review.nodes import keyword
from generator.review.operations.addresses import VARIABLE, address, joined
from generator.review.operations.described import described
from generator.review.places import change
from generator.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.review.change import Change, Use
    from generator.review.operations.matching import Operation, Pair

_MOST_ADDRESSES: Final = 200
"""The addresses that one with variables is taken apart into."""


class _Servers(msgspec.Struct, frozen=True):
    """The servers of an operation by address, and who holds the list."""

    listed: dict[str, Node]
    holder: Node
    path: str
    """What stands below all of them."""

    @property
    def at_root(self) -> bool:
        return not self.holder.pointer


def servers(pair: Pair) -> Iterator[Change]:
    """How the addresses differ at which an operation is served. What the root says is felt by all: it lists nobody."""
    is_moved = pair.base.shape != pair.head.shape  # then what servers have of the path counts with the path
    base, head = (_servers(one, one.shape if is_moved else "") for one in (pair.base, pair.head))
    uses = () if base.at_root and head.at_root else (pair.use(),)
    for key, node in head.listed.items():
        if key in base.listed:
            yield from described(base.listed[key], node, None, uses)
            yield from _variables(base.listed[key], node, uses)
        elif not _is_among(node, head, base):
            too = " too" if base.listed.keys() <= head.listed.keys() else ""
            message = f"the API is served at `{_url(node)}`{too}"
            yield change(catalogue.SERVER_ADDED, message, before=_place(base), after=node, uses=uses)
    for key, node in base.listed.items():
        if key not in head.listed and not _is_among(node, base, head):
            message = f"the API is no longer served at `{_url(node)}`"
            yield change(catalogue.SERVER_REMOVED, message, before=node, after=_place(head), uses=uses)


def _servers(operation: Operation, path: str) -> _Servers:
    holder, listed = operation.servers
    root = operation.node.document.node
    listed = listed or [Node(root.document, root.pointer, Object({}, root.location), root.location)]
    return _Servers({joined(address(_url(one)), path): one for one in reversed(listed)}, holder, path)


def _place(servers_: _Servers) -> Node:
    """Where the list of servers stands, or should."""
    return keyword(servers_.holder, "servers")


def _url(server: Node) -> str:
    return server.text("url", "/")


def _is_among(server: Node, own: _Servers, others: _Servers) -> bool:
    """Whether all that an address can become is what others can become."""
    patterns = [_pattern(one, others.path) for one in others.listed.values()]
    return all(any(pattern.fullmatch(joined(one, own.path)) for pattern in patterns) for one in _addresses(server))


def _addresses(server: Node) -> list[str]:
    """What an address can become; variables that may have any value stay, and all where there are too many values."""
    names = list(dict.fromkeys(VARIABLE.findall(_url(server))))
    values = [sorted(_values(server.at("variables", name) or server) or [f"{{{name}}}"]) for name in names]
    if prod(map(len, values)) > _MOST_ADDRESSES:
        return [address(_url(server))]
    chosen = (dict(zip(names, one, strict=True)) for one in product(*values))
    return [address(_filled(_url(server), one)) for one in chosen]


def _filled(url: str, values: Mapping[str, str]) -> str:
    return VARIABLE.sub(lambda found: values[found[1]], url)


def _pattern(server: Node, path: str) -> re.Pattern[str]:
    """What matches all that an address can become, with a path below it; any value is one word of a host or a path."""
    parts = address(_url(server)).split("{}")
    known = [_values(server.at("variables", name) or server) for name in VARIABLE.findall(_url(server))]
    values = ["[^/.]*" if one is None else f"(?:{'|'.join(map(re.escape, sorted(one)))})" for one in known]
    ends = [*parts[:-1], joined(parts[-1], path)]
    return re.compile("".join(re.escape(part) + value for part, value in zip(ends, [*values, ""], strict=True)))


def _variables(base: Node, head: Node, uses: tuple[Use, ...]) -> Iterator[Change]:
    """The variables of an address, by their position in it."""
    names = zip(VARIABLE.findall(_url(base)), VARIABLE.findall(_url(head)), strict=True)
    for old, new in dict.fromkeys(names):
        before, after = base.at("variables", old) or base, head.at("variables", new) or head
        was, now = _values(before), _values(after)
        places = keyword(before, "enum"), keyword(after, "enum")
        gone = sorted(was - now) if was is not None and now is not None else []
        come = sorted(now - was) if was is not None and now is not None else []
        if gone:
            message = f"`{new}` of `{_url(head)}` can no longer be {_listed(gone)}"
            yield change(catalogue.SERVER_CHANGED, message, before=places[0], after=places[1], uses=uses)
        if was is None and now is not None:
            message = f"`{new}` of `{_url(head)}` can only be {_listed(sorted(now))}, was free"
            yield change(catalogue.SERVER_CHANGED, message, before=places[0], after=places[1], uses=uses)
        if come or (was is not None and now is None):
            message = f"`{new}` of `{_url(head)}` can be {_listed(come) if come else 'anything'} too"
            yield change(catalogue.SERVER_ADDED, message, before=places[0], after=places[1], uses=uses)
        if before.text("default") != after.text("default"):
            message = (
                f"`{new}` of `{_url(head)}` is `{after.text('default')}` if not set, was `{before.text('default')}`"
            )
            places = keyword(before, "default"), keyword(after, "default")
            yield change(catalogue.SERVER_CHANGED, message, before=places[0], after=places[1], uses=uses)
        if before is not base and after is not head:
            yield from compare_annotations([before], [after], None, uses)


def _values(variable: Node) -> set[str] | None:
    """The values that a variable may have; `None`: any."""
    listed = variable.child("enum")
    return {str(one) for one in listed.value} if listed is not None and isinstance(listed.value, Array) else None


def _listed(values: list[str]) -> str:
    return listed([f"`{one}`" for one in values], "or", 6)
