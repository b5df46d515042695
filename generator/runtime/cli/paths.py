"""Wire paths such as `items[0].amount`: a value set at one, and the lines of JSON text that they lead to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ..codec import decode
from ..tables.paths import PathError, parse
from ..violations import wire_path
from .failures import misused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..tables.paths import Steps

_TOKEN: Final = re.compile(
    r'[\s,:]*(?:(?P<open>[\[{])|(?P<close>[\]}])|(?P<text>"(?:[^"\\]|\\.)*")|(?P<plain>[^\s,:\[\]{}"]+))'
)


def with_value(whole: object, steps: Sequence[str | int], value: object) -> object:
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
            raise PathError(f"has the position [{step}] where no array is")
        if step > len(array):
            raise PathError(f"leaves a gap before [{step}]: the next position is [{len(array)}]")
        before = array[step] if step < len(array) else None
        return [*array[:step], with_value(before, rest, value), *array[step + 1 :]]
    fields = {} if whole is None else whole
    if not isinstance(fields, dict):
        raise PathError(f"has the field {step} where no object is")
    return {**fields, step: with_value(fields.get(step), rest, value)}


def with_setting(whole: object, setting: str, read: Callable[[str, Steps], object]) -> Any:  # Any: JSON
    """What `whole` is once a `PATH=VALUE` is set in it; `read` makes a value of the text of one at a path.

    Raises:
        Failure: there is no value, or none can be at the path.
    """
    path, sign, text = setting.partition("=")
    if not sign:
        raise misused(f"--set {setting}: an = is missing, as in --set name=value")
    try:
        steps = parse(path)
    except PathError as error:
        raise misused(f"--set {setting}: no path stands before the =: {error}") from None
    try:
        return with_value(whole, steps, read(text, steps))
    except PathError as error:
        raise misused(f"--set {setting}: the path {error}") from None


def lines_of(text: str) -> dict[str, int]:
    """Wire path -> the line on which its value begins, counted from 1, in a text that is JSON."""
    lines: dict[str, int] = {}
    steps: list[str | int] = []  # to the value that comes next
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
