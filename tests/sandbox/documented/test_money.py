"""Documented: totals, taxes and exact amounts. Each test is one clause."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.documented.front import Front, item, opened, order
from zuora_invoices import Client, models

USD, JPY, KWD = "A00000003", "A00000005", "A00000006"
INSIDE = {"taxMode": "TaxInclusive", "taxCode": "VAT"}
ON_TOP = {"taxMode": "TaxExclusive", "taxCode": "VAT"}


def tax(amount: str, **changes: Any) -> dict[str, Any]:
    base = {"name": "VAT", "taxDate": "2026-11-22", "taxMode": "TaxExclusive", "taxRate": Decimal("0.19")}
    return base | {"taxAmount": Decimal(amount), "taxRateType": "Percentage", **changes}


def totals(front: Front, *items: Any, account: str = "A00000001") -> tuple[str, ...]:
    """Amount, amount without tax, tax and discount of what is created; what is owed is the amount."""
    body = front.made(invoiceItems=list(items), accountNumber=account).document
    assert body["balance"] == body["amount"]
    return tuple(f"{body[name]}" for name in ("amount", "amountWithoutTax", "taxAmount", "discount"))


def test_amounts_are_summed_whatever_quantity_and_price_say(front: Front) -> None:
    assert totals(front, item("19.99"), item("0.01", quantity=3, unitPrice=7)) == ("20", "20", "0", "0")
    assert totals(front, item(100), item("-30.5")) == ("69.5", "69.5", "0", "0")


def test_discounts_are_taken_off(front: Front) -> None:
    discounted = item(100, discountItems=[{"amount": -10, "chargeName": "a"}, {"amount": -5, "chargeName": "b"}])
    assert totals(front, discounted) == ("85", "85", "0", "-15")


def test_tax_on_top(front: Front) -> None:
    assert totals(front, item(100, **ON_TOP)) == ("119", "100", "19", "0")


def test_tax_inside(front: Front) -> None:
    assert totals(front, item(119, **INSIDE)) == ("119", "100", "19", "0")


def test_tax_that_an_external_engine_has_computed(front: Front) -> None:
    line = item(100, taxItems=[tax("19"), tax("1.5", exemptAmount=Decimal("0.25"))])
    assert totals(front, line) == ("120.5", "100", "20.5", "0")
    assert front.sandbox.invoices[-1].document["taxExemptAmount"] == Decimal("0.25")


def test_tax_of_a_discount_is_taken_off(front: Front) -> None:
    discount = {"amount": -10, "chargeName": "a", "taxItems": [tax("-1.9")]}
    assert totals(front, item(100, taxItems=[tax("19")], discountItems=[discount])) == ("107.1", "90", "17.1", "-10")


@pytest.mark.parametrize(
    ("account", "amount", "sums"),
    [
        ("A00000001", "10.05", ("11.96", "10.05", "1.91", "0")),  # 1.9095
        (JPY, "50", ("60", "50", "10", "0")),  # 9.5
        (KWD, "10.005", ("11.906", "10.005", "1.901", "0")),  # 1.90095
    ],
)
def test_tax_is_rounded_by_the_currency(front: Front, account: str, amount: str, sums: tuple[str, ...]) -> None:
    assert totals(front, item(amount, **ON_TOP), account=account) == sums


@pytest.mark.parametrize(
    ("account", "amount", "rounded"), [(JPY, "0.5", "1"), (KWD, "0.0005", "0.001"), (USD, "0.005", "0.01")]
)
def test_amounts_are_rounded_by_the_currency(front: Front, account: str, amount: str, rounded: str) -> None:
    assert totals(front, item(amount), account=account)[0] == rounded


LONG = "1" * 60
EXACT = [LONG, f"-{LONG}", "9" * 58 + ".99", "12345678901234567890.12", "0.1", "0.07", "1e2"]


@pytest.mark.parametrize("amount", EXACT)
def test_money_is_exact_on_the_wire_and_in_the_store(database: str, amount: str) -> None:
    with opened(database=database) as front:
        made = front.made(invoiceItems=[item(amount, quantity=Decimal(LONG + ".125"), unitPrice=Decimal(amount))])
        assert made.amount == made.balance == made.items[0].amount == Decimal(amount)
        assert made.items[0].quantity == Decimal(LONG + ".125")
        assert made.items[0].document["unitPrice"] == Decimal(amount)


def test_sums_are_exact(front: Front) -> None:
    # The second amount would be lost in 28 digits, and both in binary floating point.
    assert totals(front, item("1" + "0" * 59), item("0.01"), item("0.02"))[0] == "1" + "0" * 59 + ".03"


def test_the_client_gets_the_amounts_that_it_sent(front: Front) -> None:
    sandbox = front.sandbox
    with Client(
        base_url="https://sandbox",
        client_id=sandbox.client_id,
        client_secret=sandbox.client_secret,
        http_client=sandbox.transport(),
    ) as client:
        amount = Decimal("9" * 58 + ".99")
        asked = models.PostInvoiceType.model_validate(order(invoiceItems=[item(amount), item("0.01")]))
        made = client.invoices.create_standalone_invoice(asked)
    assert made.amount == made.balance == 10**58


@pytest.mark.parametrize("amount", [b"1e64", b"1e999999999", b"0." + b"1" * 65, b"1" * 65, b"NaN", b"Infinity", b"1_0"])
def test_a_number_beyond_reason_is_refused(front: Front, amount: bytes) -> None:
    line = b'{"amount":%b,"serviceStartDate":"2026-11-22","chargeName":"a"}' % amount
    body = b'{"accountNumber":"A00000001","invoiceDate":"2026-11-22","invoiceItems":[%b]}' % line
    answer = front.post(body)
    assert answer.body["success"] is False
    assert answer.categories in ([20], [90])
