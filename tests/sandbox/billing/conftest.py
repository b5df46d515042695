"""What the tests of billing share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.billing.biller import Biller
from zuora_invoices_sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices_sandbox.store import Transaction


@pytest.fixture
def transaction() -> Iterator[Transaction]:
    store = Store(":memory:")
    try:
        with store.transaction() as transaction:
            yield transaction
    finally:
        store.close()


@pytest.fixture
def biller(transaction: Transaction) -> Biller:
    return Biller(transaction)
