"""A process that shares a database: `python worker.py URL NAME ROUNDS`. Prints the secret, and what it stored."""

from __future__ import annotations

import sys

from tests.sandbox.store.samples import an_answer, an_invoice, an_item
from zuora_invoices_sandbox.store import NumberTakenError, Store


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(url: str, name: str, rounds: int) -> None:
    store = Store(url)
    tell(store.secret.hex())
    sys.stdin.readline()  # all begin at once
    for n in range(rounds):
        with store.transaction() as transaction:
            # Sequences in an order that differs between processes, and a number that all of them want.
            names = ("invoice", "contact") if (n + len(name)) % 2 else ("contact", "invoice")
            serials = {kind: transaction.serial("t", kind) for kind in names}
            transaction.add("t", an_invoice(f"INV{serials['invoice']:05}", an_item(), an_item()))
            transaction.keep(an_answer(f"{name}-{n}"))
            try:
                with transaction.attempt():
                    transaction.add("t", an_invoice(f"SAME{n:05}", id=f"{name}-{n}"))
            except NumberTakenError:
                pass
            else:
                tell(f"SAME{n:05}")
        tell(f"INV{serials['invoice']:05}")
    store.close()


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
