"""Tokens given out, looked at and taken back."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.gates.tenants import CLIENT_ID, OTHER, OTHER_ID, OTHER_SECRET, SECRET, USER, tenant
from zuora_invoices_sandbox.clock import Clock
from zuora_invoices_sandbox.gates.tokens import Tokens
from zuora_invoices_sandbox.messages import Answer, Headers, Request
from zuora_invoices_sandbox.refusal import Category, Refused

KEY = bytes(range(32))
FORM = "application/x-www-form-urlencoded"
GOOD = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": SECRET}


def frozen() -> Clock:
    return Clock(datetime(2026, 11, 22, 12, tzinfo=UTC))


def tokens(clock: Clock | None = None, key: bytes = KEY, **changes: Any) -> Tokens:
    return Tokens(tenant(**changes), key, clock or frozen())


def ask(
    body: bytes | dict[str, str],
    media: str | None = FORM,
    method: str = "POST",
    peer: str = "127.0.0.1",
    headers: tuple[tuple[str, str], ...] = (),
) -> Request:
    content = urlencode(body).encode() if isinstance(body, dict) else body
    given = [] if media is None else [("content-type", media)]
    return Request(method, "/oauth/token", "", Headers([*given, *headers]), content, peer)


def call(token: str, scheme: str = "Bearer ") -> Request:
    return Request("POST", "/v1/invoices", headers=Headers([("authorization", f"{scheme}{token}")]))


def token_of(source: Tokens, **changes: str) -> str:
    answer = source.issue(ask(GOOD | changes))
    assert answer.status == 200
    return str(json.loads(answer.body)["access_token"])


def refusal(source: Tokens, request: Request) -> str:
    with pytest.raises(Refused) as refused:
        source.caller_of(request)
    assert refused.value.status == 401
    assert refused.value.headers == (("WWW-Authenticate", "Bearer"),)
    assert [(one.code, one.category) for one in refused.value.reasons] == [(90000011, Category.UNAUTHENTICATED)]
    return refused.value.reasons[0].message.removeprefix("Authentication failed. ")


def error(answer: Answer) -> str:
    assert dict(answer.headers)["Cache-Control"] == "no-store"
    assert dict(answer.headers)["Content-Type"] == "application/json;charset=utf-8"
    body = json.loads(answer.body)
    assert set(body) == {"error", "error_description"}
    assert SECRET not in answer.body.decode()
    return str(body["error"])


def test_a_token_is_given_for_a_client_and_good_for_its_user() -> None:
    source = tokens()
    answer = source.issue(ask(GOOD, media="Application/X-WWW-Form-Urlencoded; charset=UTF-8"))
    assert answer.status == 200
    assert dict(answer.headers)["Cache-Control"] == "no-store"
    body = json.loads(answer.body)
    assert list(body) == ["access_token", "token_type", "expires_in", "scope", "jti"]
    assert (body["token_type"], body["expires_in"]) == ("bearer", 3599)
    assert body["scope"] == f"entity.1000 user.{USER.id}"
    assert len(body["jti"]) == 32
    assert source.caller_of(call(body["access_token"])) == USER
    assert source.caller_of(call(body["access_token"], "bearer  ")) == USER


def test_the_scope_names_the_entities_of_the_user() -> None:
    answer = tokens().issue(ask(GOOD | {"client_id": OTHER_ID, "client_secret": OTHER_SECRET}))
    assert json.loads(answer.body)["scope"] == f"entity.north entity.south user.{OTHER.id}"


def test_no_two_tokens_are_alike() -> None:
    source = tokens()
    assert token_of(source) != token_of(source)


def test_every_process_on_a_database_takes_a_token() -> None:
    clock = frozen()
    assert tokens(clock).caller_of(call(token_of(tokens(clock)))) == USER


@pytest.mark.parametrize(
    ("changes", "status", "word"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": SECRET + "x"}, 401, "invalid_client"),
        ({"client_secret": OTHER_SECRET}, 401, "invalid_client"),
        ({"client_secret": "ö"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_secret": ""}, 400, "invalid_request"),
        ({"client_id": ""}, 400, "invalid_request"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_a_form_that_is_not_right(changes: dict[str, str], status: int, word: str) -> None:
    answer = tokens().issue(ask(GOOD | changes))
    assert (answer.status, error(answer)) == (status, word)
    assert ("WWW-Authenticate" in dict(answer.headers)) == (status == 401)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (ask(GOOD, method="GET"), 405),
        (ask(GOOD, method="PUT"), 405),
        (ask(GOOD, media=None), 415),
        (ask(GOOD, media="application/json"), 415),
        (ask(GOOD, media="multipart/form-data; boundary=x"), 415),
        (ask(GOOD, headers=(("content-encoding", "gzip"),)), 415),
        (ask(b"x" * 8_193), 413),
        (ask(b""), 400),
        (ask(b"nothing"), 400),
        (ask(b"\xff=1"), 400),
        (ask(b"client_id=%ff&client_secret=x&grant_type=client_credentials"), 400),
        (ask(b"&".join(b"a%d=1" % number for number in range(21))), 400),
        (ask(urlencode([*GOOD.items(), ("client_id", CLIENT_ID)]).encode()), 400),
        (ask({}, headers=(("authorization", "Basic eDp5"),)), 400),
    ],
)
def test_a_request_that_is_no_form(request_: Request, status: int) -> None:
    answer = tokens().issue(request_)
    assert answer.status == status
    assert error(answer) == "invalid_request"
    assert dict(answer.headers).get("Allow") == ("POST" if status == 405 else None)


@given(body=st.binary(max_size=200), media=st.sampled_from([FORM, f"{FORM};x", ""]))
def test_whatever_is_sent_is_answered(body: bytes, media: str) -> None:
    answer = tokens().issue(ask(body, media=media))
    assert answer.status in {400, 415}
    error(answer)


def test_an_address_may_ask_only_so_often() -> None:
    clock = frozen()
    source = tokens(clock, limits={"tokens_per_minute": 2})
    assert [source.issue(ask(GOOD)).status for _ in range(3)] == [200, 200, 429]
    answer = source.issue(ask(GOOD))
    assert error(answer) == "too_many_requests"
    assert dict(answer.headers)["Retry-After"] == "60"
    assert source.issue(ask(GOOD, peer="10.0.0.9")).status == 200
    clock.move(60)
    assert source.issue(ask(GOOD)).status == 200


def test_a_reset_forgets_who_asked_and_takes_nothing_back() -> None:
    source = tokens(limits={"tokens_per_minute": 1})
    token = token_of(source)
    source.reset()
    assert source.issue(ask(GOOD)).status == 200
    assert source.caller_of(call(token)) == USER


def test_a_wrong_secret_counts_too() -> None:
    source = tokens(limits={"tokens_per_minute": 1})
    assert source.issue(ask(GOOD | {"client_secret": "guess"})).status == 401
    assert source.issue(ask(GOOD)).status == 429


@pytest.mark.parametrize("authorization", ["Bearer", "Bearer ", "Basic eDp5", "token", "Bearer\tx"])
def test_no_token(authorization: str) -> None:
    assert refusal(tokens(), call("", authorization)) == "The Authorization header is not Bearer and a token."


def test_no_header() -> None:
    assert refusal(tokens(), Request("POST", "/v1/invoices")) == "The Authorization header is missing."


@pytest.mark.parametrize("token", ["x", ".", "a.b", "ö.ü", "\udcff", "x" * 100_000, "Bearer x.y", "e30.e30"])
def test_a_token_that_was_made_up(token: str) -> None:
    assert refusal(tokens(), call(token)) == "The token is not one of this tenant."


@given(place=st.integers(0), letter=st.sampled_from("abcXYZ019-_.= "))
def test_a_token_of_which_one_letter_was_changed(place: int, letter: str) -> None:
    source = tokens()
    token = token_of(source)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    if changed.strip() != token:
        assert refusal(source, call(changed)) == "The token is not one of this tenant."


def test_a_token_of_another_database() -> None:
    token = token_of(tokens(key=b"k" * 32))
    assert refusal(tokens(), call(token)) == "The token is not one of this tenant."


def test_a_token_of_another_tenant_on_the_same_database() -> None:
    token = token_of(tokens(id="2000"))
    assert refusal(tokens(), call(token)) == "The token is not one of this tenant."


def test_a_token_of_another_version_of_the_sandbox() -> None:
    source = tokens()
    text = base64.urlsafe_b64encode(b'{"who":"ann"}').decode().rstrip("=")
    assert refusal(source, call(f"{text}.{source._mac(text)}")) == "The token is not one of this tenant."


def test_a_token_lives_an_hour() -> None:
    clock = frozen()
    source = tokens(clock)
    token = token_of(source)
    clock.move(3_599)
    assert source.caller_of(call(token)) == USER
    clock.move(1)
    assert refusal(source, call(token)) == "The token has expired."
    clock.move(-7_200)
    assert source.caller_of(call(token)) == USER


def test_a_client_that_left_the_tenant() -> None:
    token = token_of(tokens())
    clients = [{"client_id": OTHER_ID, "client_secret": OTHER_SECRET, "user": OTHER.id}]
    assert refusal(tokens(clients=clients), call(token)) == "The token was revoked."


def test_all_tokens_are_revoked_and_new_ones_are_good() -> None:
    source = tokens()
    old = token_of(source)
    source.revoke_all()
    new = token_of(source)
    assert refusal(source, call(old)) == "The token was revoked."
    assert source.caller_of(call(new)) == USER
    source.revoke_all()
    assert refusal(source, call(new)) == "The token was revoked."


def test_other_processes_take_what_is_given_out_after_a_revocation() -> None:
    source, other = tokens(), tokens()
    source.revoke_all()
    assert other.caller_of(call(token_of(source))) == USER


def test_nothing_shows_a_secret() -> None:
    source = tokens()
    token = token_of(source)
    request = call(token)
    source.revoke_all()
    with pytest.raises(Refused) as refused:
        source.caller_of(request)
    for text in (repr(source), repr(request), str(refused.value), repr(refused.value), repr(tenant())):
        assert token not in text
        assert SECRET not in text
        assert repr(KEY) not in text
