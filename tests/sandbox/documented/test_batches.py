"""Documented: batches, together or each for itself. Each test is one clause."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.documented.front import BATCH, Front, item, opened, order
from zuora_invoices import RejectionError, models
from zuora_invoices_sandbox import Sandbox

NEW = {"firstName": "Ada", "lastName": "King"}
UNKNOWN = order(accountNumber="none", billToContact=NEW)


def test_each_in_its_own_transaction_is_the_default(front: Front) -> None:
    answer = front.post({"invoices": [order(), UNKNOWN]}, BATCH)
    assert (answer.status, answer.body["success"]) == (200, True)
    assert len(front.sandbox.invoices) == 1


def test_results_keep_the_order_and_failures_say_their_place(front: Front) -> None:
    answer = front.batch(UNKNOWN, order(comments="one"), order(unknown=1), order(comments="three"), {"comments": 1}, 7)
    results = answer.body["invoices"]
    assert answer.body["success"] is True
    assert [one["success"] for one in results] == [False, True, False, True, False, False]
    assert [one.get("objectIndex") for one in results] == [0, None, 2, None, 4, 5]
    assert [one.get("comments") for one in results] == [None, "one", None, "three", None, None]
    for failed in (one for one in results if not one["success"]):
        assert set(failed) == {"objectIndex", "processId", "reasons", "success"}
        assert failed["reasons"]
    assert results[0]["reasons"][0]["code"] == 58490120
    assert [one.document["comments"] for one in front.sandbox.invoices] == ["one", "three"]


def test_a_batch_whose_invoices_all_fail_is_a_success(front: Front) -> None:
    answer = front.batch(UNKNOWN, UNKNOWN)
    assert (answer.status, answer.body["success"]) == (200, True)
    assert not front.sandbox.invoices


def test_a_failure_takes_no_number(front: Front) -> None:
    front.batch(order(), order(accountNumber="none"), order())
    assert [one.number for one in front.sandbox.invoices] == ["INV00000001", "INV00000002"]


def test_together_all_are_created(front: Front) -> None:
    answer = front.batch(order(), order(), together=True)
    assert [one["invoiceNumber"] for one in answer.body["invoices"]] == ["INV00000001", "INV00000002"]
    assert len(front.sandbox.invoices) == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (order(accountNumber="none"), 58490120),
        (order(unknown=1), 58499921),
        (order(invoiceNumber="SAME"), 58491130),
        (7, 58499920),
    ],
)
def test_together_one_that_is_refused_refuses_all_and_leaves_no_trace(front: Front, wrong: Any, code: int) -> None:
    answer = front.batch(order(billToContact=NEW), order(invoiceNumber="SAME"), wrong, together=True)
    assert (answer.status, answer.body["success"], answer.codes) == (200, False, [code])
    assert "invoices[2]" in answer.body["reasons"][0]["message"]
    assert set(answer.body) == {"success", "processId", "requestId", "reasons"}
    assert len(front.sandbox.invoices) == 0
    with opened(seed=1) as fresh, opened(seed=1) as tried:
        tried.batch(order(billToContact=NEW), order(invoiceNumber="SAME"), wrong, together=True)
        # The same ids and numbers as if it had never been: no serial, no number and no contact is left.
        made = [one.create(invoiceNumber="SAME", soldToContact=NEW) for one in (fresh, tried)]
        assert made[0].body == made[1].body
        assert fresh.create().body == tried.create().body


def test_together_every_reason_of_every_invoice_is_told(front: Front) -> None:
    answer = front.batch(UNKNOWN, order(), order(accountNumber="none", currency="CHF"), together=True)
    assert answer.codes == [58490120, 58490120, 58490620]


def test_together_there_are_100_reasons_at_most_and_how_many_more(front: Front) -> None:
    wrong = order(**{f"field{place}": 1 for place in range(60)})
    answer = front.batch(wrong, wrong, together=True)
    assert len(answer.codes) == 101
    assert answer.body["reasons"][100]["message"] == "at least 20 more things are wrong"


def test_two_in_a_batch_cannot_have_one_number(front: Front) -> None:
    answer = front.batch(order(invoiceNumber="A"), order(invoiceNumber="A"))
    assert [one["success"] for one in answer.body["invoices"]] == [True, False]


@pytest.mark.parametrize(
    ("body", "category"),
    [
        ({}, 22),
        ({"invoices": []}, 20),
        ({"invoices": [order()] * 51}, 20),
        ({"invoices": [order(invoiceItems=[item()] * 501)] * 2}, 20),
        ({"invoices": order()}, 20),
        ({"invoices": [order()], "useSingleTransaction": "yes"}, 20),
        ({"invoices": [order()], "unknown": 1}, 21),
    ],
)
def test_what_is_wrong_with_the_batch_refuses_it_as_a_whole(front: Front, body: Any, category: int) -> None:
    answer = front.post(body, BATCH)
    assert (answer.status, answer.body["success"], answer.categories) == (200, False, [category])
    assert not front.sandbox.invoices


def test_50_invoices_with_1000_items_are_taken(front: Front) -> None:
    answer = front.batch(*[order(invoiceItems=[item()] * 20)] * 50)
    assert all(one["success"] for one in answer.body["invoices"])
    assert len(front.sandbox.invoices) == 50


def test_the_client_reads_both_kinds_of_batch() -> None:
    with (
        Sandbox() as sandbox,
        sandbox.client() as client,
    ):
        orders = [models.PostInvoiceType.model_validate(order(accountNumber=n)) for n in ("A00000001", "none")]
        result = client.invoices.create_standalone_invoices(models.PostInvoicesType(invoices=orders))
        assert [one.object_index for one in result.failed] == [1]
        assert [one.result.id for one in result.created] == [sandbox.invoices[0].id]
        with pytest.raises(RejectionError, match=r"invoices\[1\]: No account is found"):
            client.invoices.create_standalone_invoices(
                models.PostInvoicesType(invoices=orders, use_single_transaction=True)
            )
        assert len(sandbox.invoices) == 1
