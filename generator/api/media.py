"""Media types: which ones a client can write and read, and which of several it likes best."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from generator.document.grammar import Side

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
FIELD_STYLES: Final = ("form", "spaceDelimited", "pipeDelimited", "deepObject")
"""How the fields of a form, and parameters of a query, can be written."""
_BINARY: Final = ("application/octet-stream", "application/pdf", "application/zip", "*/*")
LINES: Final = frozenset(
    (
        *("application/jsonl", "application/jsonlines", "application/json-lines", "application/x-jsonlines"),
        *("application/x-jsonl", "application/ndjson", "application/x-ndjson"),
    )
)
"""Names under which lines of JSON go; the runtime's `framing.py` reads the same."""
_PARAMETER: Final = re.compile(
    r"""[ \t]*;[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([!#$%&'*+.^_`|~0-9A-Za-z-]+|"[ !#-\[\]-~]*")"""
)
_UTF_8: Final = ("utf-8", "utf8")
_STRUCTURED: Final = ("text/xml", "text/event-stream")


def essence(media_type: str) -> str:
    """A media type in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def with_parameters(media_type: str, side: Side) -> str:
    """A media type with its parameters, as a header has it; empty where it has none, or none that can be read.

    JSON, and texts that the client writes, are UTF-8 whatever is said. A form of parts has a boundary of its own.
    """
    kind, (_, mark, rest) = essence(media_type), media_type.partition(";")
    found = [*_PARAMETER.finditer((mark + rest).strip())]
    if kind == MULTIPART or "*" in kind or "".join(one[0] for one in found) != (mark + rest).strip():
        return ""
    is_ours = is_typed(kind, side) or is_stream(kind, side) or (is_text(kind) and side == "request")
    kept = [
        one[0]
        for one in found
        if one[1].lower() != "q"
        and not (is_ours and one[1].lower() == "charset" and one[2].strip('"').lower() not in _UTF_8)
    ]
    return kind + "".join(kept) if kept else ""


def preference(media_type: str, side: Side) -> int:
    """How much a client likes a media type (its essence), 0 the most."""
    if media_type == "application/json":
        return 0
    if is_typed(media_type, side):
        return {FORM: 2, MULTIPART: 3}.get(media_type, 1)
    if is_stream(media_type, side):
        return 2
    if is_opaque(media_type, side):
        return 6
    return 4 if is_text(media_type) else 5


def is_typed(media_type: str, side: Side) -> bool:
    """Whether a body of this media type is a value of its schema, and not just text or bytes."""
    is_form = side == "request" and media_type in (FORM, MULTIPART)
    return is_form or media_type in ("application/json", "text/json") or media_type.endswith("+json")


def is_stream(media_type: str, side: Side) -> bool:
    """Whether an answer of this media type has elements one after the other, each a value of its schema."""
    return side == "response" and stream_of(media_type) != ""


def stream_of(media_type: str) -> str:
    """In which way elements come one after the other in a media type: `events`, `lines`, `sequence`; empty: in none."""
    if media_type == "text/event-stream":
        return "events"
    if media_type in LINES:
        return "lines"
    return "sequence" if media_type.endswith(("/json-seq", "+json-seq")) else ""


def is_opaque(media_type: str, side: Side) -> bool:
    """Whether a body of this media type has a structure that the client knows nothing of: it is text or bytes to it."""
    if is_typed(media_type, side) or is_stream(media_type, side):
        return False
    if is_text(media_type) and media_type not in _STRUCTURED:
        return False
    return not is_binary(media_type)


def is_binary(media_type: str) -> bool:
    """Whether nobody expects more of a body of this media type than bytes."""
    return media_type in _BINARY or media_type.startswith(("image/", "audio/", "video/"))


def is_text(media_type: str) -> bool:
    """Whether a body of this media type is a string."""
    return media_type.startswith("text/")


def written_as(media_type: str) -> str:
    """The media type of a body that is of this type or range."""
    return "application/octet-stream" if "*" in media_type else media_type
