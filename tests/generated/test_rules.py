"""What requests refuse and what responses put up with.

The first part takes every bound of every field from the description, so that none is left out; the rules between
fields, and what is special to Python, follow by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.description import SCHEMAS, Node, exact
from zuora_invoices import models
from zuora_invoices._operations.invoices import CREATE_STANDALONE_INVOICE
from zuora_invoices._runtime.codec import NotJsonError, decode, encode
from zuora_invoices._runtime.errors import RequestValidationError
from zuora_invoices._runtime.options import Settings
from zuora_invoices._runtime.request import draft
from zuora_invoices._runtime.sending import revalidated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zuora_invoices._runtime.model import RequestModel, ResponseModel
    from zuora_invoices._runtime.wire import WireModel

Path: TypeAlias = "tuple[str | int, ...]"

DAY = "2026-11-21"
CONTACT: Node = {"firstName": "Ana", "lastName": "Ribeiro"}
RATE: Node = {"currency": "USD", "customFxRate": Decimal("0.91")}
TAX: Node = {
    "name": "VAT",
    "taxAmount": 1,
    "taxDate": DAY,
    "taxMode": "TaxExclusive",
    "taxRate": Decimal("0.23"),
    "taxRateType": "Percentage",
}
DISCOUNT: Node = {"amount": -1, "chargeName": "Discount"}
ITEM: Node = {"amount": Decimal("19.99"), "serviceStartDate": DAY, "chargeName": "Set-up"}
INVOICE: Node = {"accountNumber": "A00000001", "invoiceDate": DAY, "invoiceItems": [ITEM]}
BATCH: Node = {"invoices": [INVOICE]}

REQUESTS: dict[str, tuple[type[RequestModel], Node]] = {  # the model and the least that is valid
    "Contact": (models.Contact, CONTACT),
    "CustomRate": (models.CustomRate, RATE),
    "PostTaxationItemType": (models.PostTaxationItemType, TAX),
    "PostDiscountItemType": (models.PostDiscountItemType, DISCOUNT),
    "PostInvoiceItemType": (models.PostInvoiceItemType, ITEM),
    "PostInvoiceType": (models.PostInvoiceType, INVOICE),
    "PostInvoicesType": (models.PostInvoicesType, BATCH),
}
RESPONSES: dict[str, tuple[type[ResponseModel], Node]] = {
    "Invoice": (models.Invoice, {"success": True, "id": "1"}),
    "InvoiceFailure": (models.InvoiceFailure, {"success": False}),
    "InvoicesResult": (models.InvoicesResult, {"success": True, "invoices": []}),
    "Rejection": (models.Rejection, {"success": False}),
    "ServerError": (models.ServerError, {}),
    "Reason": (models.Reason, {}),
}
MODELS: dict[str, tuple[type[WireModel], Node]] = {**REQUESTS, **RESPONSES}


def python_names(model: type[WireModel]) -> dict[str, str]:
    """Wire name -> Python name."""
    return {field.serialization_alias or name: name for name, field in model.model_fields.items()}


def faults(model: type[WireModel], value: object) -> dict[Path, str]:
    """Path -> message of all that is wrong with a value."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(value)
    found = caught.value.errors()
    assert len({one["loc"] for one in found}) == len(found), f"reported twice: {found}"
    return {one["loc"]: one["msg"] for one in found}


def sent(model: WireModel) -> Any:
    """The object as the server reads it."""
    return decode(encode(model.to_wire()))


# --- every bound of every field, from the description


@dataclass(frozen=True)
class Bound:
    """What a keyword lets through and what it does not; `at` is where in the field the fault is."""

    keyword: str
    inside: list[Any]
    outside: list[Any]
    at: Path = ()


ANNOTATIONS = {
    *("description", "examples", "x-known-from", "x-minimum-version", "x-requires-feature"),
    *("default", "x-datetime-format"),  # looked at in tests of their own
}
TYPES: dict[str, tuple[list[Any], list[Any]]] = {
    "boolean": ([True, False], ["true", 1, 0, "", [], {}]),
    "number": ([-1, Decimal("-0.01"), Decimal("-1E+3")], ["", "abc", "1,5", True, [], {}, b"1"]),
    "string": (["123"], [1, Decimal(1), True, b"x", ["x"], {}]),
    "array": ([], ["x", 1, {}, True]),
    "object": ([], ["x", 1, [], True]),
}
FORMS: dict[str, tuple[list[Any], list[Any]]] = {
    "date": (
        [DAY, "0001-01-01", "2024-02-29", "9999-12-31"],
        ["", "2026-02-29", "2026-13-01", "21.11.2026", "20261121", "2026-11-21T00:00:00", "2026-11-21 ", "2026-W47-6"],
    ),
    "email": (["a@b", "ana.ribeiro@example.com"], ["", "ana", "@example.com", "ana@", "a@b@c", "a b@c", "a@b\n"]),
    r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$": (
        ["2026-11-21 23:59:59", "1000-01-01 00:00:00"],
        [
            *("", DAY, "2026-11-21T10:00:00", "2026-11-21 10:00:00Z", "2026-11-21 10:00", "2026-02-29 10:00:00"),
            *("2026-11-21 24:00:00", "2026-11-21 10:00:00.5", "2026-1-2 3:4:5", "2026-11-21  10:00:00"),
        ],
    ),
    "^[A-Za-z0-9_,-]+$": (
        ["202310000300", "2003", "INV202310000300", "2023-09-100009785", "a_b,c-D"],
        ["a b", "a.b", "é", "a/b", "a\n"],
    ),
}


