"""The dates of an invoice: the day it is made out for, and the day it is due by its payment term."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zuora_invoices.models import PostInvoiceType
from zuora_invoices_sandbox.refusal import Category, Reason, Refused, reason

from .findings import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zuora_invoices_sandbox.tenant.model import Account, PaymentTerm, Tenant


def closed_books(order: PostInvoiceType, tenant: Tenant) -> Iterator[Reason]:
    """A reason, if the invoice's date lies in an accounting period that is closed."""
    period = tenant.closed_period(order.invoice_date)
    if period is not None:
        message = f"The invoice date {order.invoice_date} is in the closed accounting period {period.name}."
        yield reason(PostInvoiceType, "invoiceDate", Category.RULE, message)


def term_of(order: PostInvoiceType, account: Account | None, tenant: Tenant) -> PaymentTerm | None:
    """The payment term that the order names, else the account's; none if the account is not known.

    An account keeps a term that is no longer active; an order cannot choose one.

    Raises:
        Refused: there is no such term, or the order's is not active.
    """
    text = order.payment_term if order.payment_term is not None else account.payment_term if account else None
    if text is None:
        return None
    term = tenant.term(text)
    if term is None:
        message = f"No payment term is found with the id or name {excerpt(text)}."
        raise Refused([reason(PostInvoiceType, "paymentTerm", Category.NOT_FOUND, message)])
    if order.payment_term is not None and not term.active:
        message = f"The payment term {term.name} is not active."
        raise Refused([reason(PostInvoiceType, "paymentTerm", Category.RULE, message)])
    return term


def due_date_of(order: PostInvoiceType, term: PaymentTerm | None) -> date | None:
    """The order's due date, else that of the term; none if the term is not known.

    Raises:
        Refused: it comes before the invoice's date, or after the last day of the calendar.
    """
    day = order.invoice_date
    if order.due_date is not None:
        if order.due_date < day:
            message = f"The due date {order.due_date} is before the invoice date {day}."
            raise Refused([reason(PostInvoiceType, "dueDate", Category.RULE, message)])
        return order.due_date
    if term is None:
        return None
    try:
        return day + timedelta(days=term.days)
    except OverflowError:
        message = f"An invoice of {day} with the payment term {term.name} would be due after the year 9999."
        raise Refused([reason(PostInvoiceType, "invoiceDate", Category.RULE, message)]) from None
