"""A run over the lines of a file: checked as a whole, sent, and what did not work written into a file to be mended."""

from __future__ import annotations

import signal
import tempfile
import threading
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from ..bulk import BulkError, ElementError, RunHaltedError
from ..bulk.writing import names_of
from ..codec import encode
from ..errors import ApiError
from ..options import fresh_key
from . import program as package
from .connection import connect
from .dry import request_of
from .failures import MISUSED, REJECTED, UNKNOWN, Failure, failure_of, misused, shown
from .meters import meter
from .outcomes import Outcome, failed_name
from .output import say, wire
from .paths import with_setting, with_value
from .sources import opened
from .survey import surveyed
from .trouble import Trouble
from .values import from_text, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..bulk import BulkProgress, BulkRun
    from ..operation import Operation
    from .connection import Connection
    from .meters import Meter
    from .program import Command, Program, Resource
    from .sources import Source

_TOLD: Final = 100  # places of elements
_OLD_LINES: Final = "What was mended in a file of failed lines, and sent from there, is old here: take it out here."


class Many(NamedTuple):
    """A run, as the options of a command say it; `typed` is that command."""

    program: Program
    resource: Resource
    command: Command
    operation: Operation[object]
    arguments: Mapping[str, object]
    given: Mapping[str, Any]  # Any: as click gives them
    typed: tuple[str, ...]
    root: tuple[str, ...]
    """The command line as such."""

    def check(self, connection: Connection) -> None:
        """Check the whole file and what each request has besides, and show the first element as it would go out.

        Raises:
            Failure: something is wrong.
        """
        source = opened(self.operation, self.given, self.root)
        fields = self._besides()
        with meter(source.table.name) as seen:
            survey = surveyed(source, seen)
        if survey.wrong:
            raise Failure(f"{survey}; nothing was sent", REJECTED)
        if survey.first is not None:
            self._check_request(connection, fields, survey.first)
            say(encode(wire(survey.first), indent=2).decode())
        click.echo(f"{survey}. Checked, and not sent{'; this is the first' * (survey.first is not None)}.", err=True)

    def send(self, connection: Connection) -> int:
        """Check the whole file, send it, and say what came of it; returns the exit code.

        Raises:
            Failure: something is wrong, so that nothing was sent, or the run had to be ended.
        """
        source = opened(self.operation, self.given, self.root)
        options = self._options()
        failed = failed_name(source.table.path, source.shard)
        with ExitStack() as stack:
            journal = stack.enter_context(self._journal())
            stack.enter_context(self._failing())
            seen = meter(source.table.name)
            client = stack.enter_context(connect(self.program, self.operation, connection, hook=Trouble(seen)))
            stack.enter_context(seen)
            survey = surveyed(source, seen)
            if survey.wrong and not self.given["partial"]:
                ways = f"Mend {source.table.name}, or add --partial to send what is right: {failed} then has the rest."
                raise Failure(f"{survey}; nothing was sent", REJECTED, [ways])
            outcome = Outcome(source, survey, seen)
            total = None if self.given["limit"] is not None else survey.right
            method: Callable[..., BulkRun[Any, Any]] = package.method(client, self.resource, self.command.bulk)
            run = method(source, journal=journal, **self.arguments, **options, total=total, progress=seen.sent)
            ended = _gone_through(run, outcome, seen)
            if ended is not None and not run.progress.known:
                raise self._halted(ended, run.progress, source)
            unwritten = _written(outcome, failed)
        progress = run.progress
        has_failed = outcome.has_failed and unwritten is None
        for line in (*outcome.summary(progress), *self._next(progress, outcome, failed if has_failed else None)):
            say(line)
        if unwritten is not None:
            raise unwritten
        if ended is not None:
            raise self._halted(ended, progress, source)
        return outcome.exit_code(progress, limited=self.given["limit"] is not None)

    def _options(self) -> dict[str, Any]:
        """The options of the run itself."""
        names = ("workers", "rate", "limit", "shard")
        found = {name: self.given[name] for name in names if self.given[name] is not None}
        return {**found, "again": self.given["again"], "fields": self._besides()}

    def _check_request(self, connection: Connection, fields: object, element: object) -> None:
        """Check a request with one element, for what it has besides.

        Raises:
            Failure: something is wrong.
        """
        names = names_of(self.operation)
        body = with_value(fields, [names.requests], [element]) if names is not None else fields
        own = (one for one in self.operation.parameters if one.required and (one.idempotency_key or one.correlation_id))
        arguments = {**self.arguments, **{one.name: fresh_key() for one in own}}
        with self._failing(), connect(self.program, self.operation, connection, dry=True) as client:
            for _ in request_of(client, self.operation, arguments, body):
                pass

    def _besides(self) -> dict[str, object]:
        """What each request has besides its elements."""
        form = None if self.operation.body is None else self.operation.body.type
        names = names_of(self.operation)
        fields: dict[str, object] = {}
        for setting in self.given["settings"]:
            fields = with_setting(fields, setting, lambda text, at: from_text(text, inside(form, at)))
            if names is not None and names.requests in fields:
                source = self.given["source"]
                raise misused(f"--set {setting}: what {names.requests} are to have comes from {source}")
        return fields

    @contextmanager
    def _journal(self) -> Iterator[str]:
        """The file that keeps what was done; of a trial in a sandbox, which forgets all, one that is forgotten too."""
        journal = self.given["journal"]
        if journal is not None:
            folder = Path(journal).parent
            if not folder.is_dir():
                raise misused(f"--journal {journal}: there is no folder {folder}")
            yield journal
        elif self.given["sandbox"]:
            with tempfile.TemporaryDirectory() as trial:
                yield str(Path(trial) / "journal.db")
        else:
            raise misused("--from needs --journal FILE, which keeps what was done: the next run goes on from there")

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except ApiError as error:
            raise failure_of(error, lambda _: "", self.typed) from error

    def _next(self, progress: BulkProgress, outcome: Outcome, failed: Path | None) -> Iterator[str]:
        """What can be done next."""
        journal = self.given["journal"]
        is_left = bool(journal is not None and outcome.left(progress))
        if failed is not None and is_left:
            yield f"What failed so far, and why: {failed}. First go on: then it has all that failed."
        elif failed is not None:
            given = self.given["source"]
            again = [
                str(failed) if one == given else one.replace(f"--from={given}", f"--from={failed}")
                for one in self.typed
            ]
            yield f"What failed, and why: {failed}. Mend it there, and run: {shown(again)}"
        if journal is None:
            return
        if progress.unknown or is_left:
            yield f"To go on: {shown(self.typed)}"
        if progress.unknown:
            settle = shown([*self.root, "settle", journal, "REFERENCE", "--done"])
            yield f"To say what you found: {settle} (or --not-done)"
        if progress.done:
            yield f"What was created: {shown([*self.root, 'report', journal])}"

    def _halted(self, error: BulkError | KeyboardInterrupt, progress: BulkProgress, source: Source) -> Failure:
        """A run that had to be ended."""
        if isinstance(error, KeyboardInterrupt):
            return Failure("interrupted at once, so what was under way is not known: run it again", UNKNOWN)
        dark = progress.unknown or progress.under_way
        if isinstance(error, ElementError) and error.references:
            places = islice(source.places(frozenset(error.references)), _TOLD)
            return Failure(str(error), UNKNOWN if dark else MISUSED, [*places, _OLD_LINES])
        if not isinstance(error, RunHaltedError):
            return Failure(str(error), UNKNOWN if dark else MISUSED)
        return Failure(str(error), UNKNOWN if dark else REJECTED, [f"To go on: {shown(self.typed)}"])


