"""The documented facts of the two operations, written down by hand and held against the description.

A field is one line: its type, what bounds it, `R` where it is required, then who has it and who knows it. A type with
`?` may be `null`; `open=` lists known values of an enumeration that lets others through. Where a table and the
description differ, the failure says which line is to be written where.
"""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs
import pytest

from tests.description import BUNDLE, OPERATIONS, SCHEMAS, Node, find, resolved
from tests.spec.advice import advice, missing

NS = """
    IntegrationId__NS     string max=255 NetSuite
    IntegrationStatus__NS string max=255 NetSuite
    SyncDate__NS          string max=255 NetSuite
"""
CODES = """
    accountingCode                   string max=100
    accountsReceivableAccountingCode string max=100
    deferredRevenueAccountingCode    string max=100 Finance
    recognizedRevenueAccountingCode  string max=100 Finance
    revRecCode                       string max=100
    adjustmentLiabilityAccountingCode       string max=100 BRI
    adjustmentRevenueAccountingCode         string max=100 BRI
    contractAssetAccountingCode             string max=100 BRI
    contractLiabilityAccountingCode         string max=100 BRI
    contractRecognizedRevenueAccountingCode string max=100 BRI
    unbilledReceivablesAccountingCode       string max=100 BRI
    revenueRecognitionRuleName       string max=50 Finance
    revRecTriggerCondition string enum=ContractEffectiveDate|ServiceActivationDate|CustomerAcceptanceDate
"""
CHARGE = """
    chargeDate              datetime
    chargeName              string max=130
    productRatePlanChargeId string
    unitPrice               number
    sku                     string max=255
    description             string max=500
    bookingReference        string max=100
    purchaseOrderNumber     string max=100
    itemType                string max=50
    taxItems                array[PostTaxationItemType] most=5 Taxation
"""
TAX_STATES = (
    "Complete|Error|UnknownError|DuplicateDoc|InvalidRequest|InvalidResponse|TaxEngineError|ConcurrentModify"
    "|InternalServerError|TaxCodeTemplateError|Voided"
)
E_INVOICE_STATES = "Processing|RetrieveTimeOut|Generated|Success|Failed|ConditionalSuccess|ApprovedByAuthority|Rejected"
FIELDS = {
    "PostInvoiceType": f"""
        accountId            string
        accountNumber        string
        autoPay              boolean default=False
        billToContact        Contact FBA
        billToContactId      string FBA
        comments             string max=255
        currency             string Currencies
        customRates          array[CustomRate] most=2 since=Zuora-Version/224.0
        dueDate              date
        invoiceDate          date R
        invoiceItems         array[PostInvoiceItemType] least=1 most=1000 R
        invoiceNumber        string min=1 max=32 pattern=^[A-Za-z0-9_,-]+$
        paymentTerm          string max=100 FBA
        sequenceSet          string max=50 FBA
        shipToContact        Contact FBA newer-reference
        shipToContactId      string FBA newer-reference
        shipToSameAsBillTo   boolean default=False FBA newer-reference
        soldToContact        Contact FBA
        soldToContactId      string FBA
        soldToSameAsBillTo   boolean default=False FBA
        status               string enum=Draft|Posted default=Draft
        templateId           string FBA
        transferredToAccounting string enum=Processing|Error|Ignore|Yes|No
        {NS}
        communicationProfileId string newer-reference
    """,
    "PostInvoicesType": """
        invoices             array[PostInvoiceType] least=1 most=50 R
        useSingleTransaction boolean default=False
    """,
    "Contact": """
        firstName      string max=100 R
        lastName       string max=100 R
        address1       string max=255
        address2       string max=255
        city           string max=100
        country        string max=64
        county         string max=100
        fax            string max=40
        homePhone      string max=40
        mobilePhone    string max=40
        nickname       string max=100
        otherPhone     string max=40
        otherPhoneType string enum=Work|Mobile|Home|Other
        personalEmail  email max=80
        state          string max=100
        taxRegion      string max=100
        workEmail      string max=80
        workPhone      string max=40
        zipCode        string max=20
        contactDescription string max=100 sdk
    """,
    "CustomRate": """
        currency     string min=3 max=3 R
        customFxRate number R
        rateDate     date
    """,
    "PostInvoiceItemType": f"""
        amount           number R
        serviceStartDate date R
        serviceEndDate   date
        quantity         number default=1
        uom              string max=255
        excludeItemBillingFromRevenueAccounting boolean BRI
        revRecStartDate  date sdk
        discountItems    array[PostDiscountItemType] most=10
        taxMode          string enum=TaxInclusive|TaxExclusive Taxation
        taxCode          string max=64 Taxation
        {CHARGE} {CODES} {NS}
    """,
    "PostDiscountItemType": f"""
        amount number below=0 R
        {CHARGE} {CODES} {NS}
    """,
    "PostTaxationItemType": """
        name               string min=1 max=128 R
        taxAmount          number R
        taxDate            date R
        taxMode            string enum=TaxInclusive|TaxExclusive R
        taxRate            number R
        taxRateType        string enum=Percentage|FlatFee R
        taxCode            string max=64
        exemptAmount       number
        jurisdiction       string max=255
        locationCode       string max=32
        taxCodeDescription string max=255
        taxRateDescription string max=255
    """,
    "Invoice": f"""
        success                 boolean const=True R
        id                      string R
        accountId               string?
        invoiceNumber           string?
        invoiceDate             date?
        dueDate                 date?
        targetDate              date?
        postedDate              date?
        status                  string? open=Draft|Posted|Canceled|CancelInProgress|Generating|PendingForTax|Split|Error
        amount                  number?
        amountWithoutTax        number?
        taxAmount               number? newer-reference
        taxExemptAmount         number? newer-reference
        discount                number?
        balance                 number?
        adjustmentAmount        number?
        paymentAmount           number?
        refundAmount            number?
        creditMemoAmount        number? Settlement newer-reference
        creditBalanceAdjustmentAmount number? CreditBalance newer-reference
        currency                string?
        comments                string?
        autoPay                 boolean?
        billRunId               string?
        billToContactId         string? FBA newer-reference
        billToContactSnapshotId string?
        soldToContactId         string? FBA newer-reference
        soldToContactSnapshotId string?
        shipToContactId         string? FBA newer-reference
        shipToContactSnapshotId string? newer-reference
        templateId              string? FBA newer-reference
        paymentTerm             string? FBA newer-reference
        sequenceSetId           string? FBA
        communicationProfileId  string? newer-reference
        invoiceGroupNumber      string? max=255 FBA
        includesOneTime         boolean?
        includesRecurring       boolean?
        includesUsage           boolean?
        source                  string? open=BillRun|API|ApiSubscribe|ApiAmend
        sourceId                string?
        sourceType              string? open=Subscription|Standalone|Order|Consolidation
        taxStatus               string? open={TAX_STATES} newer-reference
        taxMessage              string? newer-reference
        transferredToAccounting string? open=Processing|Error|Ignore|Yes|No
        createdById             string?
        createdDate             datetime?
        updatedById             string?
        updatedDate             datetime?
        postedBy                string?
        lastEmailSentDate       datetime?
        einvoiceStatus          string? open={E_INVOICE_STATES} or=eInvoiceStatus newer-reference
        einvoiceErrorCode       string? or=eInvoiceErrorCode newer-reference
        einvoiceErrorMessage    string? or=eInvoiceErrorMessage newer-reference
        einvoiceFileId          string? or=eInvoiceFileId newer-reference
        organizationLabel       string? Multi-Org newer-reference
        salesEreportingRequestId string? sdk
        arEreportingRequestId   string? sdk
        processId               string? newer-reference
        requestId               string? newer-reference
        IntegrationId__NS       string? max=255 NetSuite
        IntegrationStatus__NS   string? max=255 NetSuite
        SyncDate__NS            string? max=255 NetSuite
    """,
    "InvoiceFailure": """
        objectIndex integer? least=0
        processId   string?
        reasons     array?[Reason]
        success     boolean const=False R
    """,
    "InvoicesResult": """
        success  boolean const=True R
        invoices array[Invoice|InvoiceFailure] R
    """,
    "Rejection": """
        success   boolean const=False R
        processId string?
        requestId string?
        reasons   array?[Reason]
    """,
    "ServerError": "reasons array?[Reason]",
    "Reason": """
        code    integer|string?
        message string?
    """,
}
SHARED_FIELDS = {"NS = ": NS, "CODES = ": CODES, "CHARGE = ": CHARGE}
REQUESTS = {name for name in FIELDS if name.startswith(("Post", "Contact", "CustomRate"))}
FEATURES = {
    "Flexible Billing Attributes": "FBA",
    "Billing - Revenue Integration": "BRI",
    "NetSuite connector": "NetSuite",
    "Multiple Currencies": "Currencies",
    "Taxation": "Taxation",
    "Zuora Finance": "Finance",
    "Invoice Settlement": "Settlement",
    "Credit Balance": "CreditBalance",
    "Multi-Org": "Multi-Org",
}


