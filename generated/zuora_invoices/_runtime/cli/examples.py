"""Examples for the help of a command, made of those of the description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..codec import as_text
from ..tables.fields import type_of
from ..violations import wire_path
from .documentation import body_example, parameter_example
from .failures import shown
from .values import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..operation import Operation
    from .flags import Flag

_MOST: Final = 6  # values that are set one by one in an example
_FILE: Final = "body.json"


def examples(command: Sequence[str], operation: Operation[object], flags: Sequence[Flag]) -> list[str]:
    """Commands as they are typed, the simplest first."""
    needed = [part for one in flags if one.parameter.required for part in _given(operation, one)]
    if operation.body is None:
        return [shown([*command, *needed])]
    body = body_example(operation)
    listed = [shown([*command, *needed, _FILE, "--dry-run"]), shown([*command, *needed, _FILE])]
    if body is not None:
        listed.insert(0, f"{shown([*command, '--example'])} > {_FILE}")
        leaves = list(_leaves(body))
        if 0 < len(leaves) <= _MOST:
            settings = [part for path, value in leaves for part in ("--set", f"{path}={as_text(value)}")]
            listed.append(shown([*command, *needed, *settings]))
    return listed


def run_examples(root: Sequence[str], command: Sequence[str]) -> list[str]:
    """Commands for a run over the lines of a file, in the order of a month's end."""
    run = [*command, "--from", "lines.csv", "--map", "map.yaml"]
    return [
        f"{shown([*root, 'init-map', 'lines.csv'])} > map.yaml",
        shown([*run, "--dry-run"]),
        shown([*run, "--journal", "lines.db", "--limit", "10"]),
        shown([*run, "--journal", "lines.db"]),
        f"{shown([*root, 'report', 'lines.db'])} > report.csv",
    ]


def _given(operation: Operation[object], flag: Flag) -> tuple[str, str]:
    value = parameter_example(operation, flag.parameter)
    if isinstance(value, list):
        value = value[0] if value else None
    return flag.option.opts[0], word(type_of(flag.parameter.type)).partition("|")[0] if value is None else as_text(
        value
    )


def _leaves(value: object, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str, object]]:
    """The values in a body that hold no others, by their wire paths."""
    if isinstance(value, dict) and value:
        for name, member in value.items():
            yield from _leaves(member, (*steps, str(name)))
    elif isinstance(value, list) and value:
        for place, one in enumerate(value):
            yield from _leaves(one, (*steps, place))
    elif steps:
        yield wire_path(steps), value
