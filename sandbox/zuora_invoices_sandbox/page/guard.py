"""Who may see and steer a sandbox by its page: whoever opened that page, and no other site's."""

from __future__ import annotations

import functools
import ipaddress
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def own_host(request: Request) -> str | None:
    """Host and port by which the request calls this sandbox; `None` if that is not one of its own names.

    A site can let its own name lead to this machine, and its scripts then read what they like; but they cannot say
    another Host. So it must be a loopback name, or the very address at which the request arrived.
    """
    hosts = request.headers.getlist("host")
    if len(hosts) != 1:
        return None
    host = hosts[0].strip().lower()
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        name, port = host, "80"
    if not (port.isascii() and port.isdigit() and len(port) <= 5):
        return None
    server = request.scope.get("server")
    if name == "localhost" or name.endswith(".localhost") or (server and name.strip("[]") == server[0]):
        return host if _is_plain(name) else None
    try:
        return host if ipaddress.ip_address(name.strip("[]")).is_loopback else None
    except ValueError:
        return None


def guarded(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for requests that know the sandbox by its own name; its answers do nothing but show themselves."""

    @functools.wraps(endpoint)
    async def guard(request: Request) -> Response:
        if own_host(request) is None:
            answer: Response = refused(403, "open the sandbox by the address that it printed, such as 127.0.0.1")
        else:
            answer = await endpoint(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return guard


def refused(status: int, why: str) -> Response:
    """An answer to the page that says why not."""
    return JSONResponse({"error": why}, status)


def _is_plain(name: str) -> bool:
    return all(letter.isalnum() or letter in "-._:[]" for letter in name) and name.isascii()
