"""Commands for the journals of runs: what they hold, what was created, what somebody found out; and mapping files."""

from __future__ import annotations

import codecs
import csv
import io
from contextlib import closing, contextmanager
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import click

from ..bulk import BulkError, Journal
from ..codec import as_text
from ..resending import moment
from ..tables import Layout, draft_mapping, open_table
from ..tables.faults import nearest
from ..text import on_one_line
from . import program as package
from .failures import MISUSED, Failure, in_words, misused, plain
from .outcomes import sought
from .output import flat, say, write
from .paths import with_setting
from .run_options import Delimiter, layout_options
from .sources import element_model, layout, table_failures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..bulk import BulkPart
    from .program import Program

_JOURNAL: Final = click.Path(exists=True, dir_okay=False)
_AT_ONCE: Final = 1000  # rows of a report
_LISTED: Final = 100  # elements that are listed one by one
_ENCODINGS: Final = ("utf-8", "utf-8-sig", "cp1252")
_DECIMAL: Final = "What stands before the decimals of what was created."
_SHEETS: Final = "utf-8-sig is UTF-8 that Excel knows as such."
_OUTCOMES: Final = ("created", "rejected", "invalid", "unknown")


def status_command(name: str, _program: Program) -> click.Command:
    """What a journal holds."""

    @click.command(name)
    @click.argument("journal", type=_JOURNAL)
    def status(journal: str) -> None:
        """Show what the journal of a run holds.

        Counts of elements by what became of them, and what to look for of those that are unknown. It may be looked at
        while a run is using it.
        """
        with _opened(journal) as opened:
            found = opened.status()
            rows = {"operation": found.operation, "server": found.base_url}
            counts = {one: getattr(found, one) for one in (*_OUTCOMES, "under_way", "waiting")}
            rows |= {one.replace("_", " "): f"{count:,}" for one, count in counts.items() if count or one == "created"}
            for title, text in rows.items():
                say(f"{title:<10} {text}")
            if found.under_way and found.key_expires is not None:
                say(f"Run again before {moment(found.key_expires)}: then it finds out what is under way.")
            for count, part in enumerate(opened.parts("unknown")):
                if count == _LISTED:
                    say(f"... and {found.unknown + found.under_way - count:,} more: report --outcome unknown")
                    break
                say(on_one_line(f"{part.reference}: {sought(part)}"))

    return status


def report_command(name: str, _program: Program) -> click.Command:
    """What became of each element, as CSV."""

    @click.command(name)
    @click.argument("journals", nargs=-1, required=True, type=_JOURNAL)
    @click.option("--outcome", type=click.Choice(_OUTCOMES), help="Of these alone; all that are known if left out.")
    @click.option("--columns", metavar="NAME,...", help="Fields of what was created; all that there are if left out.")
    @click.option("--delimiter", type=Delimiter(), default=",", show_default=True)
    @click.option("--decimal", type=click.Choice([".", ","]), default=".", show_default=True, help=_DECIMAL)
    @click.option("--encoding", type=click.Choice(_ENCODINGS), default="utf-8", show_default=True, help=_SHEETS)
    def report(
        journals: tuple[str, ...], outcome: Any, columns: str | None, delimiter: str, decimal: str, encoding: str
    ) -> None:
        """Write what became of each element as CSV: its reference, its outcome, and what was created or why not.

        Of several journals, such as those of the shards of a run, their elements one after the other.
        """
        there = _fields(journals, outcome)
        names = there if columns is None else [one.strip() for one in columns.split(",")]
        rows = (
            [part.reference, part.outcome, *(result.get(one, "") for one in names), _why(part)]
            for part in _parts(journals, outcome)
            for result in [_flat(part.result, decimal)]
        )
        _write(chain([["reference", "outcome", *names, "why"]], rows), delimiter, encoding)
        for one in names:
            if one not in there:
                click.echo(f"Nothing has {one}{nearest(one, there)}", err=True)

    return report


