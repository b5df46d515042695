"""The sandbox as a server: one process, on one address, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

import uvicorn

from .delivery import HANG_UP
from .protocol import SandboxProtocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp, Receive, Scope, Send

_MOST_HEADERS: Final = 65_536
"""Bytes of a request line with its headers."""
_IDLE: Final = 30
"""Seconds that an unused connection is kept: longer than clients keep theirs, lest one is used as it ends."""
STOPPING: Final = 5
"""Seconds that requests have to come to an end when the server stops."""
_BACKLOG: Final = 1024
_YOUNG: Final = 50_000
"""So many objects are made before garbage is looked for among them: more than there are in a batch, which has none."""
_START: Final = 30.0


class HasApp(Protocol):
    """A sandbox."""

    def app(self) -> ASGIApp:
        """The ASGI application."""
        ...


def serve(sandbox: HasApp, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is told the base URL when calls are taken. Port 0 is a free one.

    Raises:
        OSError: the address cannot be listened on; says which one, and why.
    """
    with listening(host, port) as listener:
        server = _server(sandbox.app(), ready)
        gc.set_threshold(_YOUNG)
        gc.freeze()  # what is loaded stays, and to look through it for garbage takes as long as a third of a batch
        server.run([listener])


@contextmanager
def running(sandbox: HasApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve in a thread until the block ends; gives the base URL."""
    urls: list[str] = []
    begun = threading.Event()

    def ready(url: str) -> None:
        urls.append(url)
        begun.set()

    def run(server: uvicorn.Server, listener: socket.socket) -> None:
        try:
            server.run([listener])
        finally:
            begun.set()  # also if it could not begin

    with listening(host, port) as listener:
        server = _server(sandbox.app(), ready)
        thread = threading.Thread(target=run, args=(server, listener), name="zuora-sandbox", daemon=True)
        thread.start()
        try:
            if not begun.wait(_START) or not urls:
                raise RuntimeError("the server of the sandbox did not start; its log says why")
            yield urls[0]
        finally:
            server.should_exit = True
            thread.join()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens on an address.

    Raises:
        OSError: there cannot be one; says which one, and why.
    """
    try:
        if not 0 <= port < 65_536:
            raise OverflowError("ports are from 0 to 65535")  # noqa: TRY301 - getaddrinfo would take another one
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        number = error.errno if isinstance(error, OSError) else None
        raise OSError(number, f"cannot listen on {host}, port {port}: {why}") from None


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it is ready, and returns when a signal stopped it."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take calls."""
        await super().startup(sockets)
        for listener in sockets or []:
            host, port = listener.getsockname()[:2]
            self._ready(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at a signal. uvicorn would raise it once more at the end, and nobody could close the sandbox then."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, known in before.items():
                signal.signal(one, known)


def _server(app: ASGIApp, ready: Callable[[str], None]) -> _Server:
    config = uvicorn.Config(
        _Stoppable(app),
        loop="asyncio",
        http=SandboxProtocol,
        ws="none",
        interface="asgi3",
        lifespan="auto",
        log_config=None,
        log_level="error",  # what is malformed is the caller's business
        access_log=False,
        proxy_headers=False,  # who calls is who connects
        server_header=False,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=STOPPING,
        h11_max_incomplete_event_size=_MOST_HEADERS,
    )
    return _Server(config, ready)


class _Stoppable:
    """An application whose requests may be cancelled when the server stops, which is no error of theirs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            if scope["type"] != "http":
                raise
            scope["state"][HANG_UP](True)
