"""Transactions of several threads are committed as one, each is undone alone, and nobody is told before the commit."""

from __future__ import annotations

import copy
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.sandbox.store.samples import an_answer, an_invoice, an_item, numbers
from zuora_invoices_sandbox.store import Store, StoreError, Transaction
from zuora_invoices_sandbox.store.prepared import Prepared
from zuora_invoices_sandbox.store.statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from zuora_invoices_sandbox.store.pending import Member

    Work = Callable[[Transaction], None]

OTHERS = 6


@contextmanager
def crowd(store: Store, works: Sequence[Work]) -> Iterator[list[Future[None]]]:
    """Inside, one thread is in a transaction, and others wait to do their works in theirs."""

    def run(work: Work) -> None:
        with store.transaction() as transaction:
            work(transaction)

    with ThreadPoolExecutor(len(works)) as pool, store.transaction() as transaction:
        transaction.add("t", an_invoice("FIRST"))
        runs = [pool.submit(run, work) for work in works]
        wait_for(lambda: store._groups._waiting == len(works))
        yield runs
        # It has ended, and so have all that waited.


def wait_for(what: Callable[[], bool]) -> None:
    while not what():
        time.sleep(0.001)


def adding(number: str) -> Work:
    def work(transaction: Transaction) -> None:
        transaction.serial("t", "invoice")
        transaction.add("t", an_invoice(number, an_item()))
        transaction.keep(an_answer(number))

    return work


def commits_of(store: Store) -> list[None]:
    made: list[None] = []
    event.listen(store._engine, "commit", lambda _: made.append(None))
    return made


def test_those_who_wait_are_committed_with_who_was_first(store: Store) -> None:
    made = commits_of(store)
    with crowd(store, [adding(f"INV{n}") for n in range(OTHERS)]) as runs:
        assert not any(one.done() for one in runs)
    assert len(made) == 1
    assert [one.result() for one in runs] == [None] * OTHERS
    assert sorted(numbers(store)) == ["FIRST", *(f"INV{n}" for n in range(OTHERS))]
    assert store.count("t") == OTHERS + 1
    with store.transaction() as transaction:
        assert transaction.serial("t", "invoice") == OTHERS + 1


def test_one_caller_by_himself_waits_for_nobody(store: Store) -> None:
    made = commits_of(store)
    for number in ("INV1", "INV2"):
        with store.transaction() as transaction:
            transaction.add("t", an_invoice(number))
    assert len(made) == 2


def test_the_fault_of_one_does_not_touch_the_others(store: Store) -> None:
    def failing(transaction: Transaction) -> None:
        assert transaction.serial("t", "invoice")
        transaction.add("t", an_invoice("LOST", an_item()))
        raise LookupError

    def refused(transaction: Transaction) -> None:
        transaction.add("t", an_invoice("LOST TOO"))
        transaction.add("t", an_invoice("INV9", id=an_invoice("FIRST").id))  # which is unique

    works = [adding("INV1"), failing, adding("INV2"), refused, adding("INV3")]
    with crowd(store, works) as runs:
        pass
    assert [type(one.exception()) for one in runs] == [type(None), LookupError, type(None), StoreError, type(None)]
    assert sorted(numbers(store)) == ["FIRST", "INV1", "INV2", "INV3"]
    with store.transaction() as transaction:
        assert transaction.serial("t", "invoice") == 4
    assert store.count("t") == 4


def test_what_they_store_is_written_together(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[Prepared, int]] = []
    run = Prepared.run

    def noted(self: Prepared, connection: Connection, values: list[dict[str, Any]]) -> None:
        written.append((self, len(values)))
        run(self, connection, values)

    monkeypatch.setattr(Prepared, "run", noted)
    with crowd(store, [adding(f"INV{n}") for n in range(OTHERS)]):
        pass
    known = statements(store._engine.dialect.name)
    assert [count for one, count in written if one is known.add_invoice] == [OTHERS + 1]
    assert [count for one, count in written if one is known.keep] == [OTHERS]


def test_numbers_of_one_that_the_database_refuses_leave_no_gap(store: Store) -> None:
    """Who took one later is undone with it, and told."""
    first = an_invoice("INV1")
    with store._engine.begin() as connection:
        transaction = Transaction(connection)
        members: list[Member] = []
        for invoice, is_numbered in (
            (first, True),
            (an_invoice("SAME ID", id=first.id), True),
            (an_invoice("MINE"), False),
            (an_invoice("INV3"), True),
        ):
            with transaction.member() as member:
                if is_numbered:
                    transaction.serial("t", "invoice")
                transaction.add("t", invoice)
                transaction.keep(an_answer(invoice.number))
            members.append(member)
        transaction.complete()
    assert [member.fault is None for member in members] == [True, False, True, False]
    assert numbers(store) == ["MINE", "INV1"]
    assert store.count("t") == 2
    with store.transaction() as transaction:
        assert transaction.serial("t", "invoice") == 2
        told = [transaction.kept(number, an_answer().at) for number in ("INV1", "SAME ID", "MINE", "INV3")]
    assert [one is not None for one in told] == [True, False, True, False]


def test_who_reads_what_others_stored_is_undone_alone_too(store: Store) -> None:
    def reading(transaction: Transaction) -> None:
        transaction.serial("t", "invoice")
        transaction.add("t", an_invoice("LOST"))
        assert {"FIRST", "LOST"} <= set(numbers(store))
        transaction.keep(an_answer("LOST"))
        transaction.add("t", an_invoice("LOST TOO", id=an_invoice("FIRST").id))

    with crowd(store, [adding("INV1"), reading, adding("INV2")]) as runs:
        pass
    assert [type(one.exception()) for one in runs] == [type(None), StoreError, type(None)]
    assert sorted(numbers(store)) == ["FIRST", "INV1", "INV2"]
    with store.transaction() as transaction:
        assert transaction.serial("t", "invoice") == 3
        assert transaction.kept("LOST", an_answer().at) is None


