"""One call, written once: a flow (see `steps`) that checks, signs, sends, reads, waits and sends again.

It does no input or output of its own, so sync and async share every decision.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar, cast

from . import keys, log, retry
from .answers import Answer, record
from .batch import BatchResult, MisfitError
from .comparison import differences, in_words
from .compression import CutError, EncodingError
from .errors import (
    AnsweredError,
    ApiError,
    AuthenticationError,
    CallTimeoutError,
    ConfigurationError,
    ConnectionFailedError,
    KeyReusedError,
)
from .events import CallInfo, GiveUpEvent, RequestEvent, ResponseEvent, RetryEvent, notify
from .http import Reply, TransportError
from .request import draft
from .response import mismatched, read, unreadable
from .secret import hidden
from .sent import Sent
from .steps import Send, Wait
from .text import shortened
from .wire import WireModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from .address import Address
    from .auth import Credentials
    from .operation import Operation
    from .options import Settings
    from .reasons import Reason
    from .request import Draft
    from .salvage import Odd
    from .secret import Secret
    from .signature import Signature
    from .steps import Flow

Result = TypeVar("Result")


def call(
    operation: Operation[Result],
    address: Address,
    credentials: Credentials,
    settings: Settings,
    arguments: Mapping[str, object],
    body: object,
    memory: keys.KeyMemory | None = None,
    kind: Callable[..., Call] | None = None,
) -> Flow[Result]:
    """Check one call of an operation, and carry it out in as many attempts as it takes.

    `memory` knows what went out under the keys of callers before; `kind` makes the call, where it is of a kind of its
    own.

    Raises:
        ApiError: it did not succeed; its `outcome` is that of all attempts together.
    """
    kind = kind or Call
    checked = draft(operation, arguments, body, settings)
    key, header = checked.idempotency_key, operation.idempotency_key
    if memory is None or key is None or header is None or header.lifetime is None or not checked.what:
        use = keys.Use(checked.what, keys.now())
        value = yield from kind(operation, address, credentials, settings, checked, use).run()
        return cast("Result", value)  # `read` says the same
    lifetime = timedelta(seconds=header.lifetime)
    first = retry.stem(retry.chain(key)[0], header.max_length)  # for all keys of its chain
    use = memory.begin(first, checked.what, lifetime)
    if use.what != checked.what:
        error = KeyReusedError(operation.id, key, use.since)
        error.key_expires, error.track_id = use.since + lifetime, checked.track_id
        raise error
    try:
        value = yield from kind(operation, address, credentials, settings, checked, use).run()
    finally:
        memory.end(first, use)
    return cast("Result", value)  # as above


def written_call(
    operation: Operation[Result],
    address: Address,
    credentials: Credentials,
    settings: Settings,
    written: Draft,
    since: datetime,
    *,
    unsure: bool,
) -> Flow[Result]:
    """Carry out a call that was written down before, in as many attempts as it takes, each with the key that it has.

    A transient refusal ends it, as another start would take a key that nobody has written down. `since` is when it went
    out first, and `unsure` says that it may have been carried out then.

    Raises:
        ApiError: it did not succeed; its `outcome` is that of the call, since it went out first.
    """
    use = keys.Use(written.what, since, left=unsure)
    made = Call(operation, address, credentials, settings, written, use, keeps_key=True, unsure=unsure)
    value = yield from made.run()
    return cast("Result", value)  # as above


class Call:
    """The state of one call over its attempts."""

    def __init__(
        self,
        operation: Operation[object],
        address: Address,
        credentials: Credentials,
        settings: Settings,
        checked: Draft,
        use: keys.Use,
        *,
        keeps_key: bool = False,
        unsure: bool = False,
    ) -> None:
        self.operation = operation
        self.address = address
        self.credentials = credentials
        self.settings = settings
        self.draft = checked
        self.use = use
        """What goes out under the key, in this call and maybe in others."""
        self.info = CallInfo(operation.id, operation.method, operation.path, checked.track_id)
        self.began = time.monotonic()
        self.until = float("inf") if settings.deadline is None else self.began + settings.deadline
        self.key = checked.idempotency_key
        self.first, self.starts = retry.chain(self.key or "")
        """The key that the chain of keys begins with, and which of the chain this one is."""
        self.attempts = 0
        self.duration = 0.0
        """Seconds of the latest attempt."""
        self.used: tuple[Secret, ...] = ()
        """The secrets that were sent, which a server may echo."""
        self.repetitions = 0
        self.keeps_key = keeps_key
        self.unsure = unsure
        """An attempt with this key may have been carried out."""
        self.refused = False
        """An attempt was refused, so the call cannot be said never to have left."""
        self.last_answer: tuple[int | None, str | None, tuple[Reason, ...]] | None = None
        """Of the latest answer the status, the process that it names, and the reasons."""
        self.ended = False

    def run(self) -> Flow[object]:
        """The value of the call."""
        try:
            reply = yield from self._with_retries()
        except Exception as error:
            if not isinstance(error, ApiError):
                if self.attempts:  # a fault of ours: it must not hide what may have happened
                    error.add_note(f"{self.operation.id}: the outcome of the call is unknown; its key is {self.key}")
                raise
            self.ended = True
            notify(self.settings.hooks, GiveUpEvent(self.info, self._completed(error)))
            self._log(error, "giving up")
            raise
        finally:
            if not self.ended and self.attempts:
                log.abandoned(self.operation.id, self.attempts, self.key)
        return reply

    def _with_retries(self) -> Flow[object]:
        refused: Secret | None = None
        error: ApiError | None = None
        while True:
            signature: Signature = yield from self.credentials.sign(self.operation, self.settings, self.until, refused)
            self.used += tuple(one for one in signature.secrets if one not in self.used)
            if isinstance(error, AuthenticationError):
                if signature.token == refused:
                    raise error  # there is no other token to be had
                self._notify_retry(error, 0.0, self.key, "again with a new token")
            if self.unsure and self._is_dead():  # a machine can sleep while a call waits
                raise error or ConnectionFailedError(self.operation.id, "its key has expired meanwhile", "unknown")
            reply: Reply | None = None
            try:
                reply = yield from self._attempt(signature)
                value = self._value(reply)
            except ApiError as failed:
                error = failed
            else:
                self._notify_of(reply, None)
                return value
            latest = (error.status, error.process_id, error.reasons)
            # What a server keeps under a key it repeats, of the same process; what it says anew is of another one.
            replayed = self.key is not None and len(set(error.process_id or "")) > 1 and latest == self.last_answer
            self.last_answer = latest
            error.outcome = retry.outcome(error, unsure=self.unsure, replayed=replayed)
            self.unsure = error.outcome == "unknown"
            self.refused = self.refused or error.outcome == "rejected"
            if reply is not None:
                self._notify_of(reply, self._completed(error))
            if isinstance(error, AuthenticationError) and signature.token is not None and refused is None:
                refused = signature.token
            else:
                yield from self._back_off(error)

    def _attempt(self, signature: Signature) -> Flow[Reply]:
        """The answer to one attempt."""
        self.attempts += 1
        settings = self.settings
        parameter = self.operation.idempotency_key
        key = None if parameter is None or self.key is None else (parameter.wire_name, self.key)
        request = self.draft.signed(self.address, signature, key)
        if settings.hooks:
            notify(settings.hooks, RequestEvent(self.info, self.attempts, self.key))
        sent = time.monotonic()
        result: Reply | ConnectionFailedError
        left = True  # also if the call is cancelled meanwhile
        try:
            result = yield from self._exchange(Send(request, settings.timeout, self.until, settings.max_response_bytes))
        except TransportError as fault:
            left = fault.sent
            kind = CallTimeoutError if fault.timeout else ConnectionFailedError
            message = self._words(fault)
            if fault.final:
                raise ConfigurationError(self.operation.id, message) from None
            result = kind(self.operation.id, message, "unknown" if fault.sent else "not_sent")
        finally:
            self.use.left = left or self.use.left
        self.duration = time.monotonic() - sent
        if isinstance(result, ConnectionFailedError):
            raise result  # here, as an error keeps the one during whose treatment it is raised
        return result.with_headers_without(self._secrets())

    def _exchange(self, send: Send) -> Flow[Reply]:
        """What comes back; TransportError if nothing does."""
        reply: Reply = yield send
        return reply

    def _words(self, fault: Exception) -> str:
        """What an error says, without secrets."""
        return shortened(hidden(str(fault), self._secrets()))

    def _notify_of(self, reply: Reply, error: ApiError | None) -> None:
        """Let hooks know that an answer came, and what is wrong with it."""
        if self.settings.hooks:
            event = ResponseEvent(self.info, self.attempts, reply.status, dict(reply.headers), self.duration, error)
            notify(self.settings.hooks, event)

    def _value(self, packed: Reply) -> object:
        """The value in an answer, or an error that holds no secret, though the server may echo some."""
        operation = self.operation
        try:
            reply = packed.unpacked(self.settings.max_response_bytes)
        except EncodingError as fault:
            reply = Reply(packed.status, packed.headers, b"")
            if 200 <= packed.status < 300:
                raise unreadable(operation, reply, str(fault), cut=isinstance(fault, CutError)) from None
        echoed = reply.headers.get(self.draft.track_header)
        if echoed is not None and echoed != self.draft.track_id:
            raise unreadable(operation, reply.without(self._secrets()), "it has the id of another call")
        odd: list[Odd] = []
        value = self._read(operation, reply, odd)
        self._compare(value, reply)
        self._succeeded(value, reply, odd)
        return value

    def _read(self, operation: Operation[object], reply: Reply, odd: list[Odd]) -> object:
        """As `response.read`, with errors that hold no secret."""
        try:
            return read(operation, reply, None if self.settings.strict_answers else odd)
        except AnsweredError:
            shown = reply.without(self._secrets())
            if shown is reply:
                raise
        read(operation, shown, None if self.settings.strict_answers else [])
        raise unreadable(operation, shown, "what it means is in what has to be hidden")

    def _compare(self, value: object, reply: Reply) -> None:
        """Make sure that a value is for what was sent, and tell the parts of a batch apart.

        An answer that does not fit the request says nothing of it, nor of any part.
        """
        operation, body = self.operation, self.draft.body
        if isinstance(value, BatchResult):
            try:
                value.belongs_to(
                    body if isinstance(body, WireModel | Sent) else None,
                    operation.id,
                    operation.failure,
                    {**self._circumstances(), "_status": reply.status, "headers": dict(reply.headers)},
                    self.draft.origins,
                )
            except MisfitError as fault:
                raise mismatched(operation, reply, str(fault), fault.differences, self._secrets()) from None
        if found := list(differences(body, value)):
            raise mismatched(operation, reply, in_words(found), found, self._secrets())

    def _succeeded(self, value: object, reply: Reply, odd: Sequence[Odd]) -> None:
        self.ended = True
        record(
            Answer(
                operation=self.operation.id,
                value=value,
                status=reply.status,
                headers=dict(reply.headers),
                elapsed=time.monotonic() - self.began,
                attempts=self.attempts,
                idempotency_key=self.key,
                key_expires=self._key_expires(),
                unread=tuple(one.below() for one in odd),
            )
        )
        log.succeeded(self.operation.id, self.attempts, reply.status, self.duration, self.key)
        log.unread(self.operation.id, odd, self.key)

    def _back_off(self, error: ApiError) -> Flow[None]:
        """Wait for the next attempt; raises the error if there is none."""
        settings = self.settings
        choice = retry.again(self.operation, error, unsure=self.unsure)
        seconds = retry.wait(error, self.repetitions + 1, settings)
        if choice is None or seconds is None or self.repetitions >= settings.max_retries:
            raise error
        if choice == "new" and self.keeps_key:
            raise error
        if time.monotonic() + seconds >= self.until:
            raise error
        if choice == "same" and self._is_dead(seconds):
            raise error
        self.repetitions += 1
        key = self.key
        parameter = self.operation.idempotency_key
        if choice == "new" and parameter is not None and key is not None:
            self.starts += 1
            key = retry.next_key(self.first, self.starts, parameter.max_length)
        self._notify_retry(error, seconds, key, f"again in {seconds:.1f} s")
        self.key = key
        yield Wait(seconds)

    def _notify_retry(self, error: ApiError, seconds: float, key: str | None, then: str) -> None:
        """Let log and hooks know that another attempt follows, with a key that may be another one."""
        self._log(error, then)
        if self.settings.hooks:
            notify(self.settings.hooks, RetryEvent(self.info, self.attempts, self._completed(error), seconds, key))

    def _secrets(self) -> list[Secret]:
        return self.credentials.secrets(self.used)

    def _completed(self, error: ApiError) -> ApiError:
        """The error with what the call knows of itself."""
        error.outcome = retry.outcome(error, unsure=self.unsure)
        if error.outcome == "not_sent" and self.refused:
            error.outcome = "rejected"
        vars(error).update(self._circumstances())
        return error

    def _circumstances(self) -> dict[str, object]:
        """The attributes that an error of this call has."""
        return {
            "idempotency_key": self.key,
            "key_expires": self._key_expires(),
            "track_id": self.draft.track_id,
            "attempts": self.attempts,
            "elapsed": time.monotonic() - self.began,
        }

    def _key_expires(self) -> datetime | None:
        """Until when the server certainly keeps its answer to the key: a derived one went out later than the first."""
        header = self.operation.idempotency_key
        if self.key is None or header is None or header.lifetime is None or not self.use.left:
            return None
        return self.use.since + timedelta(seconds=header.lifetime)

    def _is_dead(self, seconds: float = 0.0) -> bool:
        """Whether the server may have forgotten the key in so long: it would do the call under it once more."""
        expires = self._key_expires()
        return expires is not None and keys.now() + timedelta(seconds=seconds) >= expires

    def _log(self, error: ApiError, then: str) -> None:
        log.failed(self.operation.id, self.attempts, error, self.duration, then, self.key)
