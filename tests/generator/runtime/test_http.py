"""A reply is taken within bounds, and neither it nor a request nor what came of one shows a secret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.compression import EncodingError, compressed
from generator.runtime.http import Reply, ReplyBuilder, TransportError, head


def test_a_reply_shows_its_status_alone() -> None:
    assert repr(Reply(200, {"set-cookie": "s3cret"}, b"s3cret")) == "Reply(200)"
    assert Reply(200, {"content-type": "Text/HTML ; x"}, b"").media_type == "text/html"
    assert Reply(200, {}, b"").media_type == ""


def built(limit: int, *parts: bytes) -> tuple[ReplyBuilder, int]:
    """A reply of parts, and how many of them were taken."""
    builder = ReplyBuilder(limit)
    count = 0
    for part in parts:
        count += 1
        if builder.add(part):
            break
    return builder, count


@given(st.lists(st.binary(max_size=9), max_size=9), st.integers(0, 40))
def test_no_more_parts_are_taken_than_show_that_it_is_too_much(parts: list[bytes], limit: int) -> None:
    builder, count = built(limit, *parts)
    content = builder.reply(head(200, [])).content
    assert content == b"".join(parts[:count])
    assert (count == len(parts)) or len(content) > limit
    assert len(content) <= limit + 9


def test_headers_that_come_several_times_are_one() -> None:
    raw = [(b"X-A", b"1"), (b"x-a", b"2"), (b"X-B", b"\xe4"), (b"Content-Type", b"a/b")]
    assert built(1)[0].reply(head(200, raw)).headers == {"x-a": "1, 2", "x-b": "ä", "content-type": "a/b"}


def test_names_of_charsets_have_no_case() -> None:
    assert Reply(200, {"content-type": 'text/plain; CharSet="ISO-8859-1"'}, b"\xe4").text() == "ä"
    assert Reply(200, {"content-type": "text/plain"}, b"\xef\xbb\xbf\xc3\xa4").text() == "ä"


@given(st.binary(max_size=200), st.integers(0, 300))
def test_unpacking_keeps_to_the_limit(content: bytes, limit: int) -> None:
    packed = Reply(200, {"content-encoding": "gzip", "x": "y"}, compressed(content))
    for one in (packed, Reply(200, {"x": "y"}, content)):
        if len(content) > limit or len(one.content) > limit:
            with pytest.raises(EncodingError):
                one.unpacked(limit)
        else:
            assert one.unpacked(limit) == Reply(200, {"x": "y"}, content)


def test_nothing_is_nothing_however_it_is_encoded() -> None:
    """An answer to HEAD tells of the body that GET would bring."""
    assert Reply(200, {"content-encoding": "gzip"}, b"").unpacked(10).content == b""
    assert Reply(204, {"content-encoding": "br"}, b"").unpacked(10).content == b""


@pytest.mark.parametrize(
    ("error", "timeout", "message"),
    [
        (OSError("no route"), False, "no route (OSError)"),
        (OSError(), False, "the connection was lost (OSError)"),
        (TimeoutError(), True, "no answer in time (TimeoutError)"),
    ],
)
def test_an_error_of_a_library_is_told_and_not_kept(error: Exception, timeout: bool, message: str) -> None:
    made = TransportError.caused_by(error, sent=True, timeout=timeout)
    assert (str(made), made.sent, made.timeout, made.final) == (message, True, timeout, False)
    assert (made.__cause__, made.__context__, repr(made)) == (None, None, "TransportError(***)")
