"""What every program sends and gets back: the same for all, from the standard library alone."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT = Path(__file__).parents[2] / "generated" / "zuora_invoices" / "openapi.json"
INVOICES, ITEMS = 50, 20
SINGLE_PATH, BATCH_PATH, TOKEN_PATH = "/v1/invoices", "/v1/invoices/batch", "/oauth/token"
MONTH = "month.csv"
MONTH_PREFIX = "/month"
"""Where the server answers to batches of the orders of that file."""
CUSTOM = "costCenter__c"
FIRST_NUMBER = "INV00000000"

# Any: values of many types, as keyword arguments hold them.
Fields = dict[str, Any]


def item_fields(place: int, number: Callable[[str], object] = Decimal) -> Fields:
    """One line of an invoice by its Python names; `number` makes what the program's models want for a number."""
    return {
        "amount": number(f"{100 + place * 7 % 900}.{place % 90 + 10}"),
        "service_start_date": date(2026, 11, 1 + place % 28),
        "charge_name": f"Implementation services, part {place:04}",
        "quantity": number("1.5"),
        "description": f"Release {place:04}, as ordered",
        "sku": f"SRV-IMPL-{place:06}",
        "uom": "Hour",
        "tax_code": "VAT-STANDARD",
        "tax_mode": "TaxExclusive",
        "accounting_code": "Revenue:Services",
        "booking_reference": f"BR-2026-{place:06}",
        "purchase_order_number": f"PO-{place:08}",
    }


def custom_fields(place: int) -> Fields:
    """The custom field of that line, by its wire name."""
    return {CUSTOM: f"CC-{place % 40:04}"}


def invoice_fields(place: int) -> Fields:
    """An invoice without its items, by its Python names."""
    return {
        "account_number": f"A{place:08}",
        "invoice_date": date(2026, 11, 21),
        "comments": "Thank you for your order",
        "currency": "EUR",
    }


def places(invoice: int, items: int) -> range:
    """The numbers of the items of an invoice."""
    return range(invoice * items, (invoice + 1) * items)


def wire_name(name: str) -> str:
    """`service_start_date` as it stands on the wire: `serviceStartDate`."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def plain_invoice(place: int = 0, items: int = 1) -> Fields:
    """An invoice as plain JSON values, with floats for numbers."""
    lines = [{**_plain(item_fields(each, float)), **custom_fields(each)} for each in places(place, items)]
    return {**_plain(invoice_fields(place)), "invoiceItems": lines}


def plain_batch() -> Fields:
    """The batch as plain JSON values, with floats for numbers."""
    return {"invoices": [plain_invoice(place, ITEMS) for place in range(INVOICES)], "useSingleTransaction": False}


def _plain(fields: Fields) -> Fields:
    return {wire_name(name): value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def compact(value: object) -> bytes:
    """JSON as programs send it."""
    return json.dumps(value, separators=(",", ":")).encode()


def answered_invoice(place: int = 0, items: int = 1) -> Fields:
    """The documented example of a created invoice, with an id of its own, and with what was asked for."""
    document = json.loads(DOCUMENT.read_text("utf-8"))
    answer = document["components"]["responses"]["StandaloneInvoice"]["content"]["application/json"]
    example: Fields = answer["examples"]["createdInvoice"]["value"]
    asked = {name: value for name, value in plain_invoice(place, items).items() if name in example}
    amount = float(sum(item_fields(each)["amount"] for each in places(place, items)))
    return {
        **example,
        **asked,
        "id": f"{place:032x}",
        "invoiceNumber": f"INV{place:08}",
        "amount": amount,
        "amountWithoutTax": amount,
        "balance": amount,
    }


def write_month(file: Path, batches: int) -> int:
    """Write a file of lines with the orders of so many full batches, of one to four lines each; how many orders."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["Order", "Account", "Date", "Charge", "Amount", "From"])
        for order in range(batches * INVOICES):
            place = order % INVOICES
            invoice = invoice_fields(place)
            for item in map(item_fields, places(place, _lines(place))):
                own = [f"N-{order:07}", invoice["account_number"], invoice["invoice_date"]]
                writer.writerow([*own, item["charge_name"], item["amount"], item["service_start_date"]])
    return batches * INVOICES


def _lines(place: int) -> int:
    """How many lines the order at a place of a batch has."""
    return place % 4 + 1


def answers() -> dict[str, bytes]:
    """Path -> the body that the server answers there."""
    token = compact({"access_token": "token", "token_type": "bearer", "expires_in": 3598, "jti": "0" * 32})
    return {
        SINGLE_PATH: compact(answered_invoice()),
        BATCH_PATH: compact(
            {"success": True, "invoices": [answered_invoice(place, ITEMS) for place in range(INVOICES)]}
        ),
        TOKEN_PATH: token,
        MONTH_PREFIX + BATCH_PATH: compact(
            {"success": True, "invoices": [answered_invoice(place, _lines(place)) for place in range(INVOICES)]}
        ),
        MONTH_PREFIX + TOKEN_PATH: token,
    }
