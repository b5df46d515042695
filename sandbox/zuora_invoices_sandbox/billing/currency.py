"""The currencies of an invoice: its own, and those that its exchange rates lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuora_invoices.models import CustomRate, PostInvoiceType
from zuora_invoices_sandbox.refusal import Category, Reason, Refused, reason

from .findings import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices_sandbox.tenant.model import Account, Tenant, TenantCurrency


def currency_of(order: PostInvoiceType, account: Account | None, tenant: Tenant) -> TenantCurrency | None:
    """The currency that the order names, else the account's; none if the account is not known.

    Raises:
        Refused: the tenant has not configured it, or has switched it off.
    """
    code = order.currency if order.currency is not None else account.currency if account is not None else None
    if code is None:
        return None
    currency = tenant.currencies_by_code.get(code)
    if currency is None:
        message = f"The currency {excerpt(code)} is not configured."
        raise Refused([reason(PostInvoiceType, "currency", Category.INVALID, message)])
    if not currency.active:
        message = f"The currency {code} is not active."
        raise Refused([reason(PostInvoiceType, "currency", Category.RULE, message)])
    return currency


def unfit_rates(order: PostInvoiceType, currency: TenantCurrency | None, tenant: Tenant) -> Iterator[Reason]:
    """What is wrong with the order's own exchange rates, for an invoice in this currency."""
    rates = order.custom_rates
    if rates is None:
        return
    if tenant.converts_on_export and tenant.fx_data:
        message = "customRates is barred, as this tenant converts currencies on export and has Fx data."
        yield reason(PostInvoiceType, "customRates", Category.RULE, message)
    seen: set[str] = set()
    for place, rate in enumerate(rates):
        where = f"customRates[{place}]"
        if rate.currency not in (tenant.home_currency, tenant.reporting_currency):
            message = f"{where}: {rate.currency} is neither the Home nor the Reporting currency."
            yield reason(CustomRate, "currency", Category.RULE, message)
        if rate.currency in seen:
            message = f"{where}: there is a rate for {rate.currency} already."
            yield reason(CustomRate, "currency", Category.RULE, message)
        seen.add(rate.currency)
        if rate.custom_fx_rate <= 0:
            yield reason(CustomRate, "customFxRate", Category.INVALID, f"{where}: the rate has to be greater than 0.")
        elif currency is not None and rate.currency == currency.code and rate.custom_fx_rate != 1:
            message = f"{where}: the rate from {currency.code} to itself is 1."
            yield reason(CustomRate, "customFxRate", Category.RULE, message)
