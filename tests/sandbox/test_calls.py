"""The call log: what it keeps, how much of it, and that no secret is in it."""

from __future__ import annotations

import base64
import gzip
import json
import string
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuora_invoices_sandbox.calls import SHOWN, CallLog
from zuora_invoices_sandbox.messages import Answer, Delivery, Headers, Request
from zuora_invoices_sandbox.outcomes import Creation, Kind
from zuora_invoices_sandbox.refusal import Reason

if TYPE_CHECKING:
    from zuora_invoices_sandbox.calls import Call

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
REFUSAL = {"success": False, "processId": "CBC", "reasons": [{"code": 58490040, "message": "no such account"}]}


def recorded(
    log: CallLog,
    body: bytes = b"{}",
    answer: Answer | None = None,
    *,
    target: str = "/v1/invoices",
    headers: tuple[tuple[str, str], ...] = (),
    **more: object,
) -> Call:
    path, _, query = target.partition("?")
    request = Request("POST", path, query, Headers(headers), body)
    return log.record(request, Delivery(answer), at=NOW, **more)  # type: ignore[arg-type] # keywords of `record`


def answered(value: object, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    return Answer(status, json.dumps(value).encode(), headers)


@pytest.mark.parametrize(
    ("answer", "kind", "outcome"),
    [
        (answered({"success": True, "id": "a1"}), Kind.CREATED, "created 1"),
        (answered({"success": True, "invoices": [{"success": True, "id": "a1"}]}), Kind.CREATED, "created 1"),
        (
            answered({"success": True, "invoices": [{"success": True, "id": "a1"}, {**REFUSAL, "objectIndex": 1}]}),
            Kind.PARTIAL,
            "created 1, failed 1",
        ),
        (answered(REFUSAL), Kind.REFUSED, "refused"),
        (answered(REFUSAL, 409), Kind.REFUSED, "refused"),
        (Answer(413, b""), Kind.REFUSED, "refused"),
        (Answer(502, b"<html>Bad Gateway</html>"), Kind.FAILED, "failed"),
        (answered({"access_token": "x" * 30}), Kind.TOKEN, "token issued"),
        (answered([1]), Kind.OTHER, "answered"),
        (None, Kind.DROPPED, "dropped"),
    ],
)
def test_an_outcome_is_told_in_words(answer: Answer | None, kind: Kind, outcome: str) -> None:
    call = recorded(CallLog(), answer=answer)
    assert (call.kind, call.outcome) == (kind, outcome)
    assert call.status == (answer.status if answer else None)


def test_reasons_and_ids_are_read_from_the_answer() -> None:
    created = {"success": True, "id": "a1", "invoiceNumber": "INV1"}
    call = recorded(CallLog(), answer=answered({"success": True, "invoices": [created, {**REFUSAL, "objectIndex": 1}]}))
    assert call.created == ("a1",)
    assert call.creations == (Creation(0, "a1", "INV1"),)
    assert [failure.index for failure in call.failures] == [1]
    assert call.reasons == (Reason(58490040, "no such account"),)


def test_what_headers_say_is_at_hand() -> None:
    sent = (("Idempotency-Key", "key-1"), ("zuora-track-id", "track-1"))
    made = answered(REFUSAL, headers=(("Zuora-Request-Id", "request-1"),))
    call = recorded(CallLog(), answer=made, headers=sent, fault="slow", user="Ana", milliseconds=1.5)
    assert (call.idempotency_key, call.track_id, call.request_id) == ("key-1", "track-1", "request-1")
    assert (call.fault, call.user, call.milliseconds, call.at) == ("slow", "Ana", 1.5, NOW)
    assert call.request_headers == sent


def test_a_replay_and_a_loss_are_told_apart_from_what_was_done_first() -> None:
    log, made = CallLog(), answered({"success": True, "id": "a1"})
    assert recorded(log, answer=made, replayed=True).outcome == "replayed"
    lost = recorded(log, undelivered=made)
    assert (lost.status, lost.outcome, lost.created) == (None, "dropped after: created 1", ("a1",))
    cut = log.record(Request("POST", "/v1/invoices"), Delivery(made, cut=3), at=NOW)
    assert (cut.kind, cut.outcome, cut.status) == (Kind.DROPPED, "cut off: created 1", 200)


def test_it_is_a_sequence_of_the_last_calls() -> None:
    log = CallLog(size=3)
    for place in range(5):
        recorded(log, target=f"/{place}")
    assert [call.target for call in log] == ["/2", "/3", "/4"]
    assert [call.number for call in log[-2:]] == [4, 5]
    assert (len(log), log[-1].number, log.last_number) == (3, 5, 5)
    assert [log.find(number) and number for number in (0, 2, 3, 5, 6)] == [None, None, 3, 5, None]
    with pytest.raises(IndexError):
        log[3]


def test_clearing_forgets_calls_and_counts_on() -> None:
    log = CallLog()
    recorded(log)
    log.clear()
    assert (len(log), log.find(1), log.clears) == (0, None, 1)
    assert recorded(log).number == 2


def test_it_takes_no_more_room_than_it_may() -> None:
    log = CallLog(limit=300_000)
    for _ in range(50):
        recorded(log, b'"' + b"x" * 50_000 + b'"')
    assert 2 <= len(log) <= 6
    assert log[-1].number == 50


def test_a_long_body_is_cut_and_its_rest_counted() -> None:
    call = recorded(CallLog(), b"x" * (SHOWN + 77))
    assert call.request_body == "x" * SHOWN + "\n... and 77 more"
    assert call.request_size == SHOWN + 77


def test_long_headers_are_cut() -> None:
    call = recorded(CallLog(), headers=tuple((f"x-{n}", "y" * 9_000) for n in range(100)))
    assert call.request_headers[-1] == ("...", "98 more headers")
    assert sum(len(value) for _, value in call.request_headers) < 20_000


def test_gzip_is_shown_as_its_text() -> None:
    packed = (("content-encoding", "gzip"),)
    made = Answer(200, gzip.compress(json.dumps(REFUSAL).encode()), (("Content-Encoding", "gzip"),))
    call = recorded(CallLog(), gzip.compress(b'{"a": 1.10}'), made, headers=packed)
    assert call.request_body == '{"a": 1.10}'
    assert call.reasons == (Reason(58490040, "no such account"),)


def test_what_is_no_text_is_shown_by_its_length_and_beginning() -> None:
    assert recorded(CallLog(), b"\xff\xfe\x00").request_body == "<3 bytes that are no text: ff fe 00>"
    broken = recorded(CallLog(), b"\x1f\x8b" + b"\0" * 100, headers=(("Content-Encoding", "gzip"),))
    assert broken.request_body.startswith("<102 bytes that are no text: 1f 8b 00")
    assert broken.request_body.endswith("...>")


def test_a_bomb_is_not_unpacked() -> None:
    call = recorded(CallLog(), gzip.compress(b"0" * (64 << 20)), headers=(("Content-Encoding", "gzip"),))
    assert len(call.request_body) < SHOWN + 100


# A secret begins with what is nowhere else, so that it is not in a call by chance.
SECRETS = st.text(string.ascii_letters + string.digits + "._~+/= %-", min_size=6).map(lambda text: f"zQ{text}z")


@given(secret=SECRETS, filler=st.text(string.ascii_lowercase, max_size=40), packed=st.booleans())
@pytest.mark.parametrize(
    "place",
    ["bearer", "bare", "basic", "form", "query", "json", "answer", "echo", "number", "multipart", "cookie", "cut"],
)
def test_no_secret_is_kept_wherever_it_stands(place: str, secret: str, filler: str, packed: bool) -> None:
    log = CallLog(secrets=[secret] if place in {"basic", "multipart"} else [])
    headers: list[tuple[str, str]] = [("X-Filler", filler)]
    body, target, answer = filler.encode(), "/v1/invoices", answered(REFUSAL)
    credentials = base64.b64encode(f"id:{secret}".encode()).decode()
    match place:
        case "bearer":
            headers.append(("authorization", f"bearer {secret}"))
        case "bare":
            headers.append(("Authorization", secret))
        case "basic":
            headers.append(("AUTHORIZATION", f"Basic {credentials}"))
        case "form":
            body = urlencode({"client_id": "me", "client_secret": secret, "grant_type": filler}).encode()
        case "query":
            target = f"/oauth/token?a={filler}&client_secret={quote_plus(secret)}"
        case "json":
            body = json.dumps({"x": filler, "client_secret": secret}).encode()
        case "answer":
            answer = answered({"access_token": secret, "scope": filler})
        case "echo":  # a token that the caller also put elsewhere
            headers += [("Authorization", f"Bearer {secret}"), ("X-Debug", f"{filler} {secret}")]
            body = json.dumps({"comments": f"token {secret}"}).encode()
            answer = answered({"success": False, "reasons": [{"code": 90000011, "message": f"not {secret}"}]}, 401)
        case "number":
            headers += [("Authorization", f"Bearer {secret}")]
            answer = answered({"success": True, "id": "a1", "invoiceNumber": f"{filler}{secret}"})
        case "multipart":
            body = f'--b\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n{secret}\r\n--b--'.encode()
        case "cookie":
            headers += [("Cookie", f"session={secret}"), ("X-Again", secret)]
        case _:  # where a long body is cut off, the end of the string is not there
            body = b'{"x": "' + b"x" * (SHOWN - 40) + b'", "client_secret": "' + secret.encode() * 9_000
    if packed:
        headers.append(("Content-Encoding", "gzip"))
        body = gzip.compress(body)
    call = recorded(log, body, answer, target=target, headers=tuple(headers))
    shown = repr(call)
    for form in (secret, quote_plus(secret), credentials):
        assert form not in shown
    assert "***" in shown


def test_what_is_masked_still_says_what_it_is() -> None:
    sent = (("Authorization", "Bearer abc.def.ghi"), ("Cookie", "a=b"), ("Content-Type", "application/json"))
    call = recorded(CallLog(), b"client_id=me&client_secret=abcdefgh&grant_type=client_credentials", headers=sent)
    assert call.request_headers == (("Authorization", "Bearer ***"), ("Cookie", "***"), sent[2])
    assert call.request_body == "client_id=me&client_secret=***&grant_type=client_credentials"
    empty = recorded(CallLog(), headers=(("Authorization", "Bearer"),))
    assert empty.request_headers == (("Authorization", "Bearer"),)


def test_a_short_value_is_masked_in_its_place_alone() -> None:
    call = recorded(CallLog(), b'{"n": "1", "client_secret": "1"}', headers=(("Authorization", "Bearer 1"),))
    assert call.request_body == '{"n": "1", "client_secret": "***"}'


def test_a_thread_can_wait_for_a_call() -> None:
    log = CallLog()
    assert not log.wait(0, timeout=0)
    thread = threading.Thread(target=recorded, args=(log,))
    thread.start()
    assert log.wait(0, timeout=10)
    thread.join()


def test_listeners_hear_of_calls_until_they_leave() -> None:
    log = CallLog()
    heard: list[int | None] = []
    leave = log.subscribe(lambda call: heard.append(call.number if call else None))
    recorded(log)
    log.clear()
    leave()
    leave()
    recorded(log)
    assert heard == [1, None]


def test_threads_get_numbers_of_their_own() -> None:
    log = CallLog(size=100)
    threads = [threading.Thread(target=lambda: [recorded(log) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [call.number for call in log] == list(range(101, 201))
