"""Mistakes that an editor marks. Never run; the comment is the error code of mypy, basedpyright marks the same lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zuora_invoices import AsyncClient, Client, models

DAY = date(2026, 11, 21)
item = models.PostInvoiceItemType(amount=Decimal("19.99"), service_start_date=DAY, charge_name="Set-up")
invoice = models.PostInvoiceType(account_number="A1", invoice_date=DAY, invoice_items=[item])

# construction
models.PostInvoiceItemType(amount=19.99, service_start_date=DAY)  # error: arg-type
models.PostInvoiceItemType(amount="19.99", service_start_date=DAY)  # error: arg-type
models.PostInvoiceItemType(amount=Decimal(1), service_start_date="2026-11-21")  # error: arg-type
models.PostInvoiceItemType(service_start_date=DAY)  # error: call-arg
models.PostInvoiceItemType(amount=Decimal(1), service_start_date=DAY, chargename="x")  # error: call-arg
models.PostInvoiceItemType(amount=Decimal(1), service_start_date=DAY, tax_mode="Inclusive")  # error: arg-type
models.PostInvoiceItemType(amount=Decimal(1), service_start_date=DAY, tax_items=[item])  # error: list-item
models.PostInvoiceItemType(amount=Decimal(1), service_start_date=DAY, quantity=None)  # error: arg-type
models.PostInvoiceType(account_number="A1", invoice_date=DAY)  # error: call-arg
models.PostInvoiceType(account_number=1, invoice_date=DAY, invoice_items=[item])  # error: arg-type
models.PostInvoiceType(account_id="1", invoice_date=DAY, invoice_items=item)  # error: arg-type
models.PostInvoiceType(account_id="1", invoice_date=DAY, invoice_items=[item], status="Paid")  # error: arg-type
models.PostInvoiceType(account_id="1", invoice_date=DAY, invoice_items=[item], auto_pay="yes")  # error: arg-type
models.PostInvoiceType("A1", DAY, [item])  # error: call-arg
models.PostInvoicesType(invoices=invoice)  # error: arg-type
models.Contact(first_name="Ana")  # error: call-arg
models.CustomRate(currency="USD", custom_fx_rate=0.91)  # error: arg-type

# custom fields
invoice.custom_fields["colour__c"] = object()  # error: assignment
invoice.custom_fields[1] = "red"  # error: index
invoice.colour__c = "red"  # error: attr-defined

# clients
Client()  # error: call-arg
Client("https://rest.test.zuora.com")  # error: call-arg
Client(base_url="https://rest.test.zuora.com", tokn="...")  # error: call-arg
Client(base_url="https://rest.test.zuora.com", timeout="10")  # error: arg-type
Client(base_url="https://rest.test.zuora.com", strict_answers="yes")  # error: arg-type
client = Client(base_url="https://rest.test.zuora.com", token="...")
client.invoices.create_standalone_invoice()  # error: call-arg
client.invoices.create_standalone_invoice(invoice, "order-4711")  # error: call-arg
client.invoices.create_standalone_invoice(invoice, idempotency_key=4711)  # error: arg-type
client.invoices.create_standalone_invoice(invoice, authorization="Bearer ...")  # error: call-arg
client.invoices.create_standalone_invoice(invoice, content_encoding="gzip")  # error: call-arg
client.invoices.create_standalone_invoice({"accountId": "1"})  # error: arg-type
client.invoices.create_standalone_invoice(models.PostInvoicesType(invoices=[invoice]))  # error: arg-type
client.invoices.create_standalone_invoices(invoice)  # error: arg-type
client.invoices.create_invoice(invoice)  # error: attr-defined
client.invoices.create_standalone_invoices_bulk([invoice])  # error: call-arg
client.invoices.create_standalone_invoices_bulk([item], journal="a.db")  # error: list-item
client.invoices.create_standalone_invoices_bulk([(1, invoice)], journal="a.db")  # error: list-item
client.invoices.create_standalone_invoices_bulk([invoice], journal="a.db", wrkers=4)  # error: call-arg
client.invoices.create_standalone_invoices_bulk([invoice], journal="a.db", workers="4")  # error: arg-type


def of_two(body: bytes, day: str) -> str:
    return day + body.hex()


client.with_options(make_key=of_two)  # error: arg-type

# answers
created = client.invoices.create_standalone_invoice(invoice)
created.amount + 1  # error: operator
created.amount_with_tax  # error: attr-defined
total: Decimal = created.amount  # error: assignment
outcomes = client.invoices.create_standalone_invoices(models.PostInvoicesType(invoices=[invoice])).invoices
outcomes[0].id  # error: union-attr
result = client.invoices.create_standalone_invoices(models.PostInvoicesType(invoices=[invoice]))
result.created[0].result.reasons  # error: attr-defined
result.failed[0].result.invoice_number  # error: attr-defined
result.failed[0].request.id  # error: attr-defined
result.failed[0].object_index = 1  # error: misc
result.unknown[0].result.id  # error: attr-defined
created.unread[0].path = "amount"  # error: misc
models.PostInvoicesType(invoices=[part.result for part in result.failed])  # error: misc
created.failed  # error: attr-defined


async def forgets_to_await(client: AsyncClient) -> None:
    result = client.invoices.create_standalone_invoice(invoice)
    result.amount  # error: attr-defined
    with client:  # error: attr-defined
        pass