def bounds(words: Node) -> Iterator[Bound]:
    yield Bound("null", [], [None])
    narrower = {"enum", "format", "pattern", "minLength"} & set(words)  # then not every string will do
    for keyword, value in words.items():
        match keyword:
            case "type":
                inside, outside = TYPES[value]
                yield Bound(keyword, [] if narrower else inside, outside)
            case "format" | "pattern":
                yield Bound(keyword, *FORMS[value])
            case "enum":
                yield Bound(keyword, value, ["", value[0].lower(), value[0] + " ", "Nope", 1, [value[0]]])
            case "minLength":
                yield Bound(keyword, [text(words, value)], [text(words, value - 1)])
            case "maxLength":
                yield Bound(keyword, [text(words, value)], [text(words, value + 1)])
            case "minItems":
                yield Bound(keyword, [[least_of(words)] * value], [[least_of(words)] * (value - 1)])
            case "maxItems":
                yield Bound(keyword, [[least_of(words)] * value], [[least_of(words)] * (value + 1)])
            case "exclusiveMaximum":
                assert value == 0
                yield Bound(keyword, [Decimal("-1E-30")], [0, Decimal("0.00"), Decimal("1E-30"), 1])
            case "$ref":
                yield Bound(keyword, [REQUESTS[value.rpartition("/")[2]][1]], TYPES["object"][1])
            case "items":
                yield Bound(keyword, [[least_of(words)]], [["x"], [None], [[]]], at=(0,))
            case _:
                assert keyword in ANNOTATIONS, f"{keyword} is not tested"


def text(words: Node, length: int) -> str:
    """A string so many characters long that breaks no other bound; more bytes than characters where it may be."""
    if words.get("format") == "email":
        return "a@b".rjust(length, "x")
    return ("7" if "pattern" in words else "ü" if length % 2 else "😀") * length


def least_of(words: Node) -> Node:
    return REQUESTS[words["items"]["$ref"].rpartition("/")[2]][1]


FIELDS = [(schema, field) for schema in REQUESTS for field in SCHEMAS[schema]["properties"]]
BOUNDS = [
    pytest.param(schema, field, bound, id=f"{schema}-{field}-{bound.keyword}")
    for schema, field in FIELDS
    for bound in bounds(SCHEMAS[schema]["properties"][field])
]


@pytest.mark.parametrize(("schema", "field", "bound"), BOUNDS)
def test_a_bound_by_wire_name_and_by_python_name(schema: str, field: str, bound: Bound) -> None:
    model, least = REQUESTS[schema]
    others = {name: value for name, value in least.items() if name != field}
    for name in (field, python_names(model)[field]):
        for value in bound.inside:
            assert exact(sent(model.model_validate({**others, name: value}))[field]) == exact(value)
        for value in bound.outside:
            assert set(faults(model, {**others, name: value})) == {(field, *bound.at)}, value


@pytest.mark.parametrize(
    ("schema", "field"), [(schema, field) for schema in REQUESTS for field in SCHEMAS[schema]["required"]]
)
def test_a_required_field(schema: str, field: str) -> None:
    model, least = REQUESTS[schema]
    assert set(faults(model, {name: value for name, value in least.items() if name != field})) == {(field,)}


@pytest.mark.parametrize("schema", REQUESTS)
def test_everything_required_is_named_at_once(schema: str) -> None:
    model, _ = REQUESTS[schema]
    missing = {(field,) for field in SCHEMAS[schema]["required"]}
    assert missing <= set(faults(model, {}))


@pytest.mark.parametrize("schema", MODELS)
def test_a_model_has_the_fields_of_its_schema(schema: str) -> None:
    model, _ = MODELS[schema]
    assert list(python_names(model)) == list(SCHEMAS[schema]["properties"])
    assert not any(name.startswith("_") or name != name.lower() for name in python_names(model).values())


@pytest.mark.parametrize(("schema", "field"), FIELDS)
def test_a_default_is_there_to_read_and_not_sent(schema: str, field: str) -> None:
    model, least = REQUESTS[schema]
    if field not in least:
        made = model.model_validate(least)
        assert exact(getattr(made, python_names(model)[field])) == exact(
            SCHEMAS[schema]["properties"][field].get("default")
        )
        assert field not in sent(made)