BOUNDS = {
    "minLength": "min",
    "maxLength": "max",
    "minItems": "least",
    "maxItems": "most",
    "minimum": "least",
    "exclusiveMaximum": "below",
    "const": "const",
    "enum": "enum",
    "pattern": "pattern",
    "default": "default",
}
DATE_TIME = {"pattern": r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$", "x-datetime-format": "%Y-%m-%d %H:%M:%S"}


def stated(schema: Node, *, required: bool) -> str:
    """A field of the description in the words of the tables above; every keyword counts."""
    elsewhere = ("description", "examples", "x-error-field", "x-error-categories")
    words = {key: value for key, value in schema.items() if key not in elsewhere}
    kind = type_of(words)
    said = [kind]
    for keyword, word in BOUNDS.items():
        if keyword in words:
            value = words.pop(keyword)
            said.append(f"{word}={'|'.join(value) if isinstance(value, list) else value}")
    if "x-minimum-version" in words:
        said.append("since={header}/{version}".format(**words.pop("x-minimum-version")))
    if "anyOf" in words:
        known, others = words.pop("anyOf")
        assert set(known) == {"type", "enum"}
        assert others == {"type": ["string", "null"]}
        said.append(f"open={'|'.join(known['enum'])}")
    said += [f"or={'|'.join(words.pop(key))}" for key in ("x-alternative-names",) if key in words]
    said += ["R"] * required
    if "x-requires-feature" in words:
        feature = words.pop("x-requires-feature")
        assert feature in FEATURES, f"tests/spec/test_facts.py: add a short name of the feature {feature!r} to FEATURES"
        said.append(FEATURES[feature])
    said += [words.pop(key) for key in ("x-known-from",) if key in words]
    assert not words, f"tests/spec/test_facts.py: no word of the tables stands for {words}: add it to BOUNDS"
    return " ".join(said)


def fields_of(schema: Node) -> dict[str, str]:
    required = set(schema.get("required", ()))
    return {name: stated(words, required=name in required) for name, words in schema["properties"].items()}


def agree(heading: str, text: str, described: dict[str, str], shared: dict[str, str]) -> None:
    """Fail with what is to be done, unless the table says what is described."""
    if wanted := advice(heading, text, described, shared):
        pytest.fail(wanted, pytrace=False)


def type_of(words: Node) -> str:
    """The type of a field; takes the keywords that say it out of `words`."""
    if "$ref" in words:
        return str(words.pop("$ref")).rpartition("/")[2]
    if "anyOf" in words:
        return "string?"
    types = words.pop("type")
    kinds = [types] if isinstance(types, str) else list(types)
    null = "?" if "null" in kinds else ""
    kind = "|".join(one for one in kinds if one != "null")
    if kind == "array":
        element = words.pop("items")
        elements = element.get("oneOf", [element])
        return f"array{null}[{'|'.join(type_of(dict(one)) for one in elements)}]"
    if "format" in words:
        assert kind == "string"
        kind = words.pop("format")
    elif DATE_TIME.items() <= words.items():
        assert kind == "string"
        kind = "datetime"
        for key in DATE_TIME:
            words.pop(key)
    return kind + null


@pytest.mark.parametrize("schema", FIELDS)
def test_every_field_of_a_schema_is_as_documented(schema: str) -> None:
    assert schema in SCHEMAS, f"tests/spec/test_facts.py: take {schema} out of FIELDS, or put it back into spec/"
    described = SCHEMAS[schema]
    agree(f'"{schema}": ', FIELDS[schema], fields_of(described), SHARED_FIELDS)
    assert set(described.get("required", ())) <= set(described["properties"])


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_schema_is_documented(schema: str) -> None:
    if schema not in FIELDS:
        pytest.fail(missing(f'"{schema}": ', fields_of(SCHEMAS[schema]), "FIELDS = "), pytrace=False)


@pytest.mark.parametrize("schema", FIELDS)
def test_requests_are_closed_and_responses_open(schema: str) -> None:
    assert SCHEMAS[schema]["type"] == "object"
    assert SCHEMAS[schema]["additionalProperties"] is (schema not in REQUESTS)


@pytest.mark.parametrize("schema", FIELDS)
def test_custom_fields_are_any_names_that_end_in_c(schema: str) -> None:
    groups = SCHEMAS[schema].get("patternProperties", {})
    if schema in REQUESTS - {"CustomRate", "PostInvoicesType"} | {"Invoice"}:
        assert list(groups) == ["__c$"]
        assert set(groups["__c$"]) == {"description", "x-property-group"}, "any value is allowed"
        assert groups["__c$"]["x-property-group"] == "customFields"
    else:
        assert not groups


@pytest.mark.parametrize("schema", sorted(REQUESTS))
def test_a_field_that_needs_a_feature_says_so(schema: str) -> None:
    for name, words in SCHEMAS[schema]["properties"].items():
        assert words.get("x-requires-feature", "") in words["description"], name


# What only words can say: schema, field, and what its description has to mention.
SAID = [
    ("PostInvoiceType", "accountId", ["32 hexadecimal", "accountNumber", "one account"]),
    ("PostInvoiceType", "currency", ["ISO", "activated", "the account's own"]),
    ("PostInvoiceType", "customRates", ["Home", "Reporting", "224.0"]),
    ("PostInvoiceType", "customRates", ["Multiple Currencies is not needed", "on export", "Fx data", "both"]),
    ("PostInvoiceType", "invoiceDate", ["accounting period"]),
    ("PostInvoiceType", "invoiceItems", ["SDK", "at least one", "how-tos", "mandatory"]),
    ("PostInvoiceType", "invoiceNumber", ["unique in the tenant", "digits"]),
    ("PostInvoiceType", "paymentTerm", ["Id or name", "due date"]),
    ("PostInvoiceType", "sequenceSet", ["Id or name"]),
    ("PostInvoiceType", "soldToSameAsBillTo", ["billToContact", "billToContactId", "soldToContact", "soldToContactId"]),
    ("PostInvoiceType", "shipToSameAsBillTo", ["billToContact", "billToContactId", "shipToContact", "shipToContactId"]),
    ("PostInvoiceType", "status", ["Draft", "Posted", "posts"]),
    ("PostInvoiceType", "comments", ["SDK"]),
    ("PostInvoicesType", "useSingleTransaction", ["all invoices or none", "a transaction of its own"]),
    ("PostInvoicesType", "useSingleTransaction", ["new idempotency key", "bills nobody twice"]),
    ("PostInvoicesType", "useSingleTransaction", ["texts differ", "retry the whole batch"]),
    ("PostInvoiceItemType", "amount", ["tax-inclusive"]),
    ("PostInvoiceItemType", "chargeDate", ["yyyy-mm-dd hh:mm:ss", "Not RFC 3339"]),
    ("PostInvoiceItemType", "sku", ["differ"]),
    ("PostInvoiceItemType", "unitPrice", ["Level 3", "above zero"]),
    ("PostInvoiceItemType", "revRecStartDate", ["SDK"]),
    (
        "PostInvoiceItemType",
        "productRatePlanChargeId",
        [
            *("chargeName", "sku", "uom", "taxCode", "taxMode", "accountingCode"),
            *("deferredRevenueAccountingCode", "recognizedRevenueAccountingCode"),
        ],
    ),
    ("PostInvoiceItemType", "taxItems", ["external engine", "taxMode", "taxCode", "TaxExclusive"]),
    ("PostDiscountItemType", "amount", ["negative"]),
    ("PostDiscountItemType", "productRatePlanChargeId", ["`chargeName` and `sku` win"]),
    ("PostDiscountItemType", "productRatePlanChargeId", ["discount charge if", "else from the charge of the item"]),
    (
        "PostDiscountItemType",
        "productRatePlanChargeId",
        ["accountingCode", "deferredRevenueAccountingCode", "recognizedRevenueAccountingCode"],
    ),
    ("PostTaxationItemType", "taxCode", ["SDK", "Optional", "external engine"]),
    *(("PostTaxationItemType", name, ["JSON number", "text"]) for name in ("taxAmount", "taxRate", "exemptAmount")),
    ("Contact", "country", ["name", "code"]),
    ("Contact", "country", ["Zuora Tax needs", "ship-to or sold-to", "or of the bill-to contact"]),
    ("Contact", "state", ["subregion", "Zuora Tax needs", "United States", "Canada"]),
    ("Contact", "city", ["reference allows 40", "SDK allows 100", "some tenants"]),
    ("Contact", "county", ["reference allows 32", "SDK allows 100", "some tenants"]),
    ("Contact", "contactDescription", ["SDK"]),
    ("Invoice", "transferredToAccounting", ["`null` on a new invoice"]),
    *(("Invoice", name, ["`null` without Flexible"]) for name in ("templateId", "invoiceGroupNumber")),
    *(
        ("Invoice", name, ["`null` in the vendor's sample", "without Flexible Billing Attributes"])
        for name in ("paymentTerm", "sequenceSetId", "billToContactId", "soldToContactId", "shipToContactId")
    ),
    ("Invoice", "creditMemoAmount", ["Invoice Settlement"]),
    ("Invoice", "creditBalanceAdjustmentAmount", ["Credit Balance", "without Invoice Settlement"]),
    *(
        ("Invoice", name, ["yyyy-mm-dd hh:mm:ss", "No zone is said"])
        for name in ("createdDate", "updatedDate", "lastEmailSentDate")
    ),
    *(("Invoice", f"einvoice{name}", ["SDK"]) for name in ("Status", "ErrorCode", "ErrorMessage", "FileId")),
    *(("Invoice", name, ["SDK"]) for name in ("salesEreportingRequestId", "arEreportingRequestId")),
    ("InvoiceFailure", "objectIndex", ["from 0", "samples", "missing", "the position of the failed element counts"]),
    ("Rejection", "requestId", ["UUID", "36 characters"]),
    ("Reason", "code", ["eight digits", "first six", "last two", "SDK", "string"]),
]


@pytest.mark.parametrize(("schema", "field", "words"), SAID)
def test_a_description_says_what_no_keyword_can(schema: str, field: str, words: list[str]) -> None:
    description = SCHEMAS[schema]["properties"][field]["description"]
    assert [word for word in words if word not in description] == []


def test_invoice_numbers_of_every_documented_form_are_examples() -> None:
    examples = SCHEMAS["PostInvoiceType"]["properties"]["invoiceNumber"]["examples"]
    assert {"202310000300", "2003", "INV202310000300", "2023-09-100009785"} <= set(examples)


# Cross-field rules, by what they do: the least that is valid, then changes to it (`None` drops a field).
TAX = {
    "name": "VAT",
    "taxAmount": 1,
    "taxDate": "2026-11-21",
    "taxMode": "TaxExclusive",
    "taxRate": 1,
    "taxRateType": "FlatFee",
}
CONTACT = {"firstName": "Ana", "lastName": "Ribeiro"}
ITEM = {"amount": 1, "serviceStartDate": "2026-11-21", "chargeName": "Set-up"}
LEAST: dict[str, Node] = {
    "Contact": CONTACT,
    "PostTaxationItemType": TAX,
    "PostInvoiceItemType": ITEM,
    "PostDiscountItemType": {"amount": -1, "chargeName": "Discount"},
    "PostInvoiceType": {"accountId": "1", "invoiceDate": "2026-11-21", "invoiceItems": [ITEM]},
}
CHANGES: dict[str, tuple[list[Node], list[Node]]] = {  # schema: allowed, refused
    "PostInvoiceType": (
        [
            {"accountId": None, "accountNumber": "A1"},
            {"accountNumber": "A1"},
            {"billToContact": CONTACT},
            {"billToContactId": "1", "soldToContactId": "2", "shipToContactId": "3"},
            {"billToContact": CONTACT, "soldToContact": CONTACT, "shipToContact": CONTACT},
            {"billToContactId": "1", "soldToSameAsBillTo": True, "shipToSameAsBillTo": True},
            {"colour__c": {"any": ["value"]}, "size__c": 1},
        ],
        [
            {"accountId": None},
            {"billToContact": CONTACT, "billToContactId": "1"},
            {"soldToContact": CONTACT, "soldToContactId": "1"},
            {"shipToContact": CONTACT, "shipToContactId": "1"},
            {"soldToSameAsBillTo": True, "soldToContact": CONTACT},
            {"soldToSameAsBillTo": True, "soldToContactId": "1"},
            {"soldToSameAsBillTo": False, "soldToContactId": "1"},
            {"shipToSameAsBillTo": True, "shipToContact": CONTACT},
            {"shipToSameAsBillTo": True, "shipToContactId": "1"},
            {"colour": "red"},
            {"colour__C": "red"},
            {"colour__c_": "red"},
        ],
    ),
    "PostInvoiceItemType": (
        [
            {"chargeName": None, "productRatePlanChargeId": "1"},
            {"productRatePlanChargeId": "1"},
            {"taxItems": [TAX]},
            {"taxMode": "TaxInclusive", "taxCode": "VAT"},
            {"colour__c": None},
        ],
        [
            {"chargeName": None},
            {"taxItems": [TAX], "taxMode": "TaxExclusive"},
            {"taxItems": [TAX], "taxCode": "VAT"},
            {"taxItems": [TAX, {**TAX, "taxMode": "TaxInclusive"}]},
            {"colour": "red"},
        ],
    ),
    "PostDiscountItemType": (
        [{"chargeName": None, "productRatePlanChargeId": "1"}, {"amount": -0.01}, {"colour__c": "red"}],
        [{"chargeName": None}, {"amount": 0}, {"amount": 1}, {"colour": "red"}],
    ),
    "PostTaxationItemType": ([{"colour__c": "red"}], [{"colour": "red"}]),
    "Contact": ([{"colour__c": "red"}], [{"colour": "red"}]),
}


def changed(schema: str, change: Node) -> Node:
    gone = {name for name, value in change.items() if value is None and not name.endswith("__c")}
    return {name: value for name, value in {**LEAST[schema], **change}.items() if name not in gone}


@pytest.mark.parametrize("schema", CHANGES)
def test_the_least_that_is_valid(schema: str) -> None:
    jsonschema_rs.validate(resolved(SCHEMAS[schema]), LEAST[schema])


@pytest.mark.parametrize(("schema", "change"), [(name, one) for name, (fine, _) in CHANGES.items() for one in fine])
def test_allowed_together(schema: str, change: Node) -> None:
    jsonschema_rs.validate(resolved(SCHEMAS[schema]), changed(schema, change))


@pytest.mark.parametrize(("schema", "change"), [(name, one) for name, (_, bad) in CHANGES.items() for one in bad])
def test_refused_together(schema: str, change: Node) -> None:
    assert not jsonschema_rs.is_valid(resolved(SCHEMAS[schema]), changed(schema, change))


def test_a_batch_answers_each_invoice_in_order() -> None:
    assert {name: words["x-batch"] for name, words in SCHEMAS.items() if "x-batch" in words} == {
        "InvoicesResult": {"requests": "invoices", "results": "invoices", "index": "objectIndex"}
    }


def test_what_an_invoice_says_again() -> None:
    [(name, words)] = [(name, words["x-echo"]) for name, words in SCHEMAS.items() if "x-echo" in words]
    assert (name, words["same"]) == (
        "Invoice",
        ["accountId", "invoiceDate", "invoiceNumber", "currency", "comments"],
    )
    # What an item with a charge of the catalog holds, tax or not, is said by the catalog.
    [(summed, total)] = words["sums"].items()
    assert (summed, total["of"], total["rounded"]) == (
        "amountWithoutTax",
        ["invoiceItems[*].amount", "invoiceItems[*].discountItems[*].amount"],
        True,
    )
    assert sorted(total["unless"]) == [
        "invoiceItems[*].discountItems[*].productRatePlanChargeId",
        "invoiceItems[*].discountItems[*].taxItems[*].taxMode",
        "invoiceItems[*].productRatePlanChargeId",
        "invoiceItems[*].taxMode",
    ]


def test_a_batch_holds_so_many_items() -> None:
    assert {name: words["x-max-total-items"] for name, words in SCHEMAS.items() if "x-max-total-items" in words} == {
        "PostInvoicesType": {"invoices[*].invoiceItems": 1000}
    }


# Operations, headers, servers.
OPERATION_FACTS = {
    "createStandaloneInvoice": ("/v1/invoices", "PostInvoiceType", "Invoice"),
    "createStandaloneInvoices": ("/v1/invoices/batch", "PostInvoicesType", "InvoicesResult"),
}
ON_EVERY_ANSWER = """
    Content-Encoding    string
    RateLimit-Limit     string
    RateLimit-Remaining number
    RateLimit-Reset     number
    Zuora-Request-Id    string min=36 max=36
    Zuora-Track-Id      string max=64
"""
CONCURRENCY = """
    Concurrency-Limit-Type      string
    Concurrency-Limit-Limit     integer
    Concurrency-Limit-Remaining integer
"""
FIELDS_OF_HEADERS = {
    "200": ON_EVERY_ANSWER + CONCURRENCY,
    "4XX": ON_EVERY_ANSWER + CONCURRENCY + "Retry-After string",
    "500": ON_EVERY_ANSWER,
}
SHARED_HEADERS = {"ON_EVERY_ANSWER = ": ON_EVERY_ANSWER, "CONCURRENCY = ": CONCURRENCY}
REQUEST_HEADERS = """
    Idempotency-Key  string min=1 max=255
    Accept-Encoding  string enum=gzip
    Content-Encoding string enum=gzip
    Zuora-Track-Id   string min=1 max=64 pattern
    Zuora-Entity-Ids string min=1 pattern
    Zuora-Org-Ids    string min=1 pattern
    Zuora-Version    string pattern
"""


def test_the_two_operations() -> None:
    assert {name: (one["path"], one["method"]) for name, one in OPERATIONS.items()} == {
        name: (path, "post") for name, (path, *_) in OPERATION_FACTS.items()
    }


@pytest.mark.parametrize("name", OPERATION_FACTS)
def test_what_an_operation_takes_and_answers(name: str) -> None:
    operation = OPERATIONS[name]
    _, taken, created = OPERATION_FACTS[name]
    body = operation["requestBody"]
    assert body["required"] is True
    assert {kind: type_of(dict(one["schema"])) for kind, one in body["content"].items()} == {"application/json": taken}

    assert list(operation["responses"]) == ["200", "4XX", "500"]
    answers = {status: followed(one)["content"] for status, one in operation["responses"].items()}
    assert [type_of(dict(one)) for one in answers["200"]["application/json"]["schema"]["oneOf"]] == [
        created,
        "Rejection",
    ]
    assert type_of(dict(answers["4XX"]["application/json"]["schema"])) == "Rejection"
    assert type_of(dict(answers["500"]["application/json"]["schema"])) == "ServerError"
    assert answers["4XX"]["text/html"]["schema"]["type"] == "string", "a proxy's page"
    assert answers["500"]["text/html"]["schema"]["type"] == "string", "a proxy's page"


def followed(node: Node) -> Any:
    return find(node["$ref"]) if "$ref" in node else node


@pytest.mark.parametrize("name", OPERATION_FACTS)
def test_request_headers(name: str) -> None:
    parameters = {one["name"]: one for one in resolved(OPERATIONS[name]["parameters"])}
    assert {one["in"] for one in parameters.values()} == {"header"}
    assert not any(one.get("required") for one in parameters.values())
    described = {
        header: re.sub(r"pattern=.*", "pattern", stated(one["schema"], required=False))
        for header, one in parameters.items()
    }
    agree("REQUEST_HEADERS = ", REQUEST_HEADERS, described, {})
    assert [header for header, one in parameters.items() if one.get("x-idempotency-key")] == ["Idempotency-Key"]
    assert parameters["Idempotency-Key"]["x-idempotency-key-lifetime"] == 24 * 60 * 60
    assert [header for header, one in parameters.items() if one.get("x-correlation-id")] == ["Zuora-Track-Id"]
    features = {header: one["x-requires-feature"] for header, one in parameters.items() if "x-requires-feature" in one}
    assert features == {"Zuora-Entity-Ids": "Multi-entity", "Zuora-Org-Ids": "Multi-Org"}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Idempotency-Key", ["24 hours", "409", "422", "running", "another tenant, URL or method", "POST and PATCH"]),
        ("Idempotency-Key", ["reference allows 255", "guide asks for fewer"]),
        ("Accept-Encoding", ["gzip", "1,000 bytes", "Content-Encoding"]),
        ("Content-Encoding", ["gzip"]),
        ("Zuora-Track-Id", ["US-ASCII", "colon, semicolon, double quote and single quote", "response"]),
        ("Zuora-Entity-Ids", ["one entity", "Multi-entity", "several entities"]),
        ("Zuora-Org-Ids", ["Multi-Org", "commas", "every org of the caller"]),
        ("Zuora-Version", ["Minor version", "`196` is `196.0`", "date", "customRates", "224.0", "latest"]),
    ],
)
def test_what_a_header_is_for(header: str, words: list[str]) -> None:
    (parameter,) = (one for one in BUNDLE["components"]["parameters"].values() if one["name"] == header)
    assert [word for word in words if word not in parameter["description"]] == []


