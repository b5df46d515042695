"""A call that is checked, written down and shown, and not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..codec import NotJsonError, decode, encode
from ..request import draft
from ..servers import server_of
from .connection import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..core import SyncClient
    from ..operation import Operation

_HIDDEN: Final = "***"


def request_of(
    client: SyncClient, operation: Operation[object], arguments: Mapping[str, object], body: object
) -> Iterator[str]:
    """The lines of the request as it would go out, but for secrets and for compression.

    Raises:
        RequestValidationError: something breaks the description; names everything that does.
    """
    # As resources do, this looks behind what a client shows.
    settings = client.with_options(compress_above=None)._settings  # noqa: SLF001
    written = draft(operation, arguments, body, settings)
    server = str(server_of(client._address, operation.servers, client._servers))  # noqa: SLF001
    yield f"{written.method} {server if server != NOWHERE else ''}{written.target}"
    secrets = {_name(one.kind, one.wire_name): _HIDDEN for way in operation.security[:1] for one in way}
    own = {name: _HIDDEN if name in settings.headers else text for name, text in written.headers.items()}
    for name, text in {**own, **secrets}.items():
        yield f"{name}: {text}"
    if written.cookies:
        yield f"Cookie: {'; '.join(written.cookies)}"
    if written.content is not None:
        yield ""
        yield _readable(written.content)


def _name(kind: str, wire_name: str) -> str:
    return f"{wire_name} (in the {kind})" if kind in ("query", "cookie") else wire_name


def _readable(content: bytes) -> str:
    try:
        return encode(decode(content), indent=2).decode()
    except (NotJsonError, UnicodeDecodeError):
        lines = content.decode("utf-8", "replace").splitlines()
        return "\n".join(lines) if all(map(str.isprintable, lines)) else f"({len(content):,} bytes)"
