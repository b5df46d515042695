"""Two sandboxes, each a program of its own, on one PostgreSQL: together they bill as one would."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.sandbox.program import Program, program
from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices_sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROUNDS = 15
EACH = 3
"""Callers of each program, who all call at the same time."""
ITEM = {"amount": 19, "chargeName": "Set-up", "serviceStartDate": "2026-11-22"}
ORDER = {"accountNumber": "A00000001", "invoiceDate": "2026-11-22", "invoiceItems": [ITEM]}


class Callers:
    """Callers of two programs, with tokens that the other program gave out."""

    def __init__(self, stack: ExitStack, programs: list[Program]) -> None:
        tokens = [token(one) for one in reversed(programs)]
        self._clients = [
            stack.enter_context(
                httpx2.Client(
                    base_url=one.url, headers={"Authorization": f"Bearer {known}"}, trust_env=False, timeout=60.0
                )
            )
            for one, known in zip(programs, tokens, strict=True)
        ] * EACH
        self._pool = stack.enter_context(ThreadPoolExecutor(len(self._clients)))

    def all_at_once(self, order: object, headers: dict[str, str]) -> list[tuple[int, Any]]:
        """Status and body of each caller's answer to the same request."""
        begin = threading.Barrier(len(self._clients))

        def call(client: httpx2.Client) -> tuple[int, Any]:
            begin.wait()
            answer = client.post(
                "/v1/invoices", content=encode(order), headers={"Content-Type": "application/json", **headers}
            )
            return answer.status_code, decode(answer.content)

        return list(self._pool.map(call, self._clients))


def token(one: Program) -> str:
    form = {"grant_type": "client_credentials", "client_id": one.client_id, "client_secret": one.client_secret}
    answer = httpx2.post(f"{one.url}/oauth/token", data=form, trust_env=False)
    return str(answer.raise_for_status().json()["access_token"])


@pytest.fixture
def callers(postgresql_url: str, tmp_path: Path) -> Iterator[Callers]:
    with ExitStack() as stack:
        programs = [stack.enter_context(program(postgresql_url, tmp_path)) for _ in range(2)]
        yield Callers(stack, programs)


@pytest.mark.slow
def test_the_same_key_at_once_is_billed_once(callers: Callers, postgresql_url: str) -> None:
    made: set[str] = set()
    for number in range(ROUNDS):
        answers = callers.all_at_once(ORDER, {"Idempotency-Key": f"key-{number}"})
        ids = {body["id"] for status, body in answers if status == 200}
        assert len(ids) == 1, answers
        assert {status for status, _ in answers} <= {200, 409}
        made |= ids
    with Sandbox(database=postgresql_url) as sandbox:
        assert {one.id for one in sandbox.invoices} == made
        assert [one.number for one in sandbox.invoices] == [f"INV{n:08}" for n in range(1, ROUNDS + 1)]


@pytest.mark.slow
def test_the_same_number_at_once_is_given_once(callers: Callers, postgresql_url: str) -> None:
    numbers = [f"MINE-{n}" for n in range(ROUNDS)]
    for number in numbers:
        answers = callers.all_at_once({**ORDER, "invoiceNumber": number}, {})
        assert {status for status, _ in answers} == {200}
        assert sorted(body["success"] for _, body in answers) == [False] * (len(answers) - 1) + [True]
    with Sandbox(database=postgresql_url) as sandbox:
        assert [one.number for one in sandbox.invoices] == numbers
