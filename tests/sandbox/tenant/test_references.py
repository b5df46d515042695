"""A tenant that was made in Python is checked as its file would be, and comes back from a file as it was."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox.tenant.findings import Finding
from zuora_invoices_sandbox.tenant.model import AccountingPeriod, TaxCode, Tenant
from zuora_invoices_sandbox.tenant.references import check
from zuora_invoices_sandbox.tenant.source import DEFAULT, default, load, parse

NAMES = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=30)
RATES = st.decimals(0, 10, places=12, allow_nan=False).map(lambda rate: rate + Decimal("1E-24"))
DAYS = st.dates()


def dumped(tenant: Tenant) -> str:
    return encode(tenant.model_dump(by_alias=True)).decode()


@pytest.mark.parametrize("name", ["default.yaml", "example.yaml"])
def test_what_is_shipped_is_whole_and_comes_back(name: str) -> None:
    tenant = load(DEFAULT.with_name(name))
    assert check(tenant) == []
    assert parse(dumped(tenant)) == tenant


def test_a_tenant_made_in_python_is_checked_too() -> None:
    tenant = default().model_copy(update={"home_currency": "XAU"})
    assert check(tenant) == [Finding(("homeCurrency",), "there is no currency 'XAU'")]


@settings(max_examples=100, deadline=None)
@given(NAMES, st.lists(st.tuples(NAMES, RATES), unique_by=lambda tax: tax[0], max_size=4), DAYS, st.booleans())
def test_a_tenant_comes_back_from_a_file_as_it_was(
    name: str, taxes: list[tuple[str, Decimal]], day: date, closed: bool
) -> None:
    tenant = default().model_copy(
        update={
            "name": name,
            "tax_codes": tuple(TaxCode(code=code, rate=min(rate, Decimal(10)), name=name) for code, rate in taxes),
            "charges": (),
            "accounting_periods": (AccountingPeriod(name=name, start=day, end=day, closed=closed),),
        }
    )
    back = parse(dumped(tenant))
    assert back == tenant
    assert [str(tax.rate) for tax in back.tax_codes] == [str(tax.rate) for tax in tenant.tax_codes]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8)), max_size=6))
def test_periods_are_refused_exactly_when_a_day_is_in_two(spans: list[tuple[int, int]]) -> None:
    first = date(2026, 1, 1)
    periods = tuple(
        AccountingPeriod(name=str(at), start=first + timedelta(start), end=first + timedelta(start + days))
        for at, (start, days) in enumerate(spans)
    )
    found = check(default().model_copy(update={"accounting_periods": periods}))
    days = [day for start, length in spans for day in range(start, start + length + 1)]
    assert bool(found) == (len(days) != len(set(days)))
