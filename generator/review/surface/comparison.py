"""Two generated packages compared: every name that Python code can use and that is new, gone or another.

The levels are for users who run a strict type checker, and for what happens when the code runs: a request may take
more, an answer may bring less. Docstrings and the order of what goes by name are no changes. `_runtime` is the same in
both and not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import astuple, replace

from generator.review.change import Level, SymbolChange, SymbolKind
from generator.review.surface.calls import call_changes
from generator.review.surface.models import model_changes, renames
from generator.review.surface.package import read
from generator.review.surface.types import TypeChanges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def symbol_changes(base: Mapping[str, str], head: Mapping[str, str]) -> tuple[SymbolChange, ...]:
    """What differs between two packages by path, as `pipeline.generate` gives them: sorted by symbol.

    A change of the async side that its sync twin has too is said once, for the sync one. Where a side has no package,
    nothing is known.
    """
    if not base or not head:
        return ()
    before, after = read(base), read(head)
    renamed = renames(before, after)
    types = TypeChanges(before, after, renamed)
    found = {
        *_names(before.names, after.names),
        *model_changes(before, after, renamed, types),
        *_without_twins(call_changes(before, after, types)),
    }
    return tuple(sorted(found, key=lambda one: tuple(map(str, astuple(one)))))


def _names(base: Iterable[str], head: Iterable[str]) -> Iterator[SymbolChange]:
    for name in set(base) - set(head):
        yield SymbolChange(name, SymbolKind.REMOVED, Level.MAJOR, name, "", f"`{name}` removed")
    for name in set(head) - set(base):
        yield SymbolChange(name, SymbolKind.ADDED, Level.MINOR, "", name, f"`{name}` added")


def _without_twins(changes: Iterable[SymbolChange]) -> Iterator[SymbolChange]:
    listed = list(changes)
    known = set(listed)
    for one in listed:
        twin = replace(
            one,
            symbol=_sync(one.symbol),
            before=_sync(one.before),
            after=_sync(one.after),
            message=_sync(one.message),
        )
        if twin == one or twin not in known:
            yield one


def _sync(text: str) -> str:
    return re.sub(r"\bAsync(?=[A-Z])", "", text)
