"""What runs that block and runs that await have in common: how they are made, and what they say of themselves."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Sized
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import structs

from ..codec import decode, encode
from ..errors import ConfigurationError
from ..events import ResponseEvent
from .elements import Reader
from .intake import Intake
from .journal import settle
from .options import settings_of
from .pace import Pace, Seen
from .protocol import Protocol
from .store import Store
from .tally import Tally
from .telling import Life, Teller
from .writing import Writer, made_by

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from ..events import Event
    from ..options import Settings
    from ..steps import Flow
    from .batches import Batch
    from .options import BulkOptions
    from .progress import BulkProgress
    from .protocol import Step
    from .writing import Caller

Given = TypeVar("Given")
Made = TypeVar("Made")


class Run(Generic[Given, Made]):
    """One run: its parts put together, and what is known of it."""

    def __init__(self, caller: Caller, elements: object, journal: object, options: BulkOptions) -> None:
        operation = caller.operation
        if not isinstance(elements, Iterable) or isinstance(elements, str | bytes):
            raise ConfigurationError(operation.id, "elements must be something to go through, such as a list")
        try:
            self._path = Path(os.fspath(journal)).resolve()  # type: ignore[call-overload]  # what is none raises
        except TypeError:
            raise ConfigurationError(operation.id, "journal= must be the path of a file") from None
        self._caller = caller
        self._elements = elements
        self._options = settings_of(options, operation.id)
        self._writer = Writer(caller, self._options.fields, self._options.batch_size)
        total = self._options.total
        if total is None and self._options.shard is None and isinstance(elements, Sized):
            total = len(elements)
        self._tally = Tally(total, self._options.progress)
        self._pace = Pace(self._options.workers, self._options.rate, operation.limit_headers)
        self._seen: deque[Seen] = deque()
        self._store: Store | None = None
        self._protocol: Protocol | None = None
        self._flow: Generator[Step, Any, None] | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._caller.operation.id}, journal={str(self._path)!r})"

    @property
    def progress(self) -> BulkProgress:
        """How far it has come."""
        return self._tally.progress()

    @property
    def summary(self) -> str:
        """That in words, and how to go on where there is something left."""
        now = self.progress
        is_complete = self._protocol is not None and self._protocol.is_complete
        if is_complete and not now.unknown and not now.failed:
            return f"{now}. The journal is {self._path}."
        under_way = f", {now.under_way} under way" if now.under_way else ""
        return (
            f"{now}{under_way}. The journal is {self._path}: the same call with it goes on where this one ended, sends "
            "anew what was mended, and finds out what is unknown or under way, while the keys are good."
        )

    def stop(self) -> None:
        """Send nothing new: the run ends once what is under way is known. Any thread may call it, and a hook."""
        if self._protocol is not None:
            self._protocol.stopped = True

    def settle(self, reference: str, *, done: bool, result: Mapping[str, Any] | None = None) -> None:
        """Say what became of an element whose outcome is unknown, outside of the `with`; see `Journal.settle`."""
        settle(self._path, reference, done=done, result=result)

    def _open(self) -> None:
        """Open the journal, and put the run together."""
        caller, operation = self._caller, self._caller.operation
        key = operation.idempotency_key
        life = Life(key.lifetime if key is not None else None)
        teller = Teller(made_by(operation), life)
        reader = Reader(self._writer.element_type, self._writer.limits)
        self._store = Store(self._path, self._facts(life))  # last of what can fail, as somebody has to close it
        intake = Intake(self._elements, reader, self._writer.limits, self._store, teller, self._options)
        self._protocol = Protocol(
            intake,
            self._writer,
            self._store,
            teller,
            self._pace,
            self._tally,
            self._options,
            caller.settings.backoff,
        )
        self._flow = self._protocol.steps()

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()

    def _facts(self, life: Life) -> dict[str, Any]:
        """What a journal says of the runs that it is of; nothing of it is secret."""
        caller = self._caller
        facts = {
            "operation": caller.operation.id,
            "request": f"{caller.operation.method} {caller.operation.path}",
            "base_url": str(caller.address),
            "arguments": caller.shared_arguments(),
            "fields": dict(self._options.fields),
            "shard": self._options.shard,
            "lifetime": life.seconds,
            "began": time.time(),
        }
        try:
            made = decode(encode(facts))
        except ValueError as error:
            raise ConfigurationError(caller.operation.id, f"what all requests have in common: {error}") from None
        return made if isinstance(made, dict) else {}

    def _call(self, batch: Batch) -> Flow[Any]:
        """The call for a request; each answer on the way is seen by the pace."""
        settings: Settings = self._caller.settings
        began = time.monotonic()

        def see(event: Event) -> None:
            if isinstance(event, ResponseEvent):
                self._seen.append(Seen(time.monotonic(), began, event.status, event.headers))

        # A refusal that the server keeps under a key is known by its coming twice.
        retries = max(1, settings.max_retries) if batch.unsure else settings.max_retries
        watched = structs.replace(settings, hooks=(*settings.hooks, see), max_retries=retries)
        return self._caller.flow(batch.draft, batch.began, unsure=batch.unsure, settings=watched)

    def _look(self) -> None:
        """Let the pace take account of the answers that came."""
        while self._seen:
            self._pace.see(self._seen.popleft())

    def _how_to_go_on(self, error: BaseException | None) -> None:
        if error is not None and not isinstance(error, GeneratorExit):
            error.add_note(f"The run was ended: {self.summary}")
