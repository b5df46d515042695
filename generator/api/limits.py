"""`x-rate-limit`: the headers by which answers tell how many calls are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.api.model import LimitHeaders
from generator.document.index import path_operations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.tree import Node

ROLES: Final = ("remaining", "reset", "concurrency-limit", "concurrency-remaining")
"""The values of `x-rate-limit`."""


def limit_headers(root: Node) -> LimitHeaders | None:
    """What the answers of a normalized document say together; names of headers in lower case."""
    names: dict[str, str] = {}
    for name, header in _headers(root):
        role = header.text("x-rate-limit")
        if role in ROLES:
            names.setdefault(role.replace("-", "_"), name.lower())
    return LimitHeaders(**names) if names else None


def _headers(root: Node) -> Iterator[tuple[str, Node]]:
    for _, _, operation in path_operations(root.document):
        for _, response in operation.members_of("responses"):
            yield from response.members_of("headers")