@pytest.mark.parametrize(
    ("header", "fine", "bad"),
    [
        ("Zuora-Entity-Ids", ["4028818484f483d2"], ["", "1,2", "1 2"]),
        ("Zuora-Org-Ids", ["1", "1,2", "1, 2,3"], ["", ",", "1,", ",1", "1 2", "1,,2"]),
        (
            "Zuora-Version",
            ["224.0", "1.10", "196", "2025-08-12"],
            ["", "224.", "v224", ".0", "224.0.1", "latest", "2025-8-12", "2025-08"],
        ),
    ],
)
def test_the_forms_of_headers(header: str, fine: list[str], bad: list[str]) -> None:
    validator = header_validator(header)
    assert [value for value in fine if not validator.is_valid(value)] == []
    assert [value for value in bad if validator.is_valid(value)] == []


def test_a_track_id_is_printable_ascii_but_for_four_characters() -> None:
    validator = header_validator("Zuora-Track-Id")
    accepted = {chr(code) for code in range(0x180) if validator.is_valid(f"a{chr(code)}b")}
    assert accepted == {chr(code) for code in range(0x20, 0x7F)} - set(":;\"'")


def header_validator(header: str) -> jsonschema_rs.Validator:
    (parameter,) = (one for one in BUNDLE["components"]["parameters"].values() if one["name"] == header)
    return jsonschema_rs.validator_for(parameter["schema"])


