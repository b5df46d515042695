"""The gates as callers meet them: through the client, and as plain HTTP."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.sandbox.gates.tenants import CLIENT_ID, OTHER_ID, OTHER_SECRET, SECRET, tenant
from zuora_invoices import AuthenticationError, Client, PermissionDeniedError, RateLimitedError, TokenError, models
from zuora_invoices_sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNT = {"id": "e" * 32, "number": "A1", "name": "Ada", "currency": "EUR", "paymentTerm": "Net 30"}
DAY = date(2026, 11, 21)
ORDER = models.PostInvoiceType(
    account_number="A1",
    invoice_date=DAY,
    invoice_items=[models.PostInvoiceItemType(amount=Decimal(1), service_start_date=DAY, charge_name="Set-up")],
)


def sandbox(**limits: Any) -> Sandbox:
    made = Sandbox(tenant(limits=limits, accounts=[ACCOUNT]))
    made.clock.freeze()
    return made


@pytest.fixture
def place() -> Iterator[Sandbox]:
    with sandbox() as made:
        yield made


def client(place: Sandbox, client_id: str = CLIENT_ID, client_secret: str = SECRET) -> Client:
    return Client(
        base_url="https://sandbox",
        client_id=client_id,
        client_secret=client_secret,
        http_client=place.transport(),
        backoff=0,
        max_retries=0,
    )


def post(place: Sandbox, body: bytes = b"{", **headers: str) -> httpx2.Response:
    with httpx2.Client(transport=place.transport(), base_url="https://sandbox") as plain:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return plain.post("/v1/invoices", content=body, headers={"Content-Type": "application/json", **sent})


@pytest.mark.parametrize("change", ["an hour passes", "tokens are revoked"])
def test_the_client_renews_a_token_that_is_no_longer_good(place: Sandbox, change: str) -> None:
    with client(place) as calling:
        calling.invoices.create_standalone_invoice(ORDER)
        if change == "an hour passes":
            place.clock.move(3_600)
        else:
            place.revoke_tokens()
        calling.invoices.create_standalone_invoice(ORDER)
    assert [call.status for call in place.calls] == [200, 200, 401, 200, 200]
    assert len(place.invoices) == 2


def test_a_wrong_secret_gets_no_token(place: Sandbox) -> None:
    with client(place, client_secret="wrong") as calling, pytest.raises(TokenError) as error:
        calling.invoices.create_standalone_invoice(ORDER)
    assert error.value.status == 401
    assert "invalid_client: bad client credentials" in str(error.value)


def test_a_token_that_was_made_up(place: Sandbox) -> None:
    with (
        Client(base_url="https://sandbox", token="made-up", http_client=place.transport()) as calling,
        pytest.raises(AuthenticationError) as error,
    ):
        calling.invoices.create_standalone_invoice(ORDER)
    assert [reason.code for reason in error.value.reasons] == [90000011]
    assert error.value.headers["www-authenticate"] == "Bearer"


def test_permissions_come_before_the_body(place: Sandbox) -> None:
    with client(place, OTHER_ID, OTHER_SECRET) as calling, pytest.raises(PermissionDeniedError) as error:
        calling.invoices.create_standalone_invoice(ORDER)
    assert [reason.code for reason in error.value.reasons] == [50000010, 50000010]
    form = {"grant_type": "client_credentials", "client_id": OTHER_ID, "client_secret": OTHER_SECRET}
    with httpx2.Client(transport=place.transport()) as plain:
        token = plain.post("https://sandbox/oauth/token", data=form).json()["access_token"]
    assert post(place, b"{", Authorization=f"Bearer {token}").status_code == 403


def test_a_token_comes_before_what_is_wrong_with_the_call(place: Sandbox) -> None:
    assert post(place, b"{", Zuora_Track_Id="a;b").status_code == 401


def test_a_used_up_quota_says_when_to_come_back() -> None:
    with sandbox(per_minute=1) as place, client(place) as calling:
        calling.invoices.create_standalone_invoice(ORDER)
        place.clock.move(15)
        with pytest.raises(RateLimitedError) as error:
            calling.invoices.create_standalone_invoice(ORDER)
        assert error.value.retry_after == 45
        assert [reason.code for reason in error.value.reasons] == [50000070]
        found = {name: value for name, value in error.value.headers.items() if name.startswith("ratelimit-")}
        assert found == {"ratelimit-limit": "1", "ratelimit-remaining": "0", "ratelimit-reset": "45"}
        place.clock.move(45)
        calling.invoices.create_standalone_invoice(ORDER)
        assert len(place.invoices) == 2


def test_every_answer_tells_of_the_quota(place: Sandbox) -> None:
    with client(place) as calling:
        calling.invoices.create_standalone_invoice(ORDER)
    post(place)
    with httpx2.Client(transport=place.transport(), base_url="https://sandbox") as plain:
        plain.get("/v1/invoices")
        plain.get("/v1/nothing")
    assert [call.status for call in place.calls] == [200, 200, 401, 405, 404]
    for call in place.calls:
        names = [name for name, _ in call.answer_headers if name.startswith("RateLimit-")]
        assert names == ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]


def test_what_was_created_tells_of_the_places_left(place: Sandbox) -> None:
    with client(place) as calling:
        calling.invoices.create_standalone_invoice(ORDER)
    headers = [pair for pair in place.calls[-1].answer_headers if pair[0].startswith("Concurrency-")]
    assert headers == [
        ("Concurrency-Limit-Type", "default"),
        ("Concurrency-Limit-Limit", "200"),
        ("Concurrency-Limit-Remaining", "199"),
    ]
