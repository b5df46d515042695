"""The parameters of an operation as options of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from ..tables.fields import type_of
from .values import from_text, word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..operation import Operation, Parameter


class Flag(NamedTuple):
    """A parameter, and the option that brings it."""

    parameter: Parameter
    option: click.Option

    def value(self, given: object) -> object:
        """The value of the parameter, from what click makes of the option; `None` if it was not given."""
        kind = type_of(self.parameter.type)
        if isinstance(given, tuple):
            return [from_text(one, kind.inner[0]) for one in given] or None
        return None if given is None else from_text(str(given), kind)


def flags_of(operation: Operation[object], said: Mapping[str, str], taken: Collection[str]) -> Iterator[Flag]:
    """The options of an operation's parameters; `taken` are options that the command has besides."""
    for parameter in operation.parameters:
        name = f"--{parameter.name.strip('_').replace('_', '-')}"
        if name in taken:
            name = f"--parameter{name[1:]}"
        kind = type_of(parameter.type)
        is_array = kind.kind == "array"
        words = [said.get(parameter.name, "")]
        if parameter.required:
            words.append("Required.")
        if is_array:
            words.append("May be given several times.")
        option = click.Option(
            [name, f"parameter_{parameter.name}"],
            metavar=word(kind.inner[0] if is_array else kind),
            multiple=is_array,
            help=" ".join(filter(None, words)),
        )
        yield Flag(parameter, option)
