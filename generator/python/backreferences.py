"""References to groups in regular expressions: of which all engines have the same idea."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from generator.python.ecma import Back, Either, Group, Look, Repeat, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.python.ecma import Piece


def referred(tree: Piece) -> dict[int, bool]:
    """The groups of which all engines have the same idea where they are referred to; whether they are there for sure.

    ECMA-262 forgets a group when what repeats it begins anew, and looks back from right to left; the others do not.
    """
    found = list(_places(tree, ()))
    known: dict[int, bool] = {}
    for group, above in found:
        if isinstance(group, Group):
            others = [set(map(id, path)) for one, path in found if isinstance(one, Back) and one.number == group.number]
            if all(_is_told(above, place, other) for place in range(len(above)) for other in others):
                known[group.number] = all(_is_sure((*above, group), other) for other in others)
    return known


def _places(piece: Piece, above: tuple[Piece, ...]) -> Iterator[tuple[Group | Back, tuple[Piece, ...]]]:
    if isinstance(piece, Group | Back):
        yield piece, above
    match piece:
        case Row(inner) | Either(inner):
            pass
        case Repeat() | Group() | Look():
            inner = (piece.piece,)
        case _:
            inner = ()
    for one in inner:
        yield from _places(one, (*above, piece))


def _is_told(above: tuple[Piece, ...], place: int, reference: set[int]) -> bool:
    """Whether one of the pieces around a group leaves no doubt about it where it is referred to."""
    match above[place]:
        case Look(ahead=ahead, negated=negated):
            return ahead and (not negated or id(above[place]) in reference)
        case Repeat(high=high) if high != 1:
            return id(above[place]) in reference and not any(map(_can_be_left_out, above[place + 1 :]))
    return True


def _is_sure(way: Sequence[Piece], reference: set[int]) -> bool:
    """Whether the group at the end of a way was come by before a reference to it, whatever was taken on the way."""
    for piece, below in itertools.pairwise(way):
        if _can_be_left_out(piece) and id(below if isinstance(piece, Either) else piece) not in reference:
            return False
    return True


def _can_be_left_out(piece: Piece) -> bool:
    return isinstance(piece, Either) or (isinstance(piece, Repeat) and piece.low == 0)
