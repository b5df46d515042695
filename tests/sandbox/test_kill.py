"""Killed at any moment under load, the sandbox has every invoice that it acknowledged, and no other."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

import zuora_invoices
from tests.sandbox.program import Program, program
from zuora_invoices import Client, models
from zuora_invoices._runtime.codec import decode
from zuora_invoices_sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zuora_invoices_sandbox import InvoiceRecord

pytestmark = pytest.mark.slow
THREADS = 4
LOAD = (0.02, 0.35)
"""Seconds under load until the kill; somewhere between."""


@dataclass(frozen=True)
class Job:
    """One call with its key: a single invoice, or a batch."""

    key: str
    amounts: tuple[Decimal, ...]
    single_transaction: bool | None
    """`None` for a single invoice."""
    spoilt: bool = False
    """Whether its last order is of an account that does not exist."""

    def orders(self) -> list[models.PostInvoiceType]:
        """What is ordered; comments say which call and which place."""
        return [
            models.PostInvoiceType(
                account_number="NO-SUCH" if self.spoilt and place == len(self.amounts) - 1 else "A00000001",
                invoice_date=date(2026, 11, 21),
                comments=f"{self.key}/{place}",
                invoice_items=[
                    models.PostInvoiceItemType(
                        amount=amount, service_start_date=date(2026, 11, 21), charge_name="Set-up"
                    )
                ],
            )
            for place, amount in enumerate(self.amounts)
        ]

    def billed(self) -> Counter[tuple[str, Decimal]]:
        """Comments and amounts of the invoices that there are when it was carried out."""
        count = len(self.amounts)
        if self.spoilt:
            count = 0 if self.single_transaction else count - 1
        return Counter((f"{self.key}/{place}", self.amounts[place]) for place in range(count))

    def call(self, client: Client) -> None:
        """Carry it out."""
        invoices = client.invoices
        if self.single_transaction is None:
            invoices.create_standalone_invoice(self.orders()[0], idempotency_key=self.key)
            return
        batch = models.PostInvoicesType(invoices=self.orders(), use_single_transaction=self.single_transaction)
        try:
            invoices.create_standalone_invoices(batch, idempotency_key=self.key)
        except zuora_invoices.RejectionError:
            assert self.spoilt


def job(key: str, seed: Random) -> Job:
    """A call as chance has it."""
    single_transaction = seed.choice((None, True, False))
    count = 1 if single_transaction is None else seed.randint(2, 6)
    amounts = tuple(Decimal(seed.randint(1, 10**9)).scaleb(-2) for _ in range(count))
    return Job(key, amounts, single_transaction, single_transaction is not None and seed.random() < 0.3)


@dataclass
class Books:
    """What callers know: the answers that arrived whole, and the calls that have none."""

    jobs: dict[str, Job] = field(default_factory=dict)
    answers: dict[str, tuple[int, bytes, str]] = field(default_factory=dict)
    """Key -> status, body and id of the request as they were answered first."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, request: httpx2.Request, response: httpx2.Response) -> None:
        """Keep a whole answer, or see that it is the one that was given before."""
        key = request.headers.get("Idempotency-Key")
        if key is not None:
            answer = (response.status_code, response.content, response.headers["Zuora-Request-Id"])
            with self.lock:
                assert self.answers.setdefault(key, answer) == answer

    def unanswered(self) -> list[Job]:
        """The calls that were cut short."""
        return [one for key, one in self.jobs.items() if key not in self.answers]

    def billed(self) -> Counter[tuple[str, Decimal]]:
        """What there has to be, once every call has its answer."""
        return sum((one.billed() for one in self.jobs.values()), Counter())


