"""Whether, with which key and when a call is sent again."""

from __future__ import annotations

import hashlib
import math
import random
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime import retry
from generator.runtime.errors import (
    ApiError,
    CallTimeoutError,
    ConfigurationError,
    ConnectionFailedError,
    RejectionError,
    StatusError,
    TokenError,
    UndecodableResponseError,
)
from generator.runtime.operation import Operation, Parameter
from generator.runtime.options import Settings
from generator.runtime.reasons import Category, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY = Category(50, "busy", transient=True)
WRONG = Category(20, "wrong")
KEY = Parameter("Key", "key", "header", str, idempotency_key=True)
KEYED: Operation[object] = Operation("addPet", "POST", "/pets", (KEY,))
BARE: Operation[object] = Operation("addPet", "POST", "/pets")
READING: Operation[object] = Operation("getPet", "GET", "/pets")


def status(number: int, *categories: Category) -> StatusError:
    error = StatusError.for_status(number)("addPet", "no", number, {}, None)
    error.reasons = tuple(Reason(1, "no", one) for one in categories)
    return error


def rejection(*categories: Category | None) -> RejectionError:
    error = RejectionError("addPet", "no", 200, {}, None)
    error.reasons = tuple(Reason(1, "no", one) for one in categories)
    return error


def unreadable(*, cut: bool) -> UndecodableResponseError:
    error = UndecodableResponseError("addPet", "?", 200, {}, b"")
    error.cut = cut
    return error


LOST = ConnectionFailedError("addPet", "lost", "unknown")
LATE = CallTimeoutError("addPet", "late", "unknown")
UNSENT = ConnectionFailedError("addPet", "refused", "not_sent")


# -- whether ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "keyed", "bare", "reading"),
    [
        (LOST, "same", None, "same"),
        (LATE, "same", None, "same"),
        (UNSENT, "same", "same", "same"),
        (unreadable(cut=True), "same", None, "same"),
        (unreadable(cut=False), None, None, None),
        (status(408), "same", None, "same"),
        (status(409), "same", None, None),
        (status(425), "same", None, "same"),
        (status(429), "same", "same", "same"),
        (status(500), "same", None, "same"),
        (status(502), "same", None, "same"),
        (status(503), "same", None, "same"),
        (status(504), "same", None, "same"),
        *((status(number), None, None, None) for number in (302, 400, 401, 403, 404, 418, 422, 501, 505, 599)),
        (status(422, BUSY), "new", "new", "new"),
        (status(400, BUSY, BUSY), "new", "new", "new"),
        (status(400, BUSY, WRONG), None, None, None),
        (status(429, BUSY), "same", "same", "same"),
        (status(501, BUSY), None, None, None),
        (status(503, BUSY), "same", None, "same"),
        (rejection(BUSY), "new", "new", "new"),
        (rejection(BUSY, WRONG), None, None, None),
        (rejection(BUSY, None), None, None, None),
        (rejection(WRONG), None, None, None),
        (rejection(), None, None, None),
        (ConfigurationError("addPet", "none"), None, None, None),
        (TokenError("addPet", "none", 503), None, None, None),
    ],
    ids=lambda value: f"{type(value).__name__}-{value}"[:60],
)
def test_what_is_sent_again(error: ApiError, keyed: str | None, bare: str | None, reading: str | None) -> None:
    assert [retry.again(one, error, unsure=False) for one in (KEYED, BARE, READING)] == [keyed, bare, reading]


def test_while_an_earlier_attempt_is_open_the_key_stays() -> None:
    assert retry.again(KEYED, rejection(BUSY), unsure=True) == "same"
    assert retry.again(KEYED, status(422, BUSY), unsure=True) == "same"
    assert retry.again(KEYED, rejection(WRONG), unsure=True) is None


def test_the_description_has_the_last_word_on_statuses() -> None:
    one: Operation[object] = Operation("addPet", "POST", "/pets", (KEY,), retry_statuses=(404,))
    assert [retry.again(one, status(number), unsure=False) for number in (404, 503, 429)] == ["same", None, None]
    never: Operation[object] = Operation("getPet", "GET", "/pets", retry_statuses=())
    assert retry.again(never, status(429), unsure=False) is None
    assert retry.again(never, LOST, unsure=False) == "same"


