"""One call after the other to `bill`, in a tenant made for that."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from tests.description import ROOT
from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices.models import PostInvoiceType
from zuora_invoices_sandbox.billing import bill
from zuora_invoices_sandbox.context import Caller, Context
from zuora_invoices_sandbox.ids import Ids
from zuora_invoices_sandbox.messages import Headers
from zuora_invoices_sandbox.tenant.model import Tenant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuora_invoices_sandbox.records import InvoiceRecord, Json
    from zuora_invoices_sandbox.store import Transaction

CASES = ROOT / "tests" / "cases" / "sandbox" / "billing"
NOW = datetime(2024, 7, 11, 2, 31, 4, 123456, tzinfo=UTC)


def exact_json(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


def tenant_with(changes: Mapping[str, Any] = {}) -> Tenant:
    """The tenant of the cases, with other values where pointers such as `/accounts/0/active` lead."""
    file = exact_json((CASES / "tenant.json").read_text(encoding="utf-8"))
    for pointer, value in changes.items():
        *path, last = (int(step) if step.isdigit() else step for step in pointer.removeprefix("/").split("/"))
        node = file
        for step in path:
            node = node[step]
        node[last] = value
    return Tenant.model_validate(file)


def order_of(**changes: Any) -> PostInvoiceType:
    """An order by wire names: the least that is needed, and what is given here over it."""
    least = {
        "accountNumber": "A00000001",
        "invoiceDate": "2024-07-11",
        "invoiceItems": [{"amount": 100, "serviceStartDate": "2024-07-11", "chargeName": "Set-up"}],
    }
    return PostInvoiceType.model_validate({**least, **changes})


def item_of(amount: Decimal | str | int, **changes: Any) -> dict[str, Any]:
    return {"amount": Decimal(amount), "serviceStartDate": "2024-07-11", "chargeName": "Set-up", **changes}


@dataclass
class Biller:
    """Bills in one transaction."""

    transaction: Transaction
    tenant: Tenant = field(default_factory=tenant_with)
    ids: Ids = field(default_factory=lambda: Ids(seed=7))
    now: datetime = NOW

    def __call__(
        self, order: PostInvoiceType, entity: str | None = None, orgs: frozenset[str] | None = None
    ) -> InvoiceRecord:
        caller = Caller(self.tenant.users[0], entity, orgs)
        asked = cast("dict[str, Json]", decode(encode(order.to_wire())))
        return bill(order, asked, Context(self.tenant, caller, self.now, self.ids, Headers()), self.transaction)
