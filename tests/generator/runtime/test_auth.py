"""Credentials go onto requests, and nowhere else."""

from __future__ import annotations

import asyncio
import base64
import copy
import gzip
import math
import pickle
import random
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs

import msgspec
import pytest

from generator.runtime.address import parse
from generator.runtime.auth import Credentials
from generator.runtime.codec import encode
from generator.runtime.core import AsyncClient, AsyncResource, SyncClient, SyncResource
from generator.runtime.errors import ApiError, ConfigurationError, ServerError, TokenError
from generator.runtime.http import Reply
from generator.runtime.operation import Operation, SecurityScheme
from generator.runtime.options import Settings
from generator.runtime.secret import Secret
from generator.runtime.signature import Signature
from tests.generator.runtime import flows
from tests.generator.runtime.flows import ADD, GET, PET, Script, called, failed
from tests.loopback import Answer, Asked, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.runtime.options import Options

SECRET = "s3cr3t-value"
BASE = parse("http://localhost")
BEARER = SecurityScheme("bearer", "token")
BASIC = SecurityScheme("basic", "username")
HEADER = SecurityScheme("header", "header_key", "X-Key")
QUERY = SecurityScheme("query", "query_key", "key")
COOKIE = SecurityScheme("cookie", "cookie_key", "pass")
OTHER_COOKIE = SecurityScheme("cookie", "other_key", "other")


def guarded(*security: tuple[SecurityScheme, ...]) -> Operation[object]:
    return Operation("addPet", "GET", "/pets", security=security)


