"""What findings did to the client, for a terminal: how many by consequence and rule, and where the first are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.diagnostics import Consequence
from generator.wording import counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.diagnostics import Diagnostic

_TITLES: Final = {
    Consequence.MENDED: "mended: read in the one sensible way",
    Consequence.UNCHECKED: "unchecked: passed through and not enforced",
    Consequence.LEFT_OUT: "left out: not in the client",
}
_FIRST: Final = 3
"""So many places are shown of each rule."""


def summary(found: Sequence[Diagnostic], *, is_whole: bool = False) -> str:
    """The findings that changed the client, counted by rule, with the first places or, if `is_whole`, each by itself.

    Empty where nothing changed it.
    """
    return "".join(f"{' ' * depth}{printable(line)}\n" for depth, line in _lines(found, is_whole))


def _lines(found: Sequence[Diagnostic], is_whole: bool) -> Iterator[tuple[int, str]]:
    for consequence, title in _TITLES.items():
        ours = [one for one in found if one.consequence is consequence]
        if ours:
            yield 0, f"{counted(len(ours), 'finding')} {title}"
        for rule in dict.fromkeys(one.rule for one in ours):
            of_rule = [one for one in ours if one.rule == rule]
            yield 2, f"{rule}: {len(of_rule):,}"
            yield from ((4, place) for place in _places(of_rule, is_whole))
    if any(one.consequence in _TITLES for one in found) and not is_whole:
        yield 0, "-v shows all of them, `validate` also what changes nothing, `explain RULE` what a rule means."


def _places(found: Sequence[Diagnostic], is_whole: bool) -> Iterable[str]:
    shown = found if is_whole else found[:_FIRST]
    yield from (f"{one.place}: {one.message}" for one in shown)
    if len(shown) < len(found):
        yield f"and {len(found) - len(shown):,} more"
