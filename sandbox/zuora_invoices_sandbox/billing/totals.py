"""What the lines of an invoice come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from zuora_invoices.models import PostInvoiceItemType
from zuora_invoices_sandbox.money import ZERO, arithmetic, rounded
from zuora_invoices_sandbox.records import ItemRecord

from .taxes import tax_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zuora_invoices_sandbox.tenant.model import Tenant, TenantCurrency

    from .charges import Line


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
    exempt = discount = ZERO
    with localcontext(arithmetic()):
        for line in lines:
            tax = tax_of(line, currency, tenant)
            amount = rounded(line.model.amount, currency)
            items.append(
                ItemRecord(
                    kind="item" if line.item is None else "discount",
                    name=str(line.document.get("chargeName", "")),
                    amount=amount,
                    amount_without_tax=amount - tax.inside,
                    tax_amount=tax.on_top + tax.inside,
                    quantity=line.model.quantity if isinstance(line.model, PostInvoiceItemType) else Decimal(1),
                    document=line.document,
                )
            )
            exempt += tax.exempt
            if line.item is not None:
                discount += amount
        without_tax = sum((one.amount_without_tax for one in items), ZERO)
        tax_amount = sum((one.tax_amount for one in items), ZERO)
        return tuple(items), Totals(without_tax + tax_amount, without_tax, tax_amount, exempt, discount)
