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
    """A value on one line, cut off where it is long all the same."""
    text = ""
    for line in (one.strip() for one in _lines(value, "")):
        is_edge = not text or text[-1] in "{[" or line[0] in "}]"  # no line of a scalar ends or begins so
        text += line if is_edge else f" {line}"
    return shortened(text, most)


def indented(value: Json, lines: int, width: int) -> str:
    """A value on lines of its own, so many at most and none longer than that."""
    found = [shortened(line, width) for line in islice(_lines(value, ""), lines + 1)]
    return "\n".join(found if len(found) <= lines else [*found[:lines], "…"])


def _lines(value: Json, indent: str) -> Iterator[str]:
    """JSON, an element or member a line; what is left out is said in words, so that nobody takes it for the whole."""
    if not isinstance(value, Array | Object) or not value:
        yield f"{indent}{_scalar(value)}"
        return
    opening, closing = "{}" if isinstance(value, Object) else "[]"
    keys = list(value) if isinstance(value, Object) else [""] * len(value)
    parts = list(value.values() if isinstance(value, Object) else value)
    shown = len(parts) if len(parts) <= _MOST else _FIRST
    yield f"{indent}{opening}"
    for place in range(shown):
        name = f"{_scalar(keys[place])}: " if isinstance(value, Object) else ""
        first, *others = _lines(parts[place], f"{indent}  ")
        lines = [f"{indent}  {name}{first.lstrip()}", *others]
        yield from lines[:-1]
        yield lines[-1] + ("," if place + 1 < len(parts) else "")
    if shown < len(parts):
        noun = "more member" if isinstance(value, Object) else "more element"
        yield f"{indent}  … {counted(len(parts) - shown, noun)}"
    yield f"{indent}{closing}"


def _scalar(value: Json) -> str:
    if isinstance(value, str) and len(value) > _LONGEST:
        start = _ENCODER.encode(value[:_BEGINNING]).decode()
        return visible(f'{start[:-1]}…" ({counted(len(value), "character")})')
    return visible(_ENCODER.encode(value).decode())
