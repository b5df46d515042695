"""What goes in comes out: the examples of the description, numbers of any length, requests of any shape."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.description import OPERATIONS, SCHEMAS, Node, exact, examples, resolved
from zuora_invoices import models
from zuora_invoices._runtime.codec import NotJsonError, decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from zuora_invoices._runtime.model import RequestModel
    from zuora_invoices._runtime.wire import WireModel

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

BODIES: dict[str, TypeAdapter[WireModel]] = {  # what a body is read as: by operation, and where in it the body is
    "createStandaloneInvoice request": TypeAdapter(models.PostInvoiceType),
    "createStandaloneInvoice 200": TypeAdapter(models.Invoice | models.Rejection),
    "createStandaloneInvoices request": TypeAdapter(models.PostInvoicesType),
    "createStandaloneInvoices 200": TypeAdapter(models.InvoicesResult | models.Rejection),
    **{f"{operation} 4XX": TypeAdapter(models.Rejection) for operation in OPERATIONS},
    **{f"{operation} 500": TypeAdapter(models.ServerError) for operation in OPERATIONS},
}
MODELS: dict[str, type[WireModel]] = {  # what each example turns out to be
    "standaloneInvoice": models.PostInvoiceType,
    "minimalInvoice": models.PostInvoiceType,
    "taxedInvoice": models.PostInvoiceType,
    "invoiceBatch": models.PostInvoicesType,
    "createdInvoice": models.Invoice,
    "createdDraft": models.Invoice,
    "rejected": models.Rejection,
    "rejectedFields": models.Rejection,
    "partialBatch": models.InvoicesResult,
    "failedBatch": models.InvoicesResult,
    "authenticationFailed": models.Rejection,
    "serverError": models.ServerError,
}


def json_examples() -> list[tuple[str, str, Any]]:
    found: list[tuple[str, str, Any]] = []
    for operation, described in resolved(OPERATIONS).items():
        for place, one in {"request": described["requestBody"], **described["responses"]}.items():
            content = {"application/json": one["content"]["application/json"]}
            found += [(f"{operation} {place}", name, value) for name, value in examples(content).items()]
    return found


EXAMPLES = [pytest.param(*one, id=" ".join(one[:2])) for one in json_examples()]
EXAMPLE: Node = {name: value for _, name, value in json_examples()}


def reread(text: bytes | str) -> Any:
    """JSON as somebody else reads it, every number exact."""
    return exact(json.loads(text, parse_float=Decimal))


@pytest.mark.parametrize(("body", "name", "value"), EXAMPLES)
def test_an_example_comes_back_as_it_was(body: str, name: str, value: Any) -> None:
    text = encode(value)
    assert reread(text) == exact(value)

    made = BODIES[body].validate_python(decode(text))
    assert type(made) is MODELS[name]
    assert reread(encode(made.to_wire())) == exact(value)


@pytest.mark.parametrize(("body", "name", "value"), EXAMPLES)
def test_an_example_comes_back_through_the_json_methods(body: str, name: str, value: Any) -> None:
    made = MODELS[name].model_validate_json(encode(value))
    assert made == BODIES[body].validate_python(decode(encode(value)))
    assert reread(made.model_dump_json(by_alias=True, exclude_unset=True)) == exact(value)
    assert reread(made.model_dump_json(by_alias=True, exclude_unset=True, indent=2)) == exact(value)
    assert MODELS[name].model_validate(made.model_dump(exclude_unset=True)) == made, "by Python names"


def test_values_have_their_python_types() -> None:
    invoice = models.Invoice.model_validate(EXAMPLE["createdDraft"])
    assert (type(invoice.amount), invoice.amount) == (Decimal, Decimal("19.99"))
    assert (type(invoice.tax_amount), invoice.tax_amount) == (Decimal, Decimal(0))
    assert invoice.invoice_date == date(2024, 7, 11)
    assert invoice.created_date == datetime(2024, 7, 11, 2, 31, 4)
    assert invoice.success is True
    assert {"target_date", "posted_by"} <= invoice.model_fields_set, "null, and said so"
    assert "bill_run_id" not in invoice.model_fields_set, "absent"

    taxed = models.PostInvoiceType.model_validate(EXAMPLE["taxedInvoice"])
    assert taxed.invoice_items[0].amount == Decimal("1234567890123456.789")
    assert taxed.invoice_items[0].custom_fields["serialNumber__c"] == "T-0042"
    assert exact(dict(taxed.custom_fields)) == exact(
        {"complexity__c": "High", "approvals__c": 2, "margin__c": Decimal("0.125"), "reviewer__c": None}
    )


def test_a_batch_holds_its_outcomes_in_order() -> None:
    partial = models.InvoicesResult.model_validate(EXAMPLE["partialBatch"])
    assert [type(one) for one in partial.invoices] == [models.Invoice, models.InvoiceFailure]
    failed = models.InvoicesResult.model_validate(EXAMPLE["failedBatch"])
    assert [one.object_index for one in failed.invoices if isinstance(one, models.InvoiceFailure)] == [0, 1]


# --- numbers

LONG = [
    "1234567890123456.789",
    "12345678901234567890.12",
    "0.1",
    "0.10",
    "700",
    "1.00",
    "123456789012345678901234567890",
]


@pytest.mark.parametrize("digits", LONG)
def test_the_digits_of_an_answer_are_kept_to_the_last(digits: str) -> None:
    text = f'{{"success":true,"id":"1","amount":{digits},"price__c":{digits},"novelty":[{digits}]}}'
    batch = f'{{"success":true,"invoices":[{text}]}}'
    ways: list[tuple[WireModel, str]] = [
        (models.Invoice.model_validate_json(text), text),
        (models.InvoicesResult.model_validate_json(batch), batch),
        (BODIES["createStandaloneInvoice 200"].validate_python(decode(text)), text),
        (BODIES["createStandaloneInvoices 200"].validate_python(decode(batch)), batch),
    ]
    for made, sent in ways:
        assert encode(made.to_wire()) == sent.encode()
        assert made.model_dump_json(by_alias=True, exclude_unset=True) == sent
    assert str(models.Invoice.model_validate_json(text).amount) == digits


@pytest.mark.parametrize("digits", LONG)
def test_the_digits_of_a_request_are_kept_to_the_last(digits: str) -> None:
    made = models.PostInvoiceItemType(
        amount=Decimal(digits), unit_price=Decimal(f"-{digits}"), service_start_date=date(2026, 11, 21), charge_name="x"
    )
    made.custom_fields["price__c"] = [Decimal(digits)]
    for text in (encode(made.to_wire()).decode(), made.model_dump_json(by_alias=True, exclude_unset=True)):
        members = text.strip("{}").split(",")
        assert {f'"amount":{digits}', f'"unitPrice":-{digits}', f'"price__c":[{digits}]'} < set(members)
        assert encode(models.PostInvoiceItemType.model_validate_json(text).to_wire()).decode() == text


def number_fields(schema: str) -> list[str]:
    kinds = {name: words.get("type") for name, words in SCHEMAS[schema]["properties"].items()}
    return [name for name, kind in kinds.items() if kind in ("number", ["number", "null"])]


NUMERIC: dict[str, tuple[type[WireModel], Node]] = {  # with all that a model needs besides its numbers
    "CustomRate": (models.CustomRate, {"currency": "USD"}),
    "PostTaxationItemType": (
        models.PostTaxationItemType,
        {"name": "VAT", "taxDate": "2026-11-21", "taxMode": "TaxExclusive", "taxRateType": "FlatFee"},
    ),
    "PostDiscountItemType": (models.PostDiscountItemType, {"chargeName": "x"}),
    "PostInvoiceItemType": (models.PostInvoiceItemType, {"chargeName": "x", "serviceStartDate": "2026-11-21"}),
    "Invoice": (models.Invoice, {"success": True, "id": "1"}),
}


def test_all_numbers_are_tried() -> None:
    assert {schema for schema in SCHEMAS if number_fields(schema)} == set(NUMERIC)


def joined(sign: str, digits: str, point: int, exponent: int | None) -> str:
    """A JSON number from its parts; `point` is how many of the digits come before the point."""
    whole, fraction = digits[:point].lstrip("0") or "0", digits[point:]
    return f"{sign}{whole}{'.' if fraction else ''}{fraction}{'' if exponent is None else f'E{exponent:+}'}"


def number_texts(signs: str = "-") -> SearchStrategy[str]:
    return st.builds(
        joined,
        st.sampled_from(["", "-"] if signs == "-" else [signs]),
        st.text("0123456789", min_size=1, max_size=40),
        st.integers(1, 40),
        st.none() | st.integers(-400, 400),
    )


@quick
@given(data=st.data())
@pytest.mark.parametrize("schema", NUMERIC)
def test_any_json_number_survives_in_every_field(schema: str, data: st.DataObject) -> None:
    model, others = NUMERIC[schema]
    texts = {name: data.draw(number_texts(), label=name) for name in number_fields(schema)}
    if schema == "PostDiscountItemType":
        texts["amount"] = f"-1{texts['amount'].lstrip('-')}"
    text = encode(others).decode()[:-1] + "".join(f',"{name}":{number}' for name, number in texts.items()) + "}"

    made = model.model_validate_json(text)
    wire = made.to_wire()
    for name, number in texts.items():
        assert type(wire[name]) is Decimal
        assert wire[name] == Decimal(number)
    assert reread(encode(wire)) == reread(text)
    assert reread(made.model_dump_json(by_alias=True, exclude_unset=True)) == reread(text)


@pytest.mark.parametrize("text", ["1e9999999999999999999", "-1e-9999999999999999999"])
def test_a_number_beyond_decimal_is_refused_as_text_that_is_not_json_is(text: str) -> None:
    with pytest.raises(NotJsonError):
        models.Invoice.model_validate_json(f'{{"success":true,"id":"1","amount":{text}}}')


@pytest.mark.parametrize("text", ["", "{", '{"success": true,}', "{'success': true}", "NaN", '{"id": "1"} {}', b"\xff"])
def test_text_that_is_not_json(text: str | bytes) -> None:
    with pytest.raises(NotJsonError):
        models.Invoice.model_validate_json(text)


# --- any valid request

EXCLUDED = {  # fields of which one alone may be given
    "PostInvoiceType": [
        {"billToContact", "billToContactId"},
        {"soldToContact", "soldToContactId", "soldToSameAsBillTo"},
        {"shipToContact", "shipToContactId", "shipToSameAsBillTo"},
    ],
}
NEEDED = {
    "PostInvoiceType": ["accountId", "accountNumber"],
    "PostInvoiceItemType": ["chargeName", "productRatePlanChargeId"],
    "PostDiscountItemType": ["chargeName", "productRatePlanChargeId"],
}
custom_names = st.text("abcXYZ_", max_size=4).map(lambda name: f"{name}__c")
custom_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | number_texts().map(Decimal),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def values(words: Node) -> SearchStrategy[Any]:
    """JSON values that a field takes."""
    if "$ref" in words:
        return objects(words["$ref"].rpartition("/")[2])
    if "enum" in words:
        return st.sampled_from(words["enum"])
    if "x-datetime-format" in words:
        times = st.datetimes(min_value=datetime(1000, 1, 1))
        return times.map(lambda time: time.strftime(words["x-datetime-format"]))
    match words["type"], words.get("format"):
        case "array", _:
            return st.lists(values(words["items"]), min_size=words.get("minItems", 0), max_size=2)
        case "boolean", _:
            return st.booleans()
        case "number", _:
            return number_texts("-" if "exclusiveMaximum" not in words else "-1").map(Decimal)
        case "string", "date":
            return st.dates().map(date.isoformat)
        case "string", "email":
            return st.just("ana@example.com")
    if "pattern" in words:
        return st.text("aZ09_,-", min_size=words["minLength"], max_size=words["maxLength"])
    return st.text(min_size=words.get("minLength", 0), max_size=min(words.get("maxLength", 10), 10))


@st.composite
def objects(draw: Callable[[SearchStrategy[Any]], Any], schema: str) -> Node:
    """JSON objects that a request schema takes, with all rules between fields kept."""
    described = SCHEMAS[schema]
    optional = [name for name in described["properties"] if name not in described["required"]]
    names = set(draw(st.lists(st.sampled_from(optional), max_size=5))) if optional else set()
    if needed := NEEDED.get(schema):
        names |= set(draw(st.lists(st.sampled_from(needed), min_size=1)))
    for group in EXCLUDED.get(schema, ()):
        names -= set(sorted(group & names)[1:])
    if "taxItems" in names:
        names -= {"taxMode", "taxCode"}
    names |= set(described["required"])
    made = {name: draw(values(words)) for name, words in described["properties"].items() if name in names}
    if schema == "PostInvoiceItemType":
        made |= (
            {"taxItems": [{**one, "taxMode": "TaxExclusive"} for one in made["taxItems"]]} if "taxItems" in made else {}
        )
    if "patternProperties" in described:
        made |= draw(st.dictionaries(custom_names, custom_values, max_size=2))
    return made


@settings(quick, max_examples=40)
@given(data=st.data())
@pytest.mark.parametrize("model", [models.PostInvoiceType, models.PostInvoicesType])
def test_any_valid_request_comes_back_as_it_was(model: type[RequestModel], data: st.DataObject) -> None:
    wire = data.draw(objects(model.__name__))
    made = model.model_validate(wire)
    text = encode(made.to_wire())
    assert reread(text) == exact(wire)
    assert cast("object", model.model_validate_json(text)) == made
    assert model.model_validate(made.model_dump(exclude_unset=True)) == made
