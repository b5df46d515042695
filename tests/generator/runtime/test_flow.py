"""One call over all its attempts, run by hand: keys, waits, deadlines, outcomes, events and log lines."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
import logging
import random
import re
import threading
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime import retry
from generator.runtime.answers import Answer, answers
from generator.runtime.errors import (
    ApiError,
    AuthenticationError,
    CallTimeoutError,
    ConfigurationError,
    ConflictError,
    ConnectionFailedError,
    IdempotencyMismatchError,
    RateLimitedError,
    RejectionError,
    RequestValidationError,
    ServerError,
    StatusError,
    TokenError,
    UndecodableResponseError,
)
from generator.runtime.events import Event, GiveUpEvent, RequestEvent, ResponseEvent, RetryEvent
from generator.runtime.http import Reply
from generator.runtime.model import ResponseModel
from generator.runtime.operation import Operation, Response
from generator.runtime.steps import Send, Wait
from tests.generator.runtime.flows import (
    ADD,
    BARE,
    BEARER,
    BODY,
    BUSY_CODE,
    FAILURE,
    GET,
    KEY,
    LATE,
    LOST,
    PET,
    UNSENT,
    WRONG_CODE,
    Failure,
    Pet,
    Script,
    called,
    failed,
    flow,
    frozen,
    lines,
    refusal,
    reply,
    token,
)

if TYPE_CHECKING:
    from tests.generator.runtime.flows import Comes

CUT = reply(200, b'{"success": tr')
DIGEST = hashlib.sha256(b"order-1").hexdigest()[:16]
FIRST = "order-1"
MANY = reply(200, {"success": False, "reasons": [{"code": 20 * (number // 2)} for number in range(900)]})


# -- whether and with which key --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [LOST, LATE, UNSENT, CUT, *(reply(status) for status in (408, 409, 425, 429, 500, 502, 503, 504))],
    ids=str,
)
def test_an_open_outcome_is_asked_for_with_the_same_key(first: Comes) -> None:
    script = Script(first, first, PET)
    assert isinstance(called(script, key=FIRST), Pet)
    assert script.keys == [FIRST] * 3
    assert len({send.request.content for send in script.sends}) == 1
    assert len(script.waits) == 2


@pytest.mark.parametrize(
    "first",
    [
        WRONG_CODE,
        refusal("no number"),
        refusal(4711_50, 501),
        reply(200, {"success": True}),
        reply(200, b'{"success": true, "name": 5}'),
        *(reply(status) for status in (302, 400, 403, 404, 415, 422, 501)),
        *(refusal(4711_20, status) for status in (400, 403, 404, 422)),
    ],
    ids=str,
)
def test_what_is_settled_or_hopeless_is_not_sent_again(first: Comes) -> None:
    script = Script(first, PET)
    error = failed(script, key=FIRST)
    assert (len(script.sends), script.waits, error.attempts, error.idempotency_key) == (1, [], 1, FIRST)


@pytest.mark.parametrize("first", [BUSY_CODE, refusal(50), refusal("50"), refusal(4711_50, 400), refusal(50, 422)])
def test_a_transient_refusal_takes_a_new_key_each_time(first: Comes) -> None:
    script = Script(first, first, PET)
    called(script, key=FIRST)
    assert script.keys == [FIRST, f"order-1~{DIGEST}-2", f"order-1~{DIGEST}-3"]


def test_a_key_that_is_made_stays_over_the_attempts_and_is_followed_in_the_same_way() -> None:
    script = Script(LOST, UNSENT, PET)
    called(script)
    assert len(set(script.keys)) == 1
    assert UUID(script.keys[0]).version == 4
    script = Script(BUSY_CODE, LOST, PET)
    called(script, options={"make_key": lambda: "made"})
    assert script.keys == ["made", *[retry.next_key("made", 2, 40)] * 2]


def test_derived_keys_keep_to_the_length_that_the_description_allows() -> None:
    long = "k" * 40
    script = Script(BUSY_CODE)
    error = failed(script, key=long)
    assert all(key is not None and len(key) <= 40 for key in script.keys)
    assert len(set(script.keys)) == 5
    assert error.idempotency_key == script.keys[-1] == retry.next_key(long, 5, 40)


def test_a_chain_is_the_same_after_a_crash() -> None:
    first, second = Script(BUSY_CODE), Script(BUSY_CODE)
    for script in (first, second):
        failed(script, key=FIRST)
    assert first.keys == second.keys


def test_after_an_open_outcome_a_transient_refusal_keeps_the_key() -> None:
    script = Script(LOST, BUSY_CODE, PET)
    called(script, key=FIRST)
    assert script.keys == [FIRST] * 3


def test_a_new_key_is_new_again_for_what_was_open() -> None:
    script = Script(BUSY_CODE, LOST, BUSY_CODE, PET)
    called(script, key=FIRST)
    assert script.keys == [FIRST, *[f"order-1~{DIGEST}-2"] * 3]


def test_without_idempotency_keys_only_what_did_nothing_is_sent_again() -> None:
    for first in (UNSENT, reply(429), BUSY_CODE):
        script = Script(first, PET)
        called(script, BARE)
        assert (len(script.sends), script.keys) == (2, [None, None])
    for first in (LOST, LATE, CUT, reply(503), reply(500), reply(409)):
        script = Script(first, PET)
        assert failed(script, BARE).outcome == "unknown"
        assert len(script.sends) == 1


def test_reading_is_safe_to_repeat() -> None:
    for first in (LOST, LATE, UNSENT, CUT, reply(500), reply(503), reply(429)):
        script = Script(first, PET)
        assert isinstance(called(script, GET), Pet)
        assert script.keys == [None, None]
    assert isinstance(failed(Script(reply(409), PET), GET), ConflictError)


def test_retries_are_counted() -> None:
    for most in (0, 1, 4, 7):
        script = Script(LOST)
        error = failed(script, key=FIRST, options={"max_retries": most})
        assert (len(script.sends), error.attempts, len(script.waits)) == (most + 1, most + 1, most)


# -- what became of it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comes", "kind", "outcome"),
    [
        ((LOST, reply(401)), AuthenticationError, "unknown"),
        ((reply(401),), AuthenticationError, "rejected"),
        ((LOST, UNSENT), ConnectionFailedError, "unknown"),
        ((UNSENT, UNSENT), ConnectionFailedError, "not_sent"),
        ((UNSENT, LOST), ConnectionFailedError, "unknown"),
        ((UNSENT, LOST, UNSENT), ConnectionFailedError, "unknown"),
        ((LOST, BUSY_CODE), RejectionError, "rejected"),  # repeated of the same process: the server keeps it
        ((BUSY_CODE,), RejectionError, "rejected"),
        ((BUSY_CODE, LOST, UNSENT), ConnectionFailedError, "unknown"),
        ((BUSY_CODE, UNSENT), ConnectionFailedError, "rejected"),
        ((LOST, WRONG_CODE), RejectionError, "rejected"),
        ((LOST, refusal(4711_20, 400)), StatusError, "rejected"),
        ((LOST, reply(400)), StatusError, "unknown"),
        ((LOST, reply(403)), StatusError, "unknown"),
        ((LOST, refusal(4711_20, 403)), StatusError, "unknown"),
        ((LOST, reply(422)), IdempotencyMismatchError, "unknown"),
        ((reply(422),), IdempotencyMismatchError, "rejected"),
        ((LOST, reply(429)), RateLimitedError, "unknown"),
        ((reply(429),), RateLimitedError, "rejected"),
        ((reply(429), reply(503), reply(429)), RateLimitedError, "unknown"),
        ((reply(503), reply(409)), ConflictError, "unknown"),
        ((CUT, LATE), CallTimeoutError, "unknown"),
        ((reply(500),), ServerError, "unknown"),
    ],
    ids=str,
)
def test_the_outcome_is_that_of_all_attempts(comes: tuple[Comes, ...], kind: type[ApiError], outcome: str) -> None:
    error = failed(Script(*comes), key=FIRST)
    assert type(error) is kind or (kind is StatusError and isinstance(error, StatusError))
    assert error.outcome == outcome
    if outcome == "unknown":
        assert repr(error.idempotency_key) in error.advice


def test_an_outcome_settled_by_a_refusal_of_a_first_key_is_forgotten_with_the_next() -> None:
    error = failed(Script(BUSY_CODE), key=FIRST, options={"max_retries": 2})
    assert (error.outcome, error.transient, error.attempts) == ("rejected", True, 3)
    assert "later" in error.advice


def test_an_error_knows_its_call() -> None:
    error = failed(Script(LOST, refusal(4711_20, zeit="1")), key=FIRST, track="t-1")
    assert (error.operation, error.status, error.attempts, error.track_id) == ("addPet", 200, 2, "t-1")
    assert (error.process_id, error.idempotency_key, error.headers["zeit"]) == ("p-1", FIRST, "1")
    assert [(one.code, one.message) for one in error.reasons] == [(4711_20, "no room")]
    assert "rejected; 2 attempts in " in str(error)
    assert str(error).endswith("idempotency key order-1; track id t-1; process p-1]")


def test_the_same_words_with_another_status_are_not_what_the_server_keeps() -> None:
    script = Script(LOST, refusal(50, 400), refusal(50, 422), refusal(50, 422), PET)
    called(script, key=FIRST)
    assert script.keys == [*[FIRST] * 4, retry.next_key(FIRST, 2, 40)]


SERVER: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([LOST, LATE, UNSENT, CUT, PET, WRONG_CODE, BUSY_CODE]),
    st.sampled_from([302, 400, 401, 403, 404, 408, 409, 418, 422, 425, 429, 500, 501, 502, 503, 504]).map(reply),
    st.sampled_from([400, 409, 422, 429, 503]).map(lambda status: refusal(50, status)),
)


@given(st.lists(SERVER, min_size=1, max_size=7), st.sampled_from([ADD, BARE, GET]))
def test_whatever_a_server_does_nothing_is_done_twice(comes: list[Any], operation: Operation[object]) -> None:
    """A key is left only if nothing can have been done with it; without keys nothing open is sent again."""
    script = Script(*comes)
    seen: list[Event] = []
    arguments: dict[str, Any] = {"key": FIRST} if operation is ADD else {}
    try:
        called(script, operation, options={"hooks": [seen.append]}, **arguments)
    except ApiError as error:
        failure: ApiError | None = error
    else:
        failure = None
    came = [*comes, *comes[-1:] * 10][: len(script.sends)]
    assert len(script.sends) <= 5
    open_ = {FIRST: False}
    for index, (key, come) in enumerate(zip(script.keys, came, strict=True)):
        name = key or FIRST
        if operation is BARE and index:
            assert not open_.get(FIRST)
        if index and key != script.keys[index - 1]:
            assert not open_[script.keys[index - 1] or ""]
        refused = isinstance(come, Reply) and (come is BUSY_CODE or come is WRONG_CODE or 400 <= come.status < 500)
        settled = refused and isinstance(come, Reply) and come.status not in (408, 409, 425)
        open_[name] = open_.get(name, False) or not (settled or come is UNSENT)
        if operation is ADD and index and come == came[index - 1] and settled and come.status not in (401, 403, 429):
            open_[name] = False  # said twice of the same process: what the server keeps
    if failure is not None and any(open_.values()) and came[-1] is not WRONG_CODE:
        assert failure.outcome == "unknown"
    kinds = [type(event) for event in seen]
    assert kinds.count(RequestEvent) == len(script.sends)
    assert kinds.count(RetryEvent) == len(script.sends) - 1
    assert kinds.count(GiveUpEvent) == (failure is not None)


# -- waits and the deadline ------------------------------------------------------------------------------------------


@pytest.fixture
def most(monkeypatch: pytest.MonkeyPatch) -> None:
    """The random part of a wait is as long as it can be."""
    monkeypatch.setattr(random, "uniform", lambda _, high: high)


@pytest.mark.usefixtures("most")
def test_waits_grow_to_their_cap() -> None:
    script = Script(LOST)
    failed(script, options={"max_retries": 6, "backoff": 1, "max_wait": 10, "deadline": None})
    assert script.waits == [1, 2, 4, 8, 10, 10]


@pytest.mark.usefixtures("most")
def test_what_the_server_asks_for_is_the_least() -> None:
    script = Script(reply(429, retry_after="7"), reply(503, retry_after="9"), reply(429, ratelimit_reset="3"), PET)
    called(script, options={"backoff": 1, "max_wait": 10})
    assert script.waits == [8, 10, 7]


def test_a_server_that_asks_for_more_than_may_be_waited_ends_the_call() -> None:
    script = Script(reply(429, retry_after="61"), PET)
    error = failed(script, key=FIRST)
    assert (len(script.sends), error.retry_after, error.outcome) == (1, 61, "rejected")
    assert error.advice == "Nothing was done. It may be sent again in 61 s, with the same idempotency key 'order-1'."


@pytest.mark.usefixtures("most")
def test_the_deadline_is_one_for_all_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = frozen(monkeypatch)
    script = Script(LOST, takes=2, clock=clock)
    error = failed(script, options={"deadline": 10, "backoff": 1, "timeout": 5, "max_retries": 99})
    # 2 s for the first attempt, 1 s of waiting, 2, 2, 2; then 4 s of waiting would be too many.
    assert (script.waits, clock.now, len(script.sends)) == ([1, 2], 1009, 3)
    assert {send.until for send in script.sends} == {1010.0}
    assert {send.timeout for send in script.sends} == {5}
    assert (error.elapsed, error.attempts) == (9, 3)


@pytest.mark.usefixtures("most")
def test_a_wait_that_ends_with_the_deadline_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    for deadline, waits in ((5, []), (5.001, [5])):
        clock = frozen(monkeypatch)
        script = Script(LOST, LOST, clock=clock)
        failed(script, options={"deadline": deadline, "backoff": 5, "max_retries": 1})
        assert script.waits == waits


def test_without_a_deadline_there_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(LOST, PET, clock=frozen(monkeypatch), takes=1e7)
    called(script, options={"deadline": None})
    assert [send.until for send in script.sends] == [float("inf")] * 2


# -- 401 -------------------------------------------------------------------------------------------------------------


def tokens(*given_: str) -> Any:
    rest = list(given_)
    return lambda: rest.pop(0) if len(rest) > 1 else rest[0]


def test_a_401_is_repeated_once_with_a_new_token_and_the_same_key() -> None:
    script = Script(reply(401), PET)
    called(script, given={"token": tokens("one", "two")}, key=FIRST, options={"max_retries": 0})
    assert (script.keys, script.bearers, script.waits) == ([FIRST] * 2, ["Bearer one", "Bearer two"], [])


def test_a_second_401_is_final() -> None:
    script = Script(reply(401))
    error = failed(script, given={"token": tokens("one", "two", "three")})
    assert (type(error), error.attempts, script.bearers) == (AuthenticationError, 2, ["Bearer one", "Bearer two"])
    assert error.outcome == "rejected"


def test_the_same_token_again_is_not_sent_again() -> None:
    script = Script(reply(401), PET)
    error = failed(script, given={"token": lambda: "one"})
    assert (type(error), error.attempts, len(script.sends)) == (AuthenticationError, 1, 1)


def test_a_token_that_was_given_as_text_cannot_be_renewed() -> None:
    script = Script(reply(401), PET)
    assert failed(script, given={"token": "one"}).attempts == len(script.sends) == 1


def test_a_401_in_the_midst_of_other_failures() -> None:
    script = Script(LOST, reply(401), reply(503), PET)
    called(script, given={"token": tokens("one", "one", "two")}, key=FIRST)
    assert (script.keys, script.bearers) == ([FIRST] * 4, ["Bearer one"] * 2 + ["Bearer two"] * 2)
    error = failed(Script(LOST, reply(401)), given={"token": tokens("one", "one", "two")}, key=FIRST)
    assert error.outcome == "unknown"


def test_no_new_token_after_an_open_attempt_leaves_it_open() -> None:
    def source() -> str:
        if asked:
            raise OSError("down")
        asked.append(1)
        return "one"

    asked: list[int] = []
    error = failed(Script(LOST), given={"token": source}, key=FIRST)
    assert (type(error), error.outcome, error.attempts, error.idempotency_key) == (TokenError, "unknown", 1, FIRST)
    assert FIRST in error.advice


# -- events ----------------------------------------------------------------------------------------------------------


def events(script: Script, **kwargs: Any) -> list[Event]:
    seen: list[Event] = []
    options = {**kwargs.pop("options", {}), "hooks": [seen.append]}
    error: ApiError | None = None
    try:
        called(script, key=FIRST, track="t-1", options=options, **kwargs)
    except ApiError as caught:
        error = caught
    assert [event.error for event in seen if isinstance(event, GiveUpEvent)] == ([error] if error else [])
    assert len({id(event.call) for event in seen}) == 1
    call = seen[0].call
    assert (call.operation, call.method, call.path, call.track_id) == ("addPet", "POST", "/pets", "t-1")
    return seen


def names(seen: list[Event]) -> str:
    return " ".join(type(event).__name__.removesuffix("Event") for event in seen)


def test_events_of_a_call_that_succeeds_at_last() -> None:
    seen = events(Script(LOST, BUSY_CODE, reply(503, retry_after="2"), PET))
    assert names(seen) == "Request Retry Request Response Retry Request Response Retry Request Response"
    assert [event.attempt for event in seen if isinstance(event, RequestEvent)] == [1, 2, 3, 4]
    assert [event.status for event in seen if isinstance(event, ResponseEvent)] == [200, 503, 200]
    retries = [event for event in seen if isinstance(event, RetryEvent)]
    assert [(event.attempt, type(event.error)) for event in retries] == [
        (1, ConnectionFailedError),
        (2, RejectionError),
        (3, ServerError),
    ]
    assert retries[2].wait >= 2


def test_a_retry_tells_of_the_key_to_come_and_its_error_of_the_key_that_was() -> None:
    seen = events(Script(BUSY_CODE, BUSY_CODE, PET))
    retries = [event for event in seen if isinstance(event, RetryEvent)]
    assert [event.idempotency_key for event in retries] == [f"order-1~{DIGEST}-2", f"order-1~{DIGEST}-3"]
    assert [event.error.idempotency_key for event in retries] == ["order-1", f"order-1~{DIGEST}-2"]
    assert [event.error.attempts for event in retries] == [1, 2]
    assert [event.idempotency_key for event in seen if isinstance(event, RequestEvent)] == [
        *("order-1", f"order-1~{DIGEST}-2", f"order-1~{DIGEST}-3")
    ]


def test_events_of_a_call_that_fails() -> None:
    assert names(events(Script(WRONG_CODE))) == "Request Response GiveUp"
    assert names(events(Script(LOST), options={"max_retries": 1})) == "Request Retry Request GiveUp"


def test_a_repetition_with_a_new_token_is_told_like_any_other() -> None:
    seen = events(Script(reply(401), PET), given={"token": tokens("one", "two")})
    assert names(seen) == "Request Response Retry Request Response"
    [retried] = [event for event in seen if isinstance(event, RetryEvent)]
    assert (retried.wait, retried.attempt, retried.idempotency_key) == (0, 1, FIRST)
    seen = events(Script(reply(401), PET), given={"token": tokens("one")})
    assert names(seen) == "Request Response GiveUp"


def test_hooks_are_told_in_order_and_cannot_fail_a_call(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []

    def broken(event: Event) -> None:
        seen.append("broken")
        raise RuntimeError("a hook of mine")

    hooks = [lambda _: seen.append("first"), broken, lambda _: seen.append("last")]
    assert isinstance(called(Script(PET), options={"hooks": hooks}), Pet)
    assert seen == ["first", "broken", "last"] * 2
    assert sum("a hook failed" in line for line in lines(caplog.records)) == 2


def test_a_call_that_breaks_the_description_is_no_event_and_no_line(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[Event] = []
    with pytest.raises(RequestValidationError):
        called(Script(PET), body={"nom": "Rex"}, options={"hooks": [seen.append]})
    assert (seen, lines(caplog.records)) == ([], [])


# -- the log ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comes", "expected"),
    [
        ((PET,), ["addPet attempt 1: 200 in S s; key order-1"]),
        (
            (LOST, PET),
            [
                "addPet attempt 1: ConnectionFailedError in S s; unknown; again in S s; key order-1",
                "addPet attempt 2: 200 in S s; key order-1",
            ],
        ),
        (
            (BUSY_CODE, WRONG_CODE),
            [
                "addPet attempt 1: 200 471150 in S s; rejected; again in S s; key order-1",
                "addPet attempt 2: 200 471120 in S s; rejected; giving up; key order-1~" + DIGEST + "-2",
            ],
        ),
        (
            (reply(401), PET),
            [
                "addPet attempt 1: 401 in S s; rejected; again with a new token; key order-1",
                "addPet attempt 2: 200 in S s; key order-1",
            ],
        ),
        ((refusal("a\nb"),), ["addPet attempt 1: 200 in S s; rejected; giving up; key order-1"]),
        ((refusal("x" * 41),), ["addPet attempt 1: 200 in S s; rejected; giving up; key order-1"]),
        ((refusal("no_room"),), ["addPet attempt 1: 200 no_room in S s; rejected; giving up; key order-1"]),
        ((MANY,), ["addPet attempt 1: 200 0 20 40 60 80 in S s; rejected; giving up; key order-1"]),
    ],
    ids=str,
)
def test_one_line_an_attempt(comes: tuple[Comes, ...], expected: list[str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "generator.runtime")
    with contextlib.suppress(ApiError):
        called(Script(*comes), given={"token": tokens("t0ken-one", "t0ken-two")}, key=FIRST)
    found = [re.sub(r"\d+\.\d+ s", "S s", line) for line in lines(caplog.records)]
    assert found == expected
    assert not [line for line in found if "t0ken" in line or "Rex" in line or "no room" in line]


@pytest.mark.parametrize("source", [tokens("one"), "one", None])
def test_one_line_an_attempt_though_no_other_token_is_had(source: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "generator.runtime")
    asked: list[int] = []

    def once() -> str:
        asked.append(1)
        if len(asked) > 1:
            raise OSError("down")
        return "one"

    failed(Script(reply(401)), given={"token": once if source is None else source}, key=FIRST)
    [line] = lines(caplog.records)
    assert "attempt 1" in line
    assert "giving up" in line
    assert ("TokenError" in line) == (source is None)


def test_levels(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "generator.runtime")
    called(Script(LOST, PET))
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


def test_a_call_that_is_given_up_from_outside_leaves_a_line_with_its_key(caplog: pytest.LogCaptureFixture) -> None:
    begun = flow(key=FIRST)
    assert isinstance(next(begun), Send)
    begun.close()
    assert lines(caplog.records) == ["addPet: abandoned in attempt 1; key order-1"]
    caplog.clear()
    begun = flow(key=FIRST)
    next(begun)
    assert isinstance(begun.throw(LOST), Wait)
    begun.close()
    assert lines(caplog.records)[-1] == "addPet: abandoned in attempt 1; key order-1"


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), asyncio.CancelledError(), SystemExit(), ValueError("a mock")])
def test_what_is_no_error_of_ours_goes_through(stop: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(type(stop)) as caught:
        called(Script(stop), key=FIRST)
    assert caught.value is stop
    assert lines(caplog.records) == ["addPet: abandoned in attempt 1; key order-1"]


def test_a_call_that_was_not_begun_leaves_no_line(caplog: pytest.LogCaptureFixture) -> None:
    begun = flow(given={"token": lambda: "one"})
    next(begun)
    begun.close()
    flow().close()
    assert lines(caplog.records) == []


def test_a_failure_before_the_first_attempt_has_a_line_too(caplog: pytest.LogCaptureFixture) -> None:
    error = failed(Script(PET), given={"other": "x"})
    assert (type(error), error.attempts, error.outcome) == (ConfigurationError, 0, "not_sent")
    assert len(lines(caplog.records)) == 1


# -- what comes beside the value -------------------------------------------------------------------------------------


def test_answers_are_recorded_in_the_order_in_which_calls_end() -> None:
    with answers() as recorded:
        first = called(Script(LOST, reply(200, {"success": True, "name": "A"}, zeit="1")), key=FIRST)
        failed(Script(WRONG_CODE))
        second = called(Script(PET), GET)
    called(Script(PET))
    one, two = recorded
    assert (one.operation, one.value, one.status, one.attempts, one.idempotency_key) == ("addPet", first, 200, 2, FIRST)
    assert one.headers["zeit"] == "1"
    assert one.elapsed >= 0
    assert (two.operation, two.value, two.attempts, two.idempotency_key) == ("getPet", second, 1, None)


def test_an_inner_block_takes_nothing_from_the_outer() -> None:
    with answers() as outer:
        called(Script(PET))
        with answers() as inner:
            called(Script(PET), GET)
        called(Script(PET))
    assert [one.operation for one in outer] == ["addPet", "getPet", "addPet"]
    assert [one.operation for one in inner] == ["getPet"]


def test_a_block_that_fails_ends_all_the_same() -> None:
    with contextlib.suppress(ZeroDivisionError), answers() as recorded:
        called(Script(PET))
        raise ZeroDivisionError
    called(Script(PET))
    assert len(recorded) == 1


def test_other_threads_do_not_record_and_tasks_of_the_block_do() -> None:
    with answers() as recorded:
        thread = threading.Thread(target=called, args=(Script(PET),))
        thread.start()
        thread.join()
    assert recorded == []

    async def one() -> None:
        await asyncio.sleep(0)
        called(Script(PET))

    async def apart() -> list[Answer]:
        with answers() as mine:
            await asyncio.sleep(0)
            called(Script(PET))
            await asyncio.sleep(0)
        return mine

    async def run() -> None:
        outside = asyncio.create_task(one())
        with answers() as recorded:
            await asyncio.gather(one(), one(), asyncio.to_thread(called, Script(PET)))
            await outside
        assert len(recorded) == 3
        assert [len(mine) for mine in await asyncio.gather(apart(), apart(), apart())] == [1, 1, 1]

    asyncio.run(run())


# -- answers of which something cannot be read ------------------------------------------------------------------------


class Cat(ResponseModel):
    success: Literal[True]
    name: str
    lives: int | None = None
    toys: dict[str, Cat] | None = None


CATS: Operation[object] = Operation(
    "addCat", "POST", "/cats", (KEY,), BODY, (Response("200", "application/json", Cat | Failure),), failure=FAILURE
)
ODD = {
    "success": True,
    "name": "Tom",
    "lives": "nine-of-Ann",
    "toys": {"of Ann": {"success": True, "name": "x", "lives": []}},
}


def test_a_success_is_returned_and_what_cannot_be_read_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "generator.runtime")
    with answers() as recorded:
        cat = called(Script(reply(200, ODD)), CATS, key=FIRST)
    assert isinstance(cat, Cat)
    assert (cat.name, cat.lives, list(cat.toys or {})) == ("Tom", None, ["of Ann"])
    assert [(one.path, one.value) for one in cat.unread] == [("lives", "nine-of-Ann"), ("toys.of Ann.lives", [])]
    [answer] = recorded
    assert (answer.value, answer.unread) == (cat, cat.unread)
    told = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert told[1:] == [
        ("WARNING", f"addCat: fields of the answer that cannot be read: lives, toys.*.lives; key {FIRST}")
    ]
    assert "Ann" not in str(told)


def test_nothing_is_told_where_all_is_read(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "generator.runtime")
    with answers() as recorded:
        called(Script(PET))
    assert (recorded[0].unread, [record.levelname for record in caplog.records]) == ((), ["INFO"])


def test_strict_answers_have_to_be_as_described() -> None:
    error = failed(Script(reply(200, ODD)), CATS, options={"strict_answers": True})
    assert isinstance(error, UndecodableResponseError)
    assert (error.outcome, error.cut) == ("unknown", False)
    assert "lives" in error.message


@pytest.mark.parametrize("body", [{**ODD, "name": 5}, {**ODD, "success": "yes"}, {"success": True, "lives": "x"}])
def test_what_tells_of_success_has_to_be_as_described(body: dict[str, object]) -> None:
    error = failed(Script(reply(200, body)), CATS)
    assert isinstance(error, UndecodableResponseError)
    assert error.outcome == "unknown"


@pytest.mark.parametrize("strict", [False, True])
def test_a_failure_of_odd_shape_is_no_success(strict: bool) -> None:
    refused = {"success": False, "name": "t0ken-value", "reasons": 5}
    assert isinstance(failed(Script(reply(200, refused)), CATS, options={"strict_answers": strict}), RejectionError)


class Oops(ResponseModel):
    failure: ClassVar[bool] = True

    why: str
    code: int | None = None


def test_a_failure_that_is_read_in_part_is_one_after_its_secrets_are_hidden_too() -> None:
    responses = (Response("200", "application/json", Cat | Oops),)
    operation: Operation[object] = Operation("addCat", "POST", "/cats", (KEY,), BODY, responses, ((BEARER,),))
    error = failed(Script(reply(200, {"why": "not with t0ken-value", "code": "x"})), operation)
    assert isinstance(error, RejectionError)
    assert isinstance(error.body, Oops)
    assert (error.body.why, error.body.unread[0].path) == ("not with ***", "code")


# -- bodies ----------------------------------------------------------------------------------------------------------


def packed(body: bytes, status: int = 200) -> Reply:
    return reply(status, gzip.compress(body), content_encoding="gzip")


def test_answers_may_be_compressed_whatever_they_say() -> None:
    assert isinstance(called(Script(packed(PET.content))), Pet)
    error = failed(Script(packed(WRONG_CODE.content, 400)))
    assert error.reasons[0].code == 4711_20
    assert "content-encoding" not in error.headers


def test_a_compressed_answer_that_is_cut_is_asked_for_again() -> None:
    cut = reply(200, packed(PET.content).content[:-5], content_encoding="gzip")
    script = Script(cut, packed(PET.content))
    assert isinstance(called(script, key=FIRST), Pet)
    assert script.keys == [FIRST] * 2


def test_what_unpacks_to_too_much_is_an_error_and_not_asked_for_again() -> None:
    script = Script(packed(b" " * 100_000 + PET.content))
    error = failed(script, options={"max_response_bytes": 50_000})
    assert isinstance(error, UndecodableResponseError)
    assert "more than 50000 bytes" in str(error)
    assert (error.outcome, len(script.sends)) == ("unknown", 1)


def test_a_failure_whose_body_cannot_be_unpacked_keeps_its_status() -> None:
    for odd in (packed(b" " * 100_000, 503), reply(503, b"no gzip", content_encoding="gzip")):
        error = failed(Script(odd), options={"max_response_bytes": 50_000, "max_retries": 0})
        assert (type(error), error.status) == (ServerError, 503)


def test_a_plain_answer_of_more_than_the_limit() -> None:
    error = failed(Script(reply(200, b" " * 11)), options={"max_response_bytes": 10})
    assert isinstance(error, UndecodableResponseError)
    assert "larger than 10 bytes" in str(error)


@pytest.mark.parametrize(("above", "encoding"), [(None, None), (10**9, None), (12, None), (11, "gzip"), (0, "gzip")])
def test_large_requests_go_compressed_and_the_same_at_each_attempt(above: int | None, encoding: str | None) -> None:
    script = Script(LOST, PET)
    called(script, options={"compress_above": above}, body={"name": "R"})
    for send in script.sends:
        content = send.request.content or b""
        assert send.request.headers.get("Content-Encoding") == encoding
        assert (gzip.decompress(content) if encoding else content) == b'{"name":"R"}'
        assert send.request.headers["Accept-Encoding"] == "gzip"


def test_the_limits_of_a_call_go_with_each_request() -> None:
    script = Script(PET)
    called(script, options={"max_response_bytes": 10**6, "timeout": 3})
    assert [(send.limit, send.timeout) for send in script.sends] == [(10**6, 3)]


def test_a_token_fetch_belongs_to_the_call() -> None:
    script = Script(token(), LOST, PET)
    called(script, given={"client_id": "me", "client_secret": "mine"}, key=FIRST)
    assert [send.request.address.path for send in script.sends] == ["/v1/oauth/token", "/v1", "/v1"]
    assert script.keys == [None, FIRST, FIRST]
