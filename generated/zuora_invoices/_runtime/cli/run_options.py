"""The options of a run over the lines of a file."""

from __future__ import annotations

import re
from typing import Final

import click

from ..tables.rows import is_sign

_SHARD: Final = re.compile(r"([1-9]\d{0,8})/([1-9]\d{0,8})")
_FILE: Final = click.Path(exists=True, dir_okay=False)


class RunOption(click.Option):
    """One that means something for runs alone."""


def run_options() -> list[click.Option]:
    """Those of the command of an operation that takes many elements."""
    option = RunOption
    return [
        option(["--from", "source"], type=_FILE, help="Do it for every line of a table: CSV, JSON Lines, .xlsx."),
        option(["--map"], type=_FILE, help="What the columns are; left out, headers are wire paths. See init-map."),
        option(
            ["--journal"], type=click.Path(dir_okay=False), help="Keeps what was done. The next run with it goes on."
        ),
        option(["--partial"], is_flag=True, help="Send what is right even where something in the file is wrong."),
        option(
            ["--limit"],
            type=click.IntRange(1),
            show_default=False,
            metavar="N",
            help="Send so many more at most: for a first try.",
        ),
        option(["--again"], is_flag=True, help="Send again what was rejected, though it has not changed."),
        option(
            ["--workers"],
            type=click.IntRange(1),
            show_default=False,
            metavar="N",
            help="Requests at once, at most. 4 if left out.",
        ),
        option(["--rate"], type=click.FloatRange(0, min_open=True), metavar="N", help="Requests a second, at most."),
        option(["--shard"], type=_Shard(), metavar="I/N", help="The I-th of N parts, each with a journal of its own."),
        option(["--group"], multiple=True, metavar="COLUMN", help="Lines that say the same here are one element."),
        option(["--reference"], metavar="COLUMN", help="Your own id of an element; by default the line."),
        option(["--decimal"], type=click.Choice([".", ","]), help="What stands before decimals."),
        *layout_options(),
    ]


def layout_options() -> list[click.Option]:
    """Those that say how a file is written."""
    option = RunOption
    return [
        option(["--format"], type=click.Choice(["csv", "jsonl", "xlsx"]), help="Of the file; by default by its name."),
        option(["--encoding"], metavar="NAME", help="Of CSV, such as cp1252; by default it is found out."),
        option(["--delimiter"], type=Delimiter(), help="Of CSV, such as ';'; by default it is found out."),
        option(["--sheet"], metavar="NAME", help="Of a workbook that has several."),
    ]


class Delimiter(click.ParamType[str]):
    """What stands between the cells of CSV."""

    name = "character"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The character."""
        if not is_sign(str(value)):
            self.fail("must be one character, such as ';', and no letter, digit or quote", param, ctx)
        return str(value)


class _Shard(click.ParamType[tuple[int, int]]):
    """Which part of how many, such as `2/8`."""

    name = "shard"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """The two numbers."""
        found = _SHARD.fullmatch(str(value))
        if found is None or int(found[1]) > int(found[2]):
            self.fail("must be such as 2/8: the second of eight parts", param, ctx)
        return int(found[1]), int(found[2])