def sign(
    secrets: dict[str, str | None], *security: tuple[SecurityScheme, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    signature = signed(Credentials(secrets, BASE), guarded(*security))
    return dict(signature.headers), dict(signature.query)


def signed(credentials: Credentials, operation: Operation[object]) -> Signature:
    """What a signing that asks for nothing comes to."""
    with pytest.raises(StopIteration) as end:
        next(credentials.sign(operation, Settings(), math.inf))
    signature: Signature = end.value.value
    return signature


def test_each_kind_goes_where_it_belongs() -> None:
    assert sign({"token": "t"}, (BEARER,)) == ({"Authorization": "Bearer t"}, {})
    assert sign({"username": "Aladdin", "password": "open sesame"}, (BASIC,)) == (
        {"Authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="},
        {},
    )
    assert sign({"header_key": "k"}, (HEADER,)) == ({"X-Key": "k"}, {})
    assert sign({"query_key": "k"}, (QUERY,)) == ({}, {"key": "k"})
    assert sign({"cookie_key": "a b;c"}, (COOKIE,)) == ({"Cookie": "pass=a%20b%3Bc"}, {})


@pytest.mark.parametrize("key", ["s%3AbG9n.c2lnbmVk+/==", "!#$&'()*+-./:<=>?@[]^_`{|}~", "%"])
def test_a_key_that_a_cookie_can_hold_is_sent_as_it_is(key: str) -> None:
    assert sign({"cookie_key": key}, (COOKIE,)) == ({"Cookie": f"pass={key}"}, {})


def test_what_a_cookie_cannot_hold_is_encoded_and_hidden_in_that_form_too() -> None:
    signature = signed(Credentials({"cookie_key": '1234 5678;"+,\\~'}, BASE), guarded((COOKIE,)))
    written = "1234%205678%3B%22+%2C%5C~"
    assert signature.headers == {"Cookie": f"pass={written}"}
    assert written in signature.secrets


@pytest.mark.parametrize(
    ("username", "password", "said"),
    [
        ("Aladdin", "pässwort: 1", None),
        ("Ала ддин", "", None),  # some APIs have a key in place of a user, and no password
        ("", "t", None),
        ("a:b", "c", "username= must have no colon, as one ends it"),
        ("a", "b\n", "password= must have no control characters"),
        ("a\ud800", "b", "username= must have no control characters"),
    ],
)
def test_user_names_and_passwords(username: str, password: str, said: str | None) -> None:
    if said is not None:
        with pytest.raises(ConfigurationError, match=said):
            sign({"username": username, "password": password}, (BASIC,))
        return
    headers, _ = sign({"username": username, "password": password}, (BASIC,))
    assert base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode() == f"{username}:{password}"


def test_all_of_one_alternative_go_together() -> None:
    secrets: dict[str, str | None] = {
        "token": "t",
        "header_key": "h",
        "query_key": "q",
        "cookie_key": "c",
        "other_key": "o",
    }
    assert sign(secrets, (BEARER, HEADER, QUERY, COOKIE, OTHER_COOKIE)) == (
        {"Authorization": "Bearer t", "X-Key": "h", "Cookie": "pass=c; other=o"},
        {"key": "q"},
    )


def test_the_first_alternative_that_can_be_met_is_used() -> None:
    ways = ((BEARER, HEADER), (BASIC,), (QUERY,))
    assert sign({"token": "t", "query_key": "q"}, *ways) == ({}, {"key": "q"})
    assert sign({"token": "t", "header_key": "h", "query_key": "q"}, *ways)[1] == {}


@pytest.mark.parametrize("ways", [((BEARER,), ()), ((), (BEARER,))])
def test_where_none_is_needed_one_that_is_there_is_still_sent(ways: tuple[tuple[SecurityScheme, ...], ...]) -> None:
    assert sign({}, *ways) == ({}, {})
    assert sign({"token": "t"}, *ways) == ({"Authorization": "Bearer t"}, {})


def test_without_security_nothing_is_sent() -> None:
    assert sign({"token": "t"}) == ({}, {})


def test_what_is_missing_is_named_and_what_is_there_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as error:
        sign({"username": SECRET, "password": None}, (BASIC,), (BEARER, HEADER))
    assert str(error.value).startswith("addPet: needs a credential")
    assert "token= and header_key=" in str(error.value)
    assert SECRET not in "".join(traceback.format_exception(error.value))


def test_a_basic_credential_that_lacks_its_password_says_so() -> None:
    with pytest.raises(ConfigurationError, match="password="):
        sign({"username": "u"}, (BASIC,))


SHOWN: list[object] = [
    Credentials({"token": SECRET}, BASE),
    Signature({"Authorization": Secret(SECRET)}, {"key": Secret(SECRET)}, Secret(SECRET)),
    SyncClient("http://localhost", {"token": SECRET}, "", "agent/1", None, {}),
]


@pytest.mark.parametrize("value", SHOWN, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("how", ["{!r}", "{!s}", "{!a}", "{}"])
def test_a_secret_is_never_shown(value: object, how: str) -> None:
    assert SECRET not in how.format(value)
    assert SECRET not in how.format([value])


def test_which_credentials_there_are_is_shown() -> None:
    assert repr(Credentials({"token": SECRET, "key": None}, BASE)) == "Credentials(token=***)"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("value", [SHOWN[0], SHOWN[2]], ids=lambda value: type(value).__name__)
def test_a_secret_is_never_pickled(value: object, protocol: int) -> None:
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(value, protocol)


def test_a_signature_is_not_pickled_with_its_secret() -> None:
    try:
        text = pickle.dumps(SHOWN[1])
    except TypeError:
        return
    assert SECRET.encode() not in text


def test_credentials_do_not_change_with_the_mapping_that_they_were_made_of() -> None:
    secrets: dict[str, str | None] = {"token": "old"}
    credentials = Credentials(secrets, BASE)
    secrets["token"] = "new"
    assert signed(credentials, guarded((BEARER,))).headers == {"Authorization": "Bearer old"}


def test_copies_are_refused_rather_than_spread() -> None:
    with pytest.raises(TypeError, match="pickle"):
        copy.deepcopy(Credentials({"token": SECRET}, BASE))


@pytest.mark.parametrize("kind", ["bearer", "header"])
def test_a_secret_that_no_header_can_carry_is_refused_without_being_shown(kind: Literal["bearer", "header"]) -> None:
    """A line break in a token would begin a header of its own; httpx would show the value in its own error."""
    scheme = SecurityScheme(kind, "token", "X-Key")
    with pytest.raises(ConfigurationError) as error:
        signed(Credentials({"token": f"{SECRET}\r\nX-Evil: 1"}, BASE), guarded((scheme,)))
    assert SECRET not in str(error.value)


# -- tokens that are fetched ------------------------------------------------------------------------------------------

PAIR = {"client_id": "my id", "client_secret": "s3cr3t/of+mine"}


def fetching(*comes: Any, **kwargs: Any) -> Script:
    """The script of two calls with the same credentials."""
    script = Script(*comes)
    called(script, GET, Credentials(PAIR, flows.BASE), **kwargs)
    return script


def test_a_token_is_asked_for_as_oauth_says() -> None:
    script = fetching(flows.token("t-1"), PET, options={"headers": {"X-Gate": "g", "User-Agent": "mine/1"}})
    fetch, call = (send.request for send in script.sends)
    assert (fetch.method, fetch.url) == ("POST", "http://pets.example/v1/oauth/token")
    assert parse_qs((fetch.content or b"").decode(), strict_parsing=True) == {
        "client_id": ["my id"],
        "client_secret": ["s3cr3t/of+mine"],
        "grant_type": ["client_credentials"],
        "scope": ["read write"],
    }
    assert dict(fetch.headers) == {
        "User-Agent": "mine/1",
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Gate": "g",
    }
    assert call.headers["Authorization"] == "Bearer t-1"


def test_what_is_meant_for_the_api_does_not_go_to_a_token_endpoint_elsewhere() -> None:
    elsewhere = msgspec.structs.replace(flows.BEARER, token_url="https://login.example/token?x=1")
    one = msgspec.structs.replace(GET, security=((elsewhere,),))
    script = Script(flows.token(), PET)
    called(script, one, PAIR, options={"headers": {"X-Gate": "g"}})
    assert script.sends[0].request.url == "https://login.example/token?x=1"
    assert "X-Gate" not in script.sends[0].request.headers
    assert script.sends[1].request.headers["X-Gate"] == "g"


def test_a_token_url_that_is_none_is_told() -> None:
    wrong = msgspec.structs.replace(flows.BEARER, token_url="https://user:pass@login.example/token")
    error = failed(Script(PET), msgspec.structs.replace(GET, security=((wrong,),)), PAIR)
    assert isinstance(error, ConfigurationError)
    assert "token URL" in str(error)
    assert "pass" not in str(error).replace("password", "")


def test_an_answer_of_the_token_endpoint_may_be_compressed() -> None:
    plain = flows.token("t-1")
    packed = Reply(200, {"content-encoding": "gzip"}, gzip.compress(plain.content))
    assert fetching(packed, PET).bearers == [None, "Bearer t-1"]
    bomb = Reply(200, {"content-encoding": "gzip"}, gzip.compress(plain.content + b" " * 10_000))
    error = failed(Script(bomb), GET, PAIR, options={"max_response_bytes": 5_000})
    assert "usable access_token" in str(error)


@pytest.mark.parametrize(
    ("lasts", "good_for"),
    [
        (3600, 3540),
        ("3600", 3540),
        (3600.5, 3540.5),
        (60, 54),
        (600, 540),
        (1, 0.9),
        (0, 0),
        (-5, 0),
        (10**400, 1e8),
        (None, 1e8),
        ("soon", 1e8),
        (True, 1e8),
        ([1], 1e8),
    ],
)
def test_a_token_is_used_until_shortly_before_its_end(
    lasts: object, good_for: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = flows.frozen(monkeypatch)
    credentials = Credentials(PAIR, flows.BASE)
    for passed, fetches in ((good_for - 0.01, 1), (0.02, 2)):
        script = Script(flows.token(expires_in=lasts), PET, clock=clock)
        if fetches == 1:
            called(script, GET, credentials)
            assert len(script.sends) == 2
            clock.now += max(passed, 0)
            if passed > 0:
                called(script, GET, credentials)
                assert len(script.sends) == 3
        elif good_for < 1e8:
            clock.now += passed
            called(script, GET, credentials)
            assert len(script.sends) == 2


def test_the_time_of_a_token_begins_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = flows.frozen(monkeypatch)
    credentials = Credentials(PAIR, flows.BASE)
    script = Script(flows.token(expires_in=100), PET, takes=50, clock=clock)
    called(script, GET, credentials)
    assert clock.now == 1100
    script = Script(flows.token(expires_in=100), PET, clock=clock)
    called(script, GET, credentials)
    assert len(script.sends) == 2


def test_a_401_fetches_anew_and_once() -> None:
    credentials = Credentials(PAIR, flows.BASE)
    script = Script(flows.token("old"), flows.reply(401), flows.token("new"), PET)
    called(script, ADD, credentials, key="k")
    assert script.bearers == [None, "Bearer old", None, "Bearer new"]
    assert script.keys == [None, "k", None, "k"]
    script = Script(PET)
    called(script, GET, credentials)
    assert script.bearers == ["Bearer new"]
    script = Script(flows.reply(401), flows.token("newer"), flows.reply(401))
    assert failed(script, GET, credentials).attempts == 2
    assert len(script.sends) == 3


def test_an_endpoint_that_gives_the_same_token_again_is_asked_once_more_and_no_more() -> None:
    script = Script(flows.token("same"), flows.reply(401), flows.token("same"), PET)
    error = failed(script, GET, PAIR)
    assert (type(error).__name__, error.attempts, len(script.sends)) == ("AuthenticationError", 1, 3)


@pytest.mark.parametrize(
    ("comes", "status", "sends", "says"),
    [
        ((flows.reply(400, {"error": "invalid_client", "error_description": "no\nsuch"}),), 400, 1, "no such"),
        ((flows.reply(401),), 401, 1, "answered 401"),
        ((flows.reply(302),), 302, 1, "answered 302"),
        ((flows.reply(429),), 429, 5, "answered 429"),
        ((flows.reply(503),), 503, 5, "answered 503"),
        ((flows.reply(429, retry_after="61"),), 429, 1, "answered 429"),
        ((flows.LOST,), None, 5, "gave no answer: lost"),
        ((flows.UNSENT,), None, 5, "gave no answer: refused"),
        ((flows.reply(200, []),), 200, 1, "usable access_token"),
        ((flows.reply(200, b""),), 200, 1, "usable access_token"),
        ((flows.token(""),), 200, 1, "usable access_token"),
        ((flows.token("a\nb"),), 200, 1, "usable access_token"),
        ((flows.reply(503), flows.reply(400)), 400, 2, "answered 400"),
    ],
    ids=str,
)
def test_a_token_endpoint_that_fails_is_an_error_of_its_own(
    comes: tuple[Any, ...], status: int | None, sends: int, says: str
) -> None:
    script = Script(*comes)
    error = failed(script, ADD, PAIR, key="k")
    assert isinstance(error, TokenError)
    assert (error.status, error.outcome, error.attempts, len(script.sends)) == (status, "not_sent", 0, sends)
    assert says in str(error)
    assert "\n" not in str(error)
    assert "Nothing was sent" in error.advice
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(back), back.status) == (str(error), error.status)


def test_a_token_endpoint_says_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, _: low)
    script = fetching(flows.reply(429, retry_after="7"), flows.reply(503, ratelimit_reset="9"), flows.token(), PET)
    assert script.waits == [7, 0]
    error = failed(Script(flows.reply(429, retry_after="99")), GET, PAIR)
    assert (error.status, error.retry_after) == (429, 99)


def test_the_deadline_of_the_call_is_that_of_its_token(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = flows.frozen(monkeypatch)
    monkeypatch.setattr(random, "uniform", lambda _, high: high)
    script = Script(flows.reply(503), takes=3, clock=clock)
    error = failed(script, GET, PAIR, options={"deadline": 5, "backoff": 1})
    assert isinstance(error, TokenError)
    assert ([send.until for send in script.sends], clock.now) == ([1005, 1005], 1007)


def test_a_failure_is_forgotten_with_the_next_call() -> None:
    credentials = Credentials(PAIR, flows.BASE)
    failed(Script(flows.reply(400)), GET, credentials)
    called(Script(flows.token(), PET), GET, credentials)


# -- tokens of functions ----------------------------------------------------------------------------------------------


def test_a_function_is_asked_before_each_attempt() -> None:
    given_ = iter(["one", "two", "three"])
    script = Script(flows.LOST, flows.reply(503), PET)
    called(script, GET, {"token": lambda: next(given_)})
    assert script.bearers == ["Bearer one", "Bearer two", "Bearer three"]


@pytest.mark.parametrize("rubbish", [None, 3, b"token", "", " a", "a\r\nX-Evil: 1", "tök", ["a"], object()])
def test_rubbish_of_a_function_is_told_and_not_sent(rubbish: object) -> None:
    script = Script(PET)
    error = failed(script, GET, {"token": lambda: rubbish})
    assert isinstance(error, TokenError)
    assert "the function given as token= returned" in str(error)
    assert script.sends == []


@pytest.mark.parametrize("cause", [OSError("down"), ServerError("other", "no", 503, {}, None)])
def test_a_function_that_fails_is_the_cause_of_an_error_of_ours(cause: Exception) -> None:
    def source() -> str:
        raise cause

    error = failed(Script(PET), ADD, {"token": source}, key="k")
    assert isinstance(error, TokenError)
    assert (error.operation, error.outcome, error.__cause__) == ("addPet", "not_sent", cause)
    if isinstance(cause, ServerError):
        assert cause.idempotency_key is None, "it belongs to another call"


def test_a_client_that_blocks_does_not_await() -> None:
    async def source() -> str:
        return "one"

    error = failed(Script(PET), GET, {"token": source})
    assert isinstance(error, TokenError)
    assert "cannot await" in str(error.__cause__)


def test_only_tokens_can_come_of_functions() -> None:
    one = msgspec.structs.replace(GET, security=((HEADER,),))
    error = failed(Script(PET), one, {"header_key": lambda: "k"})
    assert isinstance(error, ConfigurationError)
    assert "header_key=" in str(error)


# -- where credentials come from --------------------------------------------------------------------------------------

NAMES: dict[str, None] = {"token": None, "client_id": None, "client_secret": None}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def put(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"PETS_{name.upper()}", value)

    return put


@pytest.mark.parametrize(
    ("arguments", "variables", "shown"),
    [
        ({}, {"token": "t"}, "token=***"),
        ({}, {"client_id": "i", "client_secret": "s"}, "client_id=***, client_secret=***"),
        ({}, {}, ""),
        ({}, {"token": ""}, ""),
        ({"token": "a"}, {"client_id": "i", "client_secret": "s"}, "token=***"),
        ({"client_id": "i", "client_secret": "s"}, {"token": "t"}, "client_id=***, client_secret=***"),
        ({"token": str}, {"client_id": "i"}, "token=***"),
    ],
)
def test_the_environment_is_asked_only_where_nothing_is_given(
    arguments: dict[str, Any], variables: dict[str, str], shown: str, environment: Callable[..., None]
) -> None:
    environment(**variables)
    assert repr(Credentials({**NAMES, **arguments}, BASE, "PETS")) == f"Credentials({shown})"
    assert repr(Credentials({**NAMES}, BASE)) == "Credentials()"


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        ({"client_id": "i"}, {}, "go together"),
        ({"client_secret": "s"}, {"client_id": "i"}, "go together"),
        ({}, {"client_id": "i"}, "go together"),
        ({}, {"token": "t", "client_id": "i", "client_secret": "s"}, "not both"),
        ({"token": "t", "client_id": "i", "client_secret": "s"}, {}, "not both"),
        ({"token": ""}, {}, "token= is empty"),
        ({}, {"token": "t\n"}, "printable"),
        ({"client_id": "i", "client_secret": "s\n"}, {}, "client_secret= must"),
        ({"token": 5}, {}, "token= must be a string"),
    ],
)
def test_credentials_that_do_not_go_together(
    arguments: dict[str, Any], variables: dict[str, str], says: str, environment: Callable[..., None]
) -> None:
    environment(**variables)
    with pytest.raises(ConfigurationError, match=says):
        Credentials({**NAMES, **arguments}, BASE, "PETS")


# -- many at once, over real connections ------------------------------------------------------------------------------

FETCHED = SecurityScheme("bearer", "token", token_url="/token")
PETS: Operation[object] = msgspec.structs.replace(GET, security=((FETCHED,),))


class Pets(SyncResource):
    def get(self) -> object:
        return self._call(PETS, {})


class AsyncPets(AsyncResource):
    async def get(self) -> object:
        return await self._call(PETS, {})


@dataclass
class Endpoint:
    """A server of tokens and pets; a token is good for as many calls as are told."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0
    fetches: int = 0
    good: str = ""

    def __call__(self, asked: Asked) -> Answer:
        if asked.target == "/token":
            self.fetches += 1
            time.sleep(self.slow)
            if self.status != 200:
                return Answer(self.status, b'{"error": "no"}', self.headers)
            self.good = f"t-{self.fetches}"
            return Answer(body=encode({"access_token": self.good, "expires_in": 3600}))
        fits = asked.headers.get("authorization") == f"Bearer {self.good}"
        return Answer(body=PET.content) if fits else Answer(401, b"{}")


def all_at_once(url: str, flavour: str, count: int, **options: Any) -> list[object]:
    """What comes of as many calls at the same time, by threads or tasks."""
    if flavour == "threads":
        with SyncClient(url, PAIR, "", "agent/1", None, options) as client:  # type: ignore[arg-type]  # made up
            pets = Pets(client)
            together = threading.Barrier(count)

            def one(_: int) -> object:
                together.wait()
                try:
                    return pets.get()
                except ApiError as error:
                    return error

            with ThreadPoolExecutor(count) as threads:
                return list(threads.map(one, range(count)))

    async def run() -> list[object]:
        async with AsyncClient(url, PAIR, "", "agent/1", None, options) as client:  # type: ignore[arg-type]  # made up
            pets = AsyncPets(client)
            return list(await asyncio.gather(*(pets.get() for _ in range(count)), return_exceptions=True))

    return asyncio.run(run())


@pytest.mark.parametrize("flavour", ["threads", "tasks"])
class TestManyAtOnce:
    def test_they_share_one_fetch(self, flavour: str) -> None:
        endpoint = Endpoint(slow=0.05)
        with serving(endpoint) as server:
            found = all_at_once(server.url, flavour, 50)
        assert all(isinstance(one, flows.Pet) for one in found), found
        assert endpoint.fetches == 1

    def test_they_share_one_failure(self, flavour: str) -> None:
        endpoint = Endpoint(status=400, slow=0.5)
        with serving(endpoint) as server:
            found = all_at_once(server.url, flavour, 50, max_retries=0)
        assert all(isinstance(one, TokenError) and one.status == 400 for one in found), found
        assert len({id(one) for one in found}) == 50
        assert endpoint.fetches == 1

    def test_they_share_one_refusal_to_wait(self, flavour: str) -> None:
        endpoint = Endpoint(status=429, headers={"Retry-After": "120"}, slow=0.5)
        with serving(endpoint) as server:
            found = all_at_once(server.url, flavour, 20)
        assert all(isinstance(one, TokenError) and one.retry_after == 120 for one in found), found
        assert endpoint.fetches == 1

    def test_they_share_one_renewal(self, flavour: str) -> None:
        class Renewing(Endpoint):
            refused = 0

            def __call__(self, asked: Asked) -> Answer:
                if asked.headers.get("authorization") == "Bearer t-1":
                    return Answer(401, b"{}")
                return super().__call__(asked)

        endpoint = Renewing(slow=0.05)
        with serving(endpoint) as server:
            found = all_at_once(server.url, flavour, 30)
        assert all(isinstance(one, flows.Pet) for one in found), found
        assert endpoint.fetches == 2


def test_who_has_less_time_does_not_wait_for_another_and_does_not_fail_it() -> None:
    go_on = threading.Event()

    class Held(Endpoint):
        def __call__(self, asked: Asked) -> Answer:
            answer = super().__call__(asked)
            go_on.wait(60)
            return answer

    def fetched(times: int) -> None:
        until = time.monotonic() + 60
        while endpoint.fetches < times:
            assert time.monotonic() < until
            time.sleep(0.01)

    endpoint = Held()
    with serving(endpoint) as server, SyncClient(server.url, PAIR, "", "agent/1", None, {}) as client:
        hasty = Pets(client.with_options(deadline=0.5, max_retries=0))
        pets = Pets(client)
        with ThreadPoolExecutor(3) as threads:
            first = threads.submit(hasty.get)
            fetched(1)
            second = threads.submit(pets.get)
            assert isinstance(first.exception(), TokenError)
            fetched(2)
            third = threads.submit(hasty.get)
            assert "not renewed in time" in str(third.exception())
            go_on.set()
            assert isinstance(second.result(), flows.Pet)
    assert endpoint.fetches == 2


def test_a_fetch_that_is_cancelled_leaves_the_gate_open() -> None:
    go_on = threading.Event()

    class Held(Endpoint):
        def __call__(self, asked: Asked) -> Answer:
            answer = super().__call__(asked)
            go_on.wait(60)
            return answer

    endpoint = Held()

    async def run() -> object:
        async with AsyncClient(server.url, PAIR, "", "agent/1", None, {}) as client:
            pets = AsyncPets(client)
            calls = [asyncio.create_task(pets.get()) for _ in range(5)]
            while not endpoint.fetches:  # noqa: ASYNC110 - the server is a thread
                await asyncio.sleep(0.005)
            for one in calls[:3]:
                one.cancel()
            go_on.set()
            done = await asyncio.gather(*calls, return_exceptions=True)
            assert [type(one).__name__ for one in done] == ["CancelledError"] * 3 + ["Pet"] * 2
            return await pets.get()

    with serving(endpoint) as server:
        assert isinstance(asyncio.run(run()), flows.Pet)
    assert endpoint.fetches == 2


@pytest.mark.parametrize("awaited", [True, False])
def test_a_client_that_awaits_takes_both_kinds_of_functions(awaited: bool) -> None:
    async def later() -> str:
        await asyncio.sleep(0)
        return "t-1"

    async def run() -> object:
        source: Any = later if awaited else (lambda: "t-1")
        async with AsyncClient(server.url, {"token": source}, "", "agent/1", None, {}) as client:
            return await AsyncPets(client).get()

    with serving(Endpoint(good="t-1")) as server:
        assert isinstance(asyncio.run(run()), flows.Pet)


def test_a_function_that_takes_for_ever_is_held_to_the_deadline() -> None:
    async def forever() -> str:
        await asyncio.sleep(60)
        raise AssertionError

    async def run() -> None:
        source: Any = forever
        options: Options = {"deadline": 0.05}
        async with AsyncClient("http://127.0.0.1:1", {"token": source}, "", "agent/1", None, options) as client:
            with pytest.raises(TokenError, match="TimeoutError"):
                await AsyncPets(client).get()

    asyncio.run(run())
