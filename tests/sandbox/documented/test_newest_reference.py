"""Documented by the vendor's newest reference alone: custom rates, profiles, answers, places, discounts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.documented.front import Front, item, opened, tenant
from zuora_invoices_sandbox.tenant.model import Feature, Group
from zuora_invoices_sandbox.tenant.source import default

BASE = default()
FBA = Feature.FLEXIBLE_BILLING_ATTRIBUTES
CODES = ("accountingCode", "deferredRevenueAccountingCode", "recognizedRevenueAccountingCode")


def test_custom_rates_need_no_multiple_currencies() -> None:
    with opened(tenant(without=Feature.MULTIPLE_CURRENCIES)) as front:
        front.made(customRates=[{"currency": "USD", "customFxRate": 2}])


@pytest.mark.parametrize(
    ("settings", "is_taken"),
    [
        ({"converts_on_export": True}, True),
        ({"fx_data": True}, True),
        ({"converts_on_export": True, "fx_data": True}, False),
    ],
)
def test_custom_rates_are_barred_by_conversion_on_export_with_fx_data(
    settings: dict[str, Any], *, is_taken: bool
) -> None:
    with opened(tenant(**settings)) as front:
        assert front.create(customRates=[{"currency": "USD", "customFxRate": 2}]).body["success"] is is_taken


def test_tax_mode_and_tax_code_need_taxation() -> None:
    with opened(tenant(without=Feature.TAXATION)) as front:
        answer = front.create(invoiceItems=[item(taxMode="TaxExclusive", taxCode="VAT")])
        assert answer.categories == [30, 30]
        assert all("needs Taxation" in reason["message"] for reason in answer.body["reasons"])


def test_a_communication_profile_is_taken_and_comes_back(front: Front) -> None:
    assert front.made(communicationProfileId="2c92").document["communicationProfileId"] == "2c92"
    assert front.made().document["communicationProfileId"] is None


@pytest.mark.parametrize(
    ("given", "shown"), [({}, None), ({"transferredToAccounting": "Yes"}, "Yes")], ids=["not said", "said"]
)
def test_a_new_invoice_is_not_transferred_to_accounting(front: Front, given: dict[str, str], shown: str | None) -> None:
    assert front.made(**given).document["transferredToAccounting"] == shown


def test_e_invoice_fields_are_spelled_as_in_the_reference(front: Front) -> None:
    document = front.made().document
    assert [name for name in document if name.lower().startswith("einvoice")] == [
        "einvoiceStatus",
        "einvoiceErrorCode",
        "einvoiceErrorMessage",
        "einvoiceFileId",
    ]


@pytest.mark.parametrize(
    ("feature", "names"),
    [
        (FBA, ["templateId", "invoiceGroupNumber", "paymentTerm", "sequenceSetId", "billToContactId"]),
        (FBA, ["soldToContactId", "shipToContactId"]),
        (Feature.INVOICE_SETTLEMENT, ["creditMemoAmount", "creditBalanceAdjustmentAmount"]),
    ],
)
def test_without_a_feature_its_fields_of_an_answer_are_null(feature: Feature, names: list[str]) -> None:
    with opened(tenant(without=feature)) as front:
        document = front.made().document
        assert {name: document[name] for name in names} == dict.fromkeys(names)


def test_credit_balance_counts_where_there_is_no_invoice_settlement() -> None:
    both = frozenset({Feature.CREDIT_BALANCE, Feature.INVOICE_SETTLEMENT})
    for features, shown in ((both, (0, None)), (both - {Feature.INVOICE_SETTLEMENT}, (None, 0))):
        with opened(tenant(features=features)) as front:
            document = front.made().document
            assert (document["creditMemoAmount"], document["creditBalanceAdjustmentAmount"]) == shown


def test_an_invoice_is_labelled_with_the_org_of_its_account() -> None:
    org = Group(id="o1", name="Retail")
    account = BASE.accounts[0].model_copy(update={"org": "o1"})
    user = BASE.users[0].model_copy(update={"orgs": ("o1",)})
    features = BASE.features | {Feature.MULTI_ORG}
    with opened(tenant(features=features, orgs=(org,), accounts=(account,), users=(user, *BASE.users[1:]))) as front:
        assert front.made().document["organizationLabel"] == "Retail"


@pytest.mark.parametrize(
    ("contact", "code"),
    [
        ({"country": "US", "state": "Vermont"}, None),
        ({"country": "CA", "state": "QC"}, None),
        ({"country": "US", "state": "Quebec"}, 58531420),
        ({"country": "CA", "state": "Atlantis"}, 58531420),
        ({"country": "Portugal"}, None),
        ({"country": "US"}, 58531430),
        ({"country": "CA"}, 58531430),
        ({}, 58530530),
    ],
)
@pytest.mark.parametrize("role", ["soldTo", "shipTo"])
def test_tax_needs_a_country_and_a_state_is_one_of_its_subregions(
    front: Front, role: str, contact: dict[str, str], code: int | None
) -> None:
    who = {"firstName": "Eva", "lastName": "Gil", **contact}
    answer = front.create(**{f"{role}Contact": who}, invoiceItems=[item(taxMode="TaxExclusive", taxCode="VAT")])
    assert answer.body["success"] is (code is None)
    assert code is None or answer.codes == [code]


@pytest.mark.parametrize("has_own_codes", [True, False])
def test_a_discount_of_the_catalog_has_accounting_codes_of_its_own_or_those_of_the_items_charge(
    *, has_own_codes: bool
) -> None:
    support, *_ = BASE.charges
    rebate = support.model_copy(
        update={
            "id": "0" * 32,
            "name": "Rebate",
            "sku": "REBATE",
            **dict.fromkeys(
                ("accounting_code", "deferred_revenue_accounting_code", "recognized_revenue_accounting_code"), "own"
            ),
            "discount_specific_accounting_codes": has_own_codes,
        }
    )
    asked = {"amount": -1, "productRatePlanChargeId": rebate.id, "unitPrice": -1, **dict.fromkeys(CODES, "asked")}
    with opened(tenant(charges=(support, rebate))) as front:
        _, line = front.made(invoiceItems=[item(productRatePlanChargeId=support.id, discountItems=[asked])]).items
    assert (line.document["chargeName"], line.document["sku"]) == ("Rebate", "REBATE")
    codes = ("own",) * 3 if has_own_codes else ("Support", "Deferred revenue", "Support revenue")
    assert tuple(line.document[name] for name in CODES) == codes
