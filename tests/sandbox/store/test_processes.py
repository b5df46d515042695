"""Several processes on one database, and one that is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tests.sandbox.store.samples import NOON, an_answer, an_invoice, numbers
from zuora_invoices_sandbox.store import Store

_ROOT = Path(__file__).parents[3]
_ROUNDS = 20

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


def worker(stack: ExitStack, url: str, name: str, rounds: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("worker.py")), url, name, str(rounds)],
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    stack.enter_context(process)
    stack.callback(process.kill)
    return process


@pytest.mark.slow
def test_processes_share_a_database(database: str) -> None:
    """All of them make its tables at once; no number is given twice, none waits for ever, all have one secret."""
    with ExitStack() as stack:
        workers = [worker(stack, database, name, _ROUNDS) for name in ("a", "bb", "ccc")]
        secrets = {process.stdout.readline() for process in workers if process.stdout}
        for process in workers:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        ends = [process.communicate(timeout=120) for process in workers]
    assert [(process.returncode, errors) for process, (_, errors) in zip(workers, ends, strict=True)] == [(0, "")] * 3
    printed = [line for lines, _ in ends for line in lines.split()]
    store = Store(database)
    assert secrets == {f"{store.secret.hex()}\n"}
    stored = {invoice.number for _, invoice in store.invoices("t", limit=1000)}
    with store.transaction() as transaction:
        assert transaction.serial("t", "invoice") == 3 * _ROUNDS + 1
        assert all(transaction.kept(f"{name}-{n}", NOON) for name in ("a", "bb", "ccc") for n in range(_ROUNDS))
    store.close()
    expected = [f"INV{n:05}" for n in range(1, 3 * _ROUNDS + 1)] + [f"SAME{n:05}" for n in range(_ROUNDS)]
    assert sorted(printed) == expected
    assert sorted(stored) == expected


@pytest.mark.slow
def test_what_was_acknowledged_is_there_after_a_kill(database: str) -> None:
    with ExitStack() as stack:
        process = worker(stack, database, "a", 10_000)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.write("\n")
        process.stdin.flush()
        lines = [process.stdout.readline().strip() for _ in range(51)]
        process.kill()
        lines += process.stdout.read().split()
    store = Store(database)
    with store.transaction() as transaction:
        following = transaction.serial("t", "invoice")  # waits for what a server has not yet rolled back
        found = store.invoices("t", limit=100_000)
        stored = {invoice.number for _, invoice in found if invoice.number.startswith("INV")}
        assert following == len(stored) + 1
        assert all(transaction.kept(f"a-{n}", NOON) for n in range(len(stored)))
        assert transaction.kept(f"a-{len(stored)}", NOON) is None
    store.close()
    assert {number for number in lines if number.startswith("INV")} <= stored
    # One transaction may have ended without anybody being told; each is there whole.
    assert len(stored) <= len([number for number in lines if number.startswith("INV")]) + 1
    assert all(len(invoice.items) == (2 if invoice.number.startswith("INV") else 0) for _, invoice in found)


@pytest.mark.slow
def test_two_stores_write_at_once(database: str) -> None:
    """As two processes do, seen from one: the second one waits for the first and then sees what that did."""
    first, second = Store(database), Store(database)
    done = threading.Event()

    def write() -> int:
        with second.transaction() as transaction:
            serial = transaction.serial("t", "a")
            done.set()
            return serial

    with ThreadPoolExecutor(1) as pool:
        with first.transaction() as transaction:
            assert transaction.serial("t", "a") == 1
            future = pool.submit(write)
            assert not done.wait(0.2)
            assert numbers(second) == []  # readers wait for nobody
        assert future.result() == 2
    first.close()
    second.close()


def test_a_key_is_held_once(database: str) -> None:
    """In SQLite the second transaction waits; in PostgreSQL it is told."""
    first, second = Store(database), Store(database)
    same = an_answer("key")

    def second_comes() -> tuple[bool, bool]:
        with second.transaction() as transaction:
            held = transaction.hold("key")
            assert transaction.hold("another key")
            return held, transaction.kept("key", NOON - timedelta(hours=24)) == same

    with ThreadPoolExecutor(1) as pool:
        with first.transaction() as transaction:
            assert transaction.hold("key")
            assert transaction.hold("key")  # it is ours
            transaction.keep(same)
            future = pool.submit(second_comes)
            if database.startswith("postgresql"):
                assert future.result() == (False, False)
        if not database.startswith("postgresql"):
            assert future.result() == (True, True)
        assert pool.submit(second_comes).result() == (True, True)
    first.close()
    second.close()


def test_a_reset_waits_for_who_writes(database: str) -> None:
    """Else the last invoice would be there, and not be counted; or each would wait for the other one."""
    first, second = Store(database), Store(database)
    for number in ("1", "2"):
        with first.transaction() as transaction:
            transaction.serial("t", "invoice")
            transaction.add("t", an_invoice(number))
    with first.transaction() as transaction:
        transaction.serial("t", "invoice")  # now its row lies behind that of the count
    with ThreadPoolExecutor(1) as pool:
        with first.transaction() as transaction:
            transaction.serial("t", "invoice")
            reset = pool.submit(second.reset, "t")
            assert not wait([reset], 0.3).done
            transaction.add("t", an_invoice("3"))
        reset.result()
    assert (first.count("t"), numbers(second)) == (0, [])
    first.close()
    second.close()
