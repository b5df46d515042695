"""What the lines of an invoice come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from zuora_invoices.models import PostInvoiceItemType
from zuora_invoices_sandbox.money import ZERO, arithmetic, rounded
from zuora_invoices_sandbox.records import ItemRecord

from .taxes import tax_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zuora_invoices_sandbox.tenant.model import Tenant, TenantCurrency

    from .charges import Line

_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums over all lines, in amounts of the currency. Each line was rounded on its own before."""

    amount: Decimal
    amount_without_tax: Decimal
    tax_amount: Decimal
    tax_exempt_amount: Decimal
    discount: Decimal
    """The sum of the discounts, as they were asked for: not greater than 0."""


def billed(lines: Iterable[Line], currency: TenantCurrency, tenant: Tenant) -> tuple[tuple[ItemRecord, ...], Totals]:
    """The lines as they are billed, and their totals."""
    items: list[ItemRecord] = []
    without_tax = tax_amount = exempt = discount = ZERO
    with localcontext(arithmetic()):
        for line in lines:
            model, document = line.model, line.document
            amount = rounded(model.amount, currency)
            tax = tax_of(line, amount, currency, tenant)
            without, taxed = amount - tax.inside, tax.on_top + tax.inside
            name = str(document.get("chargeName", ""))
            if isinstance(model, PostInvoiceItemType):
                items.append(ItemRecord("item", name, amount, without, taxed, model.quantity, document))
            else:
                items.append(ItemRecord("discount", name, amount, without, taxed, _ONE, document))
                discount += amount
            without_tax += without
            tax_amount += taxed
            exempt += tax.exempt
        return tuple(items), Totals(without_tax + tax_amount, without_tax, tax_amount, exempt, discount)
