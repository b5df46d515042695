"""Flows run by hand: what they ask for is collected, what comes back is made up, and nobody waits."""

from __future__ import annotations

import contextlib
import pickle
import time
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from generator.runtime import model
from generator.runtime.address import parse
from generator.runtime.auth import Credentials
from generator.runtime.codec import encode
from generator.runtime.drivers import perform
from generator.runtime.errors import ApiError
from generator.runtime.flow import call
from generator.runtime.http import Reply, TransportError
from generator.runtime.operation import Body, Operation, Parameter, Response, SecurityScheme
from generator.runtime.options import Settings
from generator.runtime.reasons import Category, FailureBody
from generator.runtime.running import run
from generator.runtime.steps import CallFunction, ExclusiveStep, Flow, Send, Wait

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.runtime.exchange import Opened
    from generator.runtime.keys import KeyMemory

BASE = parse("http://pets.example/v1")
BEARER = SecurityScheme("bearer", "token", token_url="/oauth/token", scopes=("read", "write"))


class Pet(model.ResponseModel):
    success: Literal[True]
    name: str


class Failure(model.ResponseModel):
    failure: ClassVar[bool] = True

    success: Literal[False]


class NewPet(model.RequestModel):
    name: str


BUSY = Category(50, "busy", transient=True)
WRONG = Category(20, "wrong")
KEY = Parameter("Idempotency-Key", "key", "header", str, idempotency_key=True, max_length=40)
TRACK = Parameter("Track", "track", "header", str, correlation_id=True)
FAILURE = FailureBody("reasons", "code", "message", "processId", 100, (BUSY, WRONG))
RESPONSES = (Response("200", "application/json", Pet | Failure), Response("4XX", "application/json", Failure))
BODY = Body("application/json", NewPet, required=True, gzip=True)

ADD: Operation[object] = Operation(
    "addPet", "POST", "/pets", (KEY, TRACK), BODY, RESPONSES, ((BEARER,),), failure=FAILURE
)
BARE: Operation[object] = Operation("addPet", "POST", "/pets", (), BODY, RESPONSES, ((BEARER,),), failure=FAILURE)
GET: Operation[object] = Operation("getPet", "GET", "/pet", (), None, RESPONSES, ((BEARER,),), failure=FAILURE)


