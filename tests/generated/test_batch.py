"""The two kinds of outcome of a real batch, each with the invoice that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.description import BUNDLE, OPERATIONS, examples, fitting, resolved
from zuora_invoices import BatchFailureError, BatchPart, models
from zuora_invoices._runtime.batch import BatchResult, MisfitError
from zuora_invoices._runtime.reasons import FailureBody

if TYPE_CHECKING:
    from tests.description import Node

ANSWERS: Node = examples(resolved(OPERATIONS["createStandaloneInvoices"]["responses"]["200"])["content"])
EXPLAINED = FailureBody(reasons="reasons", code="code", message="message")


def batch(count: int) -> models.PostInvoicesType:
    item = {"amount": 5, "serviceStartDate": "2026-11-21", "chargeName": "Set-up"}
    invoices: list[Any] = [  # Any: as it stands on the wire
        {"accountNumber": f"A{number}", "invoiceDate": "2026-11-21", "invoiceItems": [item]} for number in range(count)
    ]
    return models.PostInvoicesType.model_validate({"invoices": invoices})


def answered(name: str, count: int) -> models.InvoicesResult:
    body, sample = batch(count), ANSWERS[name]
    fits = len(sample["invoices"]) == count
    result = models.InvoicesResult.model_validate(fitting(sample, body.to_wire()) if fits else sample)
    result.belongs_to(body, "createStandaloneInvoices", EXPLAINED)
    return result


def test_the_description_marks_one_batch() -> None:
    marked = {name for name, words in BUNDLE["components"]["schemas"].items() if "x-batch" in words}
    made = {name for name in models.__all__ if issubclass(getattr(models, name), BatchResult)}
    assert made == marked == {"InvoicesResult"}


def test_a_partial_batch() -> None:
    result = answered("partialBatch", 2)
    (created,), (failed,) = result.created, result.failed
    assert (created.object_index, created.request.account_number) == (0, "A0")
    assert created.result is result.invoices[0]
    assert (failed.object_index, failed.request.account_number) == (1, "A1")
    assert failed.result is result.invoices[1]
    assert failed == BatchPart(1, batch(2).invoices[1], result.invoices[1], failed.reasons)
    assert [reason.code for reason in failed.reasons] == [58490020]
    with pytest.raises(BatchFailureError) as caught:
        result.raise_for_failures()
    assert failed.result.reasons is not None
    said = "; ".join(f"{reason.code}: {reason.message}" for reason in failed.result.reasons)
    assert str(caught.value) == f"createStandaloneInvoices: 1 of 2 failed: [1] {said}"
    assert [part.request for part in caught.value.failed] == batch(2).invoices[1:]


def test_a_batch_that_failed_as_a_whole_says_success_all_the_same() -> None:
    result = answered("failedBatch", 2)
    assert result.success is True
    assert result.created == ()
    assert [part.object_index for part in result.failed] == [0, 1]
    with pytest.raises(BatchFailureError, match=r"^createStandaloneInvoices: 2 of 2 failed: \[0\] "):
        result.raise_for_failures()


def test_a_batch_of_which_nothing_failed() -> None:
    created = {"success": True, "id": "1"}
    result = models.InvoicesResult.model_validate({"success": True, "invoices": [created] * 3})
    result.belongs_to(batch(3), "createStandaloneInvoices")
    result.raise_for_failures()
    assert [part.request.account_number for part in result.created] == ["A0", "A1", "A2"]
    assert result.failed == ()


@pytest.mark.parametrize("count", [1, 3])
def test_another_number_of_invoices(count: int) -> None:
    with pytest.raises(MisfitError) as caught:
        answered("partialBatch", count)
    assert str(caught.value) == f"invoices has 2 results for {count} invoices"


def test_an_index_that_is_not_the_place() -> None:
    first, second = ANSWERS["partialBatch"]["invoices"]
    result = models.InvoicesResult.model_validate({"success": True, "invoices": [second, first]})
    with pytest.raises(MisfitError) as caught:
        result.belongs_to(batch(2), "createStandaloneInvoices")
    assert str(caught.value) == "invoices[0].objectIndex is 1, and must be 0"


def test_a_failure_without_an_index_is_that_of_its_place() -> None:
    failure = {"success": False, "reasons": [{"code": 58490020}]}
    created, _ = ANSWERS["partialBatch"]["invoices"]
    answer = {"success": True, "invoices": [created, failure]}
    result = models.InvoicesResult.model_validate(fitting(answer, batch(2).to_wire()))
    result.belongs_to(batch(2), "createStandaloneInvoices")
    assert [(part.object_index, part.request.account_number) for part in result.failed] == [(1, "A1")]


def test_a_result_made_by_hand_has_its_invoices_and_no_parts() -> None:
    result = models.InvoicesResult(success=True, invoices=[models.InvoiceFailure(object_index=0, success=False)])
    assert len(result.invoices) == 1
    with pytest.raises(RuntimeError, match="this InvoicesResult comes from no call"):
        _ = result.failed
