"""Documented: the fields of an invoice, their rules and their features. Each test is one clause."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.description import OPERATIONS, examples, resolved
from tests.sandbox.documented.front import EUR_ACCOUNT, EUR_ACCOUNT_ID, NOW, Front, item, opened, tenant
from zuora_invoices_sandbox.tenant.model import AccountingPeriod, Feature

OTHER_ACCOUNT_ID = "ff8080817cda56fa017cda87aaa2071e"
OTHERS_CONTACT = "ff8080817cda56fa017cda87aaa20001"
CONTACT = "2c9890207863df710178642433c40001"
NEW = {"firstName": "Ada", "lastName": "King", "country": "Portugal"}
CHARGE = "ff8080817cda56fa017cda87999d071b"
PREPAID = {"name": "VAT", "taxAmount": 2, "taxDate": "2026-11-22", "taxRate": 0.2, "taxRateType": "Percentage"}
TAX = {**PREPAID, "taxMode": "TaxExclusive"}

# -- the fields of the description -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"invoiceDate": None}, 58490922),  # required
        ({"invoiceItems": None}, 58491022),
        ({"invoiceItems": []}, 58491020),
        ({"invoiceItems": [item()] * 1001}, 58491020),
        ({"comments": "c" * 256}, 58490520),
        ({"status": "Canceled"}, None),
        ({"transferredToAccounting": "Perhaps"}, None),
        ({"invoiceNumber": "A/1"}, None),
        ({"invoiceNumber": "1" * 33}, None),
        ({"invoiceNumber": ""}, None),
        ({"paymentTerm": "x" * 101}, None),
        ({"sequenceSet": "x" * 51}, None),
        ({"invoiceDate": "22.11.2026"}, 58490920),
        ({"customRates": [{"currency": "USD", "customFxRate": 1}] * 3}, None),
        ({"customRates": [{"currency": "USDD", "customFxRate": 1}]}, None),
        ({"IntegrationId__NS": "x" * 256}, None),
        ({"unknown": 1}, 58499921),
        ({"custom__C": 1}, 58499921),  # upper and lower case count
        ({"invoiceItems": [item(unknown=1)]}, 58509921),
        ({"invoiceItems": [item(chargeName=None)]}, 58500422),
        ({"invoiceItems": [item(chargeName="x" * 131)]}, 58500420),
        ({"invoiceItems": [item(serviceStartDate=None)]}, 58500122),
        ({"invoiceItems": [{"serviceStartDate": "2026-11-22", "chargeName": "a"}]}, 58500022),
        ({"invoiceItems": [item() | {"amount": "1"}]}, 58500020),
        ({"invoiceItems": [item(chargeDate="2026-11-22T10:00:00Z")]}, 58500320),
        ({"invoiceItems": [item(discountItems=[{"amount": 1, "chargeName": "a"}])]}, 58510020),
        ({"invoiceItems": [item(discountItems=[{"amount": 0, "chargeName": "a"}])]}, 58510020),
        ({"invoiceItems": [item(discountItems=[{"amount": -1}])]}, 58510122),
        ({"invoiceItems": [item(discountItems=[{"amount": -1, "chargeName": "a"}] * 11)]}, None),
        ({"invoiceItems": [item(taxItems=[TAX] * 6)]}, None),
        ({"invoiceItems": [item(taxItems=[{**TAX, "name": ""}])]}, 58520020),
        ({"invoiceItems": [item(taxItems=[{**TAX, "taxRateType": "Share"}])]}, None),
        ({"invoiceItems": [item(taxItems=[PREPAID])]}, None),
        ({"billToContact": {"firstName": "Ada"}}, 58530122),
        ({"billToContact": {**NEW, "city": "x" * 101}}, None),
        ({"billToContact": {**NEW, "personalEmail": "nobody"}}, None),
        ({"billToContact": {**NEW, "country": "Atlantis"}}, None),
        ({"billToContact": {**NEW, "age": 7}}, 58539921),
    ],
)
def test_what_breaks_the_description_is_refused(front: Front, changes: dict[str, Any], code: int | None) -> None:
    answer = front.create(**changes)
    assert (answer.status, answer.body["success"]) == (200, False)
    assert len(answer.codes) == 1
    assert answer.categories[0] in (20, 21, 22)
    assert code is None or answer.codes == [code]
    assert not front.sandbox.invoices


@pytest.mark.parametrize(
    "changes",
    [
        {"accountNumber": None},  # one of the two
        {"billToContact": NEW, "billToContactId": CONTACT},
        {"soldToContact": NEW, "soldToContactId": CONTACT},
        {"shipToContact": NEW, "shipToContactId": CONTACT},
        {"soldToSameAsBillTo": False, "soldToContactId": CONTACT},  # whatever its value
        {"soldToSameAsBillTo": True, "soldToContact": NEW},
        {"shipToSameAsBillTo": False, "shipToContactId": CONTACT},
        {"shipToSameAsBillTo": True, "shipToContact": NEW},
        {"invoiceItems": [item(taxItems=[TAX], taxMode="TaxExclusive")]},
        {"invoiceItems": [item(taxItems=[TAX], taxCode="VAT")]},
        {"invoiceItems": [item(taxItems=[{**TAX, "taxMode": "TaxInclusive"}])]},
        {"invoiceItems": [item(taxMode="TaxExclusive")]},  # they go together
        {"invoiceItems": [item(taxCode="VAT")]},
    ],
)
def test_a_rule_between_fields_is_kept(front: Front, changes: dict[str, Any]) -> None:
    answer = front.create(**changes)
    assert (answer.status, answer.body["success"], len(answer.codes)) == (200, False, 1), answer.body
    assert answer.categories[0] in (20, 22, 30)
    assert not front.sandbox.invoices


def test_all_that_is_wrong_is_told_at_once(front: Front) -> None:
    answer = front.create(comments="c" * 256, unknown=1, invoiceItems=[item(), item(amount="1", sku="s" * 256)])
    assert answer.codes == [58500820, 58490520, 58499921]


@pytest.mark.parametrize("changes", [{"invoiceItems": [item()] * 1000}, {"comments": "c" * 255}, {"autoPay": True}])
def test_what_is_just_within_the_description_is_created(front: Front, changes: dict[str, Any]) -> None:
    front.made(**changes)


def test_defaults_are_those_of_the_description(front: Front) -> None:
    made = front.made()
    assert made.document["status"] == "Draft"
    assert made.document["autoPay"] is False
    assert made.items[0].quantity == 1


def test_custom_fields_of_any_type_come_back(front: Front) -> None:
    fields: dict[str, Any] = {"text__c": "a", "number__c": 1, "object__c": {"deep": [1, None]}, "none__c": False}
    made = front.made(**fields, invoiceItems=[item(**fields)])
    assert {name: made.document[name] for name in fields} == fields
    assert {name: made.items[0].document[name] for name in fields} == fields


# -- features ----------------------------------------------------------------------------------------------------------

FBA, RATES, TAXES, REVENUE, NETSUITE = (
    Feature.FLEXIBLE_BILLING_ATTRIBUTES,
    Feature.MULTIPLE_CURRENCIES,
    Feature.TAXATION,
    Feature.REVENUE_INTEGRATION,
    Feature.NETSUITE,
)
FINANCE = Feature.FINANCE


@pytest.mark.parametrize(
    ("feature", "changes"),
    [
        (FBA, {"billToContact": NEW}),
        (FBA, {"billToContactId": CONTACT}),
        (FBA, {"soldToContact": NEW}),
        (FBA, {"soldToContactId": CONTACT}),
        (FBA, {"soldToSameAsBillTo": False}),
        (FBA, {"shipToContact": NEW}),
        (FBA, {"shipToContactId": CONTACT}),
        (FBA, {"shipToSameAsBillTo": False}),
        (FBA, {"paymentTerm": "Net 30"}),
        (FBA, {"sequenceSet": "Default"}),
        (FBA, {"templateId": "402881e522cf4f9b0122cf5d82860030"}),
        (RATES, {"currency": "EUR"}),
        (TAXES, {"invoiceItems": [item(taxItems=[TAX])]}),
        (FINANCE, {"invoiceItems": [item(deferredRevenueAccountingCode="a")]}),
        (FINANCE, {"invoiceItems": [item(recognizedRevenueAccountingCode="a")]}),
        (FINANCE, {"invoiceItems": [item(revenueRecognitionRuleName="a")]}),
        (TAXES, {"invoiceItems": [item(discountItems=[{"amount": -1, "chargeName": "a", "taxItems": [TAX]}])]}),
        (REVENUE, {"invoiceItems": [item(contractAssetAccountingCode="a")]}),
        (REVENUE, {"invoiceItems": [item(excludeItemBillingFromRevenueAccounting=True)]}),
        (
            REVENUE,
            {
                "invoiceItems": [
                    item(discountItems=[{"amount": -1, "chargeName": "a", "adjustmentRevenueAccountingCode": "a"}])
                ]
            },
        ),
        (NETSUITE, {"IntegrationId__NS": "a"}),
        (NETSUITE, {"invoiceItems": [item(SyncDate__NS="a")]}),
    ],
)
def test_a_field_is_taken_where_the_tenant_has_its_feature(
    front: Front, feature: Feature, changes: dict[str, Any]
) -> None:
    front.made(**changes)
    with opened(tenant(without=feature)) as poorer:
        answer = poorer.create(**changes)
        assert (answer.status, answer.body["success"], answer.categories) == (200, False, [30])
        assert str(feature) in answer.body["reasons"][0]["message"]
        assert not poorer.sandbox.invoices
        poorer.made()


# -- account, currency, dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "codes"),
    [
        ({"accountId": EUR_ACCOUNT_ID, "accountNumber": None}, ()),
        ({"accountNumber": EUR_ACCOUNT}, ()),
        ({"accountId": EUR_ACCOUNT_ID, "accountNumber": EUR_ACCOUNT}, ()),
        ({"accountId": OTHER_ACCOUNT_ID, "accountNumber": EUR_ACCOUNT}, (58490130,)),
        ({"accountId": "0" * 32, "accountNumber": None}, (58490020,)),  # the code of the vendor's sample
        ({"accountNumber": "A"}, (58490120,)),
        ({"accountId": "0" * 32, "accountNumber": "A"}, (58490020, 58490120)),
        ({"accountNumber": "A00000009"}, (58490130,)),  # not active
    ],
)
def test_an_account_is_named_by_id_number_or_both(front: Front, named: dict[str, Any], codes: tuple[int, ...]) -> None:
    if codes:
        front.refused(*codes, **named)
    else:
        assert front.made(**named).account_id == EUR_ACCOUNT_ID


@pytest.mark.parametrize(
    ("code", "category"), [(None, None), ("USD", None), ("SEK", 30), ("CHF", 20), ("eur", 20), ("", 20)]
)
def test_the_currency_is_configured_and_active_or_the_accounts(
    front: Front, code: str | None, category: int | None
) -> None:
    if category is None:
        assert front.made(currency=code).currency == code or "EUR"
    else:
        assert front.create(currency=code).categories == [category]


@pytest.mark.parametrize(
    ("rates", "is_taken"),
    [
        ([{"currency": "USD", "customFxRate": 2}], True),  # home
        ([{"currency": "GBP", "customFxRate": 2, "rateDate": "2026-11-22"}], True),  # reporting
        ([{"currency": "USD", "customFxRate": 2}, {"currency": "GBP", "customFxRate": 2}], True),
        ([{"currency": "EUR", "customFxRate": 1}], False),
        ([{"currency": "USD", "customFxRate": 2}, {"currency": "USD", "customFxRate": 2}], False),
    ],
)
def test_custom_rates_are_of_home_and_reporting_currency(
    front: Front, rates: list[dict[str, Any]], *, is_taken: bool
) -> None:
    answer = front.create(customRates=rates)
    assert answer.body["success"] is is_taken


@pytest.mark.parametrize(
    ("changes", "due", "term"),
    [
        ({}, "2026-11-22", "Due Upon Receipt"),  # the account's
        ({"paymentTerm": "Net 30"}, "2026-12-22", "Net 30"),
        ({"paymentTerm": "402881e522cf4f9b0122cf5d82860012"}, "2026-12-22", "Net 30"),
        ({"paymentTerm": "Net 30", "dueDate": "2026-11-30"}, "2026-11-30", "Net 30"),
    ],
)
def test_the_due_date_follows_from_the_payment_term(front: Front, changes: dict[str, Any], due: str, term: str) -> None:
    made = front.made(**changes)
    assert (made.document["dueDate"], made.document["paymentTerm"]) == (due, term)


@pytest.mark.parametrize("term", ["Net 31", "net 30", "Net 45"])
def test_a_payment_term_that_is_unknown_or_not_active_is_refused(front: Front, term: str) -> None:
    assert front.create(paymentTerm=term).categories in ([40], [30])


@pytest.mark.parametrize(("day", "is_open"), [("2019-12-31", False), ("2020-01-01", True), ("2027-01-01", True)])
def test_a_closed_accounting_period_takes_no_invoice(front: Front, day: str, *, is_open: bool) -> None:
    if is_open:
        front.made(invoiceDate=day)
    else:
        front.refused(58490930, invoiceDate=day)


def test_a_day_of_no_accounting_period_is_open() -> None:
    closed = AccountingPeriod(name="One day", start=NOW.date(), end=NOW.date(), closed=True)
    with opened(tenant(accounting_periods=(closed,))) as front:
        front.refused(58490930)
        front.made(invoiceDate=str(NOW.date() + timedelta(days=1)))


# -- numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number", ["202310000300", "2003", "INV202310000300", "2023-09-100009785", "a_B,c-1", "x" * 32]
)
def test_a_number_of_ones_own_is_unique_in_the_tenant(front: Front, number: str) -> None:
    assert front.made(invoiceNumber=number).number == number
    answer = front.create(invoiceNumber=number)
    assert answer.categories == [30]
    assert len(front.sandbox.invoices) == 1


def test_numbers_follow_each_other_and_step_over_those_in_use(front: Front) -> None:
    front.made(invoiceNumber="INV00000002")
    front.create(accountNumber="none")  # takes none
    assert [front.made().number for _ in range(2)] == ["INV00000001", "INV00000003"]
    assert front.made(sequenceSet="Yearly").number == "2026-000100"
    assert front.made(sequenceSet="402881e522cf4f9b0122cf5d82860020").number == "2026-000101"
    assert front.create(sequenceSet="Monthly").categories == [40]


# -- contacts ----------------------------------------------------------------------------------------------------------


def test_a_new_contact_is_of_the_account_and_has_a_snapshot(front: Front) -> None:
    made = front.made(billToContact=NEW, soldToSameAsBillTo=True)
    known = str(made.document["billToContactId"])
    assert made.document["soldToContactId"] == known
    snapshots = {str(made.document[f"{role}ContactSnapshotId"]) for role in ("billTo", "soldTo")}
    assert len({*snapshots, known}) == 3
    assert all(len(one) == 32 for one in snapshots)
    again = front.made(soldToContactId=known)
    assert again.document["soldToContactId"] == known
    assert again.document["soldToContactSnapshotId"] not in snapshots
    assert front.create(billToContactId=known, accountNumber="A00000002").categories == [40]


def test_contacts_are_by_default_the_accounts(front: Front) -> None:
    made = front.made()
    assert made.document["billToContactId"] == CONTACT
    assert made.document["shipToContactId"] is None
    assert front.create(billToContactId=OTHERS_CONTACT).categories == [40]


def test_same_as_bill_to_counts_only_beside_a_bill_to(front: Front) -> None:
    default = front.made().document["soldToContactId"]
    assert front.made(soldToSameAsBillTo=True).document["soldToContactId"] == default != CONTACT
    assert front.made(soldToSameAsBillTo=True, billToContactId=CONTACT).document["soldToContactId"] == CONTACT
    assert front.made(soldToSameAsBillTo=False, billToContactId=CONTACT).document["soldToContactId"] == default
    assert front.made(shipToSameAsBillTo=True, billToContactId=CONTACT).document["shipToContactId"] == CONTACT


# -- the catalog -------------------------------------------------------------------------------------------------------


def test_a_charge_of_the_catalog_wins_over_the_item(front: Front) -> None:
    own = dict.fromkeys(
        ["sku", "uom", "accountingCode", "deferredRevenueAccountingCode", "recognizedRevenueAccountingCode"], "mine"
    )
    line = front.made(invoiceItems=[item(**own, productRatePlanChargeId=CHARGE, description="kept")]).items[0]
    assert line.name == "Support, one month"
    assert {name: line.document[name] for name in (*own, "chargeName", "description")} == {
        "chargeName": "Support, one month",
        "sku": "CATALOG-0001",
        "uom": "month",
        "accountingCode": "Support",
        "deferredRevenueAccountingCode": "Deferred revenue",
        "recognizedRevenueAccountingCode": "Support revenue",
        "description": "kept",
    }
    taxed = item(amount=100, productRatePlanChargeId="ff8080817cda56fa017cda87999d0002", chargeName=None)
    assert front.made(invoiceItems=[{**taxed, "taxMode": "TaxInclusive", "taxCode": "Sales tax"}]).tax_amount == 19
    assert front.create(invoiceItems=[item(productRatePlanChargeId="0" * 32)]).categories == [40]


def test_a_sku_differs_from_those_of_products(front: Front) -> None:
    front.made(invoiceItems=[item(sku="MINE")])
    assert front.create(invoiceItems=[item(sku="CATALOG-0001")]).categories == [30]


# -- what is told of an invoice ----------------------------------------------------------------------------------------


def test_a_draft_is_not_posted(front: Front) -> None:
    made = front.made(status="Draft").document
    assert (made["status"], made["postedBy"], made["postedDate"]) == ("Draft", None, None)


def test_a_posted_invoice_is_posted_now(front: Front) -> None:
    made = front.made(status="Posted").document
    assert (made["status"], made["postedDate"]) == ("Posted", "2026-11-22")
    assert made["postedBy"] == made["createdById"] == front.sandbox.tenant.users[0].id


def test_a_new_invoice_is_as_in_the_vendors_sample(front: Front) -> None:
    answer = front.create(comments="as said", transferredToAccounting="Ignore", IntegrationId__NS="7")
    body = answer.body
    assert {
        "success": True,
        "accountId": EUR_ACCOUNT_ID,
        "invoiceNumber": "INV00000001",
        "invoiceDate": "2026-11-22",
        "targetDate": None,
        "comments": "as said",
        "source": "API",
        "sourceId": None,
        "sourceType": "Standalone",
        "taxStatus": "Complete",
        "includesOneTime": True,
        "includesRecurring": True,
        "includesUsage": True,
        "createdDate": "2026-11-22 10:00:00",
        "updatedDate": "2026-11-22 10:00:00",
        "transferredToAccounting": "Ignore",
        "IntegrationId__NS": "7",
        "SyncDate__NS": None,
    }.items() <= body.items()
    assert len(body["id"]) == 32
    int(body["id"], 16)


def test_times_are_those_of_the_clock(front: Front) -> None:
    front.sandbox.clock.move(timedelta(minutes=90))
    front.tokens.clear()
    assert front.made().document["createdDate"] == "2026-11-22 11:30:00"
    front.sandbox.clock.freeze(NOW.replace(year=2030))
    front.tokens.clear()
    assert front.made(status="Posted").document["postedDate"] == "2030-11-22"


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
def test_the_examples_of_the_description_work(front: Front, operation: dict[str, Any]) -> None:
    bodies = examples(resolved(operation["requestBody"])["content"])
    assert bodies
    for body in bodies.values():
        answer = front.post(body, operation["path"])
        assert answer.body["success"] is True, answer.body
        assert all(one["success"] for one in answer.body.get("invoices", []))
