"""What an editor infers. Only checked, never run: `assert_type` is an error where the checker thinks otherwise."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import ClassVar, Literal, assert_type

from pydantic import ValidationError

from zuora_invoices import (
    ApiError,
    AsyncClient,
    BatchFailureError,
    BatchPart,
    BulkPart,
    BulkProgress,
    Client,
    Difference,
    KeyReusedError,
    MismatchedResponseError,
    RateLimitedError,
    RejectionError,
    RequestValidationError,
    StatusError,
    Unread,
    Violation,
    models,
    violations,
)
from zuora_invoices._runtime.values import Json
from zuora_invoices.resources import AsyncInvoices, Invoices


def a_request_by_python_names() -> models.PostInvoicesType:
    tax = models.PostTaxationItemType(
        name="VAT",
        tax_amount=Decimal("4.60"),
        tax_date=date(2026, 11, 21),
        tax_mode="TaxExclusive",
        tax_rate=Decimal("0.23"),
        tax_rate_type="Percentage",
    )
    item = models.PostInvoiceItemType(
        amount=Decimal("19.99"),
        service_start_date=date(2026, 11, 21),
        charge_name="Set-up",
        charge_date=datetime(2026, 11, 21, 10, 0, 0),
        tax_items=[tax],
        discount_items=[models.PostDiscountItemType(amount=Decimal(-1), charge_name="Discount")],
        integration_id_ns="1",
    )
    invoice = models.PostInvoiceType(
        account_number="A00000001",
        invoice_date=date(2026, 11, 21),
        invoice_items=[item],
        status="Posted",
        transferred_to_accounting="No",
        bill_to_contact=models.Contact(first_name="Ana", last_name="Ribeiro"),
        custom_rates=[models.CustomRate(currency="USD", custom_fx_rate=Decimal("0.91"))],
    )
    assert_type(item.amount, Decimal)
    assert_type(item.quantity, Decimal)
    assert_type(item.unit_price, Decimal | None)
    assert_type(item.charge_date, datetime | None)
    assert_type(item.tax_mode, Literal["TaxInclusive", "TaxExclusive"] | None)
    assert_type(item.discount_items, list[models.PostDiscountItemType] | None)
    assert_type(invoice.invoice_date, date)
    assert_type(invoice.auto_pay, bool)
    assert_type(invoice.status, Literal["Draft", "Posted"])
    assert_type(invoice.bill_to_contact, models.Contact | None)
    return models.PostInvoicesType(invoices=[invoice], use_single_transaction=False)


def custom_fields(invoice: models.PostInvoiceType, answer: models.Invoice) -> None:
    assert_type(invoice.custom_fields, MutableMapping[str, Json])
    assert_type(answer.custom_fields, MutableMapping[str, Json])
    assert_type(answer.custom_fields["complexity__c"], Json)
    assert_type(answer.custom_fields.get("complexity__c"), Json)
    invoice.custom_fields["complexity__c"] = "High"
    invoice.custom_fields["margin__c"] = Decimal("0.125")
    invoice.custom_fields["tags__c"] = ["a", {"b": None}]
    del invoice.custom_fields["complexity__c"]


def one_invoice(request: models.PostInvoiceType) -> Decimal | None:
    with Client(base_url="https://rest.test.zuora.com", token="...", timeout=10) as client:
        assert_type(client, Client)
        assert_type(client.invoices, Invoices)
        invoice = client.invoices.create_standalone_invoice(
            request,
            idempotency_key="order-4711",
            zuora_track_id="order-4711",
            zuora_entity_ids=None,
            zuora_org_ids="1,2",
            zuora_version="224.0",
        )
    assert_type(invoice, models.Invoice)
    assert_type(invoice.id, str)
    assert_type(invoice.success, Literal[True])
    assert_type(invoice.amount, Decimal | None)
    assert_type(invoice.balance, Decimal | None)
    assert_type(invoice.invoice_date, date | None)
    assert_type(invoice.created_date, datetime | None)
    assert_type(invoice.includes_usage, bool | None)
    assert_type(invoice.einvoice_file_id, str | None)
    assert_type(invoice.integration_id_ns, str | None)
    status: str | None = invoice.status  # known values are suggested, others pass
    invoice.status = "Draft"
    invoice.status = "SomethingNew"
    return invoice.amount if status != "Canceled" else None


def a_batch(client: Client) -> list[str]:
    result = client.invoices.create_standalone_invoices(a_request_by_python_names())
    assert_type(result, models.InvoicesResult)
    assert_type(result.invoices, list[models.Invoice | models.InvoiceFailure])
    said: list[str] = []
    for outcome in result.invoices:
        if isinstance(outcome, models.InvoiceFailure):
            assert_type(outcome, models.InvoiceFailure)
            assert_type(outcome.object_index, int | None)
            assert_type(outcome.reasons, list[models.Reason] | None)
            said += [f"{reason.code}: {reason.message}" for reason in outcome.reasons or ()]
        else:
            assert_type(outcome, models.Invoice)
            said.append(outcome.id)
        assert_type(outcome.failure, bool)
    return said


def parts_of_a_batch(result: models.InvoicesResult) -> list[models.PostInvoiceType]:
    assert_type(result.created, tuple[BatchPart[models.PostInvoiceType, models.Invoice], ...])
    assert_type(result.failed, tuple[BatchPart[models.PostInvoiceType, models.InvoiceFailure], ...])
    assert_type(result.unknown, tuple[BatchPart[models.PostInvoiceType, object], ...])
    assert_type(result.unread, tuple[Unread, ...])
    for part in result.created:
        assert_type(part.object_index, int)
        assert_type(part.request.account_number, str | None)
        assert_type(part.result.id, str)
    for failure in result.failed:
        assert_type(failure.result.reasons, list[models.Reason] | None)
    try:
        assert_type(result.raise_for_failures(), None)
    except BatchFailureError as error:
        assert_type(error.outcome, Literal["not_sent", "rejected", "unknown"])
        again: list[models.PostInvoiceType] = [part.request for part in error.failed]
        return again
    return [part.request for part in result.failed]


def told_apart_by_success(outcome: models.Invoice | models.InvoiceFailure) -> int | None:
    if outcome.success is True:
        assert_type(outcome, models.Invoice)
        return None
    assert_type(outcome, models.InvoiceFailure)
    return outcome.object_index


async def awaited(request: models.PostInvoiceType) -> None:
    async with AsyncClient(base_url="https://rest.test.zuora.com", token="...") as client:
        assert_type(client, AsyncClient)
        assert_type(client.invoices, AsyncInvoices)
        assert_type(await client.invoices.create_standalone_invoice(request), models.Invoice)
        result = await client.invoices.create_standalone_invoices(models.PostInvoicesType(invoices=[request]))
        assert_type(result, models.InvoicesResult)
        assert_type(result.invoices, list[models.Invoice | models.InvoiceFailure])


def what_is_wrong_with_a_model(data: object) -> list[str]:
    try:
        models.PostInvoiceType.model_validate(data)
    except ValidationError as error:
        assert_type(violations(error), tuple[Violation, ...])
        return [f"{one.path} {one.rule} {one.message}" for one in violations(error)]
    return []


def errors(client: Client, request: models.PostInvoiceType) -> str:
    try:
        client.invoices.create_standalone_invoice(request)
    except RequestValidationError as error:
        assert_type(error.violations, tuple[Violation, ...])
        return error.violations[0].path
    except RateLimitedError as error:
        assert_type(error.headers, Mapping[str, str])
        return error.headers["retry-after"]
    except (RejectionError, StatusError) as error:
        assert_type(error.status, int)
        return str(error.body)
    except MismatchedResponseError as error:
        assert_type(error.differences, tuple[Difference, ...])
        return error.differences[0].path
    except KeyReusedError as error:
        assert_type(error.first_sent, datetime)
        return str(error.first_sent)
    except ApiError as error:
        assert_type(error.outcome, Literal["not_sent", "rejected", "unknown"])
        assert_type(error.resend, Literal["same_key", "new_key", "never"])
        assert_type(error.key_expires, datetime | None)
        return error.operation
    return ""


def any_number(client: Client, orders: list[models.PostInvoiceType], data: dict[str, object]) -> list[str]:
    told: list[str] = []
    bulk = client.invoices.create_standalone_invoices_bulk
    with bulk(orders, journal="november.db", workers=2, options={"timeout": 10.0}) as run:
        for part in run:
            assert_type(part, BulkPart[models.PostInvoiceType, models.Invoice])
            assert_type(part.outcome, Literal["created", "rejected", "invalid", "unknown"])
            if part.result is not None:
                told.append(part.result.invoice_number or part.result.id)
        assert_type(run.progress, BulkProgress)
    bulk((("one", order) for order in orders), journal=Path("november.db"))
    bulk([data, ("two", data), *orders], journal="november.db")
    return told


async def any_number_awaited(client: AsyncClient, orders: list[models.PostInvoiceType]) -> None:
    async with client.invoices.create_standalone_invoices_bulk(orders, journal="november.db") as run:
        async for part in run:
            assert_type(part, BulkPart[models.PostInvoiceType, models.Invoice])


def keys(client: Client) -> list[Client]:
    def key_of(body: bytes) -> str:
        return body.hex()

    def counted() -> str:
        return "1"

    return [client.with_options(make_key=make) for make in (key_of, counted)] + [
        client.with_options(make_key=lambda: "key"),
        client.with_options(make_key=lambda body: body.hex()),
    ]


def json_and_back(text: bytes) -> str:
    invoice = models.Invoice.model_validate_json(text)
    assert_type(invoice, models.Invoice)
    assert_type(invoice.to_wire(), dict[str, object])
    assert_type(models.PostInvoiceType.model_validate({}), models.PostInvoiceType)
    return invoice.model_dump_json(by_alias=True, exclude_unset=True)


class WithADefault(models.Invoice):
    """Models are ordinary classes: one may add to them."""

    source_system: ClassVar[str] = "erp"
