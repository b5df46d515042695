"""What the client knows of the operations besides their signatures."""

from __future__ import annotations

from zuora_invoices._operations import invoices as _operations
from zuora_invoices._runtime.operation import SecurityScheme

OPERATIONS = (_operations.CREATE_STANDALONE_INVOICE, _operations.CREATE_STANDALONE_INVOICES)


def test_tokens_are_fetched_or_given() -> None:
    fetched = SecurityScheme("bearer", "token", token_url="/oauth/token")
    for operation in OPERATIONS:
        assert operation.security == ((fetched,), (SecurityScheme("bearer", "token"),))


def test_the_headers_that_the_client_knows() -> None:
    for operation in OPERATIONS:
        assert {one.wire_name: one.max_length for one in operation.parameters if one.idempotency_key} == {
            "Idempotency-Key": 255
        }
        assert [one.wire_name for one in operation.parameters if one.correlation_id] == ["Zuora-Track-Id"]


def test_bodies_may_be_compressed() -> None:
    assert all(operation.body is not None and operation.body.gzip for operation in OPERATIONS)


def test_what_is_worth_another_attempt() -> None:
    for operation in OPERATIONS:
        assert operation.retry_statuses == (409, 429, 500, 502, 503, 504)


def test_failures_say_why() -> None:
    failure = _operations.FAILURE
    assert all(operation.failure is failure for operation in OPERATIONS)
    names = (failure.reasons, failure.code, failure.message, failure.process_id)
    assert names == ("reasons", "code", "message", "processId")
    assert failure.modulo == 100
    assert [one.number for one in failure.categories] == [10, 11, 20, 21, 22, 23, 30, 40, 50, 60, 61, 70, 90, 99]
    assert [one.number for one in failure.categories if one.transient] == [50, 61, 70]
