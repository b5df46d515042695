"""Bodies that are compressed with gzip, within bounds."""

from __future__ import annotations

import zlib
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

_GZIP: Final = 16 + zlib.MAX_WBITS  # zlib's number for its gzip form
_LEVEL: Final = 1  # a third of the usual level's time; bodies of many like objects shrink by nine tenths all the same
_PIECE: Final = 4096


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
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in ("gzip", "x-gzip"):
            content = _unpacked(content, limit)
        elif name not in ("", "identity"):
            raise EncodingError(f"it is encoded as {name[:40]!r}, which was not asked for")
    return content


def _unpacked(content: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    room = limit
    member = None
    # In pieces, as a body may be several members, one after the other (RFC 1952, 2.2), and what is left is copied after
    # each: of a large body made of tiny members that would be all of it, a million times.
    for start in range(0, len(content), _PIECE):
        rest = content[start : start + _PIECE]
        while rest:
            member = zlib.decompressobj(_GZIP) if member is None or member.eof else member
            try:
                parts.append(member.decompress(rest, room + 1))
            except zlib.error as error:
                raise EncodingError(f"its gzip is broken: {error}") from None
            room -= len(parts[-1])
            if room < 0:
                raise EncodingError(f"it unpacks to more than {limit} bytes")
            rest = member.unused_data
    if member is None or not member.eof:
        raise CutError("its gzip ends early")
    return b"".join(parts)
