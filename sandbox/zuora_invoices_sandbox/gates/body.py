"""The body of a request: what it is said to be, unpacked within bounds, and read as JSON.

A gzipped body is one gzip member (RFC 1952) and nothing after it. Of two members of a JSON object with the same name
the last one counts.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, cast

from zuora_invoices._runtime.codec import NotJsonError, decode
from zuora_invoices_sandbox.refusal import Category, Refused, general, unexpected

if TYPE_CHECKING:
    from zuora_invoices_sandbox.messages import Headers, Request
    from zuora_invoices_sandbox.records import Json

MAX_BODY: Final = 10 * 2**20
"""Bytes of a body as it comes, compressed or not."""
MAX_TEXT: Final = 10 * 2**20
"""Bytes of a body when it is unpacked: several times what 1,000 items with all their fields take."""
MAX_DEPTH: Final = 64
"""Objects and arrays inside each other; the description needs seven, what is more is in custom fields."""

_GZIP: Final = 16 + zlib.MAX_WBITS  # zlib's number for its gzip form
_BOM: Final = b"\xef\xbb\xbf"


def read(request: Request) -> dict[str, Json]:
    """The JSON object in a body.

    Raises:
        Refused: with status 415 if the body is of another kind or encoding, 413 if it is too large, and 400 if it is
            not what its headers say.
    """
    _check_type(request.headers)
    if len(request.body) > MAX_BODY:
        raise _too_large(f"the body has more than {MAX_BODY} bytes")
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        # RFC 9110, 15.5.16: the answer says which encodings are taken.
        raise _unsupported("Content-Encoding must be gzip, or be left out", ("Accept-Encoding", "gzip, identity"))
    text = request.body if coding == "identity" else _unpacked(request.body)
    value = _decoded(text)
    if not isinstance(value, dict):
        raise _malformed("the body must be a JSON object")
    if not _is_shallow(value):
        raise _malformed(f"the body is nested deeper than {MAX_DEPTH} levels")
    return value


def _check_type(headers: Headers) -> None:
    media_type, *parameters = headers.get("Content-Type", "").split(";")
    if media_type.strip().lower() != "application/json":
        raise _unsupported("Content-Type must be application/json", ("Accept", "application/json"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "utf8"):
            raise _unsupported("the charset of Content-Type must be utf-8", ("Accept", "application/json"))


def _unpacked(body: bytes) -> bytes:
    member = zlib.decompressobj(_GZIP)
    try:
        text = member.decompress(body, MAX_TEXT + 1)  # never more than this is in memory
    except zlib.error as error:
        raise _malformed(f"the body is no gzip: {error}") from None
    if len(text) > MAX_TEXT:
        raise _too_large(f"the body unpacks to more than {MAX_TEXT} bytes")
    if not member.eof:
        raise _malformed("the body's gzip ends early")
    if member.unused_data:
        raise _malformed("something follows the end of the body's gzip")
    return text


def _decoded(text: bytes) -> Json:
    if not text.strip():
        raise _malformed("the body is empty")
    if text.startswith(_BOM):
        raise _malformed("the body is no JSON: it begins with a byte order mark")
    try:
        # As `str`: the decoder tells of broken UTF-8 by its place in a string, and not in the body.
        return cast("Json", decode(text.decode()))
    except UnicodeDecodeError as error:
        raise _malformed(f"the body is no UTF-8 (byte {error.start})") from None
    except NotJsonError as error:
        raise _malformed(f"the body is no JSON: {error}") from None


def _is_shallow(value: Json) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            member
            for one in level
            for member in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if type(member) is dict or type(member) is list
        ]
        if not level:
            return True
    return False


def _malformed(message: str) -> Refused:
    return Refused([unexpected(Category.MALFORMED, message)], 400)


def _too_large(message: str) -> Refused:
    return Refused([unexpected(Category.MALFORMED, message)], 413)


def _unsupported(message: str, header: tuple[str, str]) -> Refused:
    return Refused([general(Category.INVALID, message)], 415, (header,))
