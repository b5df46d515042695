"""A call whose answer is taken as it comes: sent like any other until the head of a success is there, and never again.

A failure is read as of any other call. What comes in a stream is read as if each element were an answer.
"""

from __future__ import annotations

import sys
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from msgspec import structs

from . import framing, log
from .compression import CutError, EncodingError, unpackers
from .errors import ApiError
from .events import LOGGER, GiveUpEvent, notify
from .exchange import Part
from .flow import Call
from .framing import FramingError
from .http import Reply, ReplyBuilder, TransportError
from .operation import Response
from .response import unreadable
from .steps import Close, Open, Receive
from .streams import EndOfStream, ServerSentEvent, Source, StreamBrokenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .compression import Unpacker
    from .exchange import Opened
    from .framing import Frame, Framing
    from .operation import Element, Operation
    from .salvage import Odd
    from .steps import Flow, Send


class StreamedCall(Call):
    """A call that gives a stream, made by a function of its source."""

    def __init__(self, make: Callable[[Source[Any]], object], *call: Any) -> None:  # Any: as of any call
        super().__init__(*call)
        self._make = make
        self._source: Source[Any] | None = None

    def _exchange(self, send: Send) -> Flow[Reply]:
        if not self.operation.streams:
            return (yield from super()._exchange(send))
        opened: Opened = yield Open(send)
        head = opened.head
        if (read := self._reader(head)) is not None:
            shown = head.with_headers_without(self._secrets())
            self._source = Source(shown, opened.exchange, read, partial(self._failed, shown))
            return head
        builder = ReplyBuilder(send.limit)
        part: Part | None = Part(b"")
        while part is not None and not builder.add(part.content):
            part = yield Receive(opened.exchange, send.until)
        yield Close(opened.exchange)
        return builder.reply(head)

    def _reader(self, head: Reply) -> _Reader | None:
        """What reads the stream that begins with a head; nothing if none does: then the answer is read as a whole."""
        echoed = head.headers.get(self.draft.track_header, self.draft.track_id)
        described = self.operation.responses_for(head.status)
        if not 200 <= head.status < 300 or echoed != self.draft.track_id or not described:
            return None
        came = head.media_type
        response = next((one for one in described if (one.media_type or "").lower() == came), described[0])
        media_type = response.media_type or ""
        try:
            packed = unpackers(head.headers.get("content-encoding", ""), sys.maxsize)
        except EncodingError:
            return None
        if response.raw:
            return _Reader(packed, None, lambda part: (part,))
        if not response.elements or not framing.fits(came, media_type):
            return None
        elements = _Elements(self, response, head)
        return _Reader(packed, framing.framing(media_type, self.settings.max_response_bytes), elements.read)

    def _value(self, packed: Reply) -> object:
        if self._source is None:
            return super()._value(packed)
        source, self._source = self._source, None  # nothing leads back to it, so that it ends when nobody has it
        stream = self._make(source)
        self._succeeded(stream, source.head, [])
        return stream

    def read_element(self, operation: Operation[object], reply: Reply) -> object:
        """The value of an element that came as if it were an answer."""
        odd: list[Odd] = []
        value = self._read(operation, reply, odd)
        log.unread(self.operation.id, odd, self.key)
        return value

    def _failed(self, head: Reply, error: Exception) -> Exception:
        """What an error in the middle of a stream means to its caller; log and hooks are told of it."""
        fault = error
        if isinstance(error, TransportError):
            words = f"the stream broke off: {self._words(error)}"
            fault = StreamBrokenError(self.operation.id, words, head.status, head.headers)
        elif isinstance(error, FramingError | EncodingError):
            cut = error.cut if isinstance(error, FramingError) else isinstance(error, CutError)
            fault = unreadable(self.operation, head, str(error), cut=cut)
        if isinstance(fault, ApiError):
            notify(self.settings.hooks, GiveUpEvent(self.info, self._completed(fault)))
            self._log(fault, "in the middle of a stream")
        return fault


class _Reader:
    """Takes the bytes of an answer as they come, and gives what is whole with them."""

    def __init__(
        self, packed: list[Unpacker], frames: Framing | None, read: Callable[[Any], Iterable[object]]
    ) -> None:  # Any: frames, or bytes where there is no framing
        self._packed = packed
        self._framing = frames
        self._read = read
        self._any = False

    def __call__(self, part: Part | None) -> Iterator[object]:
        """What is there with one more part, or with none left. No bytes have a name here, see `Part`."""
        if part is not None:
            self._any = self._any or bool(part.content)
            parts: Iterator[bytes] = iter((part.content,) if part.content else ())
            for one in self._packed:
                parts = chain.from_iterable(map(one.parts, parts))
            frames: Iterator[object] = (
                parts if self._framing is None else chain.from_iterable(map(self._framing.frames, parts))
            )
        else:
            for one in self._packed if self._any else ():
                one.end()
            frames = iter(()) if self._framing is None else self._framing.end()
        return chain.from_iterable(map(self._read, frames))


class _Elements:
    """Reads the elements of a stream by what is described of them."""

    def __init__(self, call: StreamedCall, response: Response, head: Reply) -> None:
        self._call = call
        self._head = head
        self._events = framing.kind_of(response.media_type or "") == "events"
        self._known = {one.event: (one, _alone(call.operation, one)) for one in response.elements}

    def read(self, frame: Frame) -> Iterator[object]:
        """The value of an element; none of what nobody described.

        Raises:
            EndOfStream: it says that no more comes.
        """
        found = self._known.get(frame.event) or self._known.get("")
        if found is None:
            LOGGER.info("%s: an event of a name that is not described is passed over", self._call.operation.id)
            return
        if frame.data == framing.DONE and not found[0].is_text:
            raise EndOfStream
        value = self._call.read_element(found[1], Reply(self._head.status, self._head.headers, frame.data))
        yield ServerSentEvent(value, frame.event, frame.id, frame.retry) if self._events else value


def _alone(operation: Operation[object], element: Element) -> Operation[object]:
    """The operation as if an element were its answer."""
    media_type = "text/plain" if element.is_text else "application/json"
    return structs.replace(operation, responses=(Response("default", media_type, element.type),), accepts=())