def settle_command(name: str, _program: Program) -> click.Command:
    """What somebody found out of an element whose outcome is unknown."""

    @click.command(name)
    @click.argument("journal", type=_JOURNAL)
    @click.argument("reference")
    @click.option(
        "--done/--not-done", default=None, help="Whether the server has done it; one of the two has to be said."
    )
    @click.option(
        "--set", "settings", multiple=True, metavar="PATH=VALUE", help="A field of what was created, for the report."
    )
    def settle(journal: str, reference: str, done: bool | None, settings: tuple[str, ...]) -> None:
        """Say what became of an element whose outcome is unknown.

        One that was not done goes out again, under a new key, with the next run that is given it.
        """
        if done is None:
            raise misused("say what you found: --done, or --not-done, after which it goes out again")
        result: Any = None  # Any: JSON
        for setting in settings:
            result = with_setting(result, setting, lambda text, _: text)
        with _opened(journal) as opened:
            opened.settle(reference, done=done, result=result)
        say(f"{reference}: {'done' if done else 'not done, and goes out again with the next run'}")

    return settle


def init_map_command(name: str, program: Program) -> click.Command:
    """A mapping file to begin with."""
    operations = {
        f"{resource.name}.{command.method}".replace("_", "-"): (resource, command)
        for resource in program.resources
        for command in resource.commands
        if command.bulk
    }

    @click.command(name)
    @click.argument("source", metavar="FILE", type=_JOURNAL)
    @click.option(
        "--operation",
        type=click.Choice(list(operations)),
        default=next(iter(operations)),
        show_default=True,
        help="What the lines are for.",
    )
    def init_map(source: str, operation: str, **given: Any) -> None:  # Any: options that say how a file is written
        """Write a mapping file for a table, to begin with: what its columns seem to be, with comments.

        Look it through before you use it.
        """
        with table_failures():
            table = open_table(source, layout(given, Layout()))
            text = draft_mapping(table, element_model(package.operation(*operations[operation])))
        write(text.encode(), ends=False)

    init_map.params += layout_options()
    return init_map


@contextmanager
def _opened(path: str) -> Iterator[Journal]:
    try:
        with closing(Journal(path)) as journal:
            yield journal
    except BulkError as error:
        raise Failure(str(error), MISUSED) from None


def _parts(journals: Sequence[str], outcome: Any) -> Iterator[BulkPart[Any, Any]]:
    for path in journals:
        with _opened(path) as journal:
            yield from journal.parts(outcome)


def _fields(journals: Sequence[str], outcome: Any) -> list[str]:
    """The plain fields of all that was created, in the order in which they come."""
    names: dict[str, None] = {}
    for part in _parts(journals, outcome):
        names.update(dict.fromkeys(_flat(part.result)))
    return list(names)


def _flat(result: object, decimal: str = ".") -> dict[str, str]:
    """The plain fields of what was created, as text."""
    fields = flat(result) if isinstance(result, dict) else {}
    return {
        name: as_text(value).replace(".", decimal) if isinstance(value, Decimal) else as_text(value)
        for name, value in fields.items()
    }


def _why(part: BulkPart[Any, Any]) -> str:
    if part.violations:
        return "; ".join(plain(str(one)) for one in part.violations)
    if part.outcome == "unknown":
        return sought(part)
    return in_words(part.reasons) if part.outcome == "rejected" else ""


def _write(rows: Iterable[list[str]], delimiter: str, encoding: str) -> None:
    """Write rows as CSV, some at a time; a character that the encoding lacks becomes a question mark."""
    text, encoder = io.StringIO(), codecs.getincrementalencoder(encoding)("replace")
    writer = csv.writer(text, delimiter=delimiter)
    for count, row in enumerate(rows, 1):
        writer.writerow(row)
        if count % _AT_ONCE == 0:
            write(encoder.encode(text.getvalue()), ends=False)
            text.seek(0)
            text.truncate()
    write(encoder.encode(text.getvalue()), ends=False)
