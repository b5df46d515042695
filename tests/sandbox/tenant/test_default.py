"""The examples of the description and of the README have what they name in the tenant that is shipped."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from zuora_invoices_sandbox.countries import is_country
from zuora_invoices_sandbox.tenant.model import Feature, Permission
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from collections.abc import Iterator

TENANT = default()
REQUESTS = ["minimal-invoice", "standalone-invoice", "taxed-invoice", "invoice-batch"]


def members_of(value: Any, key: str) -> Iterator[Any]:
    """All that stands under a key, wherever it is."""
    if isinstance(value, dict):
        yield from (value[key] for _ in [0] if key in value)
        value = list(value.values())
    for member in value if isinstance(value, list) else []:
        yield from members_of(member, key)


def request_of(name: str) -> Any:
    return yaml.safe_load(Path(f"spec/examples/{name}.yaml").read_text(encoding="utf-8"))["value"]


@pytest.mark.parametrize("name", REQUESTS)
def test_the_examples_name_only_what_there_is(name: str) -> None:
    request = request_of(name)
    assert set(members_of(request, "accountId")) <= {one.id for one in TENANT.accounts if one.active}
    assert set(members_of(request, "accountNumber")) <= {one.number for one in TENANT.accounts if one.active}
    assert set(members_of(request, "productRatePlanChargeId")) <= set(TENANT.charges_by_id)
    assert set(members_of(request, "currency")) <= {one.code for one in TENANT.currencies if one.active}
    assert set(members_of(request, "taxCode")) <= set(TENANT.taxes_by_code)
    assert set(members_of(request, "paymentTerm")) <= {one.name for one in TENANT.payment_terms if one.active}
    assert set(members_of(request, "sku")).isdisjoint(TENANT.skus)
    assert all(map(is_country, members_of(request, "country")))
    assert not any(TENANT.closed_period(date.fromisoformat(day)) for day in members_of(request, "invoiceDate"))


def test_the_example_with_an_id_and_a_number_means_one_account() -> None:
    request = request_of("taxed-invoice")
    account = TENANT.accounts_by_number[request["accountNumber"]]
    assert account is TENANT.accounts_by_id[request["accountId"]]
    # Two examples take turns: this account's term is why the draft of the minimal one is due on its date.
    term = TENANT.term(account.payment_term)
    assert term is not None
    assert term.days == 0


def test_custom_rates_of_the_example_are_to_a_currency_of_the_books() -> None:
    rates = request_of("standalone-invoice")["customRates"]
    assert {rate["currency"] for rate in rates} <= {TENANT.home_currency, TENANT.reporting_currency}


def test_a_charge_without_tax_is_that_of_the_example_with_computed_tax() -> None:
    (charge,) = set(members_of(request_of("invoice-batch"), "productRatePlanChargeId"))
    assert TENANT.charges_by_id[charge].tax_code is None
    assert TENANT.charges_by_id[charge].tax_mode is None


def test_the_account_that_examples_do_not_find_is_not_there() -> None:
    missing = re.search(r"accountId (\w+)", Path("spec/examples/rejected.yaml").read_text(encoding="utf-8"))
    assert missing is not None
    assert missing[1] not in TENANT.accounts_by_id


def test_the_readme_bills_an_account_that_there_is() -> None:
    numbers = set(re.findall(r"\bA\d{8}\b", Path("README.md").read_text(encoding="utf-8")))
    assert numbers
    assert numbers <= {one.number for one in TENANT.accounts if one.active}


def test_no_header_has_to_say_where_a_call_works() -> None:
    assert set(Feature) - TENANT.features == {
        Feature.MULTI_ENTITY,
        Feature.MULTI_ORG,
        Feature.CREDIT_BALANCE,
    }


def test_there_is_one_of_each_that_tests_need() -> None:
    assert {one.decimals for one in TENANT.currencies if one.active} == {0, 2, 3}
    assert [one.code for one in TENANT.currencies if not one.active] == ["SEK"]
    assert [one.number for one in TENANT.accounts if not one.active] == ["A00000009"]
    assert [one.name for one in TENANT.payment_terms if not one.active] == ["Net 45"]


def test_the_first_client_may_do_everything_and_each_other_lacks_something() -> None:
    first, *others = [TENANT.users_by_id[client.user] for client in TENANT.clients]
    assert set(first.permissions) == set(Permission)
    assert all(set(user.permissions) < set(Permission) for user in others)
    assert {missing for user in others for missing in set(Permission) - set(user.permissions)} == set(Permission)
    assert {client.user for client in TENANT.clients} == {user.id for user in TENANT.users}
