"""Media types: which ones a client can write and read, and which of several it likes best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from generator.document.grammar import Side

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
_STREAMED: Final = "text/event-stream"


def essence(media_type: str) -> str:
    """A media type in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def preference(media_type: str, side: Side) -> int | None:
    """How much a client likes a media type (its essence), 0 the most; `None`: it cannot use it."""
    if media_type == _STREAMED:
        return None
    if media_type == "application/json":
        return 0
    if is_typed(media_type, side):
        return {FORM: 2, MULTIPART: 3}.get(media_type, 1)
    return 4 if is_text(media_type) else 5


def is_typed(media_type: str, side: Side) -> bool:
    """Whether a body of this media type is a value of its schema, and not just text or bytes."""
    return (
        media_type == "application/json"
        or media_type.endswith("+json")
        or (side == "request" and media_type in (FORM, MULTIPART))
    )


def written_as(media_type: str) -> str:
    """The media type of a body that is of this type or range."""
    return "application/octet-stream" if "*" in media_type else media_type


def is_text(media_type: str) -> bool:
    """Whether a body of this media type is a string."""
    return media_type.startswith("text/")