def test_what_others_stored_and_cannot_be_read_undoes_all(store: Store) -> None:
    with store._engine.connect() as connection, connection.begin() as whole:
        transaction = Transaction(connection)
        with transaction.member():
            transaction.add("t", an_invoice("INV1"))
            transaction.add("t", an_invoice("INV2", id=an_invoice("INV1").id))
        with pytest.raises(IntegrityError), transaction.member():
            assert transaction.connection
        assert transaction.is_lost
        whole.rollback()


def test_the_fault_of_the_first_does_not_touch_the_others(store: Store) -> None:
    with pytest.raises(LookupError), crowd(store, [adding("INV1"), adding("INV2")]) as runs:
        raise LookupError
    assert [one.result() for one in runs] == [None, None]
    assert sorted(numbers(store)) == ["INV1", "INV2"]
    assert store.count("t") == 2


def test_nobody_is_told_before_the_commit(store: Store) -> None:
    reached, goes_on = threading.Event(), threading.Event()

    @event.listens_for(store._engine, "commit")
    def slow(_: object) -> None:
        reached.set()
        goes_on.wait()

    done: list[bool] = []

    def look() -> None:
        reached.wait()
        time.sleep(0.05)
        done.extend(one.done() for one in runs)
        goes_on.set()

    watch = threading.Thread(target=look)
    with crowd(store, [adding("INV1"), adding("INV2")]) as runs:
        watch.start()
    watch.join()
    assert done == [False, False]
    assert [one.result() for one in runs] == [None, None]


def test_a_commit_that_fails_fails_for_all(store: Store) -> None:
    @event.listens_for(store._engine, "commit", once=True)
    def failing(_: object) -> None:
        raise OperationalError("COMMIT", None, Exception("no room"))

    with pytest.raises(StoreError, match="no room"), crowd(store, [adding("INV1"), adding("INV2")]) as runs:
        pass
    for one in runs:
        with pytest.raises(StoreError, match="no room"):
            one.result()
    assert numbers(store) == []
    with store.transaction() as transaction:
        assert transaction.kept("INV1", an_answer().at) is None
        adding("INV1")(transaction)
    assert numbers(store) == ["INV1"]


def test_a_statement_that_fails_without_a_savepoint_undoes_all_before_it(store: Store) -> None:
    """Nobody is told of a commit by which a database that has given up the transaction stores nothing."""

    def failing(transaction: Transaction) -> None:
        asked = copy.copy(transaction._statements.kept)
        asked._text = "SELECT nothing FROM nowhere"
        asked.first(transaction._connection, {"key": "k"})

    works = {"INV1": adding("INV1"), "": failing, "INV2": adding("INV2")}
    with pytest.raises(StoreError), crowd(store, list(works.values())) as runs:
        pass
    assert isinstance(runs[1].exception(), StoreError)
    told = [number for number, one in zip(works, runs, strict=True) if one.exception() is None]
    assert sorted(numbers(store)) == sorted(told)  # those that came after it
    assert store.count("t") == len(told)
    with store.transaction() as transaction:
        assert [transaction.kept(number, an_answer().at) is not None for number in works] == [
            number in told for number in works
        ]


def test_where_all_is_lost_all_are_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite undoes the whole transaction when its disk is full, and not only what did not fit."""
    store = Store(str(tmp_path_factory.mktemp("store") / "sandbox.db"))
    with store._engine.connect() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used + 10}")

    def large(transaction: Transaction) -> None:
        transaction.add("t", an_invoice("LARGE", *[an_item("x" * 1000)] * 100))

    with pytest.raises(StoreError, match="full"), crowd(store, [adding("INV1"), large]) as runs:
        pass
    assert {type(one.exception()) for one in runs} <= {StoreError, type(None)}
    assert isinstance(runs[1].exception(), StoreError)
    told = [number for number, one in zip(["INV1", "LARGE"], runs, strict=True) if one.exception() is None]
    assert numbers(store) == told  # INV1, if it came after the large one
    store.close()


def test_who_is_interrupted_while_waiting_leaves_nobody_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = store._groups._turn
    left = threading.Event()

    class Turn:
        """The thread that comes second is interrupted when the first has ended its transaction."""

        def acquire(self) -> bool:
            if threading.current_thread() is threading.main_thread():
                left.wait()
                raise KeyboardInterrupt
            return turn.acquire()

        def release(self) -> None:
            turn.release()
            left.set()

        def __enter__(self) -> bool:
            return turn.acquire()

        def __exit__(self, *_: object) -> None:
            turn.release()

    monkeypatch.setattr(store._groups, "_turn", Turn())
    entered = threading.Event()

    def first() -> None:
        with store.transaction() as transaction:
            transaction.add("t", an_invoice("INV1"))
            entered.set()
            wait_for(lambda: store._groups._waiting == 1)

    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(first)
        entered.wait()
        with pytest.raises(KeyboardInterrupt), store.transaction():
            pass
        run.result()
    monkeypatch.undo()
    assert numbers(store) == ["INV1"]


def test_a_store_that_is_closed_while_others_wait(store: Store) -> None:
    with ThreadPoolExecutor(1) as pool:
        with store.transaction() as transaction:
            transaction.add("t", an_invoice("INV1"))
            closed = pool.submit(store.close)
            wait_for(lambda: store._groups._waiting == 1)
        closed.result()
    with pytest.raises(StoreError, match="is closed"), store.transaction():
        pass
