"""Servers: those of the API, and those that an operation has of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from generator.api.model import Server
from generator.diagnostics import Consequence, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.api.model import Operation
    from generator.diagnostics import Diagnostic
    from generator.document.tree import Node

UNSUPPORTED_SERVERS = rule(
    "unsupported-servers",
    Severity.ERROR,
    "a server of an operation is no address that a client can call",
    Consequence.LEFT_OUT,
)

_HOST: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]")
_CHARACTERS: Final = re.compile(r"[!-~]*")


def servers(root: Node, operations: Iterable[Operation]) -> Iterator[Server]:
    """Where the API is; where nothing says it of the whole, wherever operations say that they are."""
    listed = list(root.elements_of("servers"))
    for node in listed:
        yield Server(_url(node), node.text("description"))
    if not listed:
        own = dict.fromkeys(url for one in operations for url in one.servers if _names_a_host(url))
        yield from (Server(url, "") for url in own)


def known(listed: Iterable[Server]) -> list[str]:
    """The addresses among servers: a client of one of these calls operations at their own."""
    return [one.url for one in listed if _names_a_host(one.url) and not _fault(one.url)]


def own_servers(operation: Node, found: list[Diagnostic]) -> Iterator[str]:
    """The servers of a normalized operation that the API has not as a whole; what is none goes to `found`."""
    for node in operation.elements_of("servers"):
        url = _url(node)
        if fault := _fault(url):
            message = f"the server is left out: {url!r} {fault}"
            found.append(UNSUPPORTED_SERVERS.at(node.location, message, node.pointer))
        else:
            yield url


def _url(server: Node) -> str:
    """The URL of a server, its variables by their defaults."""
    url = server.text("url")
    for name, variable in server.members_of("variables"):
        url = url.replace(f"{{{name}}}", variable.text("default"))
    return url.rstrip("/") or url[:1]


def _fault(url: str) -> str:
    """Why a server cannot be called; empty where it can."""
    if not url:
        return "names no place"
    if "{" in url:
        return "has a variable that nobody declares"
    if not _CHARACTERS.fullmatch(url) or "?" in url or "#" in url:
        return "is no address without query and fragment"
    try:
        parts = urlsplit(url)
        host = parts.netloc.removesuffix(f":{parts.port}").lower()
    except ValueError:
        return "has a host or a port that is none"
    is_relative = not parts.scheme and not parts.netloc
    is_fit = parts.scheme in ("http", "https", "") and parts.port != 0 and _HOST.fullmatch(host)
    if not is_relative and not is_fit:
        return "is no address of http or https"
    return ""


def _names_a_host(url: str) -> bool:
    return "://" in url
