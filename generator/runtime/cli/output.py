"""What a call brought, on standard output: as JSON with every number exact, or as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import click
from msgspec import Struct, structs

from ..codec import as_text, encode
from ..streams import Stream
from ..text import on_one_line
from ..wire import WireModel
from .failures import MISUSED, Failure

if TYPE_CHECKING:
    from rich.console import Console

Form: TypeAlias = Literal["json", "table"]
_PAIR: Final = ["field", "value"]
_GAP: Final = 2  # columns between two of a table
_ENDLESS: Final = 100_000  # columns of what is no terminal: nothing is folded there


def show(result: object, form: Form) -> None:
    """Write the result of a call: bytes and text as they are, of a stream each element as it comes, on a line."""
    if result is None:
        return
    if isinstance(result, Stream):
        with result:
            for one in result:
                write(one if isinstance(one, bytes) else encode(wire(one)), ends=not isinstance(one, bytes))
    elif isinstance(result, bytes):
        write(result, ends=False)
    elif isinstance(result, str):
        write(result.encode(), ends=not result.endswith("\n"))
    elif form == "json":
        _show_json(encode(wire(result), indent=2))
    else:
        _show_tables(wire(result))


def wire(value: object) -> object:
    """A result as it came on the wire."""
    if isinstance(value, WireModel):
        return value.to_wire()
    if isinstance(value, Mapping):
        return {name: wire(member) for name, member in value.items()}
    if isinstance(value, Struct):
        return wire(structs.asdict(value))
    return [wire(one) for one in value] if isinstance(value, list | tuple) else value


def is_terminal() -> bool:
    """Whether standard output is one."""
    asked = getattr(click.open_file("-", "w"), "isatty", None)  # none where nothing is attached to it
    return asked is not None and asked()


def say(text: str) -> None:
    """A line on standard output; in UTF-8, whatever the locale, where that is no terminal."""
    write(text if is_terminal() else text.encode())


def write(content: str | bytes, *, ends: bool = True) -> None:
    """Write on standard output; a line if it `ends` here.

    Raises:
        UnwrittenError: there is no room, or the like.
    """
    try:
        click.echo(content, nl=ends)
    except BrokenPipeError:
        raise  # who reads it has enough: click ends the command
    except OSError as error:
        raise UnwrittenError(f"standard output cannot be written: {error.strerror or type(error).__name__}") from None


class UnwrittenError(Failure):
    """What a command is to show cannot be written; all else of it is done."""

    def __init__(self, message: str) -> None:
        super().__init__(message, MISUSED)


def console() -> Console:
    """Standard output, which knows whether it is a terminal and whether that wants colour."""
    from rich.console import Console  # here, as most of what is written needs none

    return Console(width=None if is_terminal() else _ENDLESS, markup=False, highlight=False, emoji=False)


def _show_json(text: bytes) -> None:
    if not is_terminal():
        say(text.decode())
        return
    from rich.highlighter import JSONHighlighter  # as above
    from rich.text import Text

    # What would not stay in its place on a screen is written as JSON can write any character.
    safe = "".join(one if one.isprintable() or one == "\n" else f"\\u{ord(one):04x}" for one in text.decode())
    console().print(JSONHighlighter()(Text(safe)), soft_wrap=True)


def _show_tables(result: object) -> None:
    from rich import box  # as above
    from rich.table import Table
    from rich.text import Text

    written = console()
    for title, rows in _tables(result):
        names = list(dict.fromkeys(name for row in rows for name in row))
        shown = _fitting(names, rows, written.width)
        table = Table(
            title=title or None,
            title_justify="left",
            box=box.SIMPLE if written.is_terminal else None,
            pad_edge=False,
            show_header=names != _PAIR,
        )
        for name in shown:
            table.add_column(Text(on_one_line(name)), overflow="fold")
        for row in rows:
            table.add_row(*(Text(_cell(row.get(name))) for name in shown))
        if written.is_terminal:
            written.print(table)
            if left := len(names) - len(shown):
                written.print(f"and {left} column{'s' * (left > 1)} more: --output json has all of them")
            continue
        with written.capture() as captured:
            written.print(table)
        say("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _tables(result: object) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Tables with their titles: the plain fields of an object, a row each; then each of its arrays of objects."""
    if objects := _objects(result):
        yield "", [flat(one) for one in objects]
    elif isinstance(result, dict):
        rows: list[dict[str, object]] = [dict(zip(_PAIR, pair, strict=True)) for pair in flat(result).items()]
        if rows:
            yield "", rows
        for name, value in result.items():
            if objects := _objects(value):
                yield name, [flat(one) for one in objects]
    else:
        yield "", [{"value": result}]


def _objects(value: object) -> list[dict[str, object]]:
    """The elements of an array of objects; of nothing else any."""
    listed = value if isinstance(value, list) else []
    found = [one for one in listed if isinstance(one, dict)]
    return found if len(found) == len(listed) else []


def _fitting(names: list[str], rows: list[dict[str, object]], width: int) -> list[str]:
    """The first columns, as many as have room beside each other, and two at least."""
    room = width
    for place, name in enumerate(names):
        room -= max(len(name), *(len(_cell(row.get(name))) for row in rows)) + _GAP
        if room < 0 and place >= 2:
            return names[:place]
    return names


def flat(fields: Mapping[str, object], path: str = "") -> dict[str, object]:
    """The fields that are no arrays of objects, those of objects inside by their paths; nothing of what is null."""
    found: dict[str, object] = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            found |= flat(value, f"{path}{name}.")
        elif value is not None and not (isinstance(value, list) and any(isinstance(one, dict) for one in value)):
            found[f"{path}{name}"] = value
    return found


def _cell(value: object) -> str:
    return "" if value is None else on_one_line(as_text(value))
