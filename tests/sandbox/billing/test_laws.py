"""Laws of money: what an invoice comes to follows from its lines, exactly, whatever the amounts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.billing.biller import item_of, order_of, tenant_with
from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices_sandbox.billing.charges import lines_of
from zuora_invoices_sandbox.billing.totals import billed
from zuora_invoices_sandbox.money import plain, rounded

if TYPE_CHECKING:
    from zuora_invoices_sandbox.billing.totals import Totals
    from zuora_invoices_sandbox.records import ItemRecord, Json
    from zuora_invoices_sandbox.tenant.model import TenantCurrency

TENANT = tenant_with()
RATE = Fraction(19, 100)

currencies = st.sampled_from(TENANT.currencies)


def scaled(number: int, scale: int) -> Decimal:
    return Decimal((int(number < 0), tuple(map(int, str(abs(number)))), -scale))


def amounts(scales: st.SearchStrategy[int]) -> st.SearchStrategy[Decimal]:
    """What amounts may be: up to 64 digits on each side of the point; small ones too, where halves are found."""
    wide = st.integers(-(10**64) + 1, 10**64 - 1)
    return st.builds(scaled, st.one_of(wide, st.integers(-100_000, 100_000)), scales)


def stated(tax: Decimal, exempt: Decimal) -> dict[str, Any]:
    return {
        "name": "VAT",
        "taxAmount": tax,
        "taxDate": "2024-07-11",
        "taxMode": "TaxExclusive",
        "taxRate": Decimal("0.19"),
        "taxRateType": "Percentage",
        "exemptAmount": exempt,
    }


any_amount = amounts(st.integers(0, 64))
discounts = any_amount.filter(bool).map(lambda amount: {"amount": -abs(amount), "chargeName": "Discount"})
taxes = st.one_of(
    st.just(cast("dict[str, Any]", {})),
    st.sampled_from(["TaxInclusive", "TaxExclusive"]).map(lambda mode: {"taxMode": mode, "taxCode": "VAT"}),
    st.lists(st.builds(stated, any_amount, any_amount), max_size=3).map(lambda taxes: {"taxItems": taxes}),
)
items = st.builds(
    lambda amount, tax, discounts: item_of(amount, discountItems=discounts, **tax),
    any_amount,
    taxes,
    st.lists(discounts, max_size=3),
)


def bill(wanted: list[dict[str, Any]], currency: TenantCurrency) -> tuple[tuple[ItemRecord, ...], Totals]:
    order = order_of(invoiceItems=wanted)
    asked = cast("dict[str, Json]", decode(encode(order.to_wire())))
    return billed(lines_of(order, asked, TENANT), currency, TENANT)


def total(numbers: list[Decimal]) -> Fraction:
    return sum(map(Fraction, numbers), Fraction())


def nearest(number: Fraction, decimals: int) -> Fraction:
    """Rounded half up, away from zero, by whole numbers alone."""
    size = floor(abs(number) * 10**decimals + Fraction(1, 2))
    return Fraction(size if number >= 0 else -size, 10**decimals)


@given(st.lists(items, min_size=1, max_size=6), currencies)
def test_totals_are_the_sums_of_the_lines(wanted: list[dict[str, Any]], currency: TenantCurrency) -> None:
    lines, totals = bill(wanted, currency)
    assert Fraction(totals.amount) == Fraction(totals.amount_without_tax) + Fraction(totals.tax_amount)
    assert Fraction(totals.amount_without_tax) == total([one.amount_without_tax for one in lines])
    assert Fraction(totals.tax_amount) == total([one.tax_amount for one in lines])
    assert Fraction(totals.discount) == total([one.amount for one in lines if one.kind == "discount"])
    exempt = [tax["exemptAmount"] for item in wanted for tax in item.get("taxItems", [])]
    assert Fraction(totals.tax_exempt_amount) == total([rounded(one, currency) for one in exempt])


@given(st.lists(items, min_size=1, max_size=6), currencies, st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(wanted: list[dict[str, Any]], currency: TenantCurrency, luck: Any) -> None:
    shuffled = list(wanted)
    luck.shuffle(shuffled)
    assert bill(shuffled, currency)[1] == bill(wanted, currency)[1]


@given(st.data(), currencies)
def test_amounts_that_the_currency_has_are_summed_as_they_are(data: st.DataObject, currency: TenantCurrency) -> None:
    fitting = data.draw(st.lists(amounts(st.integers(0, currency.decimals)), min_size=1, max_size=20))
    _, totals = bill([item_of(amount) for amount in fitting], currency)
    assert Fraction(totals.amount) == total(fitting)


@given(any_amount, currencies.filter(lambda one: one.rounding == "ROUND_HALF_UP"))
def test_tax_is_rounded_to_the_nearest(amount: Decimal, currency: TenantCurrency) -> None:
    on_top, inside = (
        bill([item_of(amount, taxMode=mode, taxCode="VAT")], currency)[0][0]
        for mode in ("TaxExclusive", "TaxInclusive")
    )
    billed_amount = nearest(Fraction(amount), currency.decimals)
    assert Fraction(on_top.amount_without_tax) == Fraction(on_top.amount) == billed_amount
    assert Fraction(on_top.tax_amount) == nearest(billed_amount * RATE, currency.decimals)
    assert Fraction(inside.amount) == billed_amount
    assert Fraction(inside.tax_amount) == nearest(billed_amount - billed_amount / (1 + RATE), currency.decimals)
    assert Fraction(inside.amount_without_tax) == billed_amount - Fraction(inside.tax_amount)


def test_a_tax_that_is_next_to_a_half_is_none() -> None:
    tenant = tenant_with({"/taxCodes/0/rate": Decimal("0.5" + "0" * 99 + "1")})
    order = order_of(invoiceItems=[item_of("1.01", taxMode="TaxExclusive", taxCode="VAT")])
    lines = lines_of(order, cast("dict[str, Json]", decode(encode(order.to_wire()))), tenant)
    (line,), _ = billed(lines, tenant.currencies_by_code["GBP"], tenant)  # which rounds halves to even
    assert line.tax_amount == Decimal("0.51")


@given(amounts(st.integers(0, 6)))
def test_a_plain_number_is_the_same_one_without_an_exponent(amount: Decimal) -> None:
    shown = plain(amount)
    text = encode(shown).decode()
    assert shown == amount
    assert "E" not in text
    assert not (("." in text) and text.endswith("0"))


def test_a_thousand_greatest_items_are_exact() -> None:
    amount = Decimal("9" * 64 + "." + "49" * 32)
    wanted = [item_of(amount, taxMode="TaxExclusive", taxCode="VAT") for _ in range(1000)]
    _, totals = bill(wanted, TENANT.currencies[0])
    assert Fraction(totals.amount_without_tax) == 1000 * (10**64 - 1 + Fraction(49, 100))


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ("ROUND_HALF_UP", ["0.13", "-0.13", "0.14", "0.00"]),
        ("ROUND_HALF_EVEN", ["0.12", "-0.12", "0.14", "0.00"]),
        ("ROUND_HALF_DOWN", ["0.12", "-0.12", "0.13", "0.00"]),
        ("ROUND_UP", ["0.13", "-0.13", "0.14", "-0.01"]),
        ("ROUND_DOWN", ["0.12", "-0.12", "0.13", "0.00"]),
    ],
)
def test_each_way_of_rounding(rounding: str, expected: list[str]) -> None:
    currency = tenant_with({"/currencies/0/rounding": rounding}).currencies[0]
    assert [str(rounded(Decimal(text), currency)) for text in ("0.125", "-0.125", "0.135", "-0.001")] == expected
