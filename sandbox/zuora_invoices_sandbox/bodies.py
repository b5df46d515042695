"""Bodies as text to look at: unpacked, and no longer than somebody reads."""

from __future__ import annotations

import codecs
import zlib
from typing import Final

_CONTROL: Final = bytes([*range(9), 0x0B, *range(0x0E, 0x20)])
_HEX_SHOWN: Final = 32
_UNPACKED_AT_MOST: Final = 4 << 20


def unpacked(body: bytes, encoding: str, limit: int = _UNPACKED_AT_MOST) -> bytes:
    """A body without its gzip, at most `limit` bytes of it; as it is if it is not what its Content-Encoding says."""
    if "gzip" not in encoding.lower():
        return body[:limit]
    try:
        return zlib.decompressobj(wbits=31).decompress(body, limit)
    except zlib.error:
        return body[:limit]


def text_of(body: bytes) -> str:
    """UTF-8 as text, a character that is cut off at the end left out; of anything else its length and how it begins."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        text = None
    if text is None or len(body.translate(None, _CONTROL)) < len(body):
        more = " ..." if len(body) > _HEX_SHOWN else ""
        return f"<{len(body)} bytes that are no text: {body[:_HEX_SHOWN].hex(' ')}{more}>"
    return text


def shortened(text: str, limit: int, length: int) -> str:
    """The first `limit` characters of a text that is `length` long; what is left out is counted in a last line."""
    return text if len(text) <= limit and length <= limit else f"{text[:limit]}\n... and {length - limit} more"


def encodable(text: str) -> str:
    """Text of which every character can be written as UTF-8; others are shown as a question mark."""
    return text if text.isascii() else text.encode(errors="replace").decode()
