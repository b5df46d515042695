"""Fields as a `multipart/form-data` body (RFC 7578): files, JSON for objects, plain text for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from .codec import as_text, encode
from .files import File
from .style import part_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .operation import Encoding

_JSON = "application/json"
_ESCAPED = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})  # as browsers write them


def multipart(fields: Mapping[str, object], encodings: Mapping[str, Encoding]) -> tuple[str, bytes]:
    """The media type with its boundary, and the body; `encodings` are those of fields that have one.

    The same fields give the same bytes, so that what is sent again under a key is what was sent before. Nothing is said
    of a field that is null: a form has no word for it. Of an array each element is a part of its own, unless a style
    says how they stand in one.
    """
    parts = [
        part for name, value in fields.items() if value is not None for part in _parts(name, value, encodings.get(name))
    ]
    digest = sha256()
    for part in parts:
        digest.update(part)
    boundary = digest.hexdigest()
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    return f"multipart/form-data; boundary={boundary}", body + mark + b"--\r\n"


def _parts(name: str, value: object, encoding: Encoding | None) -> Iterator[bytes]:
    if encoding is not None and encoding.style is not None:
        for key, text in part_texts(name, value, encoding.style, encoding.explode):
            yield _part(key, text, None)
    else:
        for one in value if isinstance(value, list | tuple) else [value]:
            if one is not None:
                yield _part(name, one, encoding)


def _part(name: str, value: object, encoding: Encoding | None) -> bytes:
    filename, media_type = "", encoding.media_type if encoding is not None else None
    is_json = encoding is not None and encoding.is_json
    if isinstance(value, File):
        filename = f'; filename="{value.filename.translate(_ESCAPED)}"'
        # What the description says of the type is about files that say nothing themselves.
        content, media_type = value.content, value.media_type if value.is_typed or not media_type else media_type
    elif isinstance(value, Mapping | list | tuple):
        content, media_type = encode(value), media_type if is_json else _JSON  # whatever the description calls it
    else:
        content = encode(value) if is_json else as_text(value).encode()
    head = f'Content-Disposition: form-data; name="{name.translate(_ESCAPED)}"{filename}\r\n'
    if media_type:
        head += f"Content-Type: {media_type}\r\n"
    return head.encode() + b"\r\n" + content
