"""A file of invoices becomes invoices: the runtime of the generated package, with the models of the spec."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zuora_invoices import models
from zuora_invoices._runtime.tables import draft_mapping, elements, open_table, read_mapping

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = (
    "Invoice No;Account Number;Invoice Date;Auto Pay;Amount;Service Start;Charge Name;Qty;"
    "Tax Mode;Tax Code;Region;Remark"
)
LINES = f"""\ufeff{HEADERS}\r
INV-0001;A-00000123;05.11.2026;No;1.234,50;01.11.2026;Support;1;TaxExclusive;VAT;EMEA;\r
INV-0001;A-00000123;05.11.2026;No;19,99;01.11.2026;Seats;2,5;taxexclusive;VAT;EMEA;"late; as ever"\r
INV-0002;00000124;06.11.2026;Yes;-5,00;01.11.2026;Credit;1;;;;\r
INV-0003;00000125;06.11.2026;Yes;5,00;;;1;TaxExclusive;;;\r
"""


ITEM = {"serviceStartDate": date(2026, 11, 1), "taxMode": "TaxExclusive", "taxCode": "VAT"}


def test_guessed_and_then_told(tmp_path: Path) -> None:
    (tmp_path / "november.csv").write_text(LINES, encoding="utf-8", newline="")
    table = open_table(tmp_path / "november.csv")
    draft = draft_mapping(table, models.PostInvoiceType)
    custom = draft.replace("ignore:\n  - Region\n", "ignore:\n").replace(
        "columns:\n", "columns:\n  Region: region__c\n"
    )
    (tmp_path / "map.yaml").write_text(custom, encoding="utf-8")
    mapping = read_mapping(tmp_path / "map.yaml", models.PostInvoiceType)
    assert mapping.group == ("Invoice No",)
    assert mapping.ignored == {"Remark"}
    first, second, third = elements(open_table(table.path, mapping.layout), models.PostInvoiceType, mapping)
    assert first.request is not None
    assert first.request.to_wire() == {
        "invoiceNumber": "INV-0001",
        "accountNumber": "A-00000123",
        "invoiceDate": date(2026, 11, 5),
        "autoPay": False,
        "region__c": "EMEA",
        "invoiceItems": [
            {"amount": Decimal("1234.50"), "chargeName": "Support", "quantity": Decimal(1), **ITEM},
            {"amount": Decimal("19.99"), "chargeName": "Seats", "quantity": Decimal("2.5"), **ITEM},
        ],
    }
    assert second.request is not None
    assert second.data["accountNumber"] == "00000124"
    assert list(map(str, third.faults)) == [
        'november.csv:5, column "Service Start": is required',
        'november.csv:5, column "Charge Name": at least one of chargeName and productRatePlanChargeId is required',
    ]