# -- what became of it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "alone", "after_unknown"),
    [
        (LOST, "unknown", "unknown"),
        (UNSENT, "not_sent", "unknown"),
        (TokenError("addPet", "none", 400), "not_sent", "unknown"),
        (ConfigurationError("addPet", "none"), "not_sent", "unknown"),
        (status(503), "unknown", "unknown"),
        (status(409), "unknown", "unknown"),
        (unreadable(cut=False), "unknown", "unknown"),
        (status(401), "rejected", "unknown"),
        (status(401, WRONG), "rejected", "unknown"),
        (status(403, WRONG), "rejected", "unknown"),
        (status(429, WRONG), "rejected", "unknown"),
        (status(422), "rejected", "unknown"),
        (status(422, WRONG), "rejected", "rejected"),
        (status(400, BUSY), "rejected", "unknown"),
        (rejection(WRONG), "rejected", "rejected"),
        (rejection(BUSY, WRONG), "rejected", "rejected"),
        (rejection(BUSY), "rejected", "unknown"),
        (rejection(), "rejected", "unknown"),
    ],
    ids=lambda value: f"{type(value).__name__}-{value}"[:60],
)
def test_what_became_of_all_attempts(error: ApiError, alone: str, after_unknown: str) -> None:
    assert retry.outcome(error, unsure=False) == alone
    assert retry.outcome(error, unsure=True) == after_unknown


# -- with which key --------------------------------------------------------------------------------------------------


def test_keys_are_derived_as_documented() -> None:
    digest = hashlib.sha256(b"order-1").hexdigest()[:16]
    assert [retry.next_key("order-1", number, None) for number in (2, 10)] == [
        f"order-1~{digest}-2",
        f"order-1~{digest}-10",
    ]
    long = "k" * 255
    short = f"{'k' * 198}~{hashlib.sha256(long.encode()).hexdigest()[:32]}"
    assert retry.next_key(long, 2, 255) == f"{short}~{hashlib.sha256(short.encode()).hexdigest()[:16]}-2"
    assert retry.next_key("k" * 231, 2, 255).startswith("k" * 231 + "~")
    assert len(retry.next_key("k" * 36, 2, 36)) <= 36


ASCII = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=300)


@given(ASCII, st.sampled_from([None, 36, 64, 255]), st.lists(st.integers(2, 2000), unique=True, max_size=8))
def test_keys_of_a_chain_differ_and_fit(first: str, most: int | None, numbers: list[int]) -> None:
    first = first[:most]
    chain = [retry.next_key(first, number, most) for number in numbers]
    assert len({first, *chain}) == len(numbers) + 1
    assert all(most is None or len(key) <= most for key in chain)
    assert chain == [retry.next_key(first, number, most) for number in numbers]
    assert all(key.isascii() and key.isprintable() and " " not in key for key in chain)


@given(ASCII, ASCII, st.integers(2, 9), st.sampled_from([None, 64, 255]))
def test_chains_of_different_keys_do_not_meet(first: str, other: str, number: int, most: int | None) -> None:
    first, other = first[:most], other[:most]
    if first != other:
        assert retry.next_key(first, number, most) != retry.next_key(other, number, most)


@given(ASCII, st.lists(st.integers(2, 99), min_size=1, max_size=5), st.sampled_from([None, 36, 64, 255]))
def test_a_derived_key_leads_on_in_its_chain(first: str, numbers: list[int], most: int | None) -> None:
    first = first[:most]
    key = first
    for number in numbers:
        begun, _ = retry.chain(key)
        key = retry.next_key(begun, number, most)
        assert key == retry.next_key(first, number, most)
        assert retry.chain(key)[1] == number


def test_a_key_of_the_callers_that_only_looks_derived_begins_a_chain() -> None:
    for key in ("order-1~2", f"order-1~{'0' * 16}-2", "~", ""):
        assert retry.chain(key) == (key, 1)


# -- when ------------------------------------------------------------------------------------------------------------


@given(
    st.one_of(st.none(), st.floats(0, 200)),
    st.integers(1, 10_000),
    st.floats(0, 100),
    st.floats(0, 100),
)
def test_a_wait_is_as_long_as_asked_and_no_longer_than_allowed(
    asked: float | None, repetition: int, most: float, backoff: float
) -> None:
    error = status(503)
    error.retry_after = asked
    wait = retry.wait(error, repetition, Settings(max_wait=most, backoff=backoff))
    if asked is not None and asked > most:
        assert wait is None
    else:
        assert wait is not None
        assert (asked or 0) <= wait <= most
        assert wait <= (asked or 0) + backoff * 2 ** min(repetition - 1, 60)


