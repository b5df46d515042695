"""uvicorn's protocol of HTTP/1.1, with what a sandbox needs beyond it: connections that end, and that end in time.

uvicorn lets no application end a connection, waits for a request for ever, and takes any number of connections.
"""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING, Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from .delivery import HANG_UP

if TYPE_CHECKING:
    import asyncio

    from uvicorn.config import Config
    from uvicorn.server import ServerState

PATIENCE: Final = 35.0
"""Seconds in which a request has to come, from the opening of the connection or the answer before it. It is a little
more than what the application allows for a body, so that it can say so."""
MOST_CONNECTIONS: Final = 800
"""Connections at once; one more is reset. Fewer than the files that a process may have open on most systems (1024)."""
STOPPING: Final = 0.5
"""Seconds that an answer on its way has when the server stops. What streams for ever ends then."""
_NO_LINGER: Final = struct.pack("ii", 1, 0)


class SandboxProtocol(H11Protocol):
    """One connection."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],  # as uvicorn has it: whatever an application keeps
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        # The state gets into the scope of each request, and so to whoever answers it.
        super().__init__(config, server_state, {**app_state, HANG_UP: self.hang_up}, _loop)
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Wait for a request, unless there are too many who do."""
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection is not None:
            # uvicorn writes headers and body apart. asyncio sets this for sockets that say their protocol alone, which
            # those do not that were accepted from a listener of ours: each answer would wait for 40 ms.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if len(self.connections) > MOST_CONNECTIONS:
            self.hang_up(reset=True)
        else:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        super().connection_lost(exc)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Part of a request came, or a whole one, or several."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """The next request may come."""
        super().on_response_complete()
        self._watch()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, in the midst of a body too: uvicorn would write into an answer that is begun."""
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering or self.conn.our_state is not h11.IDLE:
            self.hang_up(reset=True)
        else:
            super().send_400_response(msg)

    def shutdown(self) -> None:
        """The server stops: connections without a request end now, others when they have their answer."""
        super().shutdown()
        self.loop.call_later(STOPPING, self._end_stream)

    def hang_up(self, reset: bool) -> None:
        """End the connection with a reset, or when all that was written is out. The application may return then."""
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if not reset:
            self.transport.close()
            return
        connection = self.transport.get_extra_info("socket")
        if connection is not None and not self.transport.is_closing():
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self.transport.abort()

    def _watch(self) -> None:
        """Run the clock while a request, or the rest of one, is waited for."""
        waiting = self.conn.their_state in (h11.IDLE, h11.SEND_BODY) and not self.transport.is_closing()
        if waiting and self._timer is None:
            self._timer = self.loop.call_later(PATIENCE, self.hang_up, True)
        elif not waiting and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end_stream(self) -> None:
        if self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            self.hang_up(reset=False)
