"""The characters that some patterns tell apart.

All others are one, so that walks over texts are walks over a few. A property of Unicode is taken as true or false of
any character: that proves as much, but shows no text.
"""

from __future__ import annotations

from itertools import chain, pairwise, product
from typing import TYPE_CHECKING, Final

from generator.python.ecma import LAST, Either, Group, Look, Property, Repeat, Row, Set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.python.ecma import Piece

ANY: Final = Set((), negated=True)

_MOST_PROPERTIES: Final = 3
_SURROGATES: Final = (0xD800, 0xE000)
_SHOWN: Final = "aA0 -_.é"
"""What a text is made of where it may be."""


class UndecidedError(Exception):
    """Whether a set of texts holds all of another is not known."""


class Alphabet:
    """The characters that some sets tell apart, by numbers."""

    def __init__(self, trees: Iterable[Piece]) -> None:
        sets = list(dict.fromkeys(chain([ANY], *map(_sets, trees))))
        spans = {item for one in sets for item in one.items if not isinstance(item, Property)}
        names = sorted({item.name for one in sets for item in one.items if isinstance(item, Property)})
        if len(names) > _MOST_PROPERTIES:
            raise UndecidedError
        starts = {0, LAST + 1, *_SURROGATES} | {low for low, _ in spans} | {high + 1 for _, high in spans}
        starts |= {point for one in _SHOWN for point in (ord(one), ord(one) + 1)}
        classes: dict[tuple[bool, ...], list[int]] = {}
        for low, _ in pairwise(sorted(starts)):
            if _SURROGATES[0] <= low < _SURROGATES[1]:
                continue  # no text of JSON holds them by themselves
            for having in product((False, True), repeat=len(names)):
                true = {name for name, holds in zip(names, having, strict=True) if holds}
                classes.setdefault(tuple(_holds(one, low, true) for one in sets), []).append(low)
        self._points = [min(points, key=_looks) for points in classes.values()]
        self._shows = not names
        self.size = len(classes)
        self.members = {
            one: frozenset(number for number, signs in enumerate(classes) if signs[place])
            for place, one in enumerate(sets)
        }

    def text(self, numbers: Sequence[int]) -> str:
        """A text of such characters."""
        if not self._shows and numbers:
            raise UndecidedError
        return "".join(chr(self._points[number]) for number in numbers)


def _holds(one: Set, point: int, true: set[str]) -> bool:
    found = any(
        (item.name in true) is not item.negated if isinstance(item, Property) else item[0] <= point <= item[1]
        for item in one.items
    )
    return found is not one.negated


def _looks(point: int) -> tuple[int, int]:
    place = _SHOWN.find(chr(point))
    return (place if place >= 0 else len(_SHOWN), point)


def _sets(piece: Piece) -> Iterator[Set]:
    match piece:
        case Set():
            yield piece
        case Row(pieces) | Either(pieces):
            yield from chain.from_iterable(map(_sets, pieces))
        case Repeat() | Group() | Look():
            yield from _sets(piece.piece)
        case _:
            return