@pytest.mark.parametrize("name", OPERATION_FACTS)
@pytest.mark.parametrize("status", FIELDS_OF_HEADERS)
def test_response_headers(name: str, status: str) -> None:
    headers = resolved(OPERATIONS[name]["responses"][status])["headers"]
    described = {header: stated(one["schema"], required=one.get("required", False)) for header, one in headers.items()}
    agree(f'"{status}": ', FIELDS_OF_HEADERS[status], described, SHARED_HEADERS)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("RateLimitReset", ["Seconds"]),
        ("ZuoraRequestId", ["36 characters", "support"]),
        ("ConcurrencyLimitType", ["default", "high-volume transactions"]),
        ("RetryAfter", ["Not always present"]),
    ],
)
def test_what_a_response_header_says(header: str, words: list[str]) -> None:
    description = BUNDLE["components"]["headers"][header]["description"]
    assert [word for word in words if word not in description] == []


def test_servers() -> None:
    assert {one["url"].removeprefix("https://"): one["description"] for one in BUNDLE["servers"]} == {
        "rest.na.zuora.com": "US Cloud 1, production",
        "rest.sandbox.na.zuora.com": "US Cloud 1, API sandbox",
        "rest.zuora.com": "US Cloud 2, production",
        "rest.apisandbox.zuora.com": "US Cloud 2, API sandbox",
        "rest.test.zuora.com": "US Central Sandbox",
        "rest.eu.zuora.com": "EU, production",
        "rest.sandbox.eu.zuora.com": "EU, API sandbox",
        "rest.test.eu.zuora.com": "EU Central Sandbox",
        "rest.ap.zuora.com": "APAC, production",
        "rest.test.ap.zuora.com": "APAC Central Sandbox",
    }
    assert all(one["url"].startswith("https://") for one in BUNDLE["servers"])