@pytest.mark.parametrize("schema", REQUESTS)
def test_an_unknown_field_is_refused(schema: str) -> None:
    model, least = REQUESTS[schema]
    assert set(faults(model, {**least, "colour": "red"})) == {("colour",)}
    assert set(faults(model, {**least, "colour": None})) == {("colour",)}


@pytest.mark.parametrize("schema", REQUESTS)
@pytest.mark.parametrize("value", [1, "x", None, [], [1]])
def test_something_else_than_an_object_is_refused(schema: str, value: object) -> None:
    assert set(faults(REQUESTS[schema][0], value)) == {()}


# --- rules between fields

REQUIRED_TOGETHER: list[tuple[str, Node, list[str], str]] = [  # schema, least without, either of these, named
    ("PostInvoiceType", {"invoiceDate": DAY, "invoiceItems": [ITEM]}, ["accountId", "accountNumber"], "accountId"),
    (
        "PostInvoiceItemType",
        {"amount": 1, "serviceStartDate": DAY},
        ["chargeName", "productRatePlanChargeId"],
        "chargeName",
    ),
    ("PostDiscountItemType", {"amount": -1}, ["chargeName", "productRatePlanChargeId"], "chargeName"),
]
EXCLUSIVE: list[tuple[str, str, object, str, object]] = [
    ("PostInvoiceType", "billToContact", CONTACT, "billToContactId", "1"),
    ("PostInvoiceType", "shipToContact", CONTACT, "shipToContactId", "1"),
    ("PostInvoiceType", "shipToSameAsBillTo", True, "shipToContact", CONTACT),
    ("PostInvoiceType", "shipToSameAsBillTo", False, "shipToContactId", "1"),
    ("PostInvoiceType", "soldToContact", CONTACT, "soldToContactId", "1"),
    ("PostInvoiceType", "soldToSameAsBillTo", True, "soldToContact", CONTACT),
    ("PostInvoiceType", "soldToSameAsBillTo", False, "soldToContactId", "1"),
    ("PostInvoiceItemType", "taxItems", [TAX], "taxMode", "TaxExclusive"),
    ("PostInvoiceItemType", "taxItems", [TAX], "taxCode", "VAT"),
]


def spelled(model: type[WireModel], name: str) -> tuple[str, str]:
    return name, python_names(model)[name]


@pytest.mark.parametrize(("schema", "others", "either", "named"), REQUIRED_TOGETHER)
def test_one_of_two_fields_is_needed(schema: str, others: Node, either: list[str], named: str) -> None:
    model, _ = REQUESTS[schema]
    assert faults(model, others) == {(named,): f"at least one of {' and '.join(either)} is required"}
    for first, second in zip(*(spelled(model, name) for name in either), strict=True):
        for given in ([first], [second], [first, second], [second, first]):
            model.model_validate({**others, **dict.fromkeys(given, "1")})


@pytest.mark.parametrize(("schema", "first", "value", "second", "other"), EXCLUSIVE)
def test_one_field_excludes_another(schema: str, first: str, value: object, second: str, other: object) -> None:
    model, least = REQUESTS[schema]
    for one in spelled(model, first):
        model.model_validate({**least, one: value})
        for two in spelled(model, second):
            model.model_validate({**least, two: other})
            for both in ({one: value, two: other}, {two: other, one: value}):
                found = faults(model, {**least, **both})
                assert found == {(second,): f"excludes {first}: give only one of them"}


def test_two_fields_that_exclude_each_other_are_no_matter_where_only_one_is_sent() -> None:
    # The other one has a default in Python, which is not sent.
    made = models.PostInvoiceType.model_validate({**INVOICE, "soldToContactId": "1"})
    assert made.sold_to_same_as_bill_to is False
    assert sent(made)["soldToContactId"] == "1"


@pytest.mark.parametrize("mode", ["taxMode", "tax_mode"])
@pytest.mark.parametrize("items", ["taxItems", "tax_items"])
def test_computed_tax_on_an_item_is_exclusive(mode: str, items: str) -> None:
    inclusive = {**{name: value for name, value in TAX.items() if name != "taxMode"}, mode: "TaxInclusive"}
    found = faults(models.PostInvoiceItemType, {**ITEM, items: [TAX, inclusive]})
    assert found == {("taxItems", 1, "taxMode"): "must be TaxExclusive when taxItems is given"}
    models.PostInvoiceItemType.model_validate({**ITEM, items: [TAX, TAX]})


def test_computed_tax_on_a_discount_may_be_inclusive() -> None:
    models.PostDiscountItemType.model_validate({**DISCOUNT, "taxItems": [{**TAX, "taxMode": "TaxInclusive"}]})


def test_tax_to_be_computed_has_mode_and_code() -> None:
    models.PostInvoiceItemType.model_validate({**ITEM, "taxMode": "TaxInclusive", "taxCode": "VAT"})


