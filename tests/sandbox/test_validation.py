"""What bodies are refused for: every bound of the description, the rules between fields, numbers, names, limits."""

from __future__ import annotations

import tracemalloc
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.description import SCHEMAS, Node, exact
from tests.generated.test_rules import (
    BOUNDS,
    CONTACT,
    DAY,
    DISCOUNT,
    EXCLUSIVE,
    FIELDS,
    INVOICE,
    ITEM,
    NUMBERS,
    RATE,
    REQUESTS,
    REQUIRED_TOGETHER,
    TAX,
    Bound,
    python_names,
)
from zuora_invoices import models
from zuora_invoices._runtime.twins import KINDS
from zuora_invoices_sandbox import validation
from zuora_invoices_sandbox.findings import LISTED
from zuora_invoices_sandbox.messages import Headers
from zuora_invoices_sandbox.refusal import Category, Reason, Refused, reason
from zuora_invoices_sandbox.screening import Screening
from zuora_invoices_sandbox.validation import read_batch, read_invoice

if TYPE_CHECKING:
    from collections.abc import Callable

NONE = Headers()

# schema -> a body around an object of it, and where that is
AROUND: dict[str, tuple[Callable[[Node], Node], str]] = {
    "PostInvoiceType": (lambda one: one, ""),
    "Contact": (lambda one: {**INVOICE, "billToContact": one}, "billToContact."),
    "CustomRate": (lambda one: {**INVOICE, "customRates": [RATE, one]}, "customRates[1]."),
    "PostInvoiceItemType": (lambda one: {**INVOICE, "invoiceItems": [ITEM, one]}, "invoiceItems[1]."),
    "PostDiscountItemType": (
        lambda one: {**INVOICE, "invoiceItems": [{**ITEM, "discountItems": [DISCOUNT, one]}]},
        "invoiceItems[0].discountItems[1].",
    ),
    "PostTaxationItemType": (
        lambda one: {**INVOICE, "invoiceItems": [{**ITEM, "taxItems": [TAX, one]}]},
        "invoiceItems[0].taxItems[1].",
    ),
}


def refused(body: Any, headers: Headers = NONE) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as caught:
        read_invoice(body, headers)
    assert caught.value.status == 200
    return caught.value.reasons


def coded(reasons: tuple[Reason, ...]) -> list[tuple[int, str]]:
    return [(one.category.value, one.message) for one in reasons]


