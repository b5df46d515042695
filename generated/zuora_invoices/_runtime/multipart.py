"""Bodies of several parts (RFC 7578): the fields of a form, some of them files."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from .codec import as_text, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAKS = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""What would end a name, written as browsers write it."""


def multipart(fields: Mapping[str, object], media_types: Mapping[str, str]) -> tuple[bytes, str]:
    """The body, and its media type with the boundary, which is the same whenever the fields are.

    Bytes are files, called after their field; an array is a part for each element, an object is JSON. `media_types` are
    those of fields whose parts say another one.
    """
    parts = [part for name, value in fields.items() for part in _parts(str(name), value, media_types.get(str(name)))]
    boundary = sha256(b"".join(parts)).hexdigest()[:40]
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return body, f"multipart/form-data; boundary={boundary}"


def _parts(name: str, value: object, media_type: str | None) -> Iterator[bytes]:
    if isinstance(value, list | tuple):
        for element in value:
            yield from _parts(name, element, media_type)
    elif value is not None:
        quoted = name.translate(_BREAKS)
        head = f'Content-Disposition: form-data; name="{quoted}"'
        if isinstance(value, bytes | bytearray):
            head += f'; filename="{quoted}"'
            content, usual = bytes(value), "application/octet-stream"
        elif isinstance(value, Mapping):
            content, usual = encode(value), "application/json"
        else:
            content, usual = as_text(value).encode(), ""
        if media_type or usual:
            head += f"\r\nContent-Type: {media_type or usual}"
        yield head.encode() + b"\r\n\r\n" + content
