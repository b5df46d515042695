"""What comes in a stream, one after the other: server-sent events, lines of JSON, JSON text sequences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

DONE: Final = b"[DONE]"
"""With this, which no JSON is, servers that send events of JSON say that no more comes."""
_EVENTS: Final = "text/event-stream"
LINES: Final = frozenset(
    (
        *("application/jsonl", "application/jsonlines", "application/json-lines", "application/x-jsonlines"),
        *("application/x-jsonl", "application/ndjson", "application/x-ndjson"),
    )
)
_DIGITS: Final = 16  # of a number that somebody can mean; millions of them would take minutes to read
_UNSAID: Final = ("", "text/plain", "application/octet-stream")
"""What servers say that say nothing of the media type."""


class FramingError(ValueError):
    """What comes is not framed as its media type says; `cut` if it ends early."""

    def __init__(self, message: str, *, cut: bool = False) -> None:
        super().__init__(message)
        self.cut = cut


class Frame(Struct, frozen=True):
    """One element of a stream: its data, and of an event the rest."""

    data: bytes
    event: str = "message"
    id: str = ""
    retry: int | None = None

    def __repr__(self) -> str:
        return f"Frame({self.event!r})"  # the data may hold a secret


class Framing(Protocol):
    """Takes the bytes of a stream as they come."""

    def frames(self, part: bytes) -> Iterator[Frame]:
        """The elements that are whole with these bytes; FramingError if one is too large."""
        ...

    def end(self) -> Iterator[Frame]:
        """The last ones, as no more bytes come; FramingError if one is not whole."""
        ...


def kind_of(media_type: str) -> str | None:
    """In which way a media type (without parameters) has elements one after the other; `None`: in none."""
    kind = media_type.lower()
    if kind == _EVENTS:
        return "events"
    if kind in LINES:
        return "lines"
    return "sequence" if kind.endswith(("/json-seq", "+json-seq")) else None


def fits(came: str, described: str) -> bool:
    """Whether what came under a media type can be read as a stream of the described one."""
    return came in _UNSAID or kind_of(came) == kind_of(described)


def framing(media_type: str, limit: int) -> Framing:
    """What takes a stream of this media type apart; no element has more than `limit` bytes."""
    kind = kind_of(media_type)
    return Events(limit) if kind == "events" else Texts(b"\x1e" if kind == "sequence" else b"\n", limit)


class _Pieces:
    """Cuts bytes at ends, and keeps what comes behind the last one."""

    def __init__(self, ends: re.Pattern[bytes], limit: int) -> None:
        self._ends = ends
        self._limit = limit
        self._kept: list[bytes] = []
        self._size = 0

    def cut(self, part: bytes) -> Iterator[bytes]:
        first, *others = self._ends.split(part)
        self._keep(first)
        for one in others:
            yield self.rest()
            self._keep(one)

    def rest(self) -> bytes:
        """What is kept, and no longer."""
        whole = b"".join(self._kept)
        self._kept, self._size = [], 0
        return whole

    def _keep(self, piece: bytes) -> None:
        if piece:
            self._kept.append(piece)
            self._size += len(piece)
        if self._size > self._limit:
            raise FramingError(f"an element is larger than {self._limit} bytes")


class Texts:
    """JSON texts: each on a line of its own, or behind a mark of its own (RFC 7464)."""

    def __init__(self, mark: bytes, limit: int) -> None:
        self._pieces = _Pieces(re.compile(re.escape(mark)), limit)

    def frames(self, part: bytes) -> Iterator[Frame]:
        """See `Framing`."""
        yield from self._whole(self._pieces.cut(part))

    def end(self) -> Iterator[Frame]:
        """See `Framing`; the last line needs no end."""
        yield from self._whole(iter((self._pieces.rest(),)))

    def _whole(self, texts: Iterator[bytes]) -> Iterator[Frame]:
        return (Frame(stripped) for text in texts if (stripped := text.strip()))


class Events:
    """Server-sent events, as the HTML standard has them (9.2.6)."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lines = _Pieces(re.compile(rb"\r\n|\r|\n"), limit)
        self._after_return = False
        """The part before ended with a carriage return, of which a line feed would be the other half."""
        self._begun = False
        self._data: list[bytes] = []
        self._size = 0
        self._event = ""
        self._id = ""
        self._retry: int | None = None

    def frames(self, part: bytes) -> Iterator[Frame]:
        """See `Framing`."""
        if self._after_return and part.startswith(b"\n"):
            part = part[1:]
        self._after_return = part.endswith(b"\r")
        for line in self._lines.cut(part):
            yield from self._line(line)

    def end(self) -> Iterator[Frame]:
        """See `Framing`: an empty line ends an event."""
        rest = self._lines.rest()
        if self._data or not (rest == b"" or rest.startswith(b":")):
            raise FramingError("it ends within an event", cut=True)
        yield from ()

    def _line(self, line: bytes) -> Iterator[Frame]:
        if not self._begun:
            self._begun = True
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            if self._data:
                yield Frame(b"\n".join(self._data), self._event or "message", self._id, self._retry)
            self._data, self._size, self._event, self._retry = [], 0, "", None
            return
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
            self._size += len(value) + 1
            if self._size > self._limit:
                raise FramingError(f"an element is larger than {self._limit} bytes")
        elif name == b"event":
            self._event = value.decode("utf-8", "replace")
        elif name == b"id" and b"\0" not in value:
            self._id = value.decode("utf-8", "replace")
        elif name == b"retry" and value.isdigit() and len(value) < _DIGITS:
            self._retry = int(value)
