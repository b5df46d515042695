"""Month end, from a file of lines to the last answer: a plain loop over our client, `..._bulk`, and the command."""

from __future__ import annotations

import csv
import os
import sys
from datetime import date
from decimal import Decimal
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from tests.bench import payload
from tests.bench.worker import expect
from zuora_invoices import Client, models
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAPPING = """
columns:
  Account: accountNumber
  Date: invoiceDate
  Charge: invoiceItems.chargeName
  Amount: invoiceItems.amount
  From: invoiceItems.serviceStartDate
group: [Order]
"""


def orders(file: Path) -> Iterator[tuple[str, models.PostInvoiceType]]:
    """Each order of the file with its reference."""
    with file.open(encoding="utf-8", newline="") as lines:
        for reference, group in groupby(csv.DictReader(lines), itemgetter("Order")):
            rows = list(group)
            items = [
                models.PostInvoiceItemType(
                    charge_name=row["Charge"],
                    amount=Decimal(row["Amount"]),
                    service_start_date=date.fromisoformat(row["From"]),
                )
                for row in rows
            ]
            day = date.fromisoformat(rows[0]["Date"])
            yield (
                reference,
                models.PostInvoiceType(account_number=rows[0]["Account"], invoice_date=day, invoice_items=items),
            )


def loop(url: str, folder: Path, count: int) -> None:
    """One request after the other: nothing is kept, so what is under way when it ends is lost."""
    known = default().clients[0]
    made = 0
    with Client(base_url=url, client_id=known.client_id, client_secret=known.client_secret) as client:
        elements = (order for _, order in orders(folder / payload.MONTH))
        while some := list(islice(elements, payload.INVOICES)):
            body = models.PostInvoicesType(invoices=some, use_single_transaction=False)
            made += len(client.invoices.create_standalone_invoices(body).created)
    expect(made, count)


def bulk(url: str, folder: Path, count: int, workers: int) -> None:
    """Each order exactly once, with a journal."""
    known = default().clients[0]
    made = 0
    with (
        Client(base_url=url, client_id=known.client_id, client_secret=known.client_secret) as client,
        client.invoices.create_standalone_invoices_bulk(
            orders(folder / payload.MONTH), journal=folder / "month.db", workers=workers
        ) as run,
    ):
        for part in run:
            made += part.outcome == "created"
    expect(made, count)


def command(url: str, folder: Path) -> None:
    """The same as the command does it, which checks the whole file before it sends anything."""
    from zuora_invoices.__main__ import main

    known = default().clients[0]
    os.environ["ZUORA_INVOICES_CLIENT_ID"] = known.client_id
    os.environ["ZUORA_INVOICES_CLIENT_SECRET"] = known.client_secret
    (folder / "map.yaml").write_text(MAPPING, "utf-8")
    sys.argv = ["zuora-invoices", "invoices", "create-standalone-invoices", "--base-url", url]
    sys.argv += ["--from", str(folder / payload.MONTH), "--map", str(folder / "map.yaml")]
    sys.argv += ["--journal", str(folder / "month.db")]
    try:
        main()
    except SystemExit as ended:
        expect(ended.code or 0, 0)