NESTED: list[tuple[Path, Node]] = [  # where in a batch of four, and what stands there
    (("invoices", 3, "invoiceItems", 0, "chargeName"), {"amount": 1, "serviceStartDate": DAY}),
    (("invoices", 3, "invoiceItems", 0, "taxCode"), {**ITEM, "taxItems": [TAX], "taxCode": "VAT"}),
    (("invoices", 3, "invoiceItems", 0, "discountItems", 0, "chargeName"), {**ITEM, "discountItems": [{"amount": -1}]}),
    (
        ("invoices", 3, "invoiceItems", 0, "discountItems", 0, "amount"),
        {**ITEM, "discountItems": [{**DISCOUNT, "amount": 0}]},
    ),
    (
        ("invoices", 3, "invoiceItems", 0, "discountItems", 0, "taxItems", 0, "name"),
        {**ITEM, "discountItems": [{**DISCOUNT, "taxItems": [{**TAX, "name": ""}]}]},
    ),
    (
        ("invoices", 3, "invoiceItems", 0, "taxItems", 0, "taxMode"),
        {**ITEM, "taxItems": [{**TAX, "taxMode": "TaxInclusive"}]},
    ),
]


def pythonic(model: type[WireModel], wire: Node) -> Node:
    """The same fields under their Python names, all the way down."""
    inner: dict[str, type[WireModel]] = {
        "invoices": models.PostInvoiceType,
        "invoiceItems": models.PostInvoiceItemType,
        "discountItems": models.PostDiscountItemType,
        "taxItems": models.PostTaxationItemType,
    }
    return {
        python_names(model)[name]: [pythonic(inner[name], one) for one in value] if name in inner else value
        for name, value in wire.items()
    }


@pytest.mark.parametrize(("path", "item"), NESTED, ids=[str(path[-1]) for path, _ in NESTED])
def test_a_rule_deep_in_a_batch_has_the_whole_path(path: Path, item: Node) -> None:
    batch = {"invoices": [INVOICE, INVOICE, INVOICE, {**INVOICE, "invoiceItems": [item]}]}
    assert set(faults(models.PostInvoicesType, batch)) == {path}
    assert set(faults(models.PostInvoicesType, pythonic(models.PostInvoicesType, batch))) == {path}


def test_a_rule_on_an_invoice_of_a_batch_has_the_whole_path() -> None:
    wrong = {**INVOICE, "soldToContact": CONTACT, "sold_to_contact_id": "1"}
    found = faults(models.PostInvoicesType, {"invoices": [INVOICE, wrong]})
    assert set(found) == {("invoices", 1, "soldToContactId")}


def test_several_violations_are_reported_at_once() -> None:
    tax = {"tax_date" if name == "taxDate" else name: value for name, value in TAX.items()}
    wrong: Node = {
        "invoiceDate": "yesterday",
        "status": "Paid",
        "comments": "x" * 256,
        "auto_pay": None,
        "soldToSameAsBillTo": True,
        "sold_to_contact_id": "1",
        "invoiceDay": DAY,
        "price__c": float("nan"),
        "invoiceItems": [ITEM, {"amount": "much", "tax_items": [tax], "taxMode": "TaxExclusive"}],
    }
    assert set(faults(models.PostInvoicesType, {"invoices": [INVOICE, wrong], "useSingleTransaction": "no"})) == {
        ("useSingleTransaction",),
        ("invoices", 1, "accountId"),
        ("invoices", 1, "invoiceDate"),
        ("invoices", 1, "status"),
        ("invoices", 1, "comments"),
        ("invoices", 1, "autoPay"),
        ("invoices", 1, "soldToContactId"),
        ("invoices", 1, "invoiceDay"),
        ("invoices", 1, "price__c"),
        ("invoices", 1, "invoiceItems", 1, "amount"),
        ("invoices", 1, "invoiceItems", 1, "serviceStartDate"),
        ("invoices", 1, "invoiceItems", 1, "chargeName"),
        ("invoices", 1, "invoiceItems", 1, "taxMode"),
    }


def test_rules_between_fields_alone_are_all_reported_at_once() -> None:
    wrong = {**INVOICE, "soldToSameAsBillTo": True, "soldToContact": CONTACT, "billToContact": CONTACT}
    assert set(faults(models.PostInvoiceType, {**wrong, "billToContactId": "1", "invoiceDay": DAY})) == {
        ("soldToContact",),
        ("billToContactId",),
        ("invoiceDay",),
    }


# --- rules on the version that the call speaks

NEWER = [
    (schema, field, words["x-minimum-version"])
    for schema in REQUESTS
    for field, words in SCHEMAS[schema]["properties"].items()
    if "x-minimum-version" in words
]


@pytest.mark.parametrize("schema", REQUESTS)
def test_a_model_knows_which_of_its_fields_need_a_version(schema: str) -> None:
    model, _ = REQUESTS[schema]
    expected = {field: (words["header"], words["version"]) for one, field, words in NEWER if one == schema}
    assert {name: (one.header, one.version) for name, one in model.minimum_versions.items()} == expected


