"""What a command says of itself: from the docstring of the method, and an example from the description."""

from __future__ import annotations

import inspect
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..codec import decode, encode
from .program import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..operation import Operation, Parameter

_ARGUMENTS: Final = "\n\nArgs:\n"
_ARGUMENT: Final = re.compile(r"^    (\w+): (.*(?:\n     +.*)*)", re.MULTILINE)


class Documentation(NamedTuple):
    """A docstring in its parts: the text, and what it says of each argument."""

    text: str
    arguments: dict[str, str]


def parts_of(docstring: str) -> Documentation:
    """The parts of a docstring of a generated method."""
    text, _, rest = inspect.cleandoc(docstring).rpartition(_ARGUMENTS)
    listed = rest.partition("\n\n")[0]
    return Documentation(text, {name: " ".join(said.split()) for name, said in _ARGUMENT.findall(listed)})


def body_example(operation: Operation[object]) -> object:
    """The shortest of the bodies that the description has as examples of an operation; `None` if there are none."""
    body = operation.body
    media = _inside(_described(operation), "requestBody", "content", body.media_type) if body is not None else None
    return min(_examples(media), key=lambda one: len(encode(one)), default=None)


def parameter_example(operation: Operation[object], parameter: Parameter) -> object:
    """The first value that the description has as an example of a parameter; `None` if there is none."""
    item = _inside(_description(), "paths", operation.path)
    for holder in (_described(operation), item):
        listed = _inside(holder, "parameters")
        for one in map(_resolved, listed if isinstance(listed, list) else ()):
            if (_inside(one, "name"), _inside(one, "in")) == (parameter.wire_name, parameter.where):
                return next(_examples(one), None)
    return None


def _described(operation: Operation[object]) -> Any:  # Any: JSON, whose parts are of any type
    return _inside(_description(), "paths", operation.path, operation.method.lower())


@cache
def _description() -> Any:  # Any: as above
    return decode(files(PACKAGE).joinpath("openapi.json").read_bytes())


def _examples(described: Any) -> Iterator[object]:  # Any: as above
    """The examples of a media type or a parameter, in any of the ways to write them."""
    named = _inside(described, "examples")
    for name in named if isinstance(named, dict) else ():
        yield from _there(_inside(named, name, "value"))
    yield from _there(_inside(described, "example"))
    yield from _there(_inside(described, "schema", "example"))
    listed = _inside(described, "schema", "examples")
    yield from listed if isinstance(listed, list) else ()


def _there(value: object) -> tuple[object, ...]:
    return () if value is None else (value,)


def _inside(value: Any, *steps: str) -> Any:  # Any: as above
    """What is some steps inside, references followed; `None` if nothing is."""
    for step in steps:
        value = _resolved(value.get(step) if isinstance(value, dict) else None)
    return value


def _resolved(value: Any) -> Any:  # Any: as above
    seen: list[object] = []
    while isinstance(value, dict) and isinstance(reference := value.get("$ref"), str) and reference not in seen:
        seen.append(reference)
        value = _description()
        for token in reference.removeprefix("#").split("/")[1:]:
            name = token.replace("~1", "/").replace("~0", "~")
            value = value.get(name) if isinstance(value, dict) else None
    return value
