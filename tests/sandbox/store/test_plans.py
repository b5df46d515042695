"""However many invoices there are, what a call or the page asks for is found by an index."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.store.samples import DAY, NOON, a_contact, a_snapshot, an_answer, an_invoice, an_item
from zuora_invoices_sandbox.store import NumberTakenError, Store
from zuora_invoices_sandbox.store.statements import statements


def test_nothing_is_looked_through() -> None:
    store = Store()
    asked: list[str] = []

    def note(statement: str) -> None:
        """Take a statement with its values in it."""
        if statement.startswith(("SELECT", "INSERT", "DELETE", "UPDATE")):
            asked.append(statement)

    with store._engine.connect() as connection:  # the one that there is
        driver: Any = connection.connection.driver_connection
    driver.set_trace_callback(note)
    with store.transaction() as transaction:
        assert transaction.kept("k1", NOON - DAY) is None
        transaction.serial("t", "invoice")
        transaction.is_taken("t", "INV1")
        transaction.contact("t", "c1")
        transaction.add_contact("t", a_contact())
        transaction.add_snapshot("t", a_snapshot())
        transaction.add("t", an_invoice("INV1", an_item(), an_item()))
        with pytest.raises(NumberTakenError):
            transaction.add("t", an_invoice("INV1", id="x"))
        transaction.keep(an_answer())
    store.invoices("t")
    store.invoices("t", status="Draft", before=100)
    store.invoices("t", search="A")
    store.invoices("t", search="A", status="Draft", before=100)
    store.invoice("t", "id-INV1")
    store.count("t")
    driver.set_trace_callback(None)

    assert len(asked) >= 15
    with store._reading() as transaction:
        for statement in asked:
            explained = transaction.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
            steps = [row.detail for row in explained]
            assert not [step for step in steps if step.startswith("SCAN sandbox_")], statement
            by_number = "sandbox_invoices" in statement and "SELECT" in statement and "serial IN" not in statement
            assert not by_number or all("INDEX" in step for step in steps if step.startswith("SEARCH sandbox_invoices"))
    store.close()


def test_nothing_is_looked_through_by_a_plan_for_empty_tables(postgresql_url: str) -> None:
    """PostgreSQL makes plans for any values, and keeps them until it looks at the tables, a minute later perhaps."""
    store = Store(postgresql_url)
    known = statements("postgresql")
    with store._reading() as transaction:
        connection = transaction.connection
        connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")
        for statement in (known.next, known.kept, known.numbers, known.contact, known.expired, known.purge):
            names = [name for name, _ in statement._writers]
            text = statement._text % {name: f"${place}" for place, name in enumerate(names, 1)}
            connection.exec_driver_sql(f"PREPARE asked AS {text}")
            values = ", ".join(["NULL"] * len(names))
            plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN EXECUTE asked ({values})").scalars())
            connection.exec_driver_sql("DEALLOCATE asked")
            assert not any(word in plan for word in ("Seq Scan", "Filter", "Sort")), plan
    store.close()