# Security, permissions, limits.
def test_tokens_come_by_client_credentials_or_from_the_caller() -> None:
    oauth2, bearer = (BUNDLE["components"]["securitySchemes"][name] for name in ("oauth2", "bearer"))
    assert oauth2["type"] == "oauth2"
    assert oauth2["flows"] == {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}}}
    assert (bearer["type"], bearer["scheme"]) == ("http", "bearer")
    words = ["36 characters", "at most 42", "form POST", "one hour", "401", "once", "429", "100 requests a minute"]
    assert [word for word in words if word not in oauth2["description"]] == []
    for operation in OPERATIONS.values():
        assert operation["security"] == [{"oauth2": []}, {"bearer": []}]


def test_permissions() -> None:
    for operation in OPERATIONS.values():
        assert operation["x-permissions"] == ["Create Standalone Invoice", "Modify Invoice"]
    description = OPERATIONS["createStandaloneInvoice"]["description"]
    words = ["With Product Catalog", "Without Product Catalog", "productRatePlanChargeId", "at least one", "1,000"]
    words += ["texts differ", "newest reference names that pair", "an older text the combined permission"]
    assert [word for word in words if word not in description] == []


def test_limits() -> None:
    words = ["50,000 requests a minute", "2.25 million an hour", "27 million a day", "429", "24 hours"]
    assert [word for word in words if word not in BUNDLE["info"]["description"]] == []
    batch = OPERATIONS["createStandaloneInvoices"]["description"]
    assert [word for word in ["50 invoices", "1,000 invoice items"] if word not in batch] == []


