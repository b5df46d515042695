"""The parameters of an operation as options of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from .values import element, from_text, word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..operation import Operation, Parameter


class Flag(NamedTuple):
    """A parameter, and the option that brings it."""

    parameter: Parameter
    option: click.Option

    def value(self, given: object) -> object:
        """The value of the parameter, from what click makes of the option; `None` if it was not given."""
        form = self.parameter.type
        if isinstance(given, tuple):
            of_each = element(form)
            return [from_text(one, of_each) for one in given] or None
        return None if given is None else from_text(str(given), form)


def flags_of(operation: Operation[object], said: Mapping[str, str], taken: Collection[str]) -> Iterator[Flag]:
    """The options of an operation's parameters; `taken` are options that the command has besides."""
    for parameter in operation.parameters:
        name = f"--{parameter.name.strip('_').replace('_', '-')}"
        if name in taken:
            name = f"--parameter{name[1:]}"
        of_each = element(parameter.type)
        words = [said.get(parameter.name, "")]
        if parameter.required:
            words.append("Required.")
        if of_each is not None:
            words.append("May be given several times.")
        option = click.Option(
            [name, f"parameter_{parameter.name}"],
            metavar=word(parameter.type if of_each is None else of_each),
            multiple=of_each is not None,
            help=" ".join(filter(None, words)),
        )
        yield Flag(parameter, option)
