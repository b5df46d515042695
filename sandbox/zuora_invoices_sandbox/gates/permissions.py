"""What the caller's user may do: told before the body is read, and again for its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zuora_invoices.models import PostInvoiceItemType
from zuora_invoices_sandbox.refusal import Category, Reason, Refused, general, reason
from zuora_invoices_sandbox.tenant.model import Permission

if TYPE_CHECKING:
    from zuora_invoices.models import PostInvoiceType
    from zuora_invoices_sandbox.tenant.model import User

_CREATING: Final = (Permission.CREATE, Permission.CREATE_WITH_CATALOG, Permission.CREATE_WITHOUT_CATALOG)


def check(user: User) -> None:
    """Modify Invoice and at least one of those that create are needed, as the description says of both operations.

    Raises:
        Refused: 403, category 10; names everything that is missing.
    """
    missing: list[str] = []
    if not any(one in user.permissions for one in _CREATING):
        missing.append(Permission.CREATE)
    if Permission.MODIFY not in user.permissions:
        missing.append(Permission.MODIFY)
    if missing:
        text = "The user lacks the permission"
        raise Refused([general(Category.DENIED, f"{text} {one}.") for one in missing], 403)


def check_items(user: User, order: PostInvoiceType) -> None:
    """Newer tenants permit items with and without `productRatePlanChargeId` separately.

    Raises:
        Refused: category 10; one reason for each of the two kinds that the order has and the user may not create.
    """
    if Permission.CREATE in user.permissions:
        return
    kinds = {_needed(item) for item in order.invoice_items}
    reasons = [_denied(kind) for kind in sorted(kinds) if kind not in user.permissions]
    if reasons:
        raise Refused(reasons)


def _needed(item: PostInvoiceItemType) -> Permission:
    is_of_catalog = item.product_rate_plan_charge_id is not None
    return Permission.CREATE_WITH_CATALOG if is_of_catalog else Permission.CREATE_WITHOUT_CATALOG


def _denied(kind: Permission) -> Reason:
    items = "with" if kind is Permission.CREATE_WITH_CATALOG else "without"
    text = f"Items {items} productRatePlanChargeId need the permission {kind}, which the user lacks."
    return reason(PostInvoiceItemType, "productRatePlanChargeId", Category.DENIED, text)
