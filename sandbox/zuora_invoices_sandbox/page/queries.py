"""What the page, and a program at `/_sandbox`, can ask of a sandbox."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from . import views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.requests import Request

    from zuora_invoices_sandbox.calls import Call
    from zuora_invoices_sandbox.protocols import Inspected

    from .views import View

_PAGE: Final = 100
"""Rows of a list in one answer."""
_DIGITS: Final = 18
_PATIENCE: Final = 20
"""Totals are kept without a new look until so many times the time has gone by that the look took."""


class UnfitQueryError(Exception):
    """There is no such thing, or a parameter is not what it should be."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(slots=True)
class Queries:
    """Looks into a sandbox; each method answers one path, and may raise `UnfitQueryError`."""

    sandbox: Inspected
    _totals: list[View] = field(default_factory=list)
    _totals_until: float = 0.0
    _count: int = -1

    def state(self, request: Request) -> View:
        """What there is at all: the tenant, totals, counts, the clock and the faults."""
        sandbox = self.sandbox
        count = sandbox.store.count(sandbox.tenant.id)
        return {
            "tenant": views.tenant(sandbox.tenant),
            "clientId": sandbox.client_id,
            "baseUrl": f"{request.url.scheme}://{request.headers['host']}",
            "totals": self._totals_of(count),
            "invoices": count,
            "calls": len(sandbox.calls),
            "failures": sum(len(call.failures) for call in sandbox.calls),
            "lastCall": sandbox.calls.last_number,
            "cleared": sandbox.calls.clears,
            "clock": {"now": views.moment(sandbox.clock.now()), "frozen": sandbox.clock.frozen},
            "faults": views.faults(sandbox.faults),
        }

    def invoices(self, request: Request) -> View:
        """A page of the invoices, the newest first, that fit `search` and `status`; `before` is a serial number."""
        parameters = request.query_params
        tenant = self.sandbox.tenant
        before = _whole(parameters["before"]) if "before" in parameters else None
        found = self.sandbox.store.invoices(
            tenant.id,
            search=parameters.get("search", ""),
            status=parameters.get("status", ""),
            before=before,
            limit=_PAGE,
        )
        rows: list[View] = [views.invoice_row(serial, one, tenant) for serial, one in found]
        return {"invoices": rows, "more": len(found) == _PAGE}

    def invoice(self, request: Request) -> View:
        """One invoice, by its id."""
        tenant = self.sandbox.tenant
        found = self.sandbox.store.invoice(tenant.id, request.path_params["id"])
        if found is None:
            raise UnfitQueryError(404, "there is no such invoice; it may have been forgotten by a reset")
        return views.invoice(found, tenant, self.sandbox.calls)

    def calls(self, request: Request) -> View:
        """A page of the calls, the newest first, `after` and `before` some number, that fit the filters."""
        parameters = request.query_params
        after, before = _whole(parameters.get("after", "0")), _whole(parameters.get("before", "9" * _DIGITS))
        rows: list[View] = []
        for call in _matching(self.sandbox.calls, dict(parameters)):
            if call.number <= after:
                break
            if call.number < before:
                if len(rows) == _PAGE:
                    return {"calls": rows, "more": True}
                rows.append(views.call_row(call))
        return {"calls": rows, "more": False}

    def call(self, request: Request) -> View:
        """One call, by its number."""
        found = self.sandbox.calls.find(_whole(request.path_params["number"]))
        if found is None:
            raise UnfitQueryError(404, "there is no such call any more: the log keeps the last ones")
        return views.call(found)

    def _totals_of(self, count: int) -> list[View]:
        """Totals, looked up again if there are other invoices now, but not all the time if there are very many."""
        started = time.monotonic()
        if count != self._count and (started > self._totals_until or count < self._count):
            self._totals = [views.total(one) for one in self.sandbox.store.totals(self.sandbox.tenant.id)]
            self._count = count
            self._totals_until = time.monotonic() + _PATIENCE * (time.monotonic() - started)
        return self._totals


def _matching(calls: Sequence[Call], parameters: dict[str, str]) -> Iterator[Call]:
    """The calls that fit all that is asked for, the newest first."""
    terms = parameters.get("search", "").lower().split()
    outcome, status, operation = (parameters.get(name, "") for name in ("outcome", "status", "operation"))
    for call in reversed(calls[:]):
        if outcome and not (call.failures if outcome == "failures" else call.kind == outcome):
            continue
        if status and not (str(call.status or "none").startswith(status.rstrip("x"))):
            continue
        if operation and call.target.partition("?")[0] != operation:
            continue
        if terms:
            text = _search_text(call)
            if not all(term in text for term in terms):
                continue
        yield call


def _search_text(call: Call) -> str:
    more = (call.fault, call.user, call.idempotency_key, call.track_id, call.request_id)
    codes = [f"{reason.code} {reason.message}" for reason in call.reasons]
    numbers = [one.number for one in call.creations]
    parts = (
        call.method,
        call.target,
        call.outcome,
        *call.created,
        *numbers,
        *codes,
        call.request_body,
        call.answer_body,
    )
    return " ".join([*parts, *(one for one in more if one)]).lower()


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise UnfitQueryError(400, "a number was expected")
    return int(text)
