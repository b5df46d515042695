"""What `encoding` says of the parts of a form that the client does not write: headers, and parts within parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.api.media import MULTIPART
from generator.diagnostics import Consequence, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.tree import Node

UNSUPPORTED_ENCODING = rule(
    "unsupported-encoding",
    Severity.WARNING,
    "a part of a form has headers, or parts of its own, that the client does not write",
    Consequence.LEFT_OUT,
)

POSITIONS: Final = ("prefixEncoding", "itemEncoding")
"""The encodings of parts without names (OpenAPI 3.2)."""
_OWN: Final = frozenset(("content-type", "content-disposition", "content-length"))
"""Headers of a part that the client writes itself."""


def unwritten(media: Node, media_type: str) -> Iterator[tuple[Node, str]]:
    """Where a form asks for more than its client writes, and what that is."""
    if media_type != MULTIPART:
        return  # only parts have headers and parts
    for key in POSITIONS:
        if (said := media.child(key)) is not None:
            yield said, f"`{key}` is about parts without names, and a form has none"
    for name, encoding in media.members_of("encoding"):
        headers = [one for one, _ in encoding.members_of("headers") if one.lower() not in _OWN]
        if headers:
            yield encoding["headers"], f"the headers of the part {name!r} are not sent: {', '.join(headers)}"
        for key in ("encoding", *POSITIONS):
            if (said := encoding.child(key)) is not None:
                yield said, f"the part {name!r} is written as it is, without parts of its own"
