"""Streams are taken apart the same way, however their bytes come."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.api import media
from generator.runtime.framing import LINES, Events, Frame, Framing, FramingError, Texts, fits, framing, kind_of


def frames(kind: Framing, *parts: bytes) -> list[Frame]:
    return [*(one for part in parts for one in kind.frames(part)), *kind.end()]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"data: a\n\n", [Frame(b"a")]),
        (b"data:a\r\n\r\ndata:b\r\rdata:c\n\n", [Frame(b"a"), Frame(b"b"), Frame(b"c")]),
        (b"\xef\xbb\xbfdata:  a\ndata\ndata:b\n\n", [Frame(b" a\n\nb")]),
        (b": a comment\nevent: tick\nid: 7\nretry: 1500\ndata: a\n\ndata: b\n\n",
         [Frame(b"a", "tick", "7", 1500), Frame(b"b", "message", "7")]),
        (b"event: tick\n\ndata: a\n\n", [Frame(b"a")]),
        (b"id: 7\ndata: a\n\nid\ndata: b\n\nid: 8\0\ndata: c\n\n", [Frame(b"a", id="7"), Frame(b"b"), Frame(b"c")]),
        (b"retry: soon\nretry: " + b"9" * 5000 + b"\nother: x\ndata: a\n\n", [Frame(b"a")]),
        (b"data\n\n", [Frame(b"")]),
        (b"\n\n: the end", []),
        (b"", []),
    ],
)  # fmt: skip
def test_events(content: bytes, expected: list[Frame]) -> None:
    assert frames(Events(10_000), content) == expected


@pytest.mark.parametrize("content", [b"data: a", b"data: a\n", b"data: a\n\nda"])
def test_an_event_that_is_not_ended(content: bytes) -> None:
    with pytest.raises(FramingError, match="within an event") as caught:
        frames(Events(100), content)
    assert caught.value.cut


@pytest.mark.parametrize(
    ("mark", "content", "expected"),
    [
        (b"\n", b'{"a":1}\r\n\n  \n{"a":2}', [b'{"a":1}', b'{"a":2}']),
        (b"\x1e", b'\x1e{"a":\n1}\n\x1e\x1e2\n', [b'{"a":\n1}', b"2"]),
        (b"\n", b"", []),
    ],
)
def test_texts(mark: bytes, content: bytes, expected: list[bytes]) -> None:
    assert [one.data for one in frames(Texts(mark, 100), content)] == expected


CONTENT = "id: 1\r\ndata: é\rdata: b\n\n\r\nevent: e\ndata: {}\r\n\r\n: x\n".encode()


@given(st.lists(st.integers(0, len(CONTENT))))
def test_where_the_bytes_are_cut_does_not_matter(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(CONTENT)]
    parts = [CONTENT[start:end] for start, end in pairwise(places)]
    assert frames(Events(100), *parts) == [Frame("é\nb".encode(), "message", "1"), Frame(b"{}", "e", "1")]
    assert frames(Texts(b"\n", 100), *parts) == frames(Texts(b"\n", 100), CONTENT)


@pytest.mark.parametrize("content", [b"data: " + b"a" * 100, b"data: aaaa\n" * 20, b"x" * 100])
def test_an_element_of_any_size_is_none(content: bytes) -> None:
    with pytest.raises(FramingError, match="larger than 50 bytes") as caught:
        frames(Events(50), *(content[place : place + 7] for place in range(0, len(content), 7)))
    assert not caught.value.cut
    with pytest.raises(FramingError, match="larger than 50 bytes"):
        frames(Texts(b"\0", 50), content)
    assert len(frames(Texts(b"\n", 50), b"1\n" * 1000)) == 1000


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("text/event-stream", "events"),
        ("application/jsonl", "lines"),
        ("application/X-NDJSON", "lines"),
        ("application/json-seq", "sequence"),
        ("application/geo+json-seq", "sequence"),
        ("application/json", None),
        ("text/plain", None),
    ],
)
def test_kinds(media_type: str, kind: str | None) -> None:
    assert kind_of(media_type) == kind
    assert isinstance(framing("text/event-stream", 10), Events)
    assert fits(media_type, "application/x-jsonl") is (kind == "lines" or media_type == "text/plain")


def test_the_generator_knows_the_same_streams() -> None:
    assert LINES == media.LINES
    for media_type in ("text/event-stream", *LINES, "application/json-seq", "a/b+json-seq", "application/json", "a/b"):
        assert media.stream_of(media_type) == (kind_of(media_type) or "")


def test_a_frame_does_not_show_what_it_holds() -> None:
    assert "secret" not in repr(Frame(b"secret"))
