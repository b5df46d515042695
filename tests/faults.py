"""A server that bills, keeps answers under their idempotency keys as documented, and fails as a test tells it to.

It speaks HTTP over real sockets, so that a connection is really reset and an answer really cut off. What it has carried
out is in `billed`: one entry for each time that it did.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import BufferedReader

Fault: TypeAlias = Literal[
    "none",
    "refuse",  # the connection is reset before the request is read
    "reset",  # reset when the request was read, and nothing done
    "reset-after",  # reset when it was carried out
    "cut-headers",  # carried out; the answer ends in its headers
    "cut-body",  # carried out; the answer ends in its body
    "cut-gzip",  # carried out; the answer is whole, what it packs is not
    "html",  # carried out; a page of a proxy says 200
    "late",  # carried out; the answer comes when nobody waits any more
    "late-refusal",  # not carried out, nor kept; the answer comes as late
    "drip",  # carried out; the headers come byte by byte
    "running",  # 409: the first request with the key is still being carried out, and will be
    "429",
    "429-after",  # with Retry-After
    "429-reset",  # with RateLimit-Reset
    "500",  # kept under the key: nothing was done
    "500-done",  # kept under the key, although it was carried out
    "502",  # HTML of a proxy, which did not reach the server
    "502-done",  # HTML of a proxy, which lost the answer
    "503",
    "504-done",
    "401",  # the token is no longer good
    "transient",  # a refusal that can be gone the next time, kept under the key
    "denied",  # a permission is missing, said with 200 and before keys are looked at: not kept
    "limit",  # the same as "transient", from a gate before keys are looked at: not kept
    "rejected",  # a refusal for good, kept under the key
    "400",  # the same, with a status of its own
]

DRIP = 0.02
"""Seconds between two bytes that drip."""
LONGEST = 60.0
"""Seconds for which the server holds out where a client does not give up: far more than any test gives one."""


@dataclass(frozen=True)
class Kept:
    """A whole answer."""

    status: int
    body: bytes
    media_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def wire(self) -> bytes:
        """The answer as it goes over the wire."""
        lines = [f"HTTP/1.1 {self.status} Said"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines += [f"Content-Type: {self.media_type}", f"Content-Length: {len(self.body)}", "", ""]
        return "\r\n".join(lines).encode() + self.body


@dataclass
class Server:
    """What the server does next, and what it has done."""

    url: str = ""
    faults: list[Fault] = field(default_factory=list)
    """What goes wrong with the next requests, one after the other; nothing when it is empty."""
    token: str | None = None
    """The only token that is good; any, if none is set."""
    kept: dict[str, Kept] = field(default_factory=dict)
    billed: list[str] = field(default_factory=list)
    """The account of each invoice, each time that one is made."""
    keys: list[str] = field(default_factory=list)
    """The key of each request that was read, in order."""
    tokens_made: int = 0
    lifetime: int = 3600
    seen: Counter[str] = field(default_factory=Counter)
    """How often each fault happened."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    busy: int = 0

    def settle(self) -> None:
        """Wait until nothing is being carried out any more."""
        for _ in range(6000):
            with self.lock:
                if not self.busy:
                    return
            time.sleep(0.01)
        raise TimeoutError("the server does not come to rest")

    def bill(self, account: str) -> Kept:
        """Make an invoice."""
        self.billed.append(account)
        body = {"success": True, "id": f"inv-{len(self.billed)}", "amount": 19.99, "filler": "x" * 2000}
        return Kept(200, json.dumps(body).encode())


_PROCESSES = count(1)


def refusal(code: int, status: int = 200, *headers: tuple[str, str]) -> Kept:
    """An answer that refuses; each is of a process of its own."""
    body = {"success": False, "processId": f"P{next(_PROCESSES)}", "reasons": [{"code": code, "message": "No."}]}
    return Kept(status, json.dumps(body).encode(), headers=headers)


PAGE = Kept(200, b"<html>Welcome</html>", "text/html")
BAD_GATEWAY = Kept(502, b"<html>Bad Gateway</html>", "text/html")
FAILED = Kept(500, b'{"reasons": [{"code": 50000060, "message": "Internal error."}]}')


@contextmanager
def failing(faults: Sequence[Fault] = (), **state: object) -> Iterator[Server]:
    """Serve on a free port until the block ends."""
    server = Server(faults=list(faults))
    vars(server).update(state)
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    server.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    threading.Thread(target=_accept, args=(listener, server), daemon=True).start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(listener: socket.socket, server: Server) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_converse, args=(connection, server), daemon=True).start()


def _converse(connection: socket.socket, server: Server) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb") as incoming:
        try:
            while _serve(connection, incoming, server):
                pass
        except OSError:
            pass  # the client went away


