"""What it costs to open a package, and to call one of its operations, for a process that has done nothing else.

What is loaded stays loaded: so each first call is made by a process of its own, forked off one that has opened the
package and no more. The files are compiled before, as those of an installed package are.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import multiprocessing
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.corpus.importing import import_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from types import ModuleType

    import httpx2

BASE: Final = "http://corpus.test/base"
SECRET: Final = "secret"
"""What every credential is."""
_FORK: Final = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Answer:
    """What the server says."""

    status: int
    content: bytes = b""
    media_type: str = ""

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to any request."""
        import httpx2

        request.read()
        headers = {"Content-Type": self.media_type} if self.media_type else {}
        return httpx2.Response(self.status, content=self.content, headers=headers)


@dataclass(frozen=True)
class FirstCall:
    """A call of a method of a client, and its answer."""

    resource: str
    method: str
    arguments: dict[str, Any]
    answer: Answer


class Opened:
    """A package that is open in another process.

    Attributes:
        seconds: of the processor: what it took to import the client, and what it needs, and to make one.
    """

    def __init__(self, folder: str, package: str) -> None:
        sys.path.insert(0, folder)
        began = time.process_time()
        importlib.import_module("httpx2")
        importlib.import_module("pydantic").BaseModel  # noqa: B018 - it loads what it is at the first look
        compiling = _FORK.Process(target=_compile, args=(folder, package))
        compiling.start()
        compiling.join()
        server = _Server()
        client = client_of(importlib.import_module(package), server)
        self.seconds = time.process_time() - began
        self._calls, there = _FORK.Pipe()
        self._process = _FORK.Process(target=_serve, args=(there, client, server))
        self._process.start()
        there.close()

    def first(self, call: FirstCall) -> float | None:
        """The seconds of the processor that a call takes, if it is the first one; `None` if it fails."""
        self._calls.send(call)
        found: float | None = self._calls.recv()
        return found

    def close(self) -> None:
        """End the other process."""
        self._calls.send(None)
        self._process.join()


def client_of(module: ModuleType, server: Callable[[httpx2.Request], httpx2.Response]) -> Any:
    """A client of a package, with all its credentials, and a server in memory."""
    import httpx2

    given = inspect.signature(module.Client).parameters
    secrets = {
        name: SECRET
        for name, one in given.items()
        if one.kind is one.KEYWORD_ONLY and name not in ("base_url", "http_client", "client_id", "client_secret")
    }
    return module.Client(base_url=BASE, http_client=httpx2.MockTransport(server), **secrets)


def _compile(folder: str, package: str) -> None:
    sys.dont_write_bytecode = False
    with suppress(Exception):  # who imports it next is told of it
        import_all(folder, package)


class _Server:
    answer = Answer(204)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        return self.answer(request)


def _serve(calls: Connection, client: Any, server: _Server) -> None:
    gc.freeze()
    while (call := calls.recv()) is not None:
        seconds, there = _FORK.Pipe(duplex=False)
        process = _FORK.Process(target=_call, args=(there, client, server, call))
        process.start()
        there.close()
        try:
            calls.send(seconds.recv())
        except EOFError:
            calls.send(None)
        process.join()


def _call(seconds: Connection, client: Any, server: _Server, call: FirstCall) -> None:
    server.answer = call.answer
    began = time.process_time()
    with suppress(Exception):  # a call that fails is told of where all are made
        getattr(getattr(client, call.resource), call.method)(**call.arguments)
        seconds.send(time.process_time() - began)
