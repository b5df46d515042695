"""The routes of the page: its files, what it shows, and what it can do."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox.faults import Fault
from zuora_invoices_sandbox.store import StoreError

from . import shown
from .control import Control
from .guard import guarded, refused
from .live import Live

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from zuora_invoices_sandbox.calls import Call
    from zuora_invoices_sandbox.protocols import Inspected

    from .shown import Shown

_PAGE: Final = 100
"""Rows that are told at once."""
_TYPES: Final = {"html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript"}
_FILES: Final = ("page.css", "page.js", "dom.js", "invoices.js", "calls.js", "controls.js")
_DIGITS: Final = 18
_PATIENCE: Final = 20
"""Totals are told again without a new look until so many times the time has gone by that the look took."""


def routes(sandbox: Inspected) -> list[BaseRoute]:
    """The page at `/`, and what it needs under `/_sandbox`."""
    told, control = _Told(sandbox), Control(sandbox)
    looks: dict[str, Callable[[Request], Shown]] = {
        "/_sandbox/state": told.state,
        "/_sandbox/invoices": told.invoices,
        "/_sandbox/invoices/{id}": told.invoice,
        "/_sandbox/calls": told.calls,
        "/_sandbox/calls/{number}": told.call,
    }
    return [
        Route("/", guarded(_file("index.html")), methods=["GET"]),
        *(Route(f"/_sandbox/{name}", guarded(_file(name)), methods=["GET"]) for name in _FILES),
        *(Route(path, guarded(_answering(look)), methods=["GET"]) for path, look in looks.items()),
        Route("/_sandbox/events", Live(sandbox.calls), methods=["GET"]),
        Route("/_sandbox/reset", guarded(control.reset), methods=["POST"]),
        Route("/_sandbox/clock", guarded(control.clock), methods=["POST"]),
        Route("/_sandbox/faults", guarded(control.faults), methods=["POST"]),
    ]


class _UnfitError(Exception):
    """There is no such thing, or a parameter is not what it should be."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(slots=True)
class _Told:
    """What the page asks for."""

    sandbox: Inspected
    _totals: list[Shown] = field(default_factory=list)
    _totals_until: float = 0.0
    _count: int = -1

    def state(self, request: Request) -> Shown:
        sandbox = self.sandbox
        policy, count = sandbox.faults.policy, sandbox.store.count(sandbox.tenant.id)
        told: Shown = None
        if policy is not None:
            told = {"rate": str(policy.rate), "faults": [*policy.faults], "seed": policy.seed}
        return {
            "tenant": shown.tenant(sandbox.tenant),
            "clientId": sandbox.client_id,
            "baseUrl": f"{request.url.scheme}://{request.headers['host']}",
            "totals": self._added(count),
            "invoices": count,
            "calls": len(sandbox.calls),
            "lastCall": sandbox.calls.last_number,
            "clock": {"now": shown.moment(sandbox.clock.now()), "frozen": sandbox.clock.frozen},
            "faults": {
                "policy": told,
                "known": [*Fault],
            },
        }

    def _added(self, count: int) -> list[Shown]:
        """Totals, looked up again if there are other invoices now, but not all the time if there are very many."""
        started = time.monotonic()
        if count != self._count and (started > self._totals_until or count < self._count):
            self._totals = [
                {
                    "currency": one.currency,
                    "count": one.count,
                    "amount": shown.money(one.amount),
                    "taxAmount": shown.money(one.tax_amount),
                    "balance": shown.money(one.balance),
                }
                for one in self.sandbox.store.totals(self.sandbox.tenant.id)
            ]
            self._count = count
            self._totals_until = time.monotonic() + _PATIENCE * (time.monotonic() - started)
        return self._totals

    def invoices(self, request: Request) -> Shown:
        asked = request.query_params
        tenant = self.sandbox.tenant
        before = _whole(asked["before"]) if "before" in asked else None
        found = self.sandbox.store.invoices(
            tenant.id, search=asked.get("search", ""), status=asked.get("status", ""), before=before, limit=_PAGE
        )
        rows: list[Shown] = [shown.invoice_row(serial, one, tenant) for serial, one in found]
        return {"invoices": rows, "more": len(found) == _PAGE}

    def invoice(self, request: Request) -> Shown:
        tenant = self.sandbox.tenant
        found = self.sandbox.store.invoice(tenant.id, request.path_params["id"])
        if found is None:
            raise _UnfitError(404, "there is no such invoice; it may have been forgotten by a reset")
        return shown.invoice(found, tenant, self.sandbox.calls)

    def calls(self, request: Request) -> Shown:
        asked = request.query_params
        after, before = _whole(asked.get("after", "0")), _whole(asked.get("before", "9" * _DIGITS))
        rows: list[Shown] = []
        for call in _wanted(self.sandbox.calls, dict(asked)):
            if call.number <= after:
                break
            if call.number < before:
                if len(rows) == _PAGE:
                    return {"calls": rows, "more": True}
                rows.append(shown.call_row(call))
        return {"calls": rows, "more": False}

    def call(self, request: Request) -> Shown:
        found = self.sandbox.calls.find(_whole(request.path_params["number"]))
        if found is None:
            raise _UnfitError(404, "there is no such call any more: the log keeps the last ones")
        return shown.call(found)


def _wanted(calls: Sequence[Call], asked: dict[str, str]) -> Iterator[Call]:
    """The calls that fit all that is asked for, the newest first."""
    words = asked.get("search", "").lower().split()
    outcome, status, operation = (asked.get(name, "") for name in ("outcome", "status", "operation"))
    for call in reversed(calls[:]):
        if outcome and not (call.failures if outcome == "failures" else call.kind == outcome):
            continue
        if status and not (str(call.status or "none").startswith(status.rstrip("x"))):
            continue
        if operation and call.target.partition("?")[0] != operation:
            continue
        if words:
            text = _searched(call)
            if not all(word in text for word in words):
                continue
        yield call


def _searched(call: Call) -> str:
    more = (call.fault, call.user, call.idempotency_key, call.track_id, call.request_id)
    codes = [f"{reason.code} {reason.message}" for reason in call.reasons]
    parts = (call.method, call.target, call.outcome, *call.created, *codes, call.request_body, call.answer_body)
    return " ".join([*parts, *(one for one in more if one)]).lower()


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise _UnfitError(400, "a number was expected")
    return int(text)


def _answering(look: Callable[[Request], Shown]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            body = await run_in_threadpool(lambda: encode(look(request)))
        except _UnfitError as error:
            return refused(error.status, str(error))
        except StoreError as error:
            return refused(503, str(error))
        return Response(body, media_type="application/json")

    return answer


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    text = files("zuora_invoices_sandbox.page").joinpath("static", name).read_bytes()
    kind = _TYPES[name.rpartition(".")[2]]

    async def answer(request: Request) -> Response:  # noqa: ARG001 - as endpoints are called
        return Response(text, media_type=kind)

    return answer
