"""One exchange over HTTP: the request, its reply, and the error where there is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, overload

from msgspec import Struct

from .codec import NotJsonError, decode, encode
from .compression import EncodingError, decompressed
from .secret import hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .address import Address
    from .values import Json

LATE: Final = "the deadline of the call has passed"
_CHARSET: Final = r'(?ai); *charset *= *"?((?:utf-?8|us-ascii|iso-?8859|latin|windows|koi8|gb|big5|euc|shift)[\w:.-]*)'
"""The charset of a text, where it has ASCII as it is: others are rare, and secrets would not be found in them."""


class Request(Struct, frozen=True):
    """What goes over the wire. Headers and URL may hold secrets and are not shown."""

    method: str
    address: Address
    target: str
    """Path and query."""
    headers: Mapping[str, str]
    content: bytes | None = None

    @property
    def url(self) -> str:
        """The whole of where it goes."""
        return f"{self.address.scheme}://{self.address.authority}{self.target}"

    def __repr__(self) -> str:
        return f"Request({self.method!r})"

    def __reduce__(self) -> str:
        raise TypeError("a request is not pickled: it holds secrets")


class Reply(Struct, frozen=True):
    """What came over the wire; header names are in lower case, and `content` is still as its encoding has it."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def __repr__(self) -> str:
        return f"Reply({self.status})"

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case; empty if none is said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def text(self, errors: str = "strict") -> str:
        """The content as text, as its `charset` says, else as UTF-8; a mark of the order of bytes is none of it.

        Raises:
            UnicodeError: it is none, and errors are `strict`.
        """
        named = re.search(_CHARSET, self.headers.get("content-type", ""))
        try:
            text = self.content.decode(named[1] if named else "utf-8", errors)
        except LookupError:
            text = self.content.decode("utf-8", errors)
        return text.removeprefix("\ufeff")

    def unpacked(self, limit: int) -> Reply:
        """The reply with its content decompressed.

        Raises:
            EncodingError: that cannot be, or it would be larger than `limit` bytes.
        """
        if len(self.content) > limit:
            raise EncodingError(f"it is larger than {limit} bytes")
        encoding = self.headers.get("content-encoding")
        if encoding is None or not self.content:  # what answers HEAD tells of the body that GET would bring
            return self
        headers = {name: value for name, value in self.headers.items() if name != "content-encoding"}
        return Reply(self.status, headers, decompressed(self.content, encoding, limit))

    def without(self, secrets: Sequence[str]) -> Reply:
        """The reply with stars in the place of secrets that the server echoes."""
        reply = self.with_headers_without(secrets)
        try:
            body = decode(self.content)
            shown = hidden_in(body, secrets)  # by its strings, which JSON can write in many ways
            content = self.content if shown == body else encode(shown)
        except (NotJsonError, RecursionError):  # latin-1 takes every byte, and brings it back
            content = hidden(self.content.decode("latin-1"), secrets).encode("latin-1")
        return reply if content == self.content else Reply(self.status, reply.headers, content)

    def with_headers_without(self, secrets: Sequence[str]) -> Reply:
        """The reply with stars in the place of secrets that are echoed in its headers."""
        headers = {name: hidden(value, secrets) for name, value in self.headers.items()}
        return self if headers == self.headers else Reply(self.status, headers, self.content)


@overload
def hidden_in(value: Json, secrets: Sequence[str]) -> Json: ...
@overload
def hidden_in(value: object, secrets: Sequence[str]) -> object: ...
def hidden_in(value: object, secrets: Sequence[str]) -> object:
    """A JSON value with stars in the place of secrets."""
    if isinstance(value, str):
        return hidden(value, secrets)
    if isinstance(value, list):
        return [hidden_in(one, secrets) for one in value]
    if isinstance(value, dict):
        return {hidden(name, secrets): hidden_in(one, secrets) for name, one in value.items()}
    return value


class ReplyBuilder:
    """Takes the content of a reply part by part, until there is more than `limit` bytes of it."""

    def __init__(self, limit: int) -> None:
        self._parts: list[bytes] = []
        self._room = limit

    def add(self, part: bytes) -> bool:
        """Add a part; true if that is more than enough."""
        self._parts.append(part)
        self._room -= len(part)
        return self._room < 0

    def reply(self, head: Reply) -> Reply:
        """The reply that begins with a head."""
        return Reply(head.status, head.headers, b"".join(self._parts))


def head(status: int, headers: Iterable[tuple[bytes, bytes]]) -> Reply:
    """A reply without its content; a header that came several times is one with commas."""
    named: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("ascii", "replace").lower(), raw_value.decode("latin-1")
        named[name] = f"{named[name]}, {value}" if name in named else value
    return Reply(status, named, b"")


class TransportError(Exception):
    """No reply came; `sent` is false only where the request certainly never left, `timeout` where time ran out.

    It is `final` where no other attempt can fare better, as with a client that was closed.
    """

    def __init__(self, message: str, *, sent: bool, timeout: bool = False, final: bool = False) -> None:
        super().__init__(message)
        self.final = final
        self.sent = sent
        self.timeout = timeout

    def __repr__(self) -> str:
        return "TransportError(***)"  # what a library says of a request or an answer may hold a secret

    @classmethod
    def caused_by(cls, error: Exception, *, sent: bool, timeout: bool) -> TransportError:
        """What an error of a library means. It is not kept itself: it may hold the request, and that a secret."""
        message = str(error) or ("no answer in time" if timeout else "the connection was lost")
        return cls(f"{message} ({type(error).__name__})", sent=sent, timeout=timeout)