def test_custom_rates_need_a_version_that_knows_them() -> None:
    invoice = models.PostInvoiceType.model_validate({**INVOICE, "customRates": [RATE]})
    batch = models.PostInvoicesType(invoices=[models.PostInvoiceType.model_validate(INVOICE), invoice])
    adapter: TypeAdapter[object] = TypeAdapter(models.PostInvoicesType)
    for headers in ({}, *({"Zuora-Version": one} for one in ("224", "224.0", "1000.0", "2025-08-12"))):
        revalidated(adapter, batch, headers)
    for version in ("196", "223.0"):
        with pytest.raises(ValidationError) as caught:
            revalidated(adapter, batch, {"Zuora-Version": version})
        assert [(one["loc"], one["msg"]) for one in caught.value.errors()] == [
            (
                ("invoices", 1, "customRates"),
                f"needs Zuora-Version 224.0 or later, or no such header; the call says {version}",
            )
        ]


# --- limits of a batch


def test_fifty_invoices_and_no_more() -> None:
    models.PostInvoicesType.model_validate({"invoices": [INVOICE] * 50})
    assert set(faults(models.PostInvoicesType, {"invoices": [INVOICE] * 51})) == {("invoices",)}
    assert set(faults(models.PostInvoicesType, {"invoices": []})) == {("invoices",)}


@pytest.fixture(scope="module")
def item() -> models.PostInvoiceItemType:
    return models.PostInvoiceItemType.model_validate(ITEM)


def invoice_of(items: list[models.PostInvoiceItemType]) -> models.PostInvoiceType:
    return models.PostInvoiceType(account_number="A1", invoice_date=date(2026, 11, 21), invoice_items=items)


def test_a_thousand_items_on_one_invoice_and_no_more(item: models.PostInvoiceItemType) -> None:
    invoice_of([item] * 1000)
    with pytest.raises(ValidationError) as caught:
        invoice_of([item] * 1001)
    assert [one["loc"] for one in caught.value.errors()] == [("invoiceItems",)]


@pytest.mark.parametrize("counts", [[1000], [999, 1], [500, 500], [20] * 50])
def test_a_thousand_items_in_a_batch_and_no_more(item: models.PostInvoiceItemType, counts: list[int]) -> None:
    invoices = [invoice_of([item] * count) for count in counts]
    models.PostInvoicesType(invoices=invoices)
    one_more = invoice_of([item]) if len(invoices) < 50 else invoice_of([item] * 21)
    for many in ([one_more, *invoices[:49]], [*invoices[:49], one_more]):
        with pytest.raises(ValidationError, match="has 1001 items") as caught:
            models.PostInvoicesType(invoices=many)
        assert [error["loc"] for error in caught.value.errors()] == [("invoices",)]


def test_too_many_items_by_wire_names_and_python_names() -> None:
    wire = {**INVOICE, "invoiceItems": [ITEM] * 501}
    for invoice in (wire, pythonic(models.PostInvoiceType, wire)):
        found = faults(models.PostInvoicesType, {"invoices": [invoice, invoice]})
        assert list(found) == [("invoices",)]
        assert "1002 items" in found["invoices",]


# --- unknown fields and custom fields


@pytest.mark.parametrize(
    ("model", "name", "hint"),
    [
        (models.PostInvoiceType, "invoiceDay", "did you mean invoiceDate?"),
        (models.PostInvoiceType, "invoice_day", "did you mean invoiceDate?"),
        (models.PostInvoiceType, "colour__C", "names matching __c"),
        (models.PostInvoiceType, "colour_c", "names matching __c"),
        (models.Contact, "firstname", "did you mean firstName?"),
        (models.PostInvoiceItemType, "chargename", "did you mean chargeName?"),
        (models.CustomRate, "rateDay", "did you mean rateDate?"),
        (models.PostInvoicesType, "useSingleTransactions", "did you mean useSingleTransaction?"),
    ],
)
def test_an_unknown_field_is_refused_with_a_suggestion(model: type[RequestModel], name: str, hint: str) -> None:
    least = next(least for one, least in REQUESTS.values() if one is model)
    found = faults(model, {**least, name: "x"})
    assert list(found) == [(name,)]
    assert hint in found[name,]


WITH_CUSTOM_FIELDS = [name for name in MODELS if "patternProperties" in SCHEMAS[name]]


@pytest.mark.parametrize("schema", WITH_CUSTOM_FIELDS)
@pytest.mark.parametrize(
    "value",
    ["x", "", 1, True, None, Decimal("12345678901234567890.12"), [1, ["x", None]], {"a": {"b": [Decimal("0.1")]}}],
)
def test_a_custom_field_of_any_type(schema: str, value: Any) -> None:
    model, least = MODELS[schema]
    made: Any = model.model_validate({**least, "colour__c": value})
    assert exact(made.custom_fields["colour__c"]) == exact(value)
    assert exact(sent(made)) == exact({**least, "colour__c": value})


