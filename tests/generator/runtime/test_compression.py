"""Bodies are packed and unpacked, and no more of them than may be."""

from __future__ import annotations

import gzip
import sys
import zlib
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime import compression
from generator.runtime.compression import CutError, EncodingError, compressed, decompressed

if TYPE_CHECKING:
    from collections.abc import Callable


@given(st.binary(max_size=20_000))
def test_what_is_packed_can_be_unpacked(content: bytes) -> None:
    packed = compressed(content)
    assert packed == compressed(content)
    assert gzip.decompress(packed) == content
    assert decompressed(packed, "gzip", len(content)) == content
    assert decompressed(gzip.compress(content), "gzip", len(content)) == content


@pytest.mark.parametrize("library", ["isal.isal_zlib", "zlib"])
def test_what_compresses_depends_on_what_is_installed(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if library == "zlib":
        monkeypatch.setitem(sys.modules, "isal.isal_zlib", None)
    compression._library.cache_clear()
    try:
        assert compression._library() is import_module(library)
        content = b'{"amount":10.50}' * 5000
        assert gzip.decompress(compressed(content)) == content
        assert len(compressed(content)) < len(content) / 10
    finally:
        compression._library.cache_clear()


@given(st.lists(st.binary(max_size=9000), min_size=1, max_size=5))
def test_several_members_are_one_body(parts: list[bytes]) -> None:
    packed = b"".join(map(compressed, parts))
    assert decompressed(packed, "gzip", 100_000) == b"".join(parts)


@given(st.binary(min_size=1, max_size=9000), st.data())
def test_a_body_that_ends_early_is_told(content: bytes, data: st.DataObject) -> None:
    packed = compressed(content)
    with pytest.raises(CutError, match="ends early"):
        decompressed(packed[: data.draw(st.integers(0, len(packed) - 1))], "gzip", 10_000)


@given(st.binary(max_size=200))
def test_rubbish_is_an_error_of_ours(content: bytes) -> None:
    with pytest.raises(EncodingError):
        decompressed(b"\x00" + content, "gzip", 1000)


@pytest.mark.parametrize("change", [lambda packed: packed[:-8] + bytes(8), lambda packed: packed + b"more"])
def test_a_wrong_sum_and_what_follows_the_end_are_errors(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(EncodingError):
        decompressed(change(compressed(b"x" * 100)), "gzip", 1000)


@pytest.mark.parametrize(
    ("encoding", "times"),
    [("gzip", 1), ("GZIP", 1), (" x-gzip ", 1), ("identity, gzip", 1), ("gzip, gzip", 2), ("", 0), ("identity", 0)],
)
def test_encodings_are_undone_in_turn(encoding: str, times: int) -> None:
    content = b"abc"
    for _ in range(times):
        content = compressed(content)
    assert decompressed(content, encoding, 1000) == b"abc"


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, zstd", "x" * 1000, "a\r\nb"])
def test_an_encoding_that_was_not_asked_for(encoding: str) -> None:
    with pytest.raises(EncodingError, match="not asked for") as caught:
        decompressed(compressed(b"abc"), encoding, 1000)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("parts", [1, 3])
def test_no_more_is_unpacked_than_one_byte_beyond_the_limit(parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    make = zlib.decompressobj

    class Counting:
        def __init__(self, form: int) -> None:
            self._real = make(form)

        def decompress(self, content: bytes, most: int) -> bytes:
            assert most > 0, "nothing is no limit to zlib"
            asked.append(len(part := self._real.decompress(content, most)))
            return part

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

    limit = 10_000
    bomb = b"".join([compressed(b"\0" * 4000)] * (parts - 1) + [compressed(b"\0" * 20_000_000)])
    monkeypatch.setattr(zlib, "decompressobj", Counting)
    with pytest.raises(EncodingError, match="more than 10000 bytes"):
        decompressed(bomb, "gzip", limit)
    assert sum(asked) == limit + 1


def test_the_limit_itself_is_still_good() -> None:
    packed = compressed(b"\0" * 5000) * 2
    assert len(decompressed(packed, "gzip", 10_000)) == 10_000
    with pytest.raises(EncodingError, match="9999"):
        decompressed(packed, "gzip", 9_999)


def test_a_bomb_within_a_bomb() -> None:
    with pytest.raises(EncodingError, match="more than"):
        decompressed(compressed(compressed(b"\0" * 50_000_000)), "gzip, gzip", 100_000)


def test_a_million_empty_members_take_no_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left behind a member must not be copied whole each time."""
    longest = 0
    make = zlib.decompressobj

    class Measuring:
        def __init__(self, form: int) -> None:
            self._real = make(form)

        def decompress(self, content: bytes, most: int) -> bytes:
            nonlocal longest
            longest = max(longest, len(content))
            return self._real.decompress(content, most)

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

    monkeypatch.setattr(zlib, "decompressobj", Measuring)
    assert decompressed(compressed(b"") * 20_000, "gzip", 10) == b""
    assert 0 < longest <= 4096
