"""Bytes over a socket, those that are no HTTP among them."""

from __future__ import annotations

import socket
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

POST: Final = b"POST / HTTP/1.1\r\nHost: a\r\n"
CHUNKED: Final = POST + b"Transfer-Encoding: chunked\r\n\r\n"
NO_HTTP: Final = {
    "noise": b"\x00\xff\x16\x03\x01 nothing\r\n\r\n",
    "a TLS greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n",
    "one word": b"HELLO\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "a target with spaces": b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
    "a target that is not ASCII": b"GET /\xe4 HTTP/1.1\r\nHost: a\r\n\r\n",
    "a header without colon": b"GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n",
    "a header with a space": b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    "a header with NUL": b"GET / HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n",
    "a long target": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 50_000 + b"\r\n",
    "a length that is none": POST + b"Content-Length: many\r\n\r\n",
    "a negative length": POST + b"Content-Length: -1\r\n\r\n",
    "two lengths": POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a length of 400 digits": POST + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n",
    "an unknown encoding": POST + b"Transfer-Encoding: gzip\r\n\r\n",
    "a chunk without size": CHUNKED + b"many\r\nab\r\n0\r\n\r\n",
    "a chunk that is longer than it says": CHUNKED + b"2\r\nabcdef\r\n0\r\n\r\n",
    "a chunk with a long size": CHUNKED + b"f" * 100_000 + b"\r\n",
    "a chunk with a long extension": CHUNKED + b"1;" + b"f" * 100_000,
    "a bad chunk behind a good one": CHUNKED + b"2\r\nab\r\n-1\r\n",
}


@contextmanager
def connection(url: str) -> Iterator[socket.socket]:
    parts = urlsplit(url)
    assert parts.hostname is not None
    with closing(socket.create_connection((parts.hostname, parts.port or 0), timeout=20.0)) as one:
        yield one


def rest(one: socket.socket) -> bytes:
    """All that comes until the connection ends; a reset is an end."""
    came = b""
    try:
        while part := one.recv(65_536):
            came += part
    except ConnectionError:
        pass
    return came
