"""A server in memory that keeps answers under idempotency keys, and runs against it, in threads or in tasks.

What it has carried out is in `made`: one entry for each time that it did. What goes wrong is said for each request that
comes; what is wrong with an element, its name says.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, cast

from pydantic import Field

from generator.runtime import keys
from generator.runtime.address import parse
from generator.runtime.auth import Credentials
from generator.runtime.batch import Batch, BatchResult
from generator.runtime.bulk import AsyncBulkRun, BulkRun
from generator.runtime.bulk.writing import Caller
from generator.runtime.constraints import TotalItems
from generator.runtime.echo import Echo
from generator.runtime.http import Reply, TransportError
from generator.runtime.model import RequestModel, ResponseModel
from generator.runtime.operation import Body, LimitHeaders, Operation, Parameter, Response
from generator.runtime.options import Settings
from generator.runtime.reasons import Category, FailureBody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from generator.runtime.bulk import BulkOptions, BulkPart
    from generator.runtime.exchange import Opened
    from generator.runtime.steps import Send

DAY = 24 * 3600
MOST = 4
MOST_TOYS = 6


class Wish(RequestModel):
    name: Annotated[str, Field(min_length=1, max_length=20)]
    toys: Annotated[list[str] | None, Field(max_length=50)] = None


class Wishes(RequestModel):
    constraints: ClassVar[Any] = (TotalItems("wishes[*].toys", MOST_TOYS),)

    wishes: Annotated[list[Wish], Field(min_length=1, max_length=MOST)]
    note: str | None = None


class Pet(ResponseModel):
    echo: ClassVar[Echo | None] = Echo(same=("name",))

    ok: Literal[True]
    number: str
    name: str | None = None


class Refusal(ResponseModel):
    failure: ClassVar[bool] = True

    ok: Literal[False]
    at: int | None = None


class Litter(BatchResult["Wish", "Pet", "Refusal"]):
    batch: ClassVar[Batch] = Batch(requests="wishes", results="pets", index="at")

    ok: Literal[True]
    pets: list[Pet | Refusal]


class Denial(ResponseModel):
    failure: ClassVar[bool] = True

    ok: Literal[False]


FAILURE = FailureBody(
    "reasons",
    "code",
    "message",
    "process",
    100,
    (Category(10, "denied", early=True), Category(20, "wrong"), Category(50, "busy", transient=True)),
)
KEY = Parameter("Idempotency-Key", "key", "header", str, idempotency_key=True, max_length=40, lifetime=DAY)
TRACK = Parameter("Track", "track", "header", str, correlation_id=True)
FARM = Parameter("Farm", "farm", "header", str)
LIMITS = LimitHeaders("left", "reset", "at-once", "at-once-left")
ADD: Operation[Any] = Operation(
    "addPets",
    "POST",
    "/pets",
    (KEY, TRACK, FARM),
    Body("application/json", Wishes, required=True, gzip=True),
    (Response("200", "application/json", Litter | Denial), Response("4XX", "application/json", Denial)),
    failure=FAILURE,
    retry_statuses=(409, 429, 500, 503),
    limit_headers=LIMITS,
)

FAULTS = (
    "none",
    "unsent",  # the connection is not made
    "before",  # lost before it was carried out
    "after",  # lost when it was carried out
    "429",
    "429-later",  # and nothing for some time
    "503",  # not carried out
    "404",  # there is no such operation
    "413",  # more than two elements are too many
    "busy",  # a refusal that can pass, kept under the key
    "full",  # the same, before the key is looked at
    "denied",  # a permission is missing, before the key is looked at
    "html",  # carried out; the answer is a page
    "other",  # carried out; the answer is for another request
)
"""What can go wrong."""


@dataclass
class World:
    """The server; `clock` is in seconds, beside the time of the machine."""

    faults: Sequence[str] = ()
    clock: float = 0.0
    made: list[str] = field(default_factory=list)
    sent: list[tuple[str, bytes, str]] = field(default_factory=list)
    """Key, body and encoding of each request that came."""
    kept: dict[str, tuple[float, Reply]] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    headers: dict[str, str] = field(default_factory=dict)
    watch: Callable[[str], None] = lambda _: None
    """Told of each request: when it has come, and when it is done."""
    came: int = 0

    def send(self, step: Send) -> Reply:
        """The answer to a request."""
        request = step.request
        content, encoding = request.content or b"", request.headers.get("Content-Encoding", "")
        key = request.headers["Idempotency-Key"]
        fault = self.faults[self.came] if self.came < len(self.faults) else "none"
        assert fault in FAULTS
        self.came += 1
        if fault == "unsent":
            raise TransportError("refused", sent=False)
        self.watch("came")
        self.sent.append((key, content, encoding))
        early = self._early(fault)
        if early is not None:
            return early
        began, found = self.kept.get(key, (0.0, None))
        if found is None or self.clock >= began + DAY:
            found = self._carried_out(json.loads(gzip.decompress(content) if encoding else content), fault)
            self.kept[key] = self.clock, found
        self.watch("done")
        if fault == "after":
            raise TransportError("lost", sent=True)
        if fault == "html":
            return Reply(200, {"content-type": "text/html"}, b"<html>")
        if fault == "other":
            return self._reply({"ok": True, "pets": []})
        return found

    def begin(self, step: Send) -> Opened:
        """Batches do not come in streams."""
        raise NotImplementedError(step)

    def _early(self, fault: str) -> Reply | None:
        if fault == "before":
            raise TransportError("lost", sent=True)
        if fault == "429":
            return self._reply({"ok": False}, 429)
        if fault == "429-later":
            refused = self._reply({"ok": False}, 429)
            return Reply(429, {**refused.headers, "retry-after": "0.05"}, refused.content)
        if fault == "404":
            return Reply(404, {"content-type": "text/html"}, b"<html>")
        if fault == "413" and len(self.sent[-1][1]) > 40:
            return Reply(413, {"content-type": "text/html"}, b"<html>")
        if fault == "503":
            return Reply(503, {"content-type": "text/html"}, b"<html>")
        if fault in ("full", "denied"):
            return self._reply(_refused(10 if fault == "denied" else 50), 403 if fault == "denied" else 429)
        return None

    def _carried_out(self, body: Any, fault: str) -> Reply:
        names = [one["name"] for one in body["wishes"]]
        if fault == "busy":
            return self._reply(_refused(50))
        if any(name.startswith("poison") for name in names):
            return self._reply(_refused(20))
        return self._reply({"ok": True, "pets": [self._pet(name, place) for place, name in enumerate(names)]})

    def _pet(self, name: str, place: int) -> object:
        self.tries[name] += 1
        if name.startswith("bad"):
            return {**_refused(20), "at": place}
        if name.startswith("moody") and self.tries[name] < 3:
            return {**_refused(50), "at": place}
        self.made.append(name)
        if name.startswith("dark"):
            return {"what": "is this"}
        return {"ok": True, "number": f"P{len(self.made)}", "name": name}

    def _reply(self, body: object, status: int = 200) -> Reply:
        return Reply(status, {"content-type": "application/json", **self.headers}, json.dumps(body).encode())


PROCESSES = count(1)


def _refused(category: int) -> dict[str, Any]:
    return {
        "ok": False,
        "process": f"process-{next(PROCESSES)}",
        "reasons": [{"code": 4700 + category, "message": "no"}],
    }


class AsyncWorld:
    """The same, to be awaited."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def send(self, step: Send) -> Reply:
        await asyncio.sleep(0)
        return self.world.send(step)

    async def begin(self, step: Send) -> Opened:
        """As above."""
        return self.world.begin(step)