def test_the_whole_of_a_growing_range_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Full jitter: from nothing to all, so that callers do not come in waves."""
    asked: list[tuple[float, float]] = []

    def most(low: float, high: float) -> float:
        asked.append((low, high))
        return high

    monkeypatch.setattr(random, "uniform", most)
    waits = [retry.wait(status(503), repetition, Settings()) for repetition in (1, 2, 3, 4, 8, 9, 10_000)]
    assert waits == [0.5, 1.0, 2.0, 4.0, 60.0, 60.0, 60.0]
    assert asked == [(0, one) for one in waits]


NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT


@pytest.mark.parametrize(
    ("number", "headers", "seconds"),
    [
        (503, {}, None),
        (503, {"retry-after": "7"}, 7),
        (503, {"retry-after": " 0 "}, 0),
        (503, {"retry-after": "1.5"}, 1.5),
        (503, {"retry-after": "-1"}, None),
        (503, {"retry-after": "soon"}, None),
        (503, {"retry-after": "9" * 5000}, 1e9),
        (503, {"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT"}, 30),
        (503, {"retry-after": "Tuesday, 14-Nov-23 22:13:50 GMT"}, 30),
        (503, {"retry-after": "Tue Nov 14 22:13:50 2023"}, 30),
        (503, {"retry-after": "Tue, 14 Nov 2023 22:13:50 -0000"}, 30),
        (503, {"retry-after": "Tue, 14 Nov 2023 21:13:50 -0100"}, 30),
        (503, {"retry-after": "Tue, 14 Nov 2023 22:13:19 GMT"}, 0),
        (503, {"retry-after": "Thu, 01 Jan 1970 00:00:05 GMT", "date": "Thu, 01 Jan 1970 00:00:00 GMT"}, 5),
        (503, {"retry-after": "Tue, 14 Nov 2023 20:00:09 GMT", "date": "Tue, 14 Nov 2023 20:00:00 GMT"}, 9),
        (503, {"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT", "date": "today"}, 30),
        (503, {"retry-after": "Tue, 99 Nov 2023 22:13:50 GMT"}, None),
        (503, {"retry-after": "3, 120"}, 120),
        (503, {"retry-after": "120,3"}, 120),
        (503, {"retry-after": "3, soon, "}, 3),
        (503, {"retry-after": "5, Tue, 14 Nov 2023 22:13:50 GMT"}, 30),
        (503, {"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT, 5"}, 30),
        (503, {"retry-after": "Tuesday, 14-Nov-23 22:13:50 GMT, Tue Nov 14 22:14:00 2023, 7"}, 40),
        (429, {"ratelimit-reset": "11"}, 11),
        (429, {"ratelimit-reset": "11", "ratelimit-remaining": "0"}, 11),
        (429, {"ratelimit-reset": "11", "ratelimit-remaining": "5"}, None),
        (429, {"ratelimit-reset": "11", "retry-after": "3"}, 3),
        (429, {"ratelimit-reset": "11", "retry-after": "soon"}, 11),
        (429, {"ratelimit-reset": "nan"}, None),
        (429, {"ratelimit-reset": "inf"}, 1e9),
        (503, {"ratelimit-reset": "11"}, None),
    ],
)
def test_what_a_server_asks_for(number: int, headers: dict[str, str], seconds: float | None) -> None:
    assert retry.retry_after(number, headers, NOW) == seconds


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_east")
@pytest.mark.parametrize("date", ["Tue Nov 14 22:13:50 2023", "Tue, 14 Nov 2023 22:13:50 GMT", "14 Nov 2023 22:13:50"])
def test_dates_do_not_depend_on_where_the_client_runs(date: str) -> None:
    assert retry.retry_after(503, {"retry-after": date}, NOW) == 30


DATES = st.from_regex(
    r"((Mon|Sunday),? )?[0-9]{1,3}[ -](Jan|Dec|foo)[ -][0-9]{1,6} [0-9]{1,3}:[0-9]{1,3}(:[0-9]{1,3})?"
    r"( (GMT|EST|[+-][0-9]{1,9}))?",
    fullmatch=True,
)
SAID = st.one_of(st.text(max_size=20), DATES, st.floats().map(str), st.integers().map(str))


@given(st.sampled_from([429, 503]), SAID, SAID, SAID, SAID)
def test_whatever_a_server_says_is_a_time_or_nothing(number: int, after: str, date: str, reset: str, left: str) -> None:
    headers = {"retry-after": after, "date": date, "ratelimit-reset": reset, "ratelimit-remaining": left}
    seconds = retry.retry_after(number, headers, NOW)
    assert seconds is None or (math.isfinite(seconds) and seconds >= 0)
