"""How a method says what it gives: a value or a stream, in each media type that a call can choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.python.source import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.api.model import Choice, Operation


def gives(operation: Operation, prefix: str) -> str:
    """What a method gives, whichever media type is chosen; `prefix` is `Async` for one that is awaited."""
    is_one = len(operation.choices) == 1
    return _union(operation.choices, prefix if is_one else "Any")


def given(choice: Choice, prefix: str) -> str:
    """What is given where a media type is chosen."""
    return _union([choice], prefix)


def in_all(operation: Operation) -> str:
    """What a call gives, whether it is awaited or not."""
    return _union(operation.choices, "Any")


def caller(operation: Operation) -> str:
    """The method of the runtime that makes the call."""
    if not any(choice.items for choice in operation.choices):
        return "_call"
    return "_choose" if any(choice.values for choice in operation.choices) else "_stream"


def accept(choices: Iterable[Choice], can_be_left_out: bool) -> str:
    """The argument that names a media type."""
    named = ", ".join(quoted(one) for choice in choices for one in choice.media_types)
    types = [f"Literal[{named}]"] * bool(named) + ["None"] * can_be_left_out
    return f"accept: {' | '.join(types)}" + " = None" * can_be_left_out


def _union(choices: Iterable[Choice], prefix: str) -> str:
    listed = list(choices)
    streams = [f"{prefix}Stream[{' | '.join(one.items)}]" for one in listed if one.items]
    options = dict.fromkeys([*(value for one in listed for value in one.values), *streams])
    return " | ".join(sorted(options, key=lambda one: one == "None"))
