"""How a tenant is asked, and what only Python could say wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from zuora_invoices_sandbox.tenant.model import Account, AccountingPeriod, PaymentTerm, TaxCode
from zuora_invoices_sandbox.tenant.source import default

TENANT = default()


def test_a_payment_term_is_found_by_name_and_by_id() -> None:
    term = TENANT.term("Net 30")
    assert term is not None
    assert term.days == 30
    assert TENANT.term(term.id) is term
    assert TENANT.term("net 30") is None


def test_an_id_wins_over_a_name() -> None:
    named = PaymentTerm(id="1" * 32, name="2" * 32, days=1)
    meant = PaymentTerm(id="2" * 32, name="Two", days=2)
    for terms in ((named, meant), (meant, named)):
        assert TENANT.model_copy(update={"payment_terms": terms}).term("2" * 32) is meant


def test_a_sequence_set_is_found_by_name_and_by_id() -> None:
    found = TENANT.sequence("Yearly")
    assert found is not None
    assert (found.prefix, found.start) == ("2026-", 100)
    assert TENANT.sequence(found.id) is found
    assert TENANT.sequence("") is None


def test_taxes_and_templates_are_found() -> None:
    tax = TENANT.taxes_by_code.get("VAT")
    assert tax is not None
    assert tax.rate == Decimal("0.19")
    assert "vat" not in TENANT.taxes_by_code
    template = TENANT.template("402881e522cf4f9b0122cf5d82860031")
    assert template is not None
    assert template.name == "Short"
    assert TENANT.template("0" * 32) is None


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(1969, 12, 31), False),
        (date(1970, 1, 1), True),
        (date(2019, 12, 31), True),
        (date(2020, 1, 1), False),
        (date(2026, 11, 22), False),
    ],
)
def test_a_closed_period_has_both_its_ends(day: date, closed: bool) -> None:
    found = TENANT.closed_period(day)
    assert (found is not None and found.name == "Until 2019") == closed


@pytest.mark.parametrize("rate", [0.19, "0.19", True, None])
def test_a_rate_is_never_a_binary_fraction(rate: object) -> None:
    with pytest.raises(ValidationError):
        TaxCode.model_validate({"code": "A", "name": "A", "rate": rate})


def test_names_of_python_do_in_python() -> None:
    account = Account(id="1" * 32, number="A", name="A", currency="EUR", payment_term="Net 30")
    assert account.model_dump(by_alias=True)["paymentTerm"] == "Net 30"
    assert AccountingPeriod(name="A", start=date(2026, 1, 1), end=date(2026, 1, 2)).closed is False


def test_a_secret_is_not_in_what_is_printed() -> None:
    assert "not-a-secret" not in repr(TENANT)
    assert "not-a-secret" not in str(TENANT.clients)
