"""The vendor's own SDK, unmodified but for the host, creates invoices in the sandbox."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.vendor import environment
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.http.server import running
from zuora_invoices_sandbox.messages import Headers

if TYPE_CHECKING:
    from zuora_invoices_sandbox import Call, InvoiceRecord

pytestmark = [pytest.mark.slow, pytest.mark.vendor]
PROGRAM = Path(environment.__file__).with_name("program.py")


@dataclass(frozen=True)
class Seen:
    """What the SDK showed, and what the sandbox has."""

    shown: dict[str, Any]  # Any: JSON, of many shapes
    invoices: list[InvoiceRecord]
    calls: list[Call]

    def invoice(self, id: str) -> InvoiceRecord:  # noqa: A002 - the field's word for it
        (found,) = (one for one in self.invoices if one.id == id)
        return found


@pytest.fixture(scope="module")
def seen() -> Seen:
    """All cases in one run of the SDK, as its import takes seconds."""
    python = environment.python()
    with Sandbox() as sandbox, running(sandbox) as url:
        done = subprocess.run(
            [python, PROGRAM, url, sandbox.client_id, sandbox.client_secret],
            env=environment.variables(),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return Seen(json.loads(done.stdout), list(sandbox.invoices), list(sandbox.calls))


def test_it_gets_a_token_as_its_documents_say(seen: Seen) -> None:
    token = seen.shown["token"]
    assert token["access_token"]
    assert not token["is_expired"]
    asked = [call for call in seen.calls if call.target == "/oauth/token"]
    assert [call.status for call in asked] == [200]


def test_it_sends_the_version_that_it_was_made_for(seen: Seen) -> None:
    version = seen.shown["version"]
    assert version == "2025-08-12"
    assert {Headers(call.request_headers)["Zuora-Version"] for call in seen.calls} == {version}


def test_it_creates_an_invoice(seen: Seen) -> None:
    shown = seen.shown["single"]
    assert shown["success"] is True
    assert (shown["status"], shown["date"], shown["comments"]) == ("Posted", "2026-11-21", "By the vendor's own SDK")
    made = seen.invoice(shown["id"])
    assert made.amount == Decimal("20.00") == Decimal(shown["amount"])
    assert (made.number, made.account_id) == (shown["number"], shown["account"])
    assert [item.amount for item in made.items] == [Decimal("19.99"), Decimal("0.01")]


def test_it_knows_every_field_of_the_answer(seen: Seen) -> None:
    # What the vendor's models do not know ends up beside them: these the newest description has, and the SDK not yet.
    newer = ["einvoiceErrorCode", "einvoiceErrorMessage", "einvoiceFileId", "einvoiceStatus", "organizationLabel"]
    assert seen.shown["single"]["more"] == newer


def test_a_key_makes_one_invoice(seen: Seen) -> None:
    assert seen.shown["replayed"] == seen.shown["single"]
    assert [one.document["comments"] for one in seen.invoices].count("By the vendor's own SDK") == 1


def test_it_shows_status_and_headers_of_a_compressed_answer(seen: Seen) -> None:
    details = seen.shown["details"]
    headers = {name.lower(): value for name, value in details["headers"].items()}
    assert details["status"] == 200
    assert headers["content-encoding"] == "gzip"
    assert headers["zuora-track-id"] == "track-1"
    assert len(headers["zuora-request-id"]) == 36
    assert seen.invoice(details["invoice"]["id"]).amount == Decimal(50)


def test_it_shows_what_came_of_a_batch_in_part(seen: Seen) -> None:
    batch = seen.shown["partial"]
    assert batch["success"] is True
    first, failed, last = batch["invoices"]
    assert [Decimal(one["amount"]) for one in (first, last)] == [1, 3]
    assert {seen.invoice(one["id"]).account_number for one in (first, last)} == {"A00000001", "A00000003"}
    assert (failed["success"], failed["index"], failed["id"]) == (False, 1, None)
    assert len(failed["process"]) == 16
    ((code, message),) = failed["reasons"]
    assert code % 100 == 20  # as in the vendor's own sample
    assert "NO-SUCH" in message


def test_a_batch_in_one_transaction_is_all_or_nothing(seen: Seen) -> None:
    made = seen.shown["together"]
    assert made["success"] is True
    assert [seen.invoice(one["id"]).amount for one in made["invoices"]] == [10, 20]
    refused = seen.shown["nothing"]
    assert refused["success"] is False
    assert refused["invoices"] is None
    assert [code % 100 for code, _ in refused["reasons"]] == [20]


def test_it_shows_a_rejection(seen: Seen) -> None:
    shown = seen.shown["rejected"]
    assert (shown["success"], shown["id"]) == (False, None)
    assert len(shown["process"]) == 16
    assert [code % 100 for code, _ in shown["reasons"]] == [20]


def test_it_raises_what_is_answered_4xx(seen: Seen) -> None:
    for name, status, category in (("not-a-batch", 422, 30), ("token-refused", 401, 11)):
        error = seen.shown[name]
        assert error["status"] == status
        assert error["body"]["success"] is False
        assert [reason["code"] % 100 for reason in error["body"]["reasons"]] == [category]
        assert len(error["request"]) == 36


def test_no_other_invoices_were_made(seen: Seen) -> None:
    assert len(seen.invoices) == 1 + 1 + 2 + 2
