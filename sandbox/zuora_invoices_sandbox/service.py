"""From a request to its delivery: faults, gates, idempotency, the operation, and what all answers carry."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from . import answers, faults, idempotency
from .bodies import encodable
from .context import Context
from .gates import body, headers, permissions
from .gates.limits import Limits
from .gates.tokens import TOKEN_PATH, Tokens
from .messages import Delivery
from .operations import OPERATIONS
from .refusal import Category, Refused, unexpected

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from zuora_invoices._runtime.operation import Operation

    from .calls import CallLog
    from .clock import Clock
    from .faults import Faults, Order
    from .ids import Ids
    from .messages import Answer, Headers, Request
    from .operations import Work
    from .records import Json
    from .store import Store, Transaction
    from .tenant.model import Tenant

    Step: TypeAlias = Callable[[Transaction], Answer]
    """What is left to do for a call, within its transaction."""

REQUEST_ID: Final = "Zuora-Request-Id"
_EARLY: Final = (403, 429)
"""Statuses of refusals that say nothing about the order, and so are not kept under its key; 401 comes before that."""
_LOG: Final = logging.getLogger(__name__)


@dataclass
class _Trace:
    """What comes to light about a call on its way, for the call log."""

    request_id: str
    order: Order | None = None
    user: str | None = None
    replayed: bool = False
    answer: Answer | None = None
    """The answer as it goes out, if nothing happens to it."""


class Service:
    """Answers requests to one tenant; threads may share it."""

    def __init__(self, tenant: Tenant, store: Store, clock: Clock, ids: Ids, faults: Faults, calls: CallLog) -> None:
        self._tenant = tenant
        self._store = store
        self._clock = clock
        self._ids = ids
        self._faults = faults
        self._calls = calls
        self._running = idempotency.Running()
        self.limits = Limits(tenant, clock)
        self.tokens = Tokens(tenant, store.secret, clock)

    def deliver(self, request: Request) -> Delivery:
        """Answer a request, or do to it what a fault says. Never raises."""
        started, at = self._clock.monotonic(), self._clock.now()
        trace = _Trace(self._ids.request())
        try:
            delivery = self._delivered(request, trace)
        except Exception:  # noqa: BLE001 - whatever it is, the caller gets an answer, and the log the rest
            _LOG.exception("a request to %s could not be answered", request.path)
            delivery = Delivery(self._completed(request, answers.broken(), trace))
        self._calls.record(
            request,
            delivery,
            at=at,
            milliseconds=(self._clock.monotonic() - started) * 1000,
            fault=trace.order.fault if trace.order else None,
            user=trace.user,
            replayed=trace.replayed,
            undelivered=trace.answer,
        )
        return delivery

    def reset(self) -> None:
        """Forget how often the tenant was called, and who fetched tokens."""
        self.limits.reset()
        self.tokens.reset()

    def _delivered(self, request: Request, trace: _Trace) -> Delivery:
        try:
            trace.order = self._faults.decide(request)
            if (delivery := faults.before(trace.order)) is not None:
                answer = delivery.answer
                return delivery if answer is None else replace(delivery, answer=self._completed(request, answer, trace))
            answer = self._answer(request, trace)
        except Refused as refused:
            answer = self._refusal(refused, trace)
        trace.answer = self._completed(request, faults.changed(trace.order, answer), trace)
        return faults.after(trace.order, trace.answer)

    def _answer(self, request: Request, trace: _Trace) -> Answer:
        if request.path == TOKEN_PATH:
            return self.tokens.issue(request)
        operation, read = _route(request)
        self.limits.admit()
        with self.limits.place() as concurrency:
            user = self.tokens.caller_of(request)
            trace.user = user.name
            permissions.check(user)
            key, now = headers.key(request), self._clock.now()
            with self._running.hold(key):
                try:
                    caller = headers.check(request, operation, self._tenant, user)
                    faults.during(trace.order)
                    context = Context(self._tenant, caller, now, self._ids, request.headers, trace.request_id)
                    work: Step | Refused = partial(read(body.read(request), request.headers), context)
                except Refused as refused:
                    work = refused  # that too is kept under the key of the call
                answer = self._once(request, key, work, now, trace)
            return replace(answer, headers=(*answer.headers, *concurrency)) if answer.status == 200 else answer

    def _once(self, request: Request, key: str | None, work: Step | Refused, now: datetime, trace: _Trace) -> Answer:
        """Do it, unless an earlier call with its key was answered; in one transaction with keeping the answer."""
        tenant = self._tenant.id
        with self._store.transaction() as transaction:
            answer = idempotency.kept(transaction, key, request, tenant, now)
            if answer is not None:
                trace.replayed = True
                return answer
            try:
                if isinstance(work, Refused):
                    raise work
                with transaction.draft():
                    answer = work(transaction)
            except Refused as refused:
                answer = self._refusal(refused, trace)
                if refused.status in _EARLY:
                    return answer
            # The id is of the first answer, whoever gets it again.
            answer = replace(answer, headers=(*answer.headers, (REQUEST_ID, trace.request_id)))
            idempotency.keep(transaction, key, request, tenant, now, answer)
            return answer

    def _refusal(self, refused: Refused, trace: _Trace) -> Answer:
        return answers.refusal(refused, self._ids.process(trace.request_id), trace.request_id)

    def _completed(self, request: Request, answer: Answer, trace: _Trace) -> Answer:
        """The answer with what is said with all of them, compressed for those who take it so."""
        more = [] if any(name == REQUEST_ID for name, _ in answer.headers) else [(REQUEST_ID, trace.request_id)]
        if (track_id := headers.echoed(request)) is not None:
            more.append((headers.TRACK_ID, track_id))
        answer = replace(answer, headers=(*answer.headers, *more, *self.limits.headers()))
        return answers.packed(answer) if headers.accepts_gzip(request) else answer


def _route(request: Request) -> tuple[Operation[object], Callable[[dict[str, Json], Headers], Work]]:
    if request.path not in OPERATIONS:
        raise Refused([unexpected(Category.NOT_FOUND, f"There is nothing at {encodable(request.path[:200])}.")], 404)
    if request.method != "POST":
        message = f"{request.path} takes POST alone, not {encodable(request.method[:20])}."
        raise Refused([unexpected(Category.MALFORMED, message)], 405, (("Allow", "POST"),))
    return OPERATIONS[request.path]
