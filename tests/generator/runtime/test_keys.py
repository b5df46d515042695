"""What went out under the keys of callers: one body for a key, as long as the key lives, and no longer."""

from __future__ import annotations

import asyncio
import copy
import pickle
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from generator.runtime import keys, retry
from generator.runtime.answers import answers
from generator.runtime.core import AsyncClient, AsyncResource, SyncClient, SyncResource
from generator.runtime.errors import (
    ApiError,
    ConnectionFailedError,
    KeyReusedError,
    RejectionError,
    RequestValidationError,
    ServerError,
    TokenError,
)
from generator.runtime.events import RetryEvent
from generator.runtime.keys import KeyMemory, fingerprint
from generator.runtime.steps import Send
from tests.generator.runtime.flows import (
    ADD,
    BUSY_CODE,
    LOST,
    PET,
    TRACK,
    UNSENT,
    WRONG_CODE,
    NewPet,
    Script,
    called,
    failed,
    flow,
    refusal,
    reply,
)
from tests.loopback import Answer, serving

if TYPE_CHECKING:
    from generator.runtime.operation import Operation

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
KEY = structs.replace(ADD.parameters[0], lifetime=24 * 60 * 60)
KEPT: Operation[Any] = structs.replace(ADD, parameters=(KEY, TRACK))
ELSEWHERE: Operation[Any] = structs.replace(KEPT, id="putPet", path="/others")
REX, TOM = {"name": "Rex"}, {"name": "Tom"}


