"""The template that lays an invoice out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuora_invoices.models import PostInvoiceType
from zuora_invoices_sandbox.refusal import Category, Refused, reason

from .findings import excerpt

if TYPE_CHECKING:
    from zuora_invoices_sandbox.tenant.model import Account, Template, Tenant


def template_of(order: PostInvoiceType, account: Account | None, tenant: Tenant) -> Template | None:
    """The template that the order names, else the account's, else none.

    Raises:
        Refused: there is no such template.
    """
    text = order.template_id if order.template_id is not None else account.template if account is not None else None
    if text is None:
        return None
    template = tenant.template(text)
    if template is None:
        message = f"No template is found with templateId {excerpt(text)}."
        raise Refused([reason(PostInvoiceType, "templateId", Category.NOT_FOUND, message)])
    return template
