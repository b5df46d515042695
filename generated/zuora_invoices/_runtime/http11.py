"""What is said over one connection in HTTP/1.1, by h11. It does no input or output, so sync and async share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import h11

from .exchange import Part
from .http import head

if TYPE_CHECKING:
    from collections.abc import Generator

    from .http import Reply, Request

Result = TypeVar("Result")

Dialogue: TypeAlias = "Generator[Part | None, Any, Result]"
"""Gives a part that is to be sent, or `None` where one has to come, and is sent that one; an empty one is the end."""

_LONGEST_HEAD: Final = 100 * 1024  # bytes
_WITH_CONTENT: Final = frozenset(("POST", "PUT", "PATCH"))
"""Of these a server may want to be told that there is none."""


class Http11:
    """The requests and answers on one connection, one after the other. A fault of them is h11's `ProtocolError`."""

    def __init__(self) -> None:
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)

    def begin(self, request: Request) -> Dialogue[Reply]:
        """Send a request, and come back with the head of its answer."""
        yield self._written(request)
        event = yield from self._event()
        while isinstance(event, h11.InformationalResponse):  # the answer is still to come
            event = yield from self._event()
        if not isinstance(event, h11.Response):
            raise h11.RemoteProtocolError("the server speaks of something else")
        return head(event.status_code, event.headers.raw_items())

    def next_part(self) -> Dialogue[Part | None]:
        """Come back with the next part of the answer, or `None` at its end."""
        event = yield from self._event()
        return Part(bytes(event.data)) if isinstance(event, h11.Data) else None

    def ended(self) -> bool:
        """Whether all has been said, and nothing more than that: then another request may follow.

        What came behind an answer would be taken for the one to the next request (RFC 9112, 9.2), and an end of the
        connection for the end of that.
        """
        state = self._state
        if state.our_state is not h11.DONE or state.their_state is not h11.DONE or any(state.trailing_data):
            return False
        state.start_next_cycle()
        return True

    def _written(self, request: Request) -> Part:
        """A request with all that belongs to it, so that a small one leaves as one piece."""
        content, send = request.content or b"", self._state.send
        headers = [("Host", request.address.authority), *request.headers.items()]
        if request.content is not None or request.method in _WITH_CONTENT:
            headers.append(("Content-Length", str(len(content))))
        first = h11.Request(method=request.method, target=request.target or "/", headers=headers)
        parts = send(first), send(h11.Data(data=content)), send(h11.EndOfMessage())
        return Part(b"".join(filter(None, parts)))

    def _event(self) -> Dialogue[h11.Event | type[h11.NEED_DATA | h11.PAUSED]]:
        while (event := self._state.next_event()) is h11.NEED_DATA:
            part: Part = yield None
            if not part.content and self._state.their_state is h11.SEND_RESPONSE:
                raise h11.RemoteProtocolError("the server closed the connection without an answer")
            self._state.receive_data(part.content)
        return event