def _written(outcome: Outcome, file: Path) -> Failure | None:
    """Write what failed into a file: why that cannot be, if it cannot."""
    try:
        outcome.write_failed(file)
    except Failure as failure:
        return failure
    return None


def _gone_through(run: BulkRun[Any, Any], outcome: Outcome, seen: Meter) -> BulkError | KeyboardInterrupt | None:
    """Go through a run to its end, be it one before its time: that is why, then."""
    try:
        with _stopping(run, seen), run:
            for part in run:
                outcome.add(part)
    except (BulkError, KeyboardInterrupt) as error:
        return error
    return None


@contextmanager
def _stopping(run: BulkRun[Any, Any], seen: Meter) -> Iterator[None]:
    """Let Ctrl-C, or a request to end, finish what is under way; the next one ends the run, and one more the wait."""
    if threading.current_thread() is not threading.main_thread():
        yield  # where no signals come
        return
    signals = [signal.SIGINT, signal.SIGTERM]
    before = {one: signal.getsignal(one) for one in signals}

    def stop(_number: int, _frame: object) -> None:
        for one in signals:
            signal.signal(one, signal.default_int_handler)
        run.stop()
        with suppress(RuntimeError):  # it came while a line was being written
            seen.tell("Stopping: what is under way is waited for. Ctrl-C twice more leaves at once.")

    for one in signals:
        signal.signal(one, stop)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
