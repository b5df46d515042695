"""Calls over real connections, by either client, and servers that misbehave below HTTP."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx2

from generator.runtime.core import AsyncClient, AsyncResource, SyncClient, SyncResource
from tests.generator.runtime.flows import GET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.runtime.operation import Operation

TOKEN = {"token": "t0ken-value"}


class Pets(SyncResource):
    def get(self, operation: Operation[object] = GET, body: object = None, **arguments: object) -> object:
        return self._call(operation, arguments, body)


class AsyncPets(AsyncResource):
    async def get(self, operation: Operation[object] = GET, body: object = None, **arguments: object) -> object:
        return await self._call(operation, arguments, body)


def call(
    url: str,
    flavour: str,
    *arguments: Any,
    http_client: Any = None,
    times: int = 1,
    **options: Any,
) -> object:
    """What comes of a call; `http_client` may be a function that makes one in the running loop."""
    options = {"max_retries": 0, **options}
    if flavour == "sync":
        with SyncClient(url, TOKEN, "", "agent/1", http_client, options) as client:  # type: ignore[arg-type]  # made up
            return [Pets(client).get(*arguments) for _ in range(times)][-1]

    async def run() -> object:
        way = http_client() if callable(http_client) else http_client
        async with AsyncClient(url, TOKEN, "", "agent/1", way, options) as client:  # type: ignore[arg-type]  # made up
            found = [await AsyncPets(client).get(*arguments) for _ in range(times)][-1]
        if isinstance(way, httpx2.AsyncClient):
            assert not way.is_closed
            await way.aclose()
        return found

    return asyncio.run(run())


def enough(url: str, flavour: str, **options: Any) -> float:
    """Seconds that are enough for a call on this machine, as busy as it is now, and few for people."""
    began = time.monotonic()
    call(url, flavour, **options)
    return 0.2 + 5 * (time.monotonic() - began)


@contextmanager
def raw(answer: Callable[[socket.socket], object], *, after: bytes = b"\r\n\r\n") -> Iterator[str]:
    """A server that does with a connection what it is told to, once the head of a request is there, or less of it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)

        def serve(connection: socket.socket) -> None:
            with connection:
                asked = b""
                while after not in asked and (part := connection.recv(65536)):
                    asked += part
                if asked or not after:
                    answer(connection)

        def accept() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def trickle(connection: socket.socket) -> None:
    """The beginning of an answer, a byte at a time, for a minute."""
    text = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n" + b" " * 12_000
    try:
        for byte in text:
            connection.sendall(bytes([byte]))
            time.sleep(0.005)
    except OSError:
        pass