def reply(status: int = 200, body: object = None, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = body if isinstance(body, bytes) else encode(body)
    return Reply(status, {"content-type": "application/json", **named}, content)


def refusal(code: int | str, status: int = 200, **headers: str) -> Reply:
    reasons = [{"code": code, "message": "no room"}]
    return reply(status, {"success": False, "processId": "p-1", "reasons": reasons}, **headers)


def token(text: str = "t0ken-of-the-endpoint", **more: object) -> Reply:
    return reply(200, {"access_token": text, "token_type": "bearer", **more})


PET = reply(200, {"success": True, "name": "Rex"})
WRONG_CODE = refusal(4711_20)
BUSY_CODE = refusal(4711_50)
LOST = TransportError("lost", sent=True)
UNSENT = TransportError("refused", sent=False)
LATE = TransportError("late", sent=True, timeout=True)

Comes: TypeAlias = "Reply | Exception | BaseException"


class Clock:
    """A clock that moves only when a flow waits or is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Script:
    """Answers to requests, one after the other; the last one is given for ever. Tells what was asked for."""

    def __init__(self, *comes: Comes, takes: float = 0.0, clock: Clock | None = None) -> None:
        self.comes = list(comes)
        self.takes = takes
        self.clock = clock
        self.sends: list[Send] = []
        self.waits: list[float] = []

    def run(self, flow: Flow[Any]) -> object:
        return run(flow, self.done)

    def done(self, step: object) -> object:
        if isinstance(step, Send):
            self.sends.append(step)
            self.pass_(self.takes)
            result = self.comes.pop(0) if len(self.comes) > 1 else self.comes[0]
            if isinstance(result, BaseException):
                raise result
            return result
        if isinstance(step, Wait):
            self.waits.append(step.seconds)
            self.pass_(step.seconds)
            return None
        if isinstance(step, CallFunction):
            return perform(step, self)
        assert isinstance(step, ExclusiveStep)
        return self.run(step.flow())

    def send(self, step: Send) -> Reply:
        result = self.done(step)
        assert isinstance(result, Reply)
        return result

    def begin(self, step: Send) -> Opened:
        raise AssertionError(f"a script has no streams: {step}")

    def pass_(self, seconds: float) -> None:
        if self.clock is not None:
            self.clock.now += seconds

    @property
    def keys(self) -> list[str | None]:
        return [send.request.headers.get("Idempotency-Key") for send in self.sends]

    @property
    def bearers(self) -> list[str | None]:
        return [send.request.headers.get("Authorization") for send in self.sends]


def settings(**options: Any) -> Settings:
    return Settings(user_agent="agent/1").changed(options)  # type: ignore[arg-type]  # made up at run time


def called(
    script: Script,
    operation: Operation[Any] = ADD,
    given: Mapping[str, str | Callable[[], object] | None] | Credentials | None = None,
    *,
    body: object = None,
    options: Mapping[str, Any] | None = None,
    memory: KeyMemory | None = None,
    **arguments: object,
) -> object:
    """The value of a call whose answers are a script's."""
    return script.run(flow(operation, given, body=body, options=options, memory=memory, **arguments))


def flow(
    operation: Operation[Any] = ADD,
    given: Mapping[str, str | Callable[[], object] | None] | Credentials | None = None,
    *,
    body: object = None,
    options: Mapping[str, Any] | None = None,
    memory: KeyMemory | None = None,
    **arguments: object,
) -> Flow[Any]:
    credentials = given if isinstance(given, Credentials) else Credentials(given or {"token": "t0ken-value"}, BASE)
    if operation.body is not None and body is None:
        body = {"name": "Rex"}
    return call(operation, BASE, credentials, settings(**(options or {})), arguments, body, memory)


def failed(script: Script, *args: Any, **kwargs: Any) -> ApiError:
    """The error of a call."""
    try:
        value = called(script, *args, **kwargs)
    except ApiError as error:
        return error
    raise AssertionError(f"it succeeded: {value!r}")


def lines(records: Sequence[Any]) -> list[str]:
    """The lines of our own log."""
    return [record.getMessage() for record in records if record.name.startswith("generator.runtime")]


def frozen(monkeypatch: Any) -> Clock:
    """Stop the clock that flows look at."""
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


def shown_by(value: object, *, seen: set[int] | None = None) -> str:
    """All that can be seen of a value: what it says of itself and what it holds, errors with causes and locals."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return ""
    seen.add(id(value))
    parts = [f"{value!r} {value!s} {value!a}"] if not isinstance(value, str) else [repr(value), value]
    if isinstance(value, Mapping):
        parts += [shown_by(one, seen=seen) for pair in [*value.items()] for one in pair]
    elif isinstance(value, list | tuple | set | frozenset):
        parts += [shown_by(one, seen=seen) for one in value]
    parts += [shown_by(one, seen=seen) for one in [*getattr(value, "__dict__", {}).values()]]
    parts += [shown_by(getattr(value, name), seen=seen) for name in getattr(value, "__struct_fields__", ())]
    if isinstance(value, BaseException):
        parts += [shown_by(one, seen=seen) for one in (value.args, value.__cause__, value.__context__)]
        parts += [_locals(value)]
        with contextlib.suppress(TypeError):
            parts.append(repr(pickle.dumps(value)))
    return "\n".join(parts)


def _locals(error: BaseException) -> str:
    """The locals of our own frames, as a report of a failure would have them."""
    whole = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = [
        frame for frame in whole.stack if "/generator/runtime/" in frame.filename and "/tests/" not in frame.filename
    ]
    return "\n".join(
        f"{frame.filename}:{frame.lineno} {name} = {text}"
        for frame in frames
        for name, text in (frame.locals or {}).items()
    )
