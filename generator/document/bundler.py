"""Document -> openapi.json: the whole description in one file, marked with the digest of those that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from generator.document.tree import Document

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def bundle(document: Document) -> str:
    """The description as JSON, numbers exact; `x-source-digest` changes whenever a byte of its files does."""
    text = _ENCODER.encode({**document.root, "x-source-digest": document.digest})
    return msgspec.json.format(text, indent=2).decode() + "\n"
