"""Bodies that are compressed with gzip, within bounds."""

from __future__ import annotations

import zlib
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_GZIP: Final = 16 + zlib.MAX_WBITS  # zlib's number for its gzip form
_LEVEL: Final = 1  # a third of the usual level's time; bodies of many like objects shrink by nine tenths all the same
_PIECE: Final = 4096  # bytes that are unpacked at once
_PART: Final = 64 * 1024  # bytes that come of it at once


class EncodingError(ValueError):
    """A body is not what its `Content-Encoding` says, ends early, or is too large."""


class CutError(EncodingError):
    """A body ends before its end."""


def compressed(content: bytes) -> bytes:
    """The gzip form; the same bytes for the same content."""
    compressor = _library().compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    packed: bytes = compressor.compress(content) + compressor.flush()
    return packed


@cache
def _library() -> ModuleType:
    """What compresses: `isal` where it is installed, as it takes a fifth of the time; it has zlib's interface."""
    try:
        return import_module("isal.isal_zlib")
    except ImportError:
        return zlib


def decompressed(content: bytes, encoding: str, limit: int) -> bytes:
    """What a body says under its `Content-Encoding`; never more than `limit` bytes are unpacked.

    Raises:
        EncodingError: it cannot be unpacked; says why.
    """
    for unpacker in unpackers(encoding, limit):
        content = b"".join(unpacker.parts(content))
        unpacker.end()
    return content


class Unpacker:
    """Undoes gzip, as its bytes come, until more than `limit` bytes come of it."""

    def __init__(self, limit: int) -> None:
        self._limit = self._room = limit
        self._member: zlib._Decompress | None = None

    def parts(self, content: bytes) -> Iterator[bytes]:
        """What more of a body says, in parts of bounded size.

        Raises:
            EncodingError: it is no gzip, or there is too much of it.
        """
        # In pieces, as a body may be several members, one after the other (RFC 1952, 2.2), and what is left is copied
        # after each: of a large body made of tiny members that would be all of it, a million times.
        for start in range(0, len(content), _PIECE):
            rest = content[start : start + _PIECE]
            more = False
            while rest or more:
                if self._member is None or self._member.eof:
                    self._member = zlib.decompressobj(_GZIP)
                most = min(_PART, self._room + 1)
                try:
                    part = self._member.decompress(rest, most)
                except zlib.error as error:
                    raise EncodingError(f"its gzip is broken: {error}") from None
                self._room -= len(part)
                if self._room < 0:
                    raise EncodingError(f"it unpacks to more than {self._limit} bytes")
                rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
                more = len(part) == most and not self._member.eof
                if part:
                    yield part

    def end(self) -> None:
        """Say that no more comes.

        Raises:
            CutError: something is missing.
        """
        if self._member is None or not self._member.eof:
            raise CutError("its gzip ends early")


def unpackers(encoding: str, limit: int) -> list[Unpacker]:
    """What undoes a `Content-Encoding`, in order.

    Raises:
        EncodingError: it cannot be undone.
    """
    names = reversed([part.strip().lower() for part in encoding.split(",")])
    return [Unpacker(limit) for name in names if _is_packed(name)]


def _is_packed(name: str) -> bool:
    if name in ("gzip", "x-gzip"):
        return True
    if name in ("", "identity"):
        return False
    raise EncodingError(f"it is encoded as {name[:40]!r}, which was not asked for")
