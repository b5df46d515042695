"""A sandbox for tests of the page: its state is real, and it creates whatever it is asked for, however hostile."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Mount, Route

from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices_sandbox.calls import CallLog
from zuora_invoices_sandbox.clock import Clock
from zuora_invoices_sandbox.faults import Faults
from zuora_invoices_sandbox.ids import Ids
from zuora_invoices_sandbox.messages import JSON, Answer, Delivery, Headers, Request
from zuora_invoices_sandbox.page import reference
from zuora_invoices_sandbox.page.routes import routes
from zuora_invoices_sandbox.records import InvoiceRecord, ItemRecord, Json
from zuora_invoices_sandbox.store import Store
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest
    from starlette.routing import BaseRoute

    from zuora_invoices_sandbox.tenant.model import Tenant

TOKEN = "token-of-the-stage"


class Stage:
    """As much of a sandbox as its page needs."""

    def __init__(self, tenant: Tenant | None = None) -> None:
        self.tenant = tenant or default()
        self.store = Store()
        self.clock = Clock()
        self.faults = Faults()
        self.calls = CallLog(secrets=[self.client_secret])
        self._ids = Ids(1)

    def close(self) -> None:
        self.store.close()

    @property
    def client_id(self) -> str:
        return self.tenant.clients[0].client_id

    @property
    def client_secret(self) -> str:
        return self.tenant.clients[0].client_secret

    def reset(self) -> None:
        self.store.reset(self.tenant.id)
        self.calls.clear()
        self.faults.clear()
        self.clock.reset()

    def page_routes(self) -> list[BaseRoute]:
        return [*routes(self), *reference.routes()]

    def app(self) -> Starlette:
        async def api(http: HttpRequest) -> Response:
            headers = Headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in http.headers.raw)
            request = Request(http.method, "/" + http.path_params["rest"], http.url.query, headers, await http.body())
            answer = await run_in_threadpool(self.deliver, request)
            return Response(answer.body, answer.status, dict(answer.headers))

        inner = [Route("/{rest:path}", api, methods=["GET", "POST"])]
        return Starlette(routes=[*self.page_routes(), Mount("/", routes=inner)])

    def deliver(self, request: Request) -> Answer:
        answer = self._answer(request)
        self.calls.record(request, Delivery(answer), at=self.clock.now(), milliseconds=1.25, user="Ana")
        return answer

    def _answer(self, request: Request) -> Answer:
        form = dict(parse_qsl(request.body.decode("latin-1")))
        if request.path == "/oauth/token":
            if form.get("client_secret") != self.client_secret or "Authorization" in request.headers:
                return _json({"success": False, "reasons": [{"code": 90000011, "message": "wrong credentials"}]}, 401)
            return _json({"access_token": TOKEN, "token_type": "bearer", "expires_in": 3599})
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _json({"success": False, "reasons": [{"code": 90000011, "message": "no token"}]}, 401)
        body = decode(request.body)
        assert isinstance(body, dict)
        if "invoices" in body:
            listed = body["invoices"]
            assert isinstance(listed, list)
            return _json({"success": True, "invoices": [self._element(one, place) for place, one in enumerate(listed)]})
        return _json(self._element(body, None))

    def _element(self, order: object, place: int | None) -> dict[str, Json]:
        assert isinstance(order, dict)
        if "refuse" in order:
            index: dict[str, Json] = {} if place is None else {"objectIndex": place}
            return {"success": False, "reasons": [{"code": 58490030, "message": order["refuse"]}], **index}
        return {"success": True, **self.create(order).document}

    def create(self, order: dict[str, Json]) -> InvoiceRecord:
        """Make an invoice of whatever is said; items have amounts without tax."""
        items = [item for one in _listed(order, "invoiceItems") for item in self._lines(one)]
        net = sum((item.amount_without_tax for item in items), Decimal(0))
        tax = sum((item.tax_amount for item in items), Decimal(0))
        with self.store.transaction() as transaction:
            serial = transaction.serial(self.tenant.id, "invoice")
            account = self.tenant.accounts[0]
            number = str(order.get("invoiceNumber") or f"INV{serial:08}")
            created_id = self._ids.derived("invoice", serial)
            day = self.clock.now().date()
            invoice = InvoiceRecord(
                id=created_id,
                number=number,
                account_id=account.id,
                account_number=str(order.get("accountNumber") or account.number),
                status=str(order.get("status") or "Draft"),
                currency=str(order.get("currency") or account.currency),
                invoice_date=day,
                due_date=day + timedelta(days=30),
                amount=net + tax,
                amount_without_tax=net,
                tax_amount=tax,
                tax_exempt_amount=Decimal(0),
                discount=sum((item.amount for item in items if item.kind == "discount"), Decimal(0)),
                balance=net + tax,
                created_at=self.clock.now(),
                created_by=self.tenant.users[0].id,
                document={
                    "id": created_id,
                    "invoiceNumber": number,
                    "amount": net + tax,
                    "comments": order.get("comments"),
                },
                items=tuple(items),
            )
            transaction.add(self.tenant.id, invoice)
        return invoice

    def _lines(self, one: dict[str, Json]) -> list[ItemRecord]:
        lines = [_line("item", one)]
        lines.extend(
            _line("discount", {**other, "amount": -_decimal(other)}) for other in _listed(one, "discountItems")
        )
        return lines


def _line(kind: str, one: dict[str, Json]) -> ItemRecord:
    tax = sum((_decimal(other, "taxAmount") for other in _listed(one, "taxItems")), Decimal(0))
    amount = _decimal(one)
    return ItemRecord(kind, str(one.get("chargeName")), amount + tax, amount, tax, Decimal(1), one)


def _decimal(one: dict[str, Json], name: str = "amount") -> Decimal:
    return Decimal(str(one.get(name, 0)))


def _listed(one: dict[str, Json], name: str) -> list[dict[str, Json]]:
    return cast("list[dict[str, Json]]", one.get(name) or [])


def _json(value: object, status: int = 200) -> Answer:
    return Answer(status, encode(value), (("Content-Type", JSON), ("Zuora-Request-Id", "1234")))


def request_of(order: object, *headers: tuple[str, str], path: str = "/v1/invoices") -> Request:
    """A request with a token."""
    more = (("Authorization", f"Bearer {TOKEN}"), ("Content-Type", "application/json"), *headers)
    return Request("POST", path, "", Headers(more), json.dumps(order).encode())


def order(amount: str = "100.00", **more: Json) -> dict[str, Json]:
    """An order of one item."""
    items: list[Json] = [{"chargeName": "Set-up", "amount": amount, "serviceStartDate": "2026-11-21"}]
    return {"accountNumber": "A00000001", "invoiceDate": "2026-11-21", "invoiceItems": items, **more}
