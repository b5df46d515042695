"""Blocks of a Markdown text that together must not be too long. Knows nothing of reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FRAME: Final = 160
"""Room for the marks around a block and for the sentence that says what is left out."""


class Block(msgspec.Struct, frozen=True):
    """Rows under a heading. All texts are Markdown."""

    title: str
    rows: Iterable[str]
    """Read once, and no further than there is room."""
    count: int
    """How many rows there are."""
    noun: str
    """What a row is, as in `and 12 more changes`."""
    head: tuple[str, ...] = ()
    """Lines before the rows, as of a table."""
    folded: bool = True
    """Whether it stands under its title, to be unfolded; if not, it has no title."""
    open: bool = False
    """Whether it is unfolded from the beginning."""
    reserved: int = 0
    """So many bytes are set aside for its rows, which get no more; with 0 it takes what the others leave."""


def fit(opening: str, blocks: Sequence[Block], closing: str, limit: int) -> str:
    """Opening, blocks and closing in at most `limit` bytes of UTF-8, each block with as many rows as there is room.

    Rows are kept from the first to the last that fits. Room goes to blocks that have some reserved, then to the
    others in order. How many are left out is said at the end of a block. Opening, titles and closing are written in
    any case: their author keeps them short.
    """
    room = limit - _size([opening, closing]) - sum(_size([one.title, *one.head]) + _FRAME for one in blocks)
    kept = dict[int, list[str]]()
    for index, block in sorted(enumerate(blocks), key=lambda one: not one[1].reserved):
        kept[index] = _fitting(block.rows, min(room, block.reserved or room))
        room -= _size(kept[index])
    return "\n\n".join([opening, *(_written(one, kept[index]) for index, one in enumerate(blocks)), closing]) + "\n"


def _fitting(rows: Iterable[str], room: int) -> list[str]:
    """The rows from the first to the last that there is room for."""
    kept = list[str]()
    for row in rows:
        room -= _size([row])
        if room < 0:
            break
        kept.append(row)
    return kept


def _size(lines: Iterable[str]) -> int:
    """With two line breaks after each: what joins them is never more."""
    return sum(len(line.encode()) + 2 for line in lines)


def _written(block: Block, kept: Sequence[str]) -> str:
    lines = list[str]()
    if block.folded:
        lines += [f"<details{' open' if block.open else ''}><summary>{block.title}</summary>", ""]
    if kept:
        lines += [*block.head, *kept, ""]
    if left := block.count - len(kept):
        lines += [f"and {left:,} more {block.noun}{'' if left == 1 else 's'}, for which a comment has no room", ""]
    if block.folded:
        lines += ["</details>", ""]
    return "\n".join(lines[:-1])
