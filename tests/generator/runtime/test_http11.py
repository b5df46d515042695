"""What is said over a connection means the same in whatever pieces it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.exchange import Part
from generator.runtime.http import Request
from generator.runtime.http11 import Http11
from tests.generator.runtime.flows import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.runtime.http11 import Dialogue

Result = TypeVar("Result")

GET = Request("GET", BASE, "/pets?x=1", {"Accept": "a/b"})
LENGTH = b"HTTP/1.1 201 Created\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 10\r\n\r\n0123456789"
CHUNKED = b"4\r\n0123\r\n6;a=b\r\n456789\r\n0\r\nZ: 1\r\n\r\n"
CHUNKS = b"HTTP/1.1 201 Created\r\nX-A: 1\r\nx-a: 2\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED
NO_END = b"HTTP/1.0 201 Created\r\nX-A: 1\r\nX-A: 2\r\n\r\n0123456789"


def held(dialogue: Dialogue[Result], coming: Iterator[bytes], sent: list[bytes]) -> Result:
    """What comes of a dialogue with a server that says this."""
    said: Part | None = None
    try:
        while True:
            asked = dialogue.send(said)
            said = None
            if asked is None:
                said = Part(next(coming, b""))
            else:
                sent.append(asked.content)
    except StopIteration as end:
        result: Result = end.value
        return result


@given(st.sampled_from([LENGTH, CHUNKS, NO_END]), st.booleans(), st.lists(st.integers(1, 40)))
def test_an_answer_is_the_same_in_any_pieces(answer: bytes, hinted: bool, sizes: list[int]) -> None:
    text = (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n" if hinted else b"") + answer
    pieces = []
    for size in sizes:
        pieces.append(text[:size])
        text = text[size:]
    coming = iter(piece for piece in (*pieces, text) if piece)
    http, sent = Http11(), list[bytes]()
    head = held(http.begin(GET), coming, sent)
    assert (head.status, head.headers["x-a"], head.content) == (201, "1, 2", b"")
    parts = []
    while (part := held(http.next_part(), coming, sent)) is not None:
        parts.append(part.content)
    assert b"".join(parts) == b"0123456789"
    assert http.ended() == (answer != NO_END)
    assert b"".join(sent).startswith(b"GET /pets?x=1 HTTP/1.1\r\nHost: ")


def test_a_request_after_the_other() -> None:
    http = Http11()
    for method, content in (("POST", b"12"), ("HEAD", None), ("DELETE", None), ("PUT", None)):
        sent: list[bytes] = []
        answer = LENGTH.removesuffix(b"0123456789") if method == "HEAD" else LENGTH
        coming = iter([answer])
        assert held(http.begin(Request(method, BASE, "", {}, content)), coming, sent).status == 201
        assert len(sent) == 1
        head, _, body = sent[0].partition(b"\r\n\r\n")
        assert head.startswith(f"{method} / HTTP/1.1".encode())
        assert (b"Content-Length" in head, body) == (method in {"POST", "PUT"}, content or b"")
        while held(http.next_part(), coming, sent) is not None:
            assert method != "HEAD"
        assert http.ended()


def test_another_protocol_is_no_answer() -> None:
    headers = {"Connection": "Upgrade", "Upgrade": "other"}
    coming = iter([b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n"])
    http = Http11()
    with pytest.raises(h11.RemoteProtocolError, match="something else"):
        held(http.begin(Request("GET", BASE, "/", headers)), coming, [])
    assert not http.ended()


def test_what_a_header_cannot_be_is_not_sent() -> None:
    sent: list[bytes] = []
    with pytest.raises(h11.LocalProtocolError):
        held(Http11().begin(Request("GET", BASE, "/", {"X": "a\r\nB: c"})), iter(()), sent)
    assert sent == []
