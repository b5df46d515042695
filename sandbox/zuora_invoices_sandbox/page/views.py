"""What the page shows, as JSON: amounts and codes as text, since JavaScript's numbers are not exact."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox.fault_kinds import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from decimal import Decimal

    from zuora_invoices_sandbox.calls import Call
    from zuora_invoices_sandbox.faults import Faults
    from zuora_invoices_sandbox.outcomes import Creation, Failure
    from zuora_invoices_sandbox.records import InvoiceRecord, ItemRecord, Total
    from zuora_invoices_sandbox.records import Json as Document
    from zuora_invoices_sandbox.tenant.model import Tenant

View: TypeAlias = "bool | int | str | list[View] | dict[str, View] | None"

_FAILURES = 100
_REASONS = 20
_TEXT = 500
_WIDEST = 8


def money(value: Decimal) -> str:
    """Digits as they are, without an exponent."""
    return f"{value:f}"


def moment(value: datetime) -> str:
    """Date and time in UTC, to the millisecond."""
    return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def tenant(one: Tenant) -> dict[str, View]:
    """What there is to know of a tenant before a first call; no secret."""
    accounts: list[View] = [
        {"number": account.number, "name": account.name, "currency": account.currency, "active": account.active}
        for account in one.accounts[:_FAILURES]
    ]
    return {
        "id": one.id,
        "name": one.name,
        "apiVersion": one.api_version,
        "homeCurrency": one.home_currency,
        "features": [*sorted(one.features)],
        "accounts": accounts,
    }


def total(one: Total) -> View:
    """What the invoices in a currency come to."""
    return {
        "currency": one.currency,
        "count": one.count,
        "amount": money(one.amount),
        "taxAmount": money(one.tax_amount),
        "balance": money(one.balance),
    }


def faults(some: Faults) -> dict[str, View]:
    """What goes wrong, and what can."""
    policy = some.policy
    return {
        "policy": {"rate": str(policy.rate), "faults": [*policy.faults], "seed": policy.seed} if policy else None,
        "ordered": some.ordered,
        "known": [*Fault],
        "effects": {fault: fault.effect for fault in Fault},
    }


def invoice_row(serial: int, one: InvoiceRecord, tenant: Tenant) -> dict[str, View]:
    """An invoice in a list."""
    account = tenant.accounts_by_id.get(one.account_id)
    return {
        "serial": serial,
        "id": one.id,
        "number": one.number,
        "accountNumber": one.account_number,
        "accountName": account.name if account else "",
        "status": one.status,
        "currency": one.currency,
        "invoiceDate": one.invoice_date.isoformat(),
        "dueDate": one.due_date.isoformat(),
        "amount": money(one.amount),
        "taxAmount": money(one.tax_amount),
        "balance": money(one.balance),
        "items": len(one.items),
    }


def invoice(one: InvoiceRecord, tenant: Tenant, calls: Iterable[Call]) -> dict[str, View]:
    """All of an invoice, with the numbers of the calls that made it or were answered with it."""
    user = tenant.users_by_id.get(one.created_by)
    return {
        **invoice_row(0, one, tenant),
        "accountId": one.account_id,
        "amountWithoutTax": money(one.amount_without_tax),
        "taxExemptAmount": money(one.tax_exempt_amount),
        "discount": money(one.discount),
        "createdAt": moment(one.created_at),
        "createdBy": user.name if user else one.created_by,
        "comments": str(one.document.get("comments") or ""),
        "lines": [_line(item) for item in one.items],
        "document": _pretty(one.document),
        "calls": [call.number for call in calls if one.id in call.created],
    }


def _line(item: ItemRecord) -> dict[str, View]:
    taxes = item.document.get("taxItems")
    return {
        "kind": item.kind,
        "name": item.name,
        "quantity": money(item.quantity),
        "amount": money(item.amount),
        "amountWithoutTax": money(item.amount_without_tax),
        "taxAmount": money(item.tax_amount),
        "taxes": [_tax(one) for one in taxes if isinstance(one, dict)] if isinstance(taxes, list) else [],
        "document": _pretty(item.document),
    }


def _tax(one: Mapping[str, Document]) -> View:
    return {name: str(one.get(name) or "") for name in ("name", "taxCode", "taxRate", "taxAmount")}


def call_row(call: Call) -> dict[str, View]:
    """A call in a list."""
    return {
        "number": call.number,
        "at": moment(call.at),
        "method": call.method,
        "target": call.target[:_TEXT],
        "status": call.status,
        "kind": call.kind.value,
        "outcome": call.outcome,
        "fault": call.fault,
        "milliseconds": f"{call.milliseconds:.1f}",
        "user": call.user,
        "key": call.idempotency_key and call.idempotency_key[:_TEXT],
        "failures": [_failure(one) for one in call.failures[:_FAILURES]],
        "moreFailures": max(0, len(call.failures) - _FAILURES),
    }


def call(one: Call) -> dict[str, View]:
    """All of a call; JSON in its bodies set in lines, digit for digit."""
    return {
        **call_row(one),
        "target": one.target,
        "trackId": one.track_id,
        "requestId": one.request_id,
        "created": [*one.created],
        "invoices": [_creation(made) for made in one.creations],
        "request": _message(one.request_headers, one.request_body, one.request_size),
        "answer": _message(one.answer_headers, one.answer_body, one.answer_size),
    }


def _creation(one: Creation) -> View:
    return {"index": one.index, "id": one.id, "number": one.number[:_TEXT]}


def _failure(one: Failure) -> View:
    reasons: list[View] = [
        {"code": str(reason.code), "message": reason.message[:_TEXT]} for reason in one.reasons[:_REASONS]
    ]
    return {"index": one.index, "reasons": reasons, "moreReasons": max(0, len(one.reasons) - _REASONS)}


def _message(headers: Iterable[tuple[str, str]], body: str, size: int) -> View:
    return {"headers": [[name, value] for name, value in headers], "body": _formatted(body), "size": size}


def _formatted(text: str) -> str:
    """JSON with an indent; its numbers and strings stay as they are. Other text comes back as it came."""
    if text.lstrip()[:1] not in {"{", "["}:
        return text
    try:
        lines = msgspec.json.format(text, indent=2)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return text
    return lines if len(lines) <= _WIDEST * len(text) + _TEXT else text  # the indent of what is nested deeply is huge


def _pretty(document: dict[str, Document]) -> str:
    return encode(document, indent=2).decode()