def caller(
    operation: Operation[Any] = ADD, url: str = "http://pets.example", farm: str | None = None, **options: Any
) -> Caller:
    """Calls that wait for next to nothing; `options` are those of `Settings`."""
    settings = Settings(**{"backoff": 0.0001, "max_retries": 2, **options})
    address = parse(url)
    return Caller(operation, address, Credentials({}, address, "PETS"), settings, {"farm": farm})


Kind: TypeAlias = Literal["threads", "tasks"]


def run(
    kind: Kind,
    world: World,
    elements: Iterable[Any],
    journal: Path,
    calls: Caller | None = None,
    **options: Any,  # those of a run
) -> list[BulkPart[Any, Any]]:
    """A whole run, gone through to its end."""
    made = calls or caller()
    if kind == "threads":
        with BulkRun[Any, Any](made, world, elements, journal, cast("BulkOptions", options)) as blocking:
            return list(blocking)

    async def main() -> list[BulkPart[Any, Any]]:
        async with AsyncBulkRun[Any, Any](
            made, AsyncWorld(world), elements, journal, cast("BulkOptions", options)
        ) as awaiting:
            return [part async for part in awaiting]

    return asyncio.run(main())


def wishes(*names: str) -> list[tuple[str, dict[str, Any]]]:
    """An element for each name, which is its reference too."""
    return [(name, {"name": name}) for name in names]


def numbered(count: int, prefix: str = "pet") -> list[tuple[str, dict[str, Any]]]:
    return wishes(*(f"{prefix}{number}" for number in range(count)))


def outcomes(parts: Iterable[BulkPart[Any, Any]]) -> dict[str, str]:
    """Reference -> outcome; each was told once."""
    found: dict[str, str] = {}
    for part in parts:
        assert part.reference not in found
        found[part.reference] = part.outcome
    return found


def later(seconds: float) -> Callable[[], Any]:
    """A clock of the client that is so far ahead."""
    return lambda: NOW() + timedelta(seconds=seconds)


NOW = keys.now