def test_statuses_that_mean_something_of_their_own() -> None:
    description = BUNDLE["components"]["responses"]["RequestError"]["description"]
    assert [status for status in ["401", "409", "422", "429"] if status not in description] == []


# Errors.
CATEGORIES = {
    "10": ("Permission or access denied", False),
    "11": ("Authentication failed", False),
    "20": ("Invalid format or value", False),
    "21": ("Unknown field in the request", False),
    "22": ("Required field missing", False),
    "23": ("Required parameter missing", False),
    "30": ("Restricted by a rule", False),
    "40": ("Not found", False),
    "50": ("Locking contention", True),
    "60": ("Internal error", False),
    "61": ("Temporary error", True),
    "70": ("Request over a limit", True),
    "90": ("Malformed request", False),
    "99": ("Integration error", False),
}


def test_error_categories() -> None:
    described = SCHEMAS["Reason"]["properties"]["code"]["x-error-categories"]
    assert described["modulo"] == 100
    categories = described["categories"]
    assert {code: (one["title"], one["transient"]) for code, one in categories.items()} == CATEGORIES


def test_what_is_worth_another_attempt() -> None:
    assert BUNDLE["x-retry"] == {"statuses": [409, 429, 500, 502, 503, 504]}
    assert not any("x-retry" in operation for operation in OPERATIONS.values())
    words = ["409, 429, 500, 502, 503 and 504", "another attempt"]
    text = " ".join(BUNDLE["info"]["description"].split())
    assert [word for word in words if word not in text] == []


