"""A short story against a sandbox in this process: `make demo`, or `python -m zuora_invoices_sandbox.demo`.

It tells the same each time, letter for letter: the README shows it, and a test compares.
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TextIO

from zuora_invoices import Client, models
from zuora_invoices_sandbox import Fault, Sandbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zuora_invoices_sandbox import Call

_DAY: Final = date(2026, 11, 23)
_NOON: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
_SEED: Final = 4711
_BOLD, _GREEN, _RED, _DIM = 1, 32, 31, 2


class Printer:
    """Where the story is told: plain, or with a little colour."""

    def __init__(self, stream: TextIO, *, colour: bool) -> None:
        self._stream = stream
        self._colour = colour
        self._is_empty = True

    def heading(self, text: str) -> None:
        """What comes next."""
        self._stream.write(f"{'' if self._is_empty else chr(10)}{self._painted(text, _BOLD)}\n")
        self._is_empty = False

    def fact(self, name: str, text: str, colour: int = 0) -> None:
        """One thing that happened."""
        self._stream.write(f"  {self._painted(f'{name:<25}', colour)} {text}\n")

    def _painted(self, text: str, colour: int) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour and colour else text


def tell(printer: Printer) -> None:
    """Tell the whole story."""
    with Sandbox(seed=_SEED) as sandbox:
        sandbox.clock.freeze(_NOON)
        with sandbox.client(backoff=0) as client:
            account = sandbox.tenant.accounts[0].number
            _one(printer, sandbox, client, account)
            _batch(printer, sandbox, client, account)
            _lost_answer(printer, sandbox, client, account)
        printer.heading("What the sandbox has now")
        for record in sandbox.invoices:
            printer.fact(record.number, f"{record.balance:.2f} {record.currency}, {record.status}")


def _one(printer: Printer, sandbox: Sandbox, client: Client, account: str) -> None:
    printer.heading("A token, then an invoice: its money is exact")
    order = _order(account, "9007199254740993.00", "0.10", "0.20")
    invoice = client.invoices.create_standalone_invoice(order, idempotency_key="order-1")
    _show(printer, sandbox.calls)
    printer.fact(str(invoice.invoice_number), f"{_money(invoice)}, due {invoice.due_date}", _GREEN)
    printer.fact("as a float", f"{float(invoice.amount or 0):.2f}, and nobody would know", _DIM)


def _batch(printer: Printer, sandbox: Sandbox, client: Client, account: str) -> None:
    printer.heading("A batch of three, one of which fails")
    before = len(sandbox.calls)
    orders = [_order(account, "19.99"), _order("nobody", "5.00"), _order(account, "100.00", "-0.01")]
    batch = client.invoices.create_standalone_invoices(models.PostInvoicesType(invoices=orders))
    _show(printer, sandbox.calls[before:])
    facts = [(one, f"{one.result.invoice_number}, {_money(one.result)}", _GREEN) for one in batch.created]
    lost = [(one, "; ".join(f"{why.code}: {why.message}" for why in one.reasons), _RED) for one in batch.failed]
    for part, text, colour in sorted([*facts, *lost], key=lambda fact: fact[0].object_index):
        printer.fact(f"[{part.object_index}] {type(part.result).__name__}", text, colour)


def _lost_answer(printer: Printer, sandbox: Sandbox, client: Client, account: str) -> None:
    printer.heading("An answer gets lost: the client asks again, and bills once")
    calls, invoices = len(sandbox.calls), len(sandbox.invoices)
    sandbox.faults.next(Fault.DROP_AFTER)
    invoice = client.invoices.create_standalone_invoice(_order(account, "250.00"), idempotency_key="order-2")
    attempts = sandbox.calls[calls:]
    _show(printer, attempts)
    printer.fact("their idempotency key", " = ".join(sorted({str(call.idempotency_key) for call in attempts})))
    count = f"{len(attempts)} attempts, {len(sandbox.invoices) - invoices} invoice"
    printer.fact(count, f"{invoice.invoice_number}, {_money(invoice)}", _GREEN)


def _order(account: str, *amounts: str) -> models.PostInvoiceType:
    return models.PostInvoiceType(
        account_number=account,
        invoice_date=_DAY,
        invoice_items=[
            models.PostInvoiceItemType(amount=Decimal(amount), service_start_date=_DAY, charge_name=f"Item {number}")
            for number, amount in enumerate(amounts, 1)
        ],
    )


def _money(invoice: models.Invoice) -> str:
    return f"{invoice.amount or 0:.2f} {invoice.currency}"


def _show(printer: Printer, calls: Sequence[Call]) -> None:
    for call in calls:
        answer = "no answer" if call.status is None else str(call.status)
        printer.fact(f"{call.method} {call.target}", f"{answer}, {call.outcome}", _RED if call.status is None else 0)


def main() -> int:
    """Tell the story in colour to a terminal that wants it, else in plain text."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    logging.getLogger("zuora_invoices").addHandler(
        logging.NullHandler()
    )  # what it logs of the lost answer is told here
    try:
        tell(Printer(sys.stdout, colour=colour))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone, as `head` does; nor can the interpreter flush to it when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