def _serve(connection: socket.socket, incoming: BufferedReader, server: Server) -> bool:
    """Answer one request; false if the connection ends."""
    line = incoming.readline()
    if not line:
        return False
    with server.lock:
        server.busy += 1
    try:
        target = line.split()[1].decode()
        headers: dict[str, str] = {}
        while one := incoming.readline().decode().strip():
            name, _, value = one.partition(":")
            headers[name.lower()] = value.strip()
        # A connection that is refused ends before its body is read.
        with server.lock:
            fault: Fault = "none" if target.endswith("/token") or not server.faults else server.faults.pop(0)
            server.seen[fault] += 1
        if fault == "refuse":
            return _reset(connection)
        body = incoming.read(int(headers.get("content-length", 0)))
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        if target.endswith("/token"):
            return _send(connection, _token(server))
        return _answer(connection, server, fault, headers, json.loads(body))
    finally:
        with server.lock:
            server.busy -= 1


def _token(server: Server) -> Kept:
    with server.lock:
        server.tokens_made += 1
        server.token = f"token-{server.tokens_made:04}-secret"
        body = {"access_token": server.token, "token_type": "bearer", "expires_in": server.lifetime}
    return Kept(200, json.dumps(body).encode())


def _answer(connection: socket.socket, server: Server, fault: Fault, headers: dict[str, str], body: object) -> bool:
    key = headers["idempotency-key"]
    account = str(body["accountNumber"]) if isinstance(body, dict) else ""
    with server.lock:
        server.keys.append(key)
        good = server.token is None or headers.get("authorization") == f"Bearer {server.token}"
    # What stands before the key is looked at.
    if fault == "reset":
        return _reset(connection)
    if fault == "late-refusal":
        _outwait(connection)
        return _reset(connection)
    before: dict[str, Kept] = {
        "401": refusal(90000011, 401),
        "429": refusal(90000070, 429),
        "429-after": refusal(90000070, 429, ("Retry-After", "0")),
        "429-reset": refusal(90000070, 429, ("RateLimit-Remaining", "0"), ("RateLimit-Reset", "0")),
        "502": BAD_GATEWAY,
        "503": Kept(503, b""),
        "limit": refusal(50000070),
        "denied": refusal(53100010),
    }
    if not good:
        return _send(connection, before["401"])
    if fault in before:
        return _send(connection, before[fault])
    if fault == "running":
        threading.Thread(target=_carried_out_later, args=(server, key, account)).start()
        return _send(connection, refusal(90000090, 409))
    # What happens when it is.
    with server.lock:
        answer = server.kept.get(key)
        if answer is None:
            kept: dict[str, Kept] = {
                "transient": refusal(53100050),
                "rejected": refusal(53100020),
                "400": refusal(53100020, 400),
                "500": FAILED,
            }
            answer = kept.get(fault) or server.bill(account)
            if fault == "500-done":
                answer = FAILED
            server.kept[key] = answer
    # What happens to the answer on its way.
    if fault == "reset-after":
        return _reset(connection)
    if fault in ("cut-headers", "cut-body"):
        wire = answer.wire
        connection.sendall(wire[: 20 if fault == "cut-headers" else wire.index(b"\r\n\r\n") + 30])
        return _reset(connection)
    if fault == "cut-gzip":
        packed = gzip.compress(answer.body)
        cut = Kept(answer.status, packed[: len(packed) // 2], headers=(("Content-Encoding", "gzip"),))
        return _send(connection, cut)
    if fault == "late":
        _outwait(connection)
    if fault == "drip":
        connection.sendall(b"HTTP/1.1 200 Said\r\nX-Said: ")
        for _ in range(int(LONGEST / DRIP)):
            connection.sendall(b"x")
            time.sleep(DRIP)
        return _reset(connection)
    lost: dict[str, Kept] = {"html": PAGE, "502-done": BAD_GATEWAY, "504-done": Kept(504, b"")}
    return _send(connection, lost.get(fault, answer))


def _outwait(connection: socket.socket) -> None:
    """Return when the client has gone, or asks for something else."""
    connection.settimeout(LONGEST)
    connection.recv(1, socket.MSG_PEEK)
    connection.settimeout(None)


def _carried_out_later(server: Server, key: str, account: str) -> None:
    with server.lock:
        server.busy += 1
    time.sleep(0.02)
    with server.lock:
        if key not in server.kept:
            server.kept[key] = server.bill(account)
        server.busy -= 1


def _send(connection: socket.socket, answer: Kept) -> bool:
    connection.sendall(answer.wire)
    return True


def _reset(connection: socket.socket) -> bool:
    """End the connection with a reset instead of an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False