def looked_through(body: Any) -> Any:
    """What `outcome_of` gives where nothing is seen in one look."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validation, "_sound", lambda *_: None)
        return outcome_of(read_invoice, body)


def is_json(value: Any) -> bool:
    return not isinstance(value, bytes) and (not isinstance(value, list) or all(map(is_json, value)))


# --- from the description


@pytest.mark.parametrize(("schema", "field", "bound"), [one for one in BOUNDS if one.values[0] in AROUND])
def test_a_bound(schema: str, field: str, bound: Bound) -> None:
    model, least = REQUESTS[schema]
    around, where = AROUND[schema]
    others = {name: value for name, value in least.items() if name != field}
    for value in bound.inside:
        if schema == "PostTaxationItemType" and value == "TaxInclusive":
            continue  # not on an item, by a rule
        body = around({**others, field: value})
        read = read_invoice(body, NONE)
        assert read == looked_through(body)
        assert read.to_wire() == read_by_the_client(body)
    for value in filter(is_json, bound.outside):
        (found,) = refused(around({**others, field: value}))
        if bound.at and isinstance(value, list):
            assert found.message == f"{where}{field}[0] must be an object"
        assert found.code == reason(model, field, Category.INVALID, "").code
        assert found.message.startswith((f"{where}{field} ", f"{where}{field}["))


def read_by_the_client(body: Node) -> object:
    return models.PostInvoiceType.model_validate(body).to_wire()


@pytest.mark.parametrize(
    ("schema", "field"), [(schema, field) for schema in AROUND for field in SCHEMAS[schema]["required"]]
)
def test_a_required_field(schema: str, field: str) -> None:
    model, least = REQUESTS[schema]
    around, where = AROUND[schema]
    (found,) = refused(around({name: value for name, value in least.items() if name != field}))
    assert found == reason(model, field, Category.MISSING_FIELD, f"{where}{field} is required")


@pytest.mark.parametrize("schema", AROUND)
@pytest.mark.parametrize("value", ["red", None, {"a": [1]}])
def test_an_unknown_field(schema: str, value: object) -> None:
    model, least = REQUESTS[schema]
    around, where = AROUND[schema]
    for name in ("colour", "__proto__", "colour__C", "custom_fields", "model_config", "__class__"):
        (found,) = refused(around({**least, name: value}))
        assert found.code == reason(model, None, Category.UNKNOWN_FIELD, "").code
        assert found.message.startswith(f"{where}{name} is not a field here")


@pytest.mark.parametrize(("schema", "field"), [one for one in FIELDS if one[0] in AROUND])
def test_a_python_name_is_unknown_and_stands_for_nothing(schema: str, field: str) -> None:
    model, least = REQUESTS[schema]
    around, where = AROUND[schema]
    name = python_names(model)[field]
    if name == field:
        return
    value = least.get(field, "x")
    renamed = {**{key: one for key, one in least.items() if key != field}, name: value}
    for one, missing in (({**least, name: value}, False), (renamed, field in least)):
        unknown, *others = refused(around(one))
        assert unknown.code == reason(model, None, Category.UNKNOWN_FIELD, "").code
        assert unknown.message == f"{where}{name} is not a field here; did you mean {field}?"
        assert [one.category for one in others] == [Category.MISSING_FIELD] * missing


@pytest.mark.parametrize(("schema", "field"), [one for one in NUMBERS if one[0] in AROUND])
@pytest.mark.parametrize("value", ["-1", "1", "-1.50", "NaN", True])
def test_a_string_is_no_number(schema: str, field: str, value: object) -> None:
    model, least = REQUESTS[schema]
    around, where = AROUND[schema]
    (found,) = refused(around({**least, field: value}))
    assert found.code == reason(model, field, Category.INVALID, "").code
    assert found.message.startswith(f"{where}{field} must be a number")


@pytest.mark.parametrize(("schema", "others", "either", "named"), REQUIRED_TOGETHER)
def test_one_of_two_fields_is_needed(schema: str, others: Node, either: list[str], named: str) -> None:
    around, where = AROUND[schema]
    message = f"{where}{named}: at least one of {' and '.join(either)} is required"
    assert refused(around(others)) == (reason(REQUESTS[schema][0], named, Category.MISSING_FIELD, message),)


@pytest.mark.parametrize(("schema", "first", "value", "second", "other"), EXCLUSIVE)
def test_one_field_excludes_another(schema: str, first: str, value: object, second: str, other: object) -> None:
    model, least = REQUESTS[schema]
    around, where = AROUND[schema]
    message = f"{where}{second} excludes {first}: give only one of them"
    found = refused(around({**least, first: value, second: other}))
    assert found == (reason(model, second, Category.RULE, message),)


def test_computed_tax_on_an_item_is_exclusive() -> None:
    items = [{**ITEM, "taxItems": [TAX, {**TAX, "taxMode": "TaxInclusive"}]}]
    message = "invoiceItems[0].taxItems[1].taxMode must be TaxExclusive when taxItems is given"
    found = refused({**INVOICE, "invoiceItems": items})
    assert found == (reason(models.PostTaxationItemType, "taxMode", Category.RULE, message),)


def test_custom_rates_need_a_version_that_knows_them() -> None:
    body = {**INVOICE, "customRates": [RATE]}
    for version in ("224", "224.0", "1000.0"):
        read_invoice(body, Headers([("zuora-version", version)]))
    (found,) = refused(body, Headers([("zuora-version", "223.9")]))
    assert found.code == reason(models.PostInvoiceType, "customRates", Category.RULE, "").code
    assert found.message.startswith("customRates needs Zuora-Version 224.0 or later")


# --- numbers


@pytest.mark.parametrize(
    "number",
    [
        *(10**64 - 1, 1 - 10**64, Decimal("9" * 64), Decimal("0." + "9" * 64), Decimal("1E63"), Decimal("1E-64")),
        *(Decimal("9" * 64 + "." + "9" * 64), Decimal(0), Decimal("-0.00"), Decimal("0E-64")),
    ],
)
def test_a_number_within_bounds(number: Decimal | int) -> None:
    item = {**ITEM, "quantity": number, "size__c": {"a": [number]}}
    read = read_invoice({**INVOICE, "invoiceItems": [item]}, NONE)
    assert exact(read.invoice_items[0].quantity) == exact(number)


@pytest.mark.parametrize(
    "number",
    [
        *(10**64, -(10**64), 10**4000, Decimal("1E64"), Decimal("-1E999999999"), Decimal("1E-999999999")),
        *(Decimal("1E-65"), Decimal("0." + "1" * 65), Decimal("0E999999999"), Decimal("1." + "0" * 65)),
        *(Decimal("9" * 65), Decimal("1" * 1_000_000 + ".5"), Decimal("0." + "1" * 1_000_000)),
    ],
    ids=range(13),
)
@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("amount", "invoiceItems[0].amount"),
        ("chargeName", "invoiceItems[0].chargeName"),
        ("size__c", "invoiceItems[0].size__c"),
    ],
)
def test_a_number_beyond_bounds(number: Decimal | int, field: str, path: str) -> None:
    message = f"{path} must have at most 64 digits before and 64 after the decimal point"
    found = refused({**INVOICE, "invoiceItems": [{**ITEM, field: number}]})
    assert found == (reason(models.PostInvoiceItemType, field, Category.INVALID, message),)


def test_a_number_deep_in_a_custom_field() -> None:
    body = {**INVOICE, "x__c": {"a": [1, {"b c": 10**64}]}, "billToContact": {**CONTACT, "y__c": [[10**64]]}}
    clause = "must have at most 64 digits before and 64 after the decimal point"
    assert coded(refused(body)) == [(20, f'x__c.a[1]."b c" {clause}'), (20, f"billToContact.y__c[0][0] {clause}")]


# --- what an answer says


def test_everything_is_told_at_once_in_the_order_of_the_document() -> None:
    body = {
        "soldToSameAsBillTo": True,
        "invoice_date": DAY,
        "soldToContactId": "1",
        "invoiceItems": [
            ITEM,
            {"quantity": "1", "amount": None, "discountItems": [{"amount": 0, "size": 1}], "chargeName": "x" * 131},
            7,
        ],
        "autoPay": "yes",
        "status": "Paid",
        "": 1,
        "dueDate": 20261121,
        "x\n<b>": 1,
    }
    discount = "invoiceItems[1].discountItems[0]"
    assert coded(refused(body)) == [
        (21, "invoice_date is not a field here; did you mean invoiceDate?"),
        (30, "soldToContactId excludes soldToSameAsBillTo: give only one of them"),
        (20, "invoiceItems[1].quantity must be a number"),
        (20, "invoiceItems[1].amount must be a number"),
        (20, "invoiceItems[1].discountItems[0].amount must be less than 0"),
        (21, "invoiceItems[1].discountItems[0].size is not a field here"),
        (
            22,
            f"{discount}.chargeName: at least one of chargeName and productRatePlanChargeId is required",
        ),
        (20, "invoiceItems[1].chargeName must have at most 130 characters"),
        (22, "invoiceItems[1].serviceStartDate is required"),
        (20, "invoiceItems[2] must be an object"),
        (20, "autoPay must be true or false"),
        (20, "status must be one of 'Draft', 'Posted'"),
        (21, '"" is not a field here'),
        (20, "dueDate must be a date of the form yyyy-mm-dd"),
        (21, '"x\\n<b>" is not a field here'),
        (22, "accountId: at least one of accountId and accountNumber is required"),
        (22, "invoiceDate is required"),
    ]


@pytest.mark.parametrize("body", [1, "x", None, [], [INVOICE], True])
def test_what_is_no_object(body: object) -> None:
    assert refused(body) == (reason(models.PostInvoiceType, None, Category.INVALID, "must be an object"),)


@pytest.mark.parametrize(
    "body",
    [
        {**INVOICE, **{f"a{place}": 1 for place in range(5000)}},
        {**INVOICE, "invoiceItems": [{}] * 1000},
        {**INVOICE, "invoiceItems": [{**ITEM, "discountItems": [{"taxItems": [{}] * 5}] * 10}] * 1000},
        {**INVOICE, "x__c": [10**64] * 5000},
    ],
    ids=["fields", "items", "taxes", "numbers"],
)
def test_an_answer_tells_no_more_than_a_reader_can_take(body: Node) -> None:
    reasons = refused(body)
    assert len(reasons) == LISTED + 1
    assert reasons[-1].message.startswith("at least ")
    assert reasons[-1].message.endswith((" more things are wrong", " more thing is wrong"))


def test_a_huge_name_is_not_given_back() -> None:
    (found,) = refused({**INVOICE, "x" * 1_000_000: 1})
    assert len(found.message) < 100


@pytest.mark.parametrize("item", [{}, ITEM], ids=["bad", "good"])
def test_an_array_that_is_too_long_is_not_looked_into(item: Node) -> None:
    refused({**INVOICE, "invoiceItems": []})  # what is made at first use is made
    items: list[Node] = [item] * 300_000
    tracemalloc.start()
    try:
        found = refused({**INVOICE, "invoiceItems": items})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert coded(found) == [(20, "invoiceItems must have at most 1000 items")]
    assert peak < 2**20


# --- an invoice that is fine


def test_an_invoice_is_what_the_client_would_have_sent() -> None:
    item = {**ITEM, "discountItems": [{**DISCOUNT, "taxItems": [TAX]}], "taxItems": [TAX], "note__c": {"a": None}}
    body = {
        **INVOICE,
        "billToContact": {**CONTACT, "x__c": [1]},
        "size__c": Decimal("1.50"),
        "invoiceItems": [item] * 3,
    }
    KINDS.clear()  # other tests may have used up what is known of sets of names
    read = read_invoice(body, NONE)
    assert read == validation._sound(body, Screening()) == looked_through(body)
    assert type(read) is models.PostInvoiceType
    assert read == models.PostInvoiceType.model_validate(body)
    assert read.to_wire() == read_by_the_client(body)
    assert dict(read.custom_fields) == {"size__c": Decimal("1.50")}


# --- batches


def refused_whole(body: Any) -> list[tuple[int, str]]:
    with pytest.raises(Refused) as caught:
        read_batch(body, NONE)
    return [(one.code, one.message) for one in caught.value.reasons]


def test_a_batch() -> None:
    batch: Node = {"invoices": [INVOICE] * 50, "useSingleTransaction": True}
    read = read_batch(batch, NONE)
    assert read.single_transaction
    assert read.orders == tuple([read_invoice(INVOICE, NONE)] * 50)
    assert not read_batch({"invoices": [INVOICE]}, NONE).single_transaction


def test_what_is_wrong_with_one_invoice_concerns_this_one_alone() -> None:
    wrong = {**INVOICE, "account_id": "1", "invoiceItems": [{**ITEM, "amount": "1"}]}
    fine, *others, last = read_batch({"invoices": [INVOICE, wrong, 5, None, INVOICE]}, NONE).orders
    assert fine == last == read_invoice(INVOICE, NONE)
    assert [coded(one.reasons) for one in others if isinstance(one, Refused)] == [
        [
            (20, "invoiceItems[0].amount must be a number"),
            (21, "account_id is not a field here; did you mean accountId?"),
        ],
        [(20, "must be an object")],
        [(20, "must be an object")],
    ]


MANY = "invoices has 1002 items in invoices[*].invoiceItems; at most 1000 are allowed over all of them together"
WHOLE: list[tuple[object, list[tuple[int, str]]]] = [
    ([], [(58559920, "must be an object")]),
    ({}, [(58550022, "invoices is required")]),
    ({"invoices": []}, [(58550020, "invoices must have at least 1 item")]),
    ({"invoices": None}, [(58550020, "invoices must be an array")]),
    ({"invoices": {}}, [(58550020, "invoices must be an array")]),
    ({"invoices": [{}] * 51}, [(58550020, "invoices must have at most 50 items")]),
    (
        {"invoices": [{**INVOICE, "invoiceItems": [ITEM] * 501}] * 2, "useSingleTransaction": 1, "x__c": 1},
        [
            (
                58550020,
                MANY,
            ),
            (58550120, "useSingleTransaction must be true or false"),
            (58559921, "x__c is not a field here"),
        ],
    ),
    (
        {"invoices": [INVOICE], "use_single_transaction": True},
        [(58559921, "use_single_transaction is not a field here; did you mean useSingleTransaction?")],
    ),
]


@pytest.mark.parametrize(("body", "reasons"), WHOLE)
def test_what_concerns_the_whole_batch(body: object, reasons: list[tuple[int, str]]) -> None:
    assert refused_whole(body) == reasons


# --- anything at all

NAMES = sorted({name for schema in REQUESTS for name in SCHEMAS[schema]["properties"]})
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from([DAY, "Draft", "TaxExclusive", ITEM, INVOICE, TAX]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text() | st.just("x__c"), inner, max_size=6)
    ),
    max_leaves=20,
)


def outcome_of(read: Callable[[Any, Headers], Any], body: Any) -> Any:
    """What a reader makes of a body, or the reasons why it makes nothing of it; nothing else may come."""
    try:
        return read(body, NONE)
    except Refused as refusal:
        return refusal.reasons


@given(body=JSON, field=st.sampled_from(NAMES))
def test_any_json_is_read_or_refused(body: Any, field: str) -> None:
    item = {**ITEM, field: body}
    for one in (body, {**INVOICE, field: body}, {**INVOICE, "invoiceItems": [item, {**item, "discountItems": [item]}]}):
        outcome = outcome_of(read_invoice, one)
        assert outcome == looked_through(one)
        if isinstance(outcome, tuple):
            assert outcome
            assert all(10_000_000 <= found.code < 100_000_000 for found in outcome)
        else:
            assert outcome.to_wire() == read_by_the_client(one)
    for batch in (body, {"invoices": body}, {"invoices": [{**INVOICE, field: body}, INVOICE], field: body}):
        outcome = outcome_of(read_batch, batch)
        assert outcome if isinstance(outcome, tuple) else len(outcome.orders) == len(batch["invoices"])
