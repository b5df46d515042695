"""The tax of a line: computed by an external engine and stated in the order, or computed here by the tenant's rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from zuora_invoices.models import PostInvoiceItemType
from zuora_invoices_sandbox.money import ZERO, rounded
from zuora_invoices_sandbox.refusal import Category, Reason, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from zuora_invoices.models import PostTaxationItemType
    from zuora_invoices_sandbox.tenant.model import Tenant, TenantCurrency

    from .charges import Line


class Tax(Struct, frozen=True):
    """The tax of a line, in amounts of the currency."""

    on_top: Decimal = ZERO
    inside: Decimal = ZERO
    """What the line's amount already holds."""
    exempt: Decimal = ZERO


_NONE: Final = Tax()


def unfit_taxes(lines: Iterable[Line], tenant: Tenant) -> Iterator[Reason]:
    """What is wrong with the tax modes and tax codes of lines, after the catalog has had its say."""
    known = tenant.taxes_by_code
    for line in lines:
        mode, code = line.document.get("taxMode"), line.document.get("taxCode")
        owner = PostInvoiceItemType  # a discount has such fields from the catalog alone
        if mode is None and code is not None:
            message = f"{line.place}: taxCode needs taxMode beside it."
            yield reason(owner, "taxMode", Category.RULE, message)
        if code is None and mode is not None:
            message = f"{line.place}: taxMode needs taxCode beside it."
            yield reason(owner, "taxCode", Category.RULE, message)
        if code is not None and code not in known:
            message = f"{line.place}: no tax is found with taxCode {code}."
            yield reason(owner, "taxCode", Category.NOT_FOUND, message)


def is_computed(line: Line) -> bool:
    """Whether the tenant itself computes a tax of the line."""
    return line.model.tax_items is None and line.document.get("taxCode") is not None


def tax_of(line: Line, amount: Decimal, currency: TenantCurrency, tenant: Tenant) -> Tax:
    """The tax of a line without faults and its amount, both rounded by the currency.

    A discount without tax of its own makes the tax of its item less, if that is computed here.
    """
    if line.model.tax_items is not None:
        return _stated(line.model.tax_items, currency)
    source = line.document if line.item is None or "taxCode" in line.document else line.item.document
    code = source.get("taxCode")
    tax = tenant.taxes_by_code.get(str(code)) if code is not None else None
    if tax is None:
        return _NONE
    if source.get("taxMode") == "TaxInclusive":
        return Tax(inside=rounded(amount * tax.rate / (1 + tax.rate), currency))
    return Tax(on_top=rounded(amount * tax.rate, currency))


def _stated(tax_items: Sequence[PostTaxationItemType], currency: TenantCurrency) -> Tax:
    on_top = inside = exempt = ZERO
    for one in tax_items:
        amount = rounded(one.tax_amount, currency)
        if one.tax_mode == "TaxInclusive":
            inside += amount
        else:
            on_top += amount
        if one.exempt_amount is not None:
            exempt += rounded(one.exempt_amount, currency)
    return Tax(on_top, inside, exempt)