class Noting(httpx2.BaseTransport):
    """Real connections, whose whole answers end up in the books."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._inner = httpx2.HTTPTransport()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = self._inner.handle_request(request)
        response.read()  # what is cut off raises here
        self._books.note(request, response)
        return response

    def close(self) -> None:
        self._inner.close()


@contextmanager
def clients(served: Program, books: Books) -> Iterator[Client]:
    """A client of a sandbox that runs, which makes no second attempts."""
    with (
        Noting(books) as wire,
        Client(
            base_url=served.url,
            client_id=served.client_id,
            client_secret=served.client_secret,
            http_client=wire,
            max_retries=0,
        ) as client,
    ):
        yield client


def load(served: Program, books: Books, seed: Random, number: int) -> None:
    """Call from several threads until the sandbox is killed in the midst of it."""

    def work(thread: int, own: Random) -> None:
        with clients(served, books) as client:
            for count in range(100_000):
                one = job(f"{number}-{thread}-{count}", own)
                with books.lock:
                    books.jobs[one.key] = one
                try:
                    one.call(client)
                except (zuora_invoices.ConnectionFailedError, zuora_invoices.TokenError):
                    return

    with ThreadPoolExecutor(THREADS) as pool:
        chances = [Random(seed.random()) for _ in range(THREADS)]  # noqa: S311 - as above
        running = [pool.submit(work, thread, own) for thread, own in enumerate(chances)]
        time.sleep(seed.uniform(*LOAD))
        served.kill()
    for one in running:
        one.result()


def kept(database: str) -> list[InvoiceRecord]:
    """The invoices in a database."""
    with Sandbox(database=database) as sandbox:
        return list(sandbox.invoices)


def billed(invoices: list[InvoiceRecord]) -> Counter[tuple[str, Decimal]]:
    """Comments and amounts of invoices."""
    return Counter((str(one.document["comments"]), one.amount) for one in invoices)


def killed(database: str, folder: Path, kills: int, read: Callable[[], list[InvoiceRecord]]) -> Books:
    """Kill a sandbox so many times, and look each time at what it has when it is back."""
    seed = Random(5)  # noqa: S311 - it keeps no secret
    books = Books()
    cut = 0
    fresh: list[Job] = []
    for number in range(kills + 1):
        with program(database, folder) as served:
            found = billed(read())
            open_calls = books.unanswered()
            for one in open_calls:
                # All of it or nothing: an answer and its invoices are in one transaction.
                there = Counter({what: count for what, count in found.items() if what in one.billed()})
                assert there in (Counter(), one.billed())
            answered = [one for one in books.jobs.values() if one.key in books.answers]
            assert found - sum((one.billed() for one in open_calls), Counter()) == sum(
                (one.billed() for one in answered), Counter()
            )
            with clients(served, books) as client:
                for one in (*open_calls, *fresh):
                    one.call(client)  # the books compare the answer with the first one
            assert not books.unanswered()
            assert billed(read()) == books.billed()
            cut += len(open_calls)
            before = len(books.jobs)
            if number < kills:
                load(served, books, seed, number)
                fresh = [one for one in list(books.jobs.values())[before:] if one.key in books.answers]
    assert cut > kills, "the kills came at rest"
    assert (folder / "errors.txt").read_text("utf-8") == ""
    return books


def check(database: str, folder: Path, kills: int) -> None:
    books = killed(database, folder, kills, lambda: kept(database))
    invoices = kept(database)
    assert billed(invoices) == books.billed()
    assert len({one.number for one in invoices}) == len({one.id for one in invoices}) == len(invoices)
    # As they were told of, to the last digit: nothing about them has changed.
    documents = {one.id: one.document for one in invoices}
    answered = 0
    for status, body, _ in books.answers.values():
        assert status == 200
        answer: Any = decode(body)  # JSON, of two shapes
        for one in answer.get("invoices", [answer]):
            if one["success"]:
                assert {name: value for name, value in one.items() if name != "success"} == documents[one["id"]]
                answered += 1
    assert answered == len(invoices) > 10 * kills


def test_killed_twenty_times_on_sqlite(tmp_path: Path) -> None:
    check(str(tmp_path / "sandbox.db"), tmp_path, kills=20)


def test_killed_on_postgresql(tmp_path: Path, postgresql_url: str) -> None:
    check(postgresql_url, tmp_path, kills=4)
