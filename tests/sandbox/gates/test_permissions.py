"""Which permissions a call needs."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from zuora_invoices import models
from zuora_invoices_sandbox.gates import permissions
from zuora_invoices_sandbox.refusal import Category, Refused
from zuora_invoices_sandbox.tenant.model import Permission, User

CREATE, WITH, WITHOUT, MODIFY = Permission


def user(*granted: Permission) -> User:
    return User(id="a" * 32, name="Ann", permissions=granted)


def order(*charges: str | None) -> models.PostInvoiceType:
    items: list[dict[str, Any]] = [
        {"amount": 1, "serviceStartDate": "2026-11-21", "chargeName": "Set-up"}
        | ({} if charge is None else {"productRatePlanChargeId": charge})
        for charge in charges
    ]
    return models.PostInvoiceType.model_validate(
        {"accountNumber": "A1", "invoiceDate": "2026-11-21", "invoiceItems": items}
    )


@pytest.mark.parametrize("granted", [some for size in range(5) for some in combinations(Permission, size)])
def test_modify_and_one_that_creates_are_needed(granted: tuple[Permission, ...]) -> None:
    missing = [
        *([] if {CREATE, WITH, WITHOUT} & set(granted) else ["Create Standalone Invoice"]),
        *([] if MODIFY in granted else ["Modify Invoice"]),
    ]
    if not missing:
        permissions.check(user(*granted))
        return
    with pytest.raises(Refused) as refused:
        permissions.check(user(*granted))
    assert refused.value.status == 403
    assert [(one.code, one.message) for one in refused.value.reasons] == [
        (50000010, f"The user lacks the permission {name}.") for name in missing
    ]


@pytest.mark.parametrize(
    ("granted", "charges", "kinds"),
    [
        ([CREATE], ["f" * 32, None], []),
        ([WITH], ["f" * 32], []),
        ([WITHOUT], [None, None], []),
        ([WITH, WITHOUT], ["f" * 32, None], []),
        ([WITH], ["f" * 32, None, None], ["Without"]),
        ([WITHOUT], ["f" * 32, None], ["With"]),
        ([], ["f" * 32, None], ["With", "Without"]),
    ],
)
def test_items_need_the_permission_of_their_kind(
    granted: list[Permission], charges: list[str | None], kinds: list[str]
) -> None:
    if not kinds:
        permissions.check_items(user(*granted), order(*charges))
        return
    with pytest.raises(Refused) as refused:
        permissions.check_items(user(*granted), order(*charges))
    assert [one.category for one in refused.value.reasons] == [Category.DENIED] * len(kinds)
    for one, kind in zip(refused.value.reasons, kinds, strict=True):
        assert f"Create Standalone Invoice {kind} Product Catalog," in one.message
