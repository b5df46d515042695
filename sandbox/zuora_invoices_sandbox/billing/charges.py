"""The lines of an invoice, with what the product catalog puts over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct

from zuora_invoices.models import PostDiscountItemType, PostInvoiceItemType, PostInvoiceType
from zuora_invoices_sandbox.refusal import Category, Reason, Refused, general, reason
from zuora_invoices_sandbox.tenant.model import Permission

from .findings import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zuora_invoices_sandbox.records import Json
    from zuora_invoices_sandbox.tenant.model import Charge, Tenant, User

_DISCOUNTS: Final = "discountItems"
_NAMES: Final = {"chargeName": "name", "sku": "sku"}
_TAX: Final = {"taxCode": "tax_code", "taxMode": "tax_mode"}
_CODES: Final = {
    "accountingCode": "accounting_code",
    "deferredRevenueAccountingCode": "deferred_revenue_accounting_code",
    "recognizedRevenueAccountingCode": "recognized_revenue_accounting_code",
}
_OF_ITEMS: Final = {**_NAMES, "uom": "uom", **_TAX, **_CODES}
"""Field of a line -> attribute of a charge, which wins if it has a value; so are the three above."""


class Line(Struct, frozen=True):
    """An item, or a discount on one."""

    place: str
    """Where it stands in the order: `invoiceItems[0]`, `invoiceItems[0].discountItems[1]`."""
    model: PostInvoiceItemType | PostDiscountItemType
    document: dict[str, Json]
    """What was asked for, by wire names and without the discounts, with what the catalog puts over it."""
    item: Line | None = None
    """What a discount is on; none for an item."""

    @property
    def owner(self) -> type[PostInvoiceItemType | PostDiscountItemType]:
        """The model that it is of."""
        return type(self.model)


def check_permission(order: PostInvoiceType, user: User) -> None:
    """Whether the user may create such lines: tenants can permit those with a product charge and those without apart.

    Raises:
        Refused: 403, category 10.
    """
    if Permission.CREATE in user.permissions:
        return
    needed = {
        Permission.CREATE_WITH_CATALOG
        if one.product_rate_plan_charge_id is not None
        else Permission.CREATE_WITHOUT_CATALOG
        for item in order.invoice_items
        for one in (item, *(item.discount_items or ()))
    }
    missing = sorted(needed.difference(user.permissions))
    if missing:
        text = "The user lacks the permission"
        raise Refused([general(Category.DENIED, f"{text} {one}.") for one in missing], 403)


def lines_of(order: PostInvoiceType, document: dict[str, Json], tenant: Tenant) -> list[Line]:
    """Each item, and behind it its discounts. `document` is the order by wire names."""
    lines: list[Line] = []
    items = cast("list[dict[str, Json]]", document["invoiceItems"])
    for place, (model, asked) in enumerate(zip(order.invoice_items, items, strict=True)):
        charge = _charge_of(asked, tenant)
        discounts = cast("list[dict[str, Json]] | None", asked.get(_DISCOUNTS))
        given = asked if discounts is None else {name: value for name, value in asked.items() if name != _DISCOUNTS}
        item = Line(f"invoiceItems[{place}]", model, _priced(given, charge))
        lines.append(item)
        if discounts is not None:
            lines.extend(
                Line(f"{item.place}.{_DISCOUNTS}[{number}]", discount, _discounted(fields, charge, tenant), item)
                for number, (discount, fields) in enumerate(zip(model.discount_items or (), discounts, strict=True))
            )
    return lines


def unfit_charges(lines: Iterable[Line], tenant: Tenant) -> Iterator[Reason]:
    """What is wrong with the product charges and the SKUs of lines."""
    charges, skus = tenant.charges_by_id, tenant.skus
    for line in lines:
        charge_id = line.model.product_rate_plan_charge_id
        charge = charges.get(charge_id) if charge_id is not None else None
        if charge_id is not None and charge is None:
            message = f"{line.place}: no charge is found with productRatePlanChargeId {excerpt(charge_id)}."
            yield reason(line.owner, "productRatePlanChargeId", Category.NOT_FOUND, message)
        # Where the catalog's own SKU wins, the one that was asked for is of no account.
        if (charge is None or charge.sku is None) and line.model.sku in skus:
            message = f"{line.place}: the SKU {line.model.sku} is that of a product in the catalog."
            yield reason(line.owner, "sku", Category.RULE, message)


def unfit_service_dates(lines: Iterable[Line]) -> Iterator[Reason]:
    """A reason for each item whose service ends before it starts."""
    for line in lines:
        item = line.model
        if isinstance(item, PostInvoiceItemType) and item.service_end_date is not None:
            start, end = item.service_start_date, item.service_end_date
            if end < start:
                message = f"{line.place}: the service ends on {end}, before it starts on {start}."
                yield reason(PostInvoiceItemType, "serviceEndDate", Category.RULE, message)


def _charge_of(given: dict[str, Json], tenant: Tenant) -> Charge | None:
    return tenant.charges_by_id.get(cast("str", given.get("productRatePlanChargeId", "")))


def _priced(given: dict[str, Json], charge: Charge | None) -> dict[str, Json]:
    """The item with what its charge in the catalog says over it."""
    return given if charge is None else {**given, **_overrides(charge, given, _OF_ITEMS)}


def _discounted(given: dict[str, Json], of_item: Charge | None, tenant: Tenant) -> dict[str, Json]:
    """The discount with what its charge says over it, which may leave accounting codes to the charge of the item."""
    charge = _charge_of(given, tenant)
    if charge is None:
        return given
    coding = charge if charge.discount_specific_accounting_codes else of_item
    return {**given, **_overrides(charge, given, {**_NAMES, **_TAX}), **_overrides(coding, given, _CODES)}


def _overrides(charge: Charge | None, given: dict[str, Json], fields: Mapping[str, str]) -> dict[str, Json]:
    """The values that a charge has for fields of a line.

    Tax that an external engine has computed leaves nothing to the catalog's tax.
    """
    if charge is None:
        return {}
    kept = _TAX if "taxItems" in given else {}
    values = {wire_name: getattr(charge, name) for wire_name, name in fields.items() if wire_name not in kept}
    return {wire_name: value for wire_name, value in values.items() if value is not None}
