"""Values that show a change, as JSON for readers: numbers digit for digit, long texts and lists cut short."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from generator.document.tree import Array, Object
from generator.wording import counted, shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.tree import Json

_LONGEST: Final = 40
"""Of a text with more characters the first few are shown, and how many there are."""
_BEGINNING: Final = 12
_MOST: Final = 12
"""Of an array with more elements, or an object with more members, the first few are shown."""
_FIRST: Final = 3
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


def payload(value: Json, most: int) -> str:
    """A value on one line: of its arrays as much as there is room for, cut off where it is long all the same."""
    text = ""
    for room in (_MOST, _FIRST, 1):
        text = _line(value, room)
        if len(text) <= most:
            return text
    left = _left_out(len(value) - 1, value) if isinstance(value, Array) and len(value) > 1 else ""
    end = f", {left}]" if left else ""
    return shortened(text.removesuffix(end), max(most - len(end), 1)) + end


def _line(value: Json, room: int) -> str:
    text = ""
    for line in (one.strip() for one in _lines(value, "", room)):
        is_edge = not text or text[-1] in "{[" or line[0] in "}]"  # no line of a scalar ends or begins so
        text += line if is_edge else f" {line}"
    return text


def indented(value: Json, lines: int, width: int) -> str:
    """A value on lines of its own, so many at most and none longer than that."""
    found = [shortened(line, width) for line in islice(_lines(value, ""), lines + 1)]
    return "\n".join(found if len(found) <= lines else [*found[:lines], "…"])


def _lines(value: Json, indent: str, room: int = _MOST) -> Iterator[str]:
    """JSON, an element or member a line; what is left out is said in words, so that nobody takes it for the whole."""
    if not isinstance(value, Array | Object) or not value:
        yield f"{indent}{_scalar(value)}"
        return
    opening, closing = "{}" if isinstance(value, Object) else "[]"
    keys = list(value) if isinstance(value, Object) else [""] * len(value)
    parts = list(value.values() if isinstance(value, Object) else value)
    most = room if isinstance(value, Array) else _MOST
    shown = len(parts) if len(parts) <= most else min(most, _FIRST)
    yield f"{indent}{opening}"
    for place in range(shown):
        name = f"{_scalar(keys[place])}: " if isinstance(value, Object) else ""
        first, *others = _lines(parts[place], f"{indent}  ", room)
        lines = [f"{indent}  {name}{first.lstrip()}", *others]
        yield from lines[:-1]
        yield lines[-1] + ("," if place + 1 < len(parts) else "")
    if shown < len(parts):
        yield f"{indent}  {_left_out(len(parts) - shown, value)}"
    yield f"{indent}{closing}"


def _left_out(number: int, value: Array | Object) -> str:
    return f"… {counted(number, 'more member' if isinstance(value, Object) else 'more element')}"


def _scalar(value: Json) -> str:
    if isinstance(value, str) and len(value) > _LONGEST:
        start = _ENCODER.encode(value[:_BEGINNING]).decode()
        return visible(f'{start[:-1]}…" ({counted(len(value), "character")})')
    return visible(_ENCODER.encode(value).decode())
