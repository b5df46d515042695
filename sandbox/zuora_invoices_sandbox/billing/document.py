"""The body of the answer that tells of an invoice, without `success`, by wire names in the description's order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from zuora_invoices.models import PostInvoiceType
from zuora_invoices_sandbox.features import gates
from zuora_invoices_sandbox.money import ZERO, plain
from zuora_invoices_sandbox.tenant.model import Feature

if TYPE_CHECKING:
    from zuora_invoices_sandbox.context import Context
    from zuora_invoices_sandbox.records import Json

    from .contacts import Placed, Role
    from .rules import Settled
    from .totals import Totals

_ORIGIN: Final[dict[str, Json]] = {
    "billRunId": None,
    "includesOneTime": True,
    "includesRecurring": True,
    "includesUsage": True,
    "source": "API",
    "sourceId": None,
    "sourceType": "Standalone",
    "taxStatus": "Complete",
    "taxMessage": None,
    "einvoiceStatus": None,
    "einvoiceErrorCode": None,
    "einvoiceErrorMessage": None,
    "einvoiceFileId": None,
}
"""What the vendor's sample of a new standalone invoice has, whatever was ordered."""
_NET_SUITE_FIELDS: Final = ("IntegrationId__NS", "IntegrationStatus__NS", "SyncDate__NS")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an invoice is called, and what was stored along with it."""

    id: str
    number: str
    contacts: dict[Role, Placed]


def document_of(
    order: PostInvoiceType,
    asked: dict[str, Json],
    settled: Settled,
    identity: Identity,
    totals: Totals,
    context: Context,
) -> dict[str, Json]:
    """The body of the answer; `asked` is the order by wire names. Times are in UTC, and strings, as on the wire."""
    document = {
        **_head(order, settled, identity),
        **_amounts(totals),
        **_terms(order, settled, identity.contacts),
        **_ORIGIN,
        "organizationLabel": _label(settled, context),
        **_history(order, context),
        **_echoed(asked, context),
    }
    document.update((name, None) for name in _lacking(context.tenant.features) if name in document)
    return document


@lru_cache(maxsize=256)
def _lacking(features: frozenset[Feature]) -> tuple[str, ...]:
    """The fields that a tenant with these features has not."""
    if Feature.INVOICE_SETTLEMENT in features:  # which takes the place of the credit balance
        features -= {Feature.CREDIT_BALANCE}
    return tuple(name for name, needed in gates()["Invoice"].items() if needed not in features)


def _head(order: PostInvoiceType, settled: Settled, identity: Identity) -> dict[str, Json]:
    return {
        "id": identity.id,
        "accountId": settled.account.id,
        "invoiceNumber": identity.number,
        "invoiceDate": order.invoice_date.isoformat(),
        "dueDate": settled.due_date.isoformat(),
        "targetDate": None,
        "status": order.status,
        "currency": settled.currency.code,
        "comments": order.comments,
        "autoPay": order.auto_pay,
    }


def _amounts(totals: Totals) -> dict[str, Json]:
    """Nobody has paid, adjusted or refunded a new invoice, so its balance is its amount."""
    return {
        "amount": plain(totals.amount),
        "amountWithoutTax": plain(totals.amount_without_tax),
        "taxAmount": plain(totals.tax_amount),
        "taxExemptAmount": plain(totals.tax_exempt_amount),
        "discount": plain(totals.discount),
        "balance": plain(totals.amount),
        "adjustmentAmount": ZERO,
        "paymentAmount": ZERO,
        "refundAmount": ZERO,
        "creditMemoAmount": ZERO,
        "creditBalanceAdjustmentAmount": ZERO,
    }


def _terms(order: PostInvoiceType, settled: Settled, placed: dict[Role, Placed]) -> dict[str, Json]:
    contacts: dict[str, Json] = {}
    for role, one in placed.items():
        contacts[f"{role}ContactId"] = one.contact
        contacts[f"{role}ContactSnapshotId"] = one.snapshot
    return {
        **contacts,
        "templateId": settled.template.id if settled.template is not None else None,
        "paymentTerm": settled.term.name,
        "sequenceSetId": settled.sequence.id,
        "communicationProfileId": order.communication_profile_id,
        "invoiceGroupNumber": None,
        "transferredToAccounting": order.transferred_to_accounting,
    }


def _label(settled: Settled, context: Context) -> Json:
    """The name of the account's org."""
    return next((one.name for one in context.tenant.orgs if one.id == settled.account.org), None)


def _history(order: PostInvoiceType, context: Context) -> dict[str, Json]:
    now, user = context.now.astimezone(UTC), context.caller.user.id
    at, is_posted = now.replace(tzinfo=None).isoformat(" ", "seconds"), order.status == "Posted"
    return {
        "createdById": user,
        "createdDate": at,
        "updatedById": user,
        "updatedDate": at,
        "postedBy": user if is_posted else None,
        "postedDate": now.date().isoformat() if is_posted else None,
        "lastEmailSentDate": None,
    }


def _echoed(asked: dict[str, Json], context: Context) -> dict[str, Json]:
    """The fields that the sandbox only keeps: the connector's, in a tenant that has it, and custom ones."""
    connector = _NET_SUITE_FIELDS if Feature.NETSUITE in context.tenant.features else ()
    custom = {name: value for name, value in asked.items() if name in PostInvoiceType.custom_fields}
    return {**{name: asked.get(name) for name in connector}, **custom}
