"""Wire paths such as `items[0].amount`: read from text, found in JSON text, used to set a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..codec import decode
from ..violations import wire_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .values import Step

_STEP: Final = re.compile(r'\[(?P<index>\d+)\]|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]|(?:^|\.)(?P<name>[^.\[\]]+)')
_TOKEN: Final = re.compile(
    r'[\s,:]*(?:(?P<open>[\[{])|(?P<close>[\]}])|(?P<text>"(?:[^"\\]|\\.)*")|(?P<plain>[^\s,:\[\]{}"]+))'
)
_MOST: Final = 10_000  # elements of an array; more is a slip of the pen


class PathError(ValueError):
    """A text is no path, or leads nowhere; the message says why."""


def steps_of(text: str) -> tuple[Step, ...]:
    """The steps of a path; a name that holds dots or brackets is written `["a.b"]`.

    Raises:
        PathError: it is none.
    """
    steps: list[Step] = []
    place = 0
    while place < len(text):
        found = _STEP.match(text, place)
        if found is None:
            raise PathError(f'{text!r} is no path such as items[0].amount; a name with dots is written ["a.b"]')
        index, quoted, name = found["index"], found["quoted"], found["name"]
        if index is not None and int(index[:9]) >= _MOST:
            raise PathError(f"{text!r} has the position {index}: nothing has so many elements here")
        steps.append(int(index) if index is not None else str(decode(quoted)) if quoted is not None else name)
        place = found.end()
    if not steps:
        raise PathError("a path must not be empty")
    return tuple(steps)


def with_value(whole: object, steps: Sequence[Step], value: object) -> object:
    """What `whole` is once the value is at a path in it; objects and arrays on the way are made. `None` is nothing yet.

    Raises:
        PathError: the path leads through something else, or over the end of an array.
    """
    if not steps:
        return value
    step, *rest = steps
    if isinstance(step, int):
        array = [] if whole is None else whole
        if not isinstance(array, list):
            raise PathError(f"[{step}] is a position, and there is no array")
        if step > len(array):
            raise PathError(f"[{step}] leaves a gap: the next position is [{len(array)}]")
        before = array[step] if step < len(array) else None
        return [*array[:step], with_value(before, rest, value), *array[step + 1 :]]
    fields = {} if whole is None else whole
    if not isinstance(fields, dict):
        raise PathError(f"{step} is a field, and there is no object")
    return {**fields, step: with_value(fields.get(step), rest, value)}


def lines_of(text: str) -> dict[str, int]:
    """Wire path -> the line on which its value begins, counted from 1, in a text that is JSON."""
    lines: dict[str, int] = {}
    steps: list[Step] = []  # to the value that comes next
    is_name = False
    line = place = 0
    while (token := _TOKEN.match(text, place)) is not None:
        begin = token.start(token.lastgroup or 0)
        line += text.count("\n", place, begin)
        place = token.end()
        if token["text"] and is_name:
            steps[-1] = str(decode(token["text"]))
            is_name = False
            continue
        if not token["close"]:
            lines[wire_path(tuple(steps))] = line + 1
        if token["open"]:
            is_name = token["open"] == "{"
            steps.append("" if is_name else 0)
            continue
        if token["close"]:
            steps.pop()
        if steps:
            is_name = isinstance(steps[-1], str)
            steps[-1] = steps[-1] + 1 if isinstance(steps[-1], int) else ""
    return lines


def nearest(path: str, lines: dict[str, int]) -> int | None:
    """The line of what is at a path, or of what is to hold it."""
    while path not in lines:
        if not path:
            return None
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines[path]