class Day:
    """The time of day, as it is told."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    clock = Day()
    monkeypatch.setattr(keys, "now", clock)
    return clock


def refused(memory: KeyMemory, key: str = "order-1", body: object = TOM, operation: Any = KEPT) -> KeyReusedError:
    script = Script(PET)
    error = failed(script, operation, body=body, memory=memory, key=key)
    assert isinstance(error, KeyReusedError)
    assert (script.sends, error.outcome, error.attempts) == ([], "not_sent", 0)
    return error


def sent(memory: KeyMemory, key: str = "order-1", body: object = REX, operation: Any = KEPT) -> None:
    script = Script(PET)
    called(script, operation, body=body, memory=memory, key=key)
    assert len(script.sends) == 1


def test_another_body_is_not_sent_under_a_key(day: Day) -> None:
    memory = KeyMemory()
    sent(memory)
    day.now += 3 * SECOND
    error = refused(memory)
    assert str(error) == (
        "addPet: the idempotency key 'order-1' went out with another request at 2026-11-28 12:00:00 UTC, and the "
        "server would answer for that one: give another body a new key, or send the very body of then again"
    )
    assert (error.idempotency_key, error.first_sent, error.key_expires) == ("order-1", NOON, NOON + DAY)
    assert error.resend == "new_key"
    assert error.advice == (
        "Nothing was sent. Another body takes a new idempotency key; whoever wants the answer to the first one sends "
        "that very body again with 'order-1'. The key is good until 2026-11-29 12:00:00 UTC."
    )
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert (vars(back), str(back), back.advice) == (vars(error), str(error), error.advice)
    sent(memory)
    sent(memory, "order-2", TOM)


@pytest.mark.parametrize("body", [REX, NewPet(name="Rex"), {"name": "Rex"}])
def test_the_same_body_is_the_same_bytes(body: object) -> None:
    memory = KeyMemory()
    sent(memory)
    sent(memory, body=body)
    called(Script(PET), KEPT, body=body, memory=memory, key="order-1", options={"compress_above": 0})
    refused(memory)


def test_another_operation_is_another_request() -> None:
    memory = KeyMemory()
    sent(memory)
    assert refused(memory, body=REX, operation=ELSEWHERE).operation == "putPet"


def test_a_key_is_forgotten_when_the_server_forgets_it(day: Day) -> None:
    memory = KeyMemory()
    sent(memory)
    day.now += DAY - SECOND
    sent(memory)  # which does not make it live longer
    refused(memory)
    day.now += SECOND
    sent(memory, body=TOM)
    refused(memory, body=REX)
    assert len(memory) == 1


def test_all_keys_of_a_chain_are_one() -> None:
    memory = KeyMemory()
    script = Script(BUSY_CODE, PET)
    called(script, KEPT, body=REX, memory=memory, key="order-1")
    first, second = script.keys
    assert second == retry.next_key("order-1", 2, 40)
    assert first == "order-1"
    assert len(memory) == 1
    refused(memory, str(second))
    sent(memory, str(second))


def test_a_key_too_long_for_a_chain_is_one_with_it() -> None:
    memory, long = KeyMemory(), "k" * 40
    sent(memory, long)
    for number in (2, 3):
        refused(memory, retry.next_key(long, number, 40))


@pytest.mark.parametrize(
    ("comes", "free"),
    [
        ([UNSENT], True),
        ([UNSENT, UNSENT, UNSENT], True),
        ([LOST], False),
        ([LOST, UNSENT], False),
        ([UNSENT, LOST], False),
        ([reply(503)], False),
        ([WRONG_CODE], False),
        ([refusal(1, 401)], False),
    ],
)
def test_a_key_is_taken_by_what_may_have_left(comes: list[Any], free: bool) -> None:
    memory = KeyMemory()
    error = failed(
        Script(*comes), KEPT, body=REX, memory=memory, key="order-1", options={"max_retries": len(comes) - 1}
    )
    assert (len(memory) == 0) is free
    assert (error.key_expires is None) is free
    if free:
        sent(memory, body=TOM)
    else:
        assert error.key_expires == NOON + DAY
        refused(memory)


def test_what_is_wrong_with_a_call_takes_no_key() -> None:
    memory = KeyMemory()
    error = failed(Script(PET), KEPT, body={"nam": "x"}, memory=memory, key="order-1")
    assert isinstance(error, RequestValidationError)
    error = failed(Script(PET), KEPT, {"token": lambda: 1 / 0}, body=REX, memory=memory, key="order-1")
    assert isinstance(error, TokenError)
    assert len(memory) == 0
    sent(memory, body=TOM)


def test_a_key_that_a_call_under_way_has_is_taken() -> None:
    memory = KeyMemory()
    never = {"max_retries": 0}
    one, same = (flow(KEPT, body=REX, memory=memory, key="order-1", options=never) for _ in range(2))
    for under_way in (one, same):
        assert isinstance(next(under_way), Send)
    refused(memory)
    with pytest.raises(ConnectionFailedError):
        one.throw(UNSENT)
    refused(memory)  # as the other call has not ended
    same.close()
    refused(memory)  # as that was cancelled, and may have left


def test_before_its_first_attempt_a_cancelled_call_takes_no_key() -> None:
    memory = KeyMemory()
    under_way = flow(KEPT, {"token": lambda: "t"}, body=REX, memory=memory, key="order-1")
    next(under_way)  # for the token
    assert len(memory) == 1
    under_way.close()
    assert len(memory) == 0


def test_keys_that_the_client_makes_are_not_remembered() -> None:
    memory = KeyMemory()
    for operation in (KEPT, ADD):
        called(Script(PET), operation, body=REX, memory=memory)
    sent(memory, operation=ADD)  # nobody says how long its keys live
    sent(memory, body=TOM, operation=ADD)
    assert len(memory) == 0
    called(Script(PET), KEPT, body=REX, memory=memory, options={"make_key": lambda: "made"})
    refused(memory, "made")


def test_an_answer_and_an_error_know_until_when_a_key_is_good(day: Day) -> None:
    memory = KeyMemory()
    with answers() as recorded:
        sent(memory)
        day.now += SECOND
        sent(memory)
        called(Script(PET), KEPT, body=REX)
        sent(KeyMemory(), operation=ADD)
    assert [one.key_expires for one in recorded] == [NOON + DAY, NOON + DAY, NOON + DAY + SECOND, None]
    error = failed(Script(LOST), KEPT, body=REX, memory=memory, key="order-1", options={"max_retries": 0})
    assert (error.resend, error.key_expires) == ("same_key", NOON + DAY)
    assert error.advice.endswith("does nothing twice. The key is good until 2026-11-29 12:00:00 UTC.")
    assert failed(Script(reply(500)), ADD, options={"max_retries": 0}).key_expires is None


def test_a_call_is_not_repeated_under_a_key_that_has_ended(day: Day) -> None:
    memory = KeyMemory()
    sent(memory)
    day.now += DAY - SECOND
    script = Script(reply(503, retry_after="2"), PET)
    error = failed(script, KEPT, body=REX, memory=memory, key="order-1", options={"backoff": 0})
    assert isinstance(error, ServerError)
    assert (len(script.sends), error.key_expires, error.retry_after) == (1, NOON + DAY, 2)
    soon = Script(reply(503), PET)
    called(soon, KEPT, body=REX, memory=memory, key="order-1", options={"backoff": 0})
    assert len(soon.sends) == 2


def test_a_call_is_not_repeated_where_its_key_has_ended_while_it_waited(day: Day) -> None:
    """As on a machine that was put to sleep."""

    def wait(event: object) -> None:
        if isinstance(event, RetryEvent):
            day.now += DAY

    script = Script(LOST, PET)
    error = failed(script, KEPT, body=REX, key="order-1", options={"backoff": 0, "hooks": (wait,)})
    assert (len(script.sends), error.outcome, error.attempts) == (1, "unknown", 1)


def test_a_transient_refusal_takes_a_new_key_and_the_body_stays() -> None:
    memory = KeyMemory()
    error = failed(Script(BUSY_CODE), KEPT, body=REX, memory=memory, key="order-1", options={"max_retries": 0})
    assert isinstance(error, RejectionError)
    assert error.resend == "new_key"
    refused(memory)


# --- the memory itself


def test_the_oldest_are_forgotten_first(day: Day) -> None:
    memory = KeyMemory(3)
    for number in range(5):
        memory.begin(str(number), bytes([number]), DAY)
        day.now += SECOND
    assert len(memory) == 3
    assert [memory.begin(str(number), b"new", DAY).what for number in (4, 3, 2)] == [b"\4", b"\3", b"\2"]
    assert memory.begin("0", b"new", DAY).what == b"new"
    day.now += 2 * DAY
    memory.begin("9", b"9", DAY)
    assert len(memory) == 1


def test_it_holds_no_key_and_no_body() -> None:
    memory = KeyMemory()
    body = {"name": "Rex" * 1000}
    called(Script(PET), KEPT, body=body, memory=memory, key="order-4711")
    shown = f"{memory!r} {vars(memory)}"
    assert "4711" not in shown
    assert "Rex" not in shown
    [(name, use)] = memory._uses.items()
    assert sum(map(sys.getsizeof, (name, use, use.what, use.since))) < 400


def test_parts_cannot_be_taken_for_others() -> None:
    assert (
        len({fingerprint(b"a", b"bc"), fingerprint(b"ab", b"c"), fingerprint(b"abc"), fingerprint(b"a", b"bc", b"")})
        == 4
    )


def test_of_many_at_once_one_body_goes_out() -> None:
    memory = KeyMemory()
    start = threading.Barrier(8)
    ends: list[str] = []

    def run(number: int) -> None:
        start.wait()
        use = memory.begin("order-1", bytes([number]), DAY)
        ends.append("out" if use.what == bytes([number]) else "refused")

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(ends) == ["out"] + ["refused"] * 7


# --- clients


class Pets(SyncResource):
    def add(self, body: object, key: str) -> object:
        return self._call(KEPT, {"key": key}, body)


class AsyncPets(AsyncResource):
    async def add(self, body: object, key: str) -> object:
        return await self._call(KEPT, {"key": key}, body)


def test_a_client_and_its_copies_have_one_memory(flavour: str) -> None:
    with serving(lambda _: Answer(body=PET.content)) as server:
        if flavour == "sync":
            with SyncClient(server.url, {"token": "t0ken"}, "", "agent/1", None, {}) as client:
                Pets(client).add(REX, "order-1")
                Pets(client.with_options(timeout=9)).add(REX, "order-1")
                with pytest.raises(KeyReusedError):
                    Pets(client.with_options(max_retries=1)).add(TOM, "order-1")
        else:

            async def run() -> None:
                async with AsyncClient(server.url, {"token": "t0ken"}, "", "agent/1", None, {}) as client:
                    await AsyncPets(client).add(REX, "order-1")
                    await AsyncPets(client.with_options(timeout=9)).add(REX, "order-1")
                    with pytest.raises(KeyReusedError):
                        await AsyncPets(client.with_options(max_retries=1)).add(TOM, "order-1")

            asyncio.run(run())
        assert len(server.asked) == 2


def test_an_error_of_the_server_keeps_the_key() -> None:
    error: ApiError = failed(
        Script(reply(500)), KEPT, body=REX, memory=KeyMemory(), key="k", options={"max_retries": 0}
    )
    assert isinstance(error, ServerError)
    assert (error.resend, error.idempotency_key) == ("same_key", "k")
