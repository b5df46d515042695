"""Where an API is served: the servers of an operation, of its path item, or of the whole, whichever comes first.

Without any, it is served at `/`. Two addresses are the same when they differ only in the case of scheme and host, in a
port that the scheme has anyway, in a slash at the end, or in the names of variables. Relative addresses are taken as
they stand, and the order of servers counts for nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from generator.document.tree import Array, Node, Object
from generator.review import catalogue
from generator.review.annotations import compare_annotations
from generator.review.nodes import keyword
from generator.review.operations.described import described
from generator.review.places import change
from generator.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.review.change import Change, Use
    from generator.review.operations.matching import Operation, Pair

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_ORIGIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/]*")
_PORTS: Final = {"http": ":80", "https": ":443"}


class _Servers(msgspec.Struct, frozen=True):
    """The servers of an operation by address, and who holds the list."""

    listed: dict[str, Node]
    holder: Node

    @property
    def at_root(self) -> bool:
        return not self.holder.pointer


def servers(pair: Pair) -> Iterator[Change]:
    """How the addresses differ at which an operation is served. What the root says is felt by all: it lists nobody."""
    base, head = _servers(pair.base), _servers(pair.head)
    uses = () if base.at_root and head.at_root else (pair.use(),)
    for key, node in head.listed.items():
        if key in base.listed:
            yield from described(base.listed[key], node, None, uses)
            yield from _variables(base.listed[key], node, uses)
        else:
            too = " too" if base.listed.keys() <= head.listed.keys() else ""
            message = f"the API is served at `{_url(node)}`{too}"
            yield change(catalogue.SERVER_ADDED, message, before=_place(base), after=node, uses=uses)
    for key, node in base.listed.items():
        if key not in head.listed:
            message = f"the API is no longer served at `{_url(node)}`"
            yield change(catalogue.SERVER_REMOVED, message, before=node, after=_place(head), uses=uses)


def _servers(operation: Operation) -> _Servers:
    root = operation.node.document.node
    for holder in (operation.node, operation.item, root):
        listed = list(holder.elements_of("servers"))
        if listed:
            return _Servers({_address(one): one for one in reversed(listed)}, holder)
    nothing = Node(root.document, root.pointer, Object({}, root.location), root.location)
    return _Servers({"/": nothing}, root)


def _place(servers_: _Servers) -> Node:
    """Where the list of servers stands, or should."""
    return keyword(servers_.holder, "servers")


def _url(server: Node) -> str:
    return server.text("url", "/")


def _address(server: Node) -> str:
    """What two addresses share that are the same."""
    url = _VARIABLE.sub("{}", _url(server))
    if (origin := _ORIGIN.match(url)) is not None:
        plain = origin[0].lower()
        plain = plain.removesuffix(_PORTS.get(plain.partition(":")[0], "\0"))
        url = plain + url[origin.end() :]
    return url.rstrip("/") or "/"


def _variables(base: Node, head: Node, uses: tuple[Use, ...]) -> Iterator[Change]:
    """The variables of an address, by their position in it."""
    names = zip(_VARIABLE.findall(_url(base)), _VARIABLE.findall(_url(head)), strict=True)
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
