"""The models of two packages compared: classes, aliases, fields, and the rules between them."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from generator.review.change import Level, SymbolChange, SymbolKind
from generator.review.surface.annotation import NONE, Relation, write
from generator.review.surface.rules import rule_changes
from generator.review.surface.types import level_of, sides_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.document.grammar import Side
    from generator.review.surface.annotation import Type
    from generator.review.surface.package import Field, Group, Model, Package
    from generator.review.surface.types import TypeChanges

Member = TypeVar("Member")


# -- names -----------------------------------------------------------------------------------------------------------


def renames(base: Package, head: Package) -> Mapping[str, str]:
    """Old name -> new name of classes and aliases that are gone where some with the same fields are new."""
    gone = sorted(({*base.models, *base.aliases}) - {*head.models, *head.aliases})
    new = sorted(({*head.models, *head.aliases}) - {*base.models, *base.aliases})
    before = {name: _shape(base, name, set(gone)) for name in gone}
    after = {name: _shape(head, name, set(new)) for name in new}
    found: dict[str, str] = {}
    pairs = [(old, one) for old in gone for one in new if before[old] == after[one] != ""]
    # The most alike first, so that of several classes with the same fields each finds its own.
    for old, one in sorted(pairs, key=lambda pair: (-SequenceMatcher(None, *pair).ratio(), pair)):
        if old not in found and one not in found.values():
            found[old] = one
    return found


def _shape(package: Package, name: str, unstable: set[str]) -> str:
    """What makes a class recognizable under another name; empty: nothing does."""
    model = package.models.get(name)
    if model is None:
        return write(_anonymous(package.aliases[name], unstable))
    fields = [f"{one.name}: {write(_anonymous(one.type, unstable))}" for one in model.fields.values()]
    return f"{model.side} {sorted(fields)} {sorted(model.groups)}" if fields or model.groups else ""


def _anonymous(options: Type, unstable: set[str]) -> Type:
    return tuple(
        replace(
            one,
            name="?" if one.name in unstable else one.name,
            arguments=tuple(_anonymous(argument, unstable) for argument in one.arguments),
        )
        for one in options
    )


# -- classes and aliases ---------------------------------------------------------------------------------------------


def model_changes(
    base: Package, head: Package, renamed: Mapping[str, str], types: TypeChanges
) -> Iterator[SymbolChange]:
    """Every change in the models; `renamed` as `renames` gives it."""
    old_names, new_names = {*base.models, *base.aliases}, {*head.models, *head.aliases}
    for name in old_names - new_names:
        yield _gone(name, renamed.get(name), _described(base, name))
    origins = {new: old for old, new in renamed.items()}
    for name in new_names - old_names:
        yield _new(name, origins.get(name), _described(head, name))
    before, after = sides_of(base), sides_of(head)
    none: frozenset[Side] = frozenset(("request", "response"))
    for old, new in [*((name, name) for name in old_names & new_names), *renamed.items()]:
        sides = before.get(old, none) | after.get(new, none)
        if old in base.models and new in head.models:
            yield from _Class(types, base.models[old], head.models[new]).changes()
        elif old in base.aliases and new in head.aliases:
            symbol = f"models.{new}"
            yield from types.types(symbol, base.aliases[old], head.aliases[new], sides, "is")
            yield from types.bounds(symbol, base.aliases[old], head.aliases[new], sides)
        else:
            was, now = _described(base, old), _described(head, new)
            message = f"`models.{new}` is `{now}`, was `{was}`"
            yield SymbolChange(f"models.{new}", SymbolKind.CHANGED, Level.MAJOR, was, now, message)


def _described(package: Package, name: str) -> str:
    model = package.models.get(name)
    return write(package.aliases[name]) if model is None else f"class {name}({model.side.title()}Model)"


def _gone(name: str, new: str | None, shown: str) -> SymbolChange:
    symbol = f"models.{name}"
    if new is None:
        return SymbolChange(symbol, SymbolKind.REMOVED, Level.MAJOR, shown, "", f"`{symbol}` removed")
    message = f"`{symbol}` renamed to `models.{new}`"
    return SymbolChange(symbol, SymbolKind.REMOVED, Level.MAJOR, symbol, f"models.{new}", message)


def _new(name: str, old: str | None, shown: str) -> SymbolChange:
    symbol = f"models.{name}"
    if old is None:
        return SymbolChange(symbol, SymbolKind.ADDED, Level.MINOR, "", shown, f"`{symbol}` added")
    message = f"`{symbol}` added, the new name of `models.{old}`"
    return SymbolChange(symbol, SymbolKind.ADDED, Level.MINOR, f"models.{old}", symbol, message)


class _Class:
    """Two classes that stand for each other."""

    def __init__(self, types: TypeChanges, base: Model, head: Model) -> None:
        self._types = types
        self._base = base
        self._head = head
        self._symbol = f"models.{head.name}"
        self._sides: frozenset[Side] = frozenset((base.side, head.side))

    def changes(self) -> Iterator[SymbolChange]:
        base, head = self._base, self._head
        if base.side != head.side:
            about = {"request": "what requests take", "response": "what responses bring"}
            was, now = f"{base.side.title()}Model", f"{head.side.title()}Model"
            yield self._changed("", Level.MAJOR, was, now, f"is {about[head.side]} (`{now}`), was {about[base.side]}")
        yield from _members(base.fields, head.fields, self._field_gone, self._field_new, self._field)
        yield from _members(base.groups, head.groups, self._group_gone, self._group_new, self._group)
        if "request" in self._sides:  # answers are held to no rules
            yield from rule_changes(self._symbol, base.constraints, head.constraints)
        if base.failure != head.failure:
            text = "says that a call failed, and is raised" if head.failure else "no longer says that a call failed"
            yield self._changed("failure", Level.MAJOR, str(base.failure), str(head.failure), text)
        yield from self._batch()

    def _changed(self, member: str, level: Level, before: str, after: str, text: str) -> SymbolChange:
        symbol = f"{self._symbol}.{member}" if member else self._symbol
        owner = self._symbol if member in ("failure", "batch") else symbol
        return SymbolChange(symbol, SymbolKind.CHANGED, level, before, after, f"`{owner}` {text}")

    # -- fields --

    def _field_gone(self, field: Field) -> SymbolChange:
        symbol = f"{self._symbol}.{field.name}"
        return SymbolChange(symbol, SymbolKind.REMOVED, Level.MAJOR, _annotated(field), "", f"`{symbol}` removed")

    def _field_new(self, field: Field) -> SymbolChange:
        symbol = f"{self._symbol}.{field.name}"
        required = field.default is None
        level = Level.MAJOR if required and "request" in self._sides else Level.MINOR
        message = f"`{symbol}` added, {'required' if required else 'optional'}"
        return SymbolChange(symbol, SymbolKind.ADDED, level, "", _annotated(field), message)

    def _field(self, base: Field, head: Field) -> Iterator[SymbolChange]:
        if len(self._sides) > 1:
            return  # the class says it: nothing here is read as it was
        symbol = f"{self._symbol}.{head.name}"
        before, after = _annotated(base), _annotated(head)
        relation = self._types.relation(base.type, head.type)
        needed = (base.default is None, head.default is None)
        if needed[0] != needed[1] and ("request" in self._sides or relation is Relation.SAME):
            level = Level.MAJOR if needed[1] and "request" in self._sides else Level.MINOR
            text = "required, was optional" if needed[1] else "optional, was required"
            yield self._changed(head.name, level, before, after, f"is {text}")
        elif base.default != head.default and "request" in self._sides:
            text = f"is `{head.default}` by default, was `{base.default}`"
            yield self._changed(head.name, Level.MINOR, before, after, text)
        yield from self._types.types(symbol, base.type, head.type, self._sides, ":", (_type(base), _type(head)))
        yield from self._types.bounds(symbol, base.type, head.type, self._sides)
        if base.wire_name != head.wire_name:
            text = f"is `{head.wire_name}` on the wire, was `{base.wire_name}`"
            yield self._changed(head.name, Level.MAJOR, base.wire_name, head.wire_name, text)
        if base.deprecated != head.deprecated:
            text = "is deprecated" if head.deprecated else "is no longer deprecated"
            yield self._changed(head.name, Level.MINOR if head.deprecated else Level.PATCH, before, after, text)
        if base.minimum_version != head.minimum_version:
            yield self._version(head.name, base.minimum_version, head.minimum_version)

    def _version(self, name: str, base: tuple[str, str] | None, head: tuple[str, str] | None) -> SymbolChange:
        was, now = (" ".join(one) if one else "" for one in (base, head))
        looser = head is None or (base is not None and base[0] == head[0] and _parts(head[1]) <= _parts(base[1]))
        text = f"needs {now}" + (f", was {was}" if was else "") if head is not None else f"no longer needs {was}"
        return self._changed(name, Level.MINOR if looser else Level.MAJOR, was, now, text)

    # -- groups --

    def _group_gone(self, group: Group) -> SymbolChange:
        symbol = f"{self._symbol}.{group.name}"
        return SymbolChange(symbol, SymbolKind.REMOVED, Level.MAJOR, write(group.type), "", f"`{symbol}` removed")

    def _group_new(self, group: Group) -> SymbolChange:
        symbol = f"{self._symbol}.{group.name}"
        return SymbolChange(symbol, SymbolKind.ADDED, Level.MINOR, "", write(group.type), f"`{symbol}` added")

    def _group(self, base: Group, head: Group) -> Iterator[SymbolChange]:
        if len(self._sides) > 1:
            return
        symbol = f"{self._symbol}.{head.name}"
        if base.pattern != head.pattern:
            text = f"has the fields matching `{head.pattern}`, was `{base.pattern}`"
            yield self._changed(head.name, Level.MAJOR, base.pattern, head.pattern, text)
        yield from self._types.types(symbol, base.type, head.type, self._sides, "has values of")
        yield from self._types.bounds(symbol, base.type, head.type, self._sides)

    # -- what is said of the class --

    def _batch(self) -> Iterator[SymbolChange]:
        base, head = self._base, self._head
        if base.batch != head.batch:
            level = Level.MAJOR if base.batch else Level.MINOR
            text = "no longer tells" if not head.batch else "tells in another way" if base.batch else "tells"
            text += " which of its elements belong to those of the request"
            yield self._changed("batch", level, base.batch, head.batch, text)
        named = ("given", "made", "failed")
        for name, old, new in zip(named, base.outcomes, head.outcomes, strict=False):
            relation = self._types.relation(old, new)
            if relation is not Relation.SAME:
                was, now = self._types.shown(old, new)
                text = f"has elements {name} as `{now}`, was `{was}`"
                yield self._changed("batch", level_of(relation, ["response"]), was, now, text)


def _members(
    base: Mapping[str, Member],
    head: Mapping[str, Member],
    gone: Callable[[Member], SymbolChange],
    new: Callable[[Member], SymbolChange],
    both: Callable[[Member, Member], Iterator[SymbolChange]],
) -> Iterator[SymbolChange]:
    for name in {**base, **head}:
        if name not in head:
            yield gone(base[name])
        elif name not in base:
            yield new(head[name])
        else:
            yield from both(base[name], head[name])


def _annotated(field: Field) -> str:
    return _type(field) + ("" if field.default is None else f" = {field.default}")


def _type(field: Field) -> str:
    """The annotation, where `None` that is no value stands for "not given"."""
    shown = write(field.type)
    given = field.default != "None" or NONE in field.type or shown == "Any"
    return shown if given else f"{shown} | None"


def _parts(version: str) -> list[int]:
    """2.9 < 2.10; what is no version is before all."""
    return [int(part) for part in version.split(".") if part.isdecimal()]
