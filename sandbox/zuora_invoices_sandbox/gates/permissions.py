"""What the caller's user may do: told before the body is read. What its items need, `billing.charges` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zuora_invoices_sandbox.refusal import Category, Refused, general
from zuora_invoices_sandbox.tenant.model import Permission

if TYPE_CHECKING:
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
