"""Wire paths as people write them, such as `lines[0].amount`, and their steps."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from ..violations import wire_path

Steps: TypeAlias = tuple[str | int, ...]

EACH: Final = -1
"""The step into an array of which each line of the file is an element."""
_STEP: Final = re.compile(
    r"""(?:^|\.)(?P<name>[^.\[\]"]+)|\[(?P<index>[0-9]{1,6})\]|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]"""
)


class PathError(ValueError):
    """A text is no path."""


def parse(text: str) -> Steps:
    """The steps of a path: `lines[0].amount` is `("lines", 0, "amount")`; an odd name is quoted: `["a.b"]`.

    Raises:
        PathError: the text is no path; says where.
    """
    steps: list[str | int] = []
    end = 0
    while end < len(text):
        found = _STEP.match(text, end)
        if found is None or (end == 0 and found["index"] is not None):
            raise PathError(
                f"not a path from character {end + 1} on: paths are such as lines.amount and lines[0].amount"
            )
        if found["index"] is not None:
            steps.append(int(found["index"]))
        else:
            name: str = found["name"] or re.sub(r"\\(.)", r"\1", found["quoted"][1:-1])
            steps.append(name)
        end = found.end()
    if not steps:
        raise PathError("a path has at least one name")
    return tuple(steps)


def written(steps: Steps) -> str:
    """The path of steps, as in violations; of arrays with an element a line it has the name alone."""
    return wire_path(tuple(step for step in steps if step != EACH))


def spelled(steps: Steps) -> str:
    """A path that `parse` reads as these steps."""
    path = ""
    for step in steps:
        if step == EACH:
            continue
        if isinstance(step, int):
            path += f"[{step}]"
        elif step and not set(step) & set('.[]"'):
            path += f".{step}" if path else step
        else:
            path += '["{}"]'.format(re.sub(r'(["\\])', r"\\\1", step))
    return path