@pytest.mark.parametrize("schema", WITH_CUSTOM_FIELDS)
def test_the_name_of_a_custom_field_ends_in_two_underscores_and_a_small_c(schema: str) -> None:
    model, least = MODELS[schema]
    others = {"colour_c": 1, "colour__C": 1, "colour__cc": 1, "__c_": 1, "c": 1}
    if schema in REQUESTS:
        assert set(faults(model, {**least, **others})) == {(name,) for name in others}
    else:
        made: Any = model.model_validate({**least, **others})
        assert dict(made.custom_fields) == {}


@pytest.mark.parametrize("schema", ["CustomRate", "PostInvoicesType"])
def test_an_object_without_custom_fields(schema: str) -> None:
    model, least = REQUESTS[schema]
    assert set(faults(model, {**least, "colour__c": "red"})) == {("colour__c",)}
    assert not hasattr(model, "custom_fields")


def test_custom_fields_are_a_mapping() -> None:
    invoice = models.PostInvoiceType.model_validate({**INVOICE, "size__c": 1, "colour__c": "red"})
    fields = invoice.custom_fields
    assert dict(fields) == {"size__c": 1, "colour__c": "red"}
    assert len(fields) == 2
    assert "accountNumber" not in fields

    fields["size__c"] = Decimal("1.50")
    fields["weight__c"] = None
    del fields["colour__c"]
    assert fields is not invoice.custom_fields
    assert dict(invoice.custom_fields) == {"size__c": Decimal("1.50"), "weight__c": None}
    assert exact(sent(invoice)) == exact({**INVOICE, "size__c": Decimal("1.50"), "weight__c": None})
    with pytest.raises(KeyError):
        del fields["colour__c"]
    with pytest.raises(KeyError):
        fields["colour__c"]


def test_custom_fields_can_be_set_where_there_were_none() -> None:
    contact = models.Contact(first_name="Ana", last_name="Ribeiro")
    assert dict(contact.custom_fields) == {}
    contact.custom_fields.update({"language__c": "pt"})
    assert sent(contact) == {**CONTACT, "language__c": "pt"}


@pytest.mark.parametrize("name", ["colour", "colour__C", "accountNumber", "account_number", "colour__c ", "__c\n", ""])
def test_a_custom_field_has_a_name_of_its_own(name: str) -> None:
    invoice = models.PostInvoiceType.model_validate(INVOICE)
    with pytest.raises(KeyError):
        invoice.custom_fields[name] = "x"
    with pytest.raises(KeyError):
        invoice.custom_fields[name]
    with pytest.raises(KeyError):
        del invoice.custom_fields[name]
    assert exact(sent(invoice)) == exact(INVOICE)


def test_custom_fields_of_an_answer_leave_out_other_unknown_fields() -> None:
    invoice = models.Invoice.model_validate({"success": True, "id": "1", "colour__c": "red", "novelty": 1})
    assert dict(invoice.custom_fields) == {"colour__c": "red"}
    assert sent(invoice) == {"success": True, "id": "1", "colour__c": "red", "novelty": 1}


UNSPEAKABLE = [
    float("nan"),
    float("inf"),
    Decimal("NaN"),
    Decimal("-Infinity"),
    object(),
    {1: 2},
    {"x"},
    b"x",
    [{}.keys],
]


@pytest.mark.parametrize("value", UNSPEAKABLE)
@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: {"a": [value]}], ids=["itself", "inside"])
def test_a_custom_field_that_json_cannot_say(value: object, wrap: Callable[[object], object]) -> None:
    found = faults(models.PostInvoiceType, {**INVOICE, "colour__c": wrap(value)})
    assert {path[0] for path in found} == {"colour__c"}

    invoice = models.PostInvoiceType.model_validate(INVOICE)
    invoice.custom_fields["colour__c"] = wrap(value)  # type: ignore[assignment]
    with pytest.raises(RequestValidationError) as caught:
        draft(CREATE_STANDALONE_INVOICE, {}, invoice, Settings())
    assert [one.path for one in caught.value.violations] == ["colour__c"]


def test_numbers_in_custom_fields_are_exact_too() -> None:
    invoice = models.PostInvoiceType.model_validate({**INVOICE, "price__c": 0.5, "prices__c": {"a": [0.25]}})
    assert repr(dict(invoice.custom_fields)) == "{'price__c': Decimal('0.5'), 'prices__c': {'a': [Decimal('0.25')]}}"
    assert {path[0] for path in faults(models.PostInvoiceType, {**INVOICE, "price__c": 0.1 + 0.2})} == {"price__c"}


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_a_number_that_json_cannot_say_is_never_written(value: Any) -> None:
    invoice = models.PostInvoiceType.model_validate({**INVOICE, "remark__c": "NaN and Infinity"})
    assert b'"NaN and Infinity"' in encode(invoice.to_wire())
    invoice.custom_fields["price__c"] = [value]
    with pytest.raises(NotJsonError):
        invoice.model_dump_json(by_alias=True, exclude_unset=True)
    with pytest.raises(NotJsonError):
        encode(invoice.to_wire())


