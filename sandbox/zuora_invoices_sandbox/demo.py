"""A short story against a sandbox in this process: `make demo`, or `python -m zuora_invoices_sandbox.demo`.

It tells the same each time, letter for letter: the README shows it, and a test compares.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TextIO

from zuora_invoices import Client, models
from zuora_invoices_sandbox import Fault, Sandbox

if TYPE_CHECKING:
    from zuora_invoices_sandbox import Call

_DAY: Final = date(2026, 11, 23)
_NOON: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
_SEED: Final = 4711
_BOLD, _GREEN, _RED, _DIM = 1, 32, 31, 2


class Page:
    """Where the story is told: plain, or with a little colour."""

    def __init__(self, stream: TextIO, *, colour: bool) -> None:
        self._stream = stream
        self._colour = colour

    def heading(self, text: str) -> None:
        """What comes next."""
        self._stream.write(f"\n{self._painted(text, _BOLD)}\n")

    def fact(self, name: str, text: str, colour: int = 0) -> None:
        """One thing that happened."""
        self._stream.write(f"  {self._painted(f'{name:<11}', colour)} {text}\n".replace(" \n", "\n"))

    def _painted(self, text: str, colour: int) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour and colour else text


def tell(page: Page) -> None:
    """Tell the whole story."""
    with Sandbox(seed=_SEED) as sandbox:
        sandbox.clock.freeze(_NOON)
        with Client(
            base_url="https://sandbox",
            client_id=sandbox.client_id,
            client_secret=sandbox.client_secret,
            http_client=sandbox.transport(),
            backoff=0,
        ) as client:
            account = sandbox.tenant.accounts[0].number
            _one(page, sandbox, client, account)
            _batch(page, sandbox, client, account)
            _lost_answer(page, sandbox, client, account)
        page.heading("What is there now")
        for record in sandbox.invoices:
            page.fact(record.number, f"{record.status:<7} {record.balance:>22} {record.currency}")


def _one(page: Page, sandbox: Sandbox, client: Client, account: str) -> None:
    page.heading("A token, and an invoice: money is exact")
    order = _order(account, "9007199254740993.00", "0.10", "0.20")
    invoice = client.invoices.create_standalone_invoice(order, idempotency_key="order-1")
    for call in sandbox.calls:
        _show(page, call)
    assert invoice.amount is not None, "the sandbox says it of every invoice"  # noqa: S101
    page.fact("amount", f"{invoice.amount} {invoice.currency}, due {invoice.due_date}")
    page.fact("a float", f"{float(invoice.amount):.2f}, and nobody would know", _DIM)


def _batch(page: Page, sandbox: Sandbox, client: Client, account: str) -> None:
    page.heading("A batch of three, of which one fails")
    before = len(sandbox.calls)
    orders = [_order(account, "19.99"), _order("nobody", "5.00"), _order(account, "100.00", "-0.01")]
    result = client.invoices.create_standalone_invoices(models.PostInvoicesType(invoices=orders))
    for call in sandbox.calls[before:]:
        _show(page, call)
    for made in result.created:
        page.fact(f"[{made.object_index}] created", f"{made.result.invoice_number}, {made.result.amount}", _GREEN)
    for failed in result.failed:
        for reason in failed.reasons:
            page.fact(f"[{failed.object_index}] failed", f"{reason.code} {reason.message}", _RED)


def _lost_answer(page: Page, sandbox: Sandbox, client: Client, account: str) -> None:
    page.heading("An answer gets lost: the client asks again and bills once")
    calls, invoices = len(sandbox.calls), len(sandbox.invoices)
    sandbox.faults.next(Fault.DROP_AFTER)
    invoice = client.invoices.create_standalone_invoice(_order(account, "250.00"), idempotency_key="order-2")
    attempts = sandbox.calls[calls:]
    for call in attempts:
        _show(page, call)
    page.fact(
        "in all",
        f"{len(attempts)} attempts, {len(sandbox.invoices) - invoices} invoice: {invoice.invoice_number}",
        _GREEN,
    )


def _order(account: str, *amounts: str) -> models.PostInvoiceType:
    return models.PostInvoiceType(
        account_number=account,
        invoice_date=_DAY,
        invoice_items=[
            models.PostInvoiceItemType(amount=Decimal(amount), service_start_date=_DAY, charge_name=f"Item {number}")
            for number, amount in enumerate(amounts, 1)
        ],
    )


def _show(page: Page, call: Call) -> None:
    answered = "no answer" if call.status is None else str(call.status)
    key = f", key {call.idempotency_key}" if call.idempotency_key in {"order-1", "order-2"} else ""
    page.fact(answered, f"{call.method} {call.target}{key}: {call.outcome}", _RED if call.status is None else _GREEN)


def main() -> int:
    """Tell the story in colour to a terminal that wants it, else in plain text."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    tell(Page(sys.stdout, colour=colour))
    return 0


if __name__ == "__main__":
    sys.exit(main())
