"""Media types: which ones a client can write and read, and which of several it likes best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from generator.document.grammar import Side

_PARTS: Final = "multipart/form-data"
_FORM: Final = "application/x-www-form-urlencoded"
FIELD_STYLES: Final = ("form", "spaceDelimited", "pipeDelimited", "deepObject")
"""How the fields of a form, and parameters of a query, can be written."""
_BINARY: Final = ("application/octet-stream", "application/pdf", "application/zip", "*/*")
_STRUCTURED: Final = ("text/xml", "text/event-stream")


def essence(media_type: str) -> str:
    """A media type in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def preference(media_type: str, side: Side) -> int | None:
    """How much a client likes a media type (its essence), 0 the most; `None`: it cannot use it."""
    if media_type == "application/json":
        return 0
    if is_typed(media_type):
        return 1 if not is_form(media_type) else 2 if side == "request" else 5
    if is_text(media_type):
        return 3 if not is_opaque(media_type) else 5
    if not is_opaque(media_type):
        return 4
    return None if side == "request" and media_type.startswith("multipart/") else 5


def is_opaque(media_type: str) -> bool:
    """Whether a body of this media type has a structure that the client knows nothing of: it is text or bytes to it."""
    if is_typed(media_type) or (is_text(media_type) and media_type not in _STRUCTURED):
        return False
    return not (media_type in _BINARY or media_type.startswith(("image/", "audio/", "video/")))


def is_form(media_type: str) -> bool:
    """Whether a body of this media type is the fields of a form."""
    return media_type in (_FORM, _PARTS)


def has_parts(media_type: str) -> bool:
    """Whether the fields of a form are parts of their own, so that they can be files."""
    return media_type == _PARTS


def is_typed(media_type: str) -> bool:
    """Whether a body of this media type is a value of its schema, and not just text or bytes."""
    return media_type in ("application/json", _FORM, _PARTS) or media_type.endswith("+json")


def is_text(media_type: str) -> bool:
    """Whether a body of this media type is a string."""
    return media_type.startswith("text/")