def test_where_failures_say_why() -> None:
    marked = {
        name: {
            field: one["x-error-field"] for field, one in words.get("properties", {}).items() if "x-error-field" in one
        }
        for name, words in SCHEMAS.items()
    }
    body = {"processId": "process-id", "reasons": "reasons"}
    assert {name: fields for name, fields in marked.items() if fields} == {
        "InvoiceFailure": body,
        "Rejection": body,
        "ServerError": {"reasons": "reasons"},
        "Reason": {"code": "code", "message": "message"},
    }


def test_which_bodies_mean_failure() -> None:
    assert {name for name, words in SCHEMAS.items() if words.get("x-failure")} == {"Rejection", "InvoiceFailure"}
    assert "200 is not success" in BUNDLE["info"]["description"]


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        ("Rejection", {"success": False, "processId": "C", "reasons": [{"code": 53100320, "message": "no"}]}),
        ("Rejection", {"success": False, "reasons": [{"code": "53100320"}], "requestId": "r"}),
        ("ServerError", {"reasons": [{"code": 58490060, "message": "no"}]}),
        ("InvoiceFailure", {"objectIndex": 1, "processId": "C", "reasons": [{"code": 58490020}], "success": False}),
        ("InvoiceFailure", {"processId": "C", "reasons": [{"code": 58490020}], "success": False}),
    ],
)
def test_documented_failures_fit(schema: str, body: Node) -> None:
    jsonschema_rs.validate(resolved(SCHEMAS[schema]), body)
