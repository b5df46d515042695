"""Clients and their resources compared: what makes a client, its methods, their arguments and what they give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.review.change import Level, SymbolChange, SymbolKind
from generator.review.surface.annotation import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.document.grammar import Side
    from generator.review.surface.package import Argument, Client, Method, Package
    from generator.review.surface.types import TypeChanges

_GIVEN: Final[tuple[Side, ...]] = ("request",)
_GOT: Final[tuple[Side, ...]] = ("response",)


def call_changes(base: Package, head: Package, types: TypeChanges) -> Iterator[SymbolChange]:
    """Every change of a client and of what hangs on it, sync and async alike."""
    news = {client.name: client for client in head.clients}
    for old in base.clients:
        if (new := news.get(old.name)) is not None:
            yield from _Calls(base, head, types, old, new).changes()


class _Calls:
    """Two clients of one name, with their resources."""

    def __init__(self, base: Package, head: Package, types: TypeChanges, old: Client, new: Client) -> None:
        self._types = types
        self._clients = (old, new)
        self._methods = tuple(
            {attribute: package.resources.get(name, {}) for attribute, name in client.resources.items()}
            for package, client in ((base, old), (head, new))
        )

    def changes(self) -> Iterator[SymbolChange]:
        old, new = self._clients
        yield from self._arguments(new.name, old.arguments, new.arguments)
        for name in {**old.resources, **new.resources}:
            yield from self._resource(f"{new.name}.{name}", old.resources.get(name, ""), new.resources.get(name, ""))
            before, after = (methods.get(name, {}) for methods in self._methods)
            owners = (old.resources.get(name, ""), new.resources.get(name, ""))
            for method in {**before, **after}:
                yield from self._method(method, owners, before.get(method), after.get(method))

    def _resource(self, symbol: str, base: str, head: str) -> Iterator[SymbolChange]:
        if not head:
            yield SymbolChange(symbol, SymbolKind.REMOVED, Level.MAJOR, base, "", f"`{symbol}` removed")
        elif not base:
            yield SymbolChange(symbol, SymbolKind.ADDED, Level.MINOR, "", head, f"`{symbol}` added")
        elif base != head:
            message = f"`{symbol}` is `{head}`, was `{base}`"
            yield SymbolChange(symbol, SymbolKind.CHANGED, Level.MAJOR, base, head, message)

    # -- methods --

    def _method(
        self, name: str, owners: tuple[str, str], base: Method | None, head: Method | None
    ) -> Iterator[SymbolChange]:
        if head is None and base is not None:
            symbol = f"{owners[0]}.{name}"
            new = self._elsewhere(base, 1)
            text = f"renamed to `{new}`" if new else "removed"
            shown = symbol if new else self._signature(base, 0)
            yield SymbolChange(symbol, SymbolKind.REMOVED, Level.MAJOR, shown, new, f"`{symbol}` {text}")
        elif base is None and head is not None:
            symbol = f"{owners[1]}.{name}"
            old = self._elsewhere(head, 0)
            text = f"added, the new name of `{old}`" if old else "added"
            shown = symbol if old else self._signature(head, 1)
            yield SymbolChange(symbol, SymbolKind.ADDED, Level.MINOR, old, shown, f"`{symbol}` {text}")
        elif base is not None and head is not None:
            symbol = f"{owners[1]}.{name}"
            if base.deprecated != head.deprecated:
                text = "is deprecated" if head.deprecated else "is no longer deprecated"
                level = Level.MINOR if head.deprecated else Level.PATCH
                was, now = self._signature(base, 0), self._signature(head, 1)
                yield SymbolChange(symbol, SymbolKind.CHANGED, level, was, now, f"`{symbol}` {text}")
            yield from self._order(symbol, base.arguments, head.arguments)
            yield from self._arguments(symbol, base.arguments, head.arguments)
            yield from self._types.types(f"{symbol}(...)", base.result, head.result, _GOT, "gives")

    def _elsewhere(self, method: Method, side: int) -> str:
        """The method of the other side for the same call, if it has another name there."""
        twins = [
            f"{self._clients[side].resources[attribute]}.{one.name}"
            for attribute, methods in self._methods[side].items()
            for one in methods.values()
            if one.call == method.call
        ]
        return twins[0] if len(twins) == 1 else ""

    def _signature(self, method: Method, side: int) -> str:
        parts: list[str] = []
        for one in method.arguments.values():
            if one.kind == "keyword" and "*" not in parts:
                parts.append("*")
            parts.append(self._argument(one, side))
        return f"({', '.join(parts)}) -> {self._types.shown(method.result, method.result)[side]}"

    def _argument(self, one: Argument, side: int) -> str:
        shown = self._types.shown(one.type, one.type)[side]
        optional = " | None" if one.default == "None" and shown != "Any" else ""
        return f"{one.name}: {shown}{optional}" + ("" if one.default is None else f" = {one.default}")

    # -- arguments --

    def _order(self, symbol: str, base: Mapping[str, Argument], head: Mapping[str, Argument]) -> Iterator[SymbolChange]:
        """Where arguments by position are the same but for their order; what is gone or demanded is said by itself."""
        before, after = ([one.name for one in side.values() if one.kind == "positional"] for side in (base, head))
        demanded = [name for name in after if name not in base and head[name].default is None]
        if not demanded and set(before) <= set(after) and after[: len(before)] != before:
            was, now = (f"({', '.join(names)})" for names in (before, after))
            message = f"`{symbol}` takes `{now}` in this order, was `{was}`"
            yield SymbolChange(symbol, SymbolKind.CHANGED, Level.MAJOR, was, now, message)

    def _arguments(
        self, owner: str, base: Mapping[str, Argument], head: Mapping[str, Argument]
    ) -> Iterator[SymbolChange]:
        renamed = dict(_renamed(base, head))
        for name, old in base.items():
            if name not in head:
                symbol = f"{owner}(..., {name}=)"
                text = f"renamed to `{renamed[name]}=`" if name in renamed else "removed"
                shown = self._argument(old, 0)
                yield SymbolChange(symbol, SymbolKind.REMOVED, Level.MAJOR, shown, "", f"`{symbol}` {text}")
        for name, new in head.items():
            symbol = f"{owner}(..., {name}=)"
            if name in base:
                yield from self._both(symbol, base[name], new)
            else:
                required = new.default is None
                level = Level.MAJOR if required else Level.MINOR
                message = f"`{symbol}` added, {'required' if required else 'optional'}"
                yield SymbolChange(symbol, SymbolKind.ADDED, level, "", self._argument(new, 1), message)

    def _both(self, symbol: str, base: Argument, head: Argument) -> Iterator[SymbolChange]:
        shown = (self._argument(base, 0), self._argument(head, 1))

        def changed(level: Level, text: str) -> SymbolChange:
            return SymbolChange(symbol, SymbolKind.CHANGED, level, *shown, f"`{symbol}` {text}")

        if (base.default is None) != (head.default is None):
            required = head.default is None
            text = "is required, was optional" if required else "is optional, was required"
            yield changed(Level.MAJOR if required else Level.MINOR, text)
        elif base.default != head.default:
            # Of the client's address: calls that do not say it go elsewhere.
            yield changed(Level.MAJOR, f"is `{head.default}` by default, was `{base.default}`")
        if base.kind != head.kind:
            by_name = head.kind == "keyword"
            text = "is given by name alone, was given by position" if by_name else "can be given by position"
            yield changed(Level.MAJOR if by_name else Level.MINOR, text)
        yield from self._types.types(symbol, base.type, head.type, _GIVEN, "takes")
        yield from self._types.bounds(symbol, base.checked, head.checked, _GIVEN)


def _renamed(base: Mapping[str, Argument], head: Mapping[str, Argument]) -> Iterator[tuple[str, str]]:
    """Arguments by position that are the same in the same place but for their names."""
    before, after = ([one for one in side.values() if one.kind == "positional"] for side in (base, head))
    for old, new in zip(before, after, strict=False):
        if old.name not in head and new.name not in base and write(old.type) == write(new.type):
            yield old.name, new.name
