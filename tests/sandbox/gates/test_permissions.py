"""Which permissions a call needs."""

from __future__ import annotations

from itertools import combinations

import pytest

from zuora_invoices_sandbox.gates import permissions
from zuora_invoices_sandbox.refusal import Refused
from zuora_invoices_sandbox.tenant.model import Permission, User

CREATE, WITH, WITHOUT, MODIFY = Permission


def user(*granted: Permission) -> User:
    return User(id="a" * 32, name="Ann", permissions=granted)


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
