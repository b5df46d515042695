"""The server that all programs talk to: HTTP/1.1 on loopback, canned answers, in a process of its own.

`python -m tests.bench.server` prints its address on one line and serves until its standard input closes.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import cast

from tests.bench.payload import answers

HEAD_END = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"


class Canned(asyncio.Protocol):
    """One connection: counts the body away instead of keeping it, and answers by path."""

    def __init__(self, replies: dict[bytes, bytes]) -> None:
        self.replies = replies
        self.head = b""
        self.missing = 0
        self.reply = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # what asyncio gives to a Protocol of TCP

    def data_received(self, data: bytes) -> None:
        while data:
            if self.missing:
                taken = min(self.missing, len(data))
                self.missing -= taken
                data = data[taken:]
            else:
                head, end, data = (self.head + data).partition(HEAD_END)
                if not end:
                    self.head = head
                    return
                self.head = b""
                self._begin(head)
            if not self.missing:
                assert self.transport is not None
                self.transport.write(self.reply)

    def _begin(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1]
        self.reply = self.replies.get(path) or reply(b'{"success":false}', b"404 Not Found")
        # Latin letters alone are lowered, and each stays one byte.
        _, found, after = head.lower().partition(LENGTH)
        if found:
            self.missing = int(after.split(b"\r\n", 1)[0])
        elif b"\r\ntransfer-encoding:" in head.lower():
            self.reply = reply(b'{"success":false}', b"411 Length Required")


def reply(body: bytes, status: bytes = b"200 OK") -> bytes:
    """A whole answer as it goes over the wire."""
    return b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body)


async def serve() -> None:
    """Listen on a free port, say where, and stay until standard input closes."""
    replies = {path.encode(): reply(body) for path, body in answers().items()}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Canned(replies), "127.0.0.1", 0, backlog=256)
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}", flush=True)  # noqa: T201 - how the parent learns the address
    done = asyncio.Event()

    def wait() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(done.set)

    # A thread, as asyncio cannot wait for every kind of standard input.
    threading.Thread(target=wait, daemon=True).start()
    await done.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
