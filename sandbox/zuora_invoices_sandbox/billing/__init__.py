"""From an order and a tenant to an invoice, or to the reasons why there is none.

Each rule has its file, and `rules` asks all of them. Most need no database; numbers and contacts do.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from zuora_invoices_sandbox.records import InvoiceRecord
from zuora_invoices_sandbox.refusal import Refused
from zuora_invoices_sandbox.store import NumberTakenError

from . import contacts, numbering
from .charges import check_permission, lines_of
from .document import Identity, document_of
from .rules import settle
from .totals import billed

if TYPE_CHECKING:
    from zuora_invoices.models import PostInvoiceType
    from zuora_invoices_sandbox.context import Context
    from zuora_invoices_sandbox.records import Json
    from zuora_invoices_sandbox.store import Transaction

__all__ = ["bill"]


def bill(order: PostInvoiceType, asked: dict[str, Json], context: Context, transaction: Transaction) -> InvoiceRecord:
    """Make an invoice of an order that fits the description, and store it with its new contacts and snapshots.

    `asked` is the JSON that the order was read from.

    Raises:
        Refused: 403 if the user may not create such an invoice, else with every reason that a rule gives. If two
            transactions want one number, this may come after contacts were stored: the caller undoes them.
    """
    tenant, user = context.tenant, context.caller.user
    check_permission(order, user)
    lines = lines_of(order, asked, tenant)
    settled = settle(order, lines, context, transaction)
    items, totals = billed(lines, settled.currency, tenant)

    serial = transaction.serial(tenant.id, "invoice")
    placed = contacts.place(settled.parties, settled.account, serial, context, transaction)
    number = order.invoice_number or numbering.next_number(settled.sequence, tenant, transaction)
    identity = Identity(context.ids.derived("invoice", tenant.id, serial), number, placed)
    invoice = InvoiceRecord(
        id=identity.id,
        number=number,
        account_id=settled.account.id,
        account_number=settled.account.number,
        status=order.status,
        currency=settled.currency.code,
        invoice_date=order.invoice_date,
        due_date=settled.due_date,
        amount=totals.amount,
        amount_without_tax=totals.amount_without_tax,
        tax_amount=totals.tax_amount,
        tax_exempt_amount=totals.tax_exempt_amount,
        discount=totals.discount,
        balance=totals.amount,
        created_at=context.now.astimezone(UTC),
        created_by=user.id,
        document=document_of(order, asked, settled, identity, totals, context),
        items=items,
    )
    try:
        transaction.add(tenant.id, invoice)
    except NumberTakenError:  # another transaction was faster
        raise Refused([numbering.taken(number)]) from None
    return invoice