# --- null, numbers, dates


def test_what_is_not_given_is_not_sent_and_null_is_not_a_way_to_say_so() -> None:
    with pytest.raises(ValidationError, match="must not be null: leave the field out") as caught:
        models.PostInvoiceItemType(
            amount=Decimal(1), service_start_date=date(2026, 11, 21), charge_name="x", description=None, tax_items=None
        )
    assert [one["loc"] for one in caught.value.errors()] == [("description",), ("taxItems",)]


NUMBERS = [(schema, field) for schema, field in FIELDS if SCHEMAS[schema]["properties"][field].get("type") == "number"]


@pytest.mark.parametrize(("schema", "field"), NUMBERS)
def test_floats_are_taken_where_they_are_exact(schema: str, field: str) -> None:
    model, least = REQUESTS[schema]
    for name in spelled(model, field):
        others = {key: value for key, value in least.items() if key != field}
        made = model.model_validate({**others, name: -0.91})
        assert getattr(made, python_names(model)[field]) == Decimal("-0.91")
        assert f'"{field}":-0.91'.encode() in encode(made.to_wire())
        assert set(faults(model, {**others, name: -(0.1 + 0.2)})) == {(field,)}


@pytest.mark.parametrize(("schema", "field"), NUMBERS)
@pytest.mark.parametrize(
    "value", [True, False, float("nan"), float("-inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), "NaN"]
)
def test_what_is_no_number(schema: str, field: str, value: object) -> None:
    model, least = REQUESTS[schema]
    others = {name: one for name, one in least.items() if name != field}
    assert set(faults(model, {**others, field: value})) == {(field,)}


@pytest.mark.parametrize("value", [-10, "-10", "-10.0", Decimal(-10), Decimal("-1E+1"), -10.0])
def test_numbers_that_are_the_same(value: object) -> None:
    made = models.PostDiscountItemType.model_validate({**DISCOUNT, "amount": value})
    assert (type(made.amount), made.amount) == (Decimal, Decimal(-10))


DATES = [(schema, field) for schema, field in FIELDS if SCHEMAS[schema]["properties"][field].get("format") == "date"]
TIMES = [(schema, field) for schema, field in FIELDS if "x-datetime-format" in SCHEMAS[schema]["properties"][field]]


@pytest.mark.parametrize(("schema", "field"), DATES)
def test_a_date_is_a_date_and_no_datetime(schema: str, field: str) -> None:
    model, least = REQUESTS[schema]
    others = {name: value for name, value in least.items() if name != field}
    for name in spelled(model, field):
        assert sent(model.model_validate({**others, name: date(2026, 11, 21)}))[field] == "2026-11-21"
        for value in (datetime(2026, 11, 21), datetime(2026, 11, 21, tzinfo=UTC), 20261121, 1.5):
            assert set(faults(model, {**others, name: value})) == {(field,)}


@pytest.mark.parametrize(("schema", "field"), TIMES)
def test_a_time_is_a_naive_datetime_of_whole_seconds(schema: str, field: str) -> None:
    model, least = REQUESTS[schema]
    for name in spelled(model, field):
        assert sent(model.model_validate({**least, name: datetime(2026, 11, 21, 22, 5, 9)}))[field] == (
            "2026-11-21 22:05:09"
        )
        for value in (
            datetime(2026, 11, 21, 22, 5, 9, 1),
            datetime(2026, 11, 21, tzinfo=UTC),
            date(2026, 11, 21),
            1,
        ):
            assert set(faults(model, {**least, name: value})) == {(field,)}


def test_a_time_keeps_the_four_digits_of_its_year() -> None:
    made = models.PostInvoiceItemType.model_validate({**ITEM, "chargeDate": "0999-01-01 00:00:00"})
    assert sent(made)["chargeDate"] == "0999-01-01 00:00:00"


# --- answers are read tolerantly


SHOWN: dict[str, tuple[Any, Any]] = {  # type or format: a value on the wire, and the same in Python
    "array": ([], []),
    "boolean": (True, True),
    "date": (DAY, date(2026, 11, 21)),
    "datetime": (f"{DAY} 10:00:00", datetime(2026, 11, 21, 10, 0, 0)),
    "integer": (7, 7),
    "number": (Decimal("0.10"), Decimal("0.10")),
    "string": ("x", "x"),
}


@pytest.mark.parametrize("schema", RESPONSES)
def test_every_field_of_an_answer_is_read_by_its_wire_name(schema: str) -> None:
    model, least = RESPONSES[schema]
    for field, words in SCHEMAS[schema]["properties"].items():
        described = words["anyOf"][0] if "anyOf" in words else words
        types = described["type"] if isinstance(described["type"], list) else [described["type"]]
        kind = "datetime" if "x-datetime-format" in words else words.get("format", types[0])
        wire, value = (words["const"],) * 2 if "const" in words else SHOWN[kind]
        made = model.model_validate({**least, field: wire})
        read = getattr(made, python_names(model)[field])
        assert (type(read), read) == (type(value), value), field
        assert exact(sent(made)) == exact({**least, field: wire})


CONSTANTS = [
    (schema, field)
    for schema in RESPONSES
    for field, words in SCHEMAS[schema]["properties"].items()
    if "const" in words
]


@pytest.mark.parametrize(("schema", "field"), CONSTANTS)
def test_an_answer_that_says_the_opposite_is_no_answer_of_this_kind(schema: str, field: str) -> None:
    model, least = RESPONSES[schema]
    assert set(faults(model, {**least, field: not least[field]})) == {(field,)}


@pytest.mark.parametrize("schema", RESPONSES)
def test_an_unknown_field_is_kept(schema: str) -> None:
    model, least = RESPONSES[schema]
    unknown = {"novelty": {"a": [1, None, Decimal("0.10")]}, "Novelty": None}
    assert exact(sent(model.model_validate({**least, **unknown}))) == exact({**least, **unknown})


@pytest.mark.parametrize("schema", RESPONSES)
def test_null_is_read_in_every_optional_field(schema: str) -> None:
    model, least = RESPONSES[schema]
    described = SCHEMAS[schema]
    optional = dict.fromkeys([name for name in described["properties"] if name not in described.get("required", [])])
    made = model.model_validate({**least, **optional})
    assert all(getattr(made, python_names(model)[name]) is None for name in optional)
    assert sent(made) == {**least, **optional}, "and stays null"
    bare = model.model_validate(least)
    assert all(getattr(bare, python_names(model)[name]) is None for name in optional)
    assert sent(bare) == least, "and absent stays absent"


@pytest.mark.parametrize("schema", RESPONSES)
def test_a_required_field_of_an_answer(schema: str) -> None:
    model, least = RESPONSES[schema]
    for field in SCHEMAS[schema].get("required", []):
        assert set(faults(model, {name: value for name, value in least.items() if name != field})) == {(field,)}


OPEN_ENUMS = [name for name, words in SCHEMAS["Invoice"]["properties"].items() if "anyOf" in words]


@pytest.mark.parametrize("field", OPEN_ENUMS)
def test_an_unknown_value_of_an_enumeration_is_kept(field: str) -> None:
    known, *_ = SCHEMAS["Invoice"]["properties"][field]["anyOf"]
    for value in [*known["enum"], "string", "", "draft"]:
        body = {"success": True, "id": "1", field: value}
        made = models.Invoice.model_validate(body)
        assert getattr(made, python_names(models.Invoice)[field]) == value
        assert sent(made) == body


@pytest.mark.parametrize("field", OPEN_ENUMS)
def test_an_editor_knows_the_listed_values(field: str) -> None:
    known, *_ = SCHEMAS["Invoice"]["properties"][field]["anyOf"]
    annotation = models.Invoice.model_fields[python_names(models.Invoice)[field]].annotation
    assert Literal[tuple(known["enum"])] in get_args(annotation)


def test_lengths_of_an_answer_do_not_matter() -> None:
    body = {"success": True, "id": "1", "invoiceGroupNumber": "x" * 256, "SyncDate__NS": "x" * 256}
    assert sent(models.Invoice.model_validate(body)) == body


def test_the_elements_of_a_batch_are_told_apart_by_type() -> None:
    created = {"success": True, "id": "1"}
    failed = {"success": False, "objectIndex": 1, "reasons": [{"code": 58490020, "message": None}]}
    result = models.InvoicesResult.model_validate({"success": True, "invoices": [created, failed, created]})
    assert [type(one) for one in result.invoices] == [models.Invoice, models.InvoiceFailure, models.Invoice]
    odd = {**created, "objectIndex": 0, "reasons": []}
    strange = {**failed, "id": "1"}
    result = models.InvoicesResult.model_validate({"success": True, "invoices": [odd, strange]})
    assert [type(one) for one in result.invoices] == [models.Invoice, models.InvoiceFailure]


@pytest.mark.parametrize("success", [None, "true", "false", "yes", 2, []])
def test_success_is_true_or_false_and_nothing_else(success: object) -> None:
    reader: TypeAdapter[object] = TypeAdapter(models.Invoice | models.Rejection)
    with pytest.raises(ValidationError):
        reader.validate_python({"success": success, "id": "1"})


@pytest.mark.parametrize("code", [58490020, "58490020"])
def test_a_code_is_read_as_it_comes(code: int | str) -> None:
    made = models.Reason.model_validate({"code": code})
    assert (type(made.code), made.code) == (type(code), code)


def test_which_answers_mean_failure() -> None:
    failures = {name for name, (model, _) in RESPONSES.items() if model.failure}
    assert failures == {name for name, words in SCHEMAS.items() if words.get("x-failure")}
    assert failures == {"Rejection", "InvoiceFailure"}
    assert models.Rejection(success=False).failure
    assert "failure" not in sent(models.Rejection(success=False))
