"""Documented: tokens, their expiry, and permissions. Each test is one clause."""

from __future__ import annotations

import pytest

from tests.sandbox.documented.front import Front, item, order


def test_the_answer_has_the_documented_fields(front: Front) -> None:
    answer = front.fetch()
    assert answer.status == 200
    assert set(answer.body) == {"access_token", "token_type", "expires_in", "scope", "jti"}
    assert (answer.body["token_type"], answer.body["expires_in"]) == ("bearer", 3599)


def test_a_client_id_has_36_characters_and_a_secret_42_at_most(front: Front) -> None:
    for client in front.sandbox.tenant.clients:
        assert len(client.client_id) == 36
        assert len(client.client_secret) <= 42


def test_a_token_is_good_for_an_hour_and_used_again(front: Front) -> None:
    front.made()
    front.sandbox.clock.move(3599)
    front.made()
    front.sandbox.clock.move(1)
    answer = front.create()
    assert (answer.status, answer.codes) == (401, [90000011])
    assert answer.body["success"] is False
    front.tokens.clear()
    front.made()


def test_a_revoked_token_is_401(front: Front) -> None:
    front.token()
    front.sandbox.revoke_tokens()
    assert front.create().status == 401


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer wrong", "Basic YTpi"])
def test_no_token_that_is_good_is_401_with_the_documented_code(front: Front, header: str | None) -> None:
    answer = front.post(order(), Authorization=header)
    assert (answer.status, answer.codes) == (401, [90000011])
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"client_secret": "wrong"}, 401),
        ({"client_id": "x" * 36}, 401),
        ({"grant_type": "password"}, 400),
        ({"grant_type": ""}, 400),
    ],
)
def test_wrong_credentials_get_no_token(front: Front, form: dict[str, str], status: int) -> None:
    answer = front.fetch(**form)
    assert answer.status == status
    assert "access_token" not in answer.body


def test_a_minute_has_100_tokens_for_each_address(front: Front) -> None:
    statuses = [front.fetch().status for _ in range(101)]
    assert statuses == [200] * 100 + [429]
    front.sandbox.clock.move(60)
    assert front.fetch().status == 200


CATALOG = {"productRatePlanChargeId": "ff8080817cda56fa017cda87999d071b"}


@pytest.mark.parametrize(
    ("client", "items", "status"),
    [
        (0, [item()], 200),
        (1, [item()], 403),  # without Modify Invoice
        (2, [item()], 403),  # without any permission to create
        (3, [item()], 200),  # Without Product Catalog
        (3, [item(**CATALOG)], 403),
        (4, [item()], 403),  # With Product Catalog
        (4, [item(**CATALOG)], 200),
        (4, [item(**CATALOG), item()], 403),
        (5, [item()], 403),  # nothing
    ],
)
def test_modify_and_a_permission_to_create_such_items_are_needed(
    front: Front, client: int, items: list[object], status: int
) -> None:
    front.client = client
    answer = front.create(invoiceItems=items)
    assert answer.status == status
    assert answer.body["success"] is (status == 200)
    if status == 403:
        assert set(answer.categories) == {10}
    assert len(front.sandbox.invoices) == (status == 200)


def test_who_may_not_create_one_invoice_of_a_batch_is_told_in_its_place(front: Front) -> None:
    front.client = 3
    answer = front.batch(order(), order(invoiceItems=[item(**CATALOG)]))
    assert answer.status == 200
    failed = answer.body["invoices"][1]
    assert (failed["objectIndex"], [one["code"] % 100 for one in failed["reasons"]]) == (1, [10])
    assert front.batch(order(), order(invoiceItems=[item(**CATALOG)]), together=True).status == 403
    assert len(front.sandbox.invoices) == 1


def test_who_created_an_invoice_is_the_user_of_the_token(front: Front) -> None:
    front.client = 3
    assert front.made().created_by == front.sandbox.tenant.clients[3].user
