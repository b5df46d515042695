"""Requests over what a caller brings, over proxies, and in a process made by fork."""

from __future__ import annotations

import asyncio
import gc
import gzip
import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from generator.runtime.core import AsyncClient, SyncClient
from generator.runtime.errors import (
    ApiError,
    CallTimeoutError,
    ConfigurationError,
    ConnectionFailedError,
    UndecodableResponseError,
)
from tests.generator.runtime.flows import ADD, PET, Pet
from tests.loopback import Answer, Asked, Loopback, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


from tests.generator.runtime.wire import TOKEN, AsyncPets, call

ROOT = Path(__file__).parents[3]


# -- what a caller brings --------------------------------------------------------------------------------------------


def pet(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(
        200, content=PET.content, headers={"content-type": "application/json", "echo": str(request.url)}
    )


def test_a_mock_transport(flavour: str) -> None:
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        headers = {"content-type": "application/json", "content-encoding": "gzip"}
        return httpx2.Response(200, content=gzip.compress(PET.content), headers=headers)

    assert isinstance(call("http://h/v1", flavour, ADD, {"name": "Rex"}, http_client=httpx2.MockTransport(answer)), Pet)
    assert str(asked[0].url) == "http://h/v1/pets"
    assert asked[0].headers["authorization"] == "Bearer t0ken-value"
    assert asked[0].extensions["timeout"]["read"] == 60


@pytest.mark.parametrize(
    ("error", "kind", "outcome"),
    [
        (httpx2.ConnectError("x"), ConnectionFailedError, "not_sent"),
        (httpx2.ConnectTimeout("x"), CallTimeoutError, "not_sent"),
        (httpx2.PoolTimeout("x"), CallTimeoutError, "not_sent"),
        (httpx2.ProxyError("x"), ConnectionFailedError, "not_sent"),
        (httpx2.UnsupportedProtocol("x"), ConnectionFailedError, "not_sent"),
        (httpx2.ReadTimeout("x"), CallTimeoutError, "unknown"),
        (httpx2.WriteTimeout("x"), CallTimeoutError, "unknown"),
        (httpx2.ReadError("x"), ConnectionFailedError, "unknown"),
        (httpx2.WriteError("x"), ConnectionFailedError, "unknown"),
        (httpx2.CloseError("x"), ConnectionFailedError, "unknown"),
        (httpx2.RemoteProtocolError("x"), ConnectionFailedError, "unknown"),
        (httpx2.DecodingError("x"), ConnectionFailedError, "unknown"),
        (ConnectionResetError("x"), ConnectionFailedError, "unknown"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_a_transport_fails_with(error: Exception, kind: type[ApiError], outcome: str, flavour: str) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        raise error

    with pytest.raises(ApiError) as caught:
        call("http://h", flavour, http_client=httpx2.MockTransport(answer))
    assert (type(caught.value), caught.value.outcome) == (kind, outcome)
    assert type(error).__name__ in str(caught.value)


class Closing(httpx2.BaseTransport):
    closed = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return pet(request)

    def close(self) -> None:
        self.closed = True


def test_what_the_caller_brings_is_never_closed() -> None:
    transport = Closing()
    for _ in range(2):
        assert isinstance(call("http://h", "sync", http_client=transport), Pet)
    assert not transport.closed
    with httpx2.Client(transport=transport) as pool:
        call("http://h", "sync", http_client=pool)
        assert not pool.is_closed
    assert transport.closed


def test_a_clients_credentials_cookies_parameters_and_headers_stay_its_own(server: Loopback, flavour: str) -> None:
    own: dict[str, Any] = {
        "auth": ("user", "pass"),
        "cookies": {"session": "s"},
        "params": {"api_key": "k"},
        "headers": {"Authorization": "Bearer other", "X-Own": "x", "Content-Encoding": "br", "Cookie": "a=b"},
        "base_url": "http://elsewhere.example",
    }
    way = httpx2.Client(**own) if flavour == "sync" else lambda: httpx2.AsyncClient(**own)
    call(server.url, flavour, http_client=way, times=2)
    if isinstance(way, httpx2.Client):
        way.close()
    for asked in server.asked:
        assert asked.target == "/pet"
        assert asked.headers["authorization"] == "Bearer t0ken-value"
        assert not {"cookie", "x-own", "content-encoding"} & set(asked.headers)


def test_cookies_that_a_server_sets_do_not_come_back(flavour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = {"Content-Type": "application/json", "Set-Cookie": "session=s; Path=/"}
    with serving(lambda _: Answer(body=PET.content, headers=headers)) as server:
        way = httpx2.Client() if flavour == "sync" else httpx2.AsyncClient
        for one in (None, way):
            call(server.url, flavour, http_client=one, times=2)
        if isinstance(way, httpx2.Client):
            way.close()
        assert not [asked for asked in server.asked if "cookie" in asked.headers]


def test_a_closed_client_of_the_caller_is_told(flavour: str) -> None:
    if flavour == "sync":
        pool = httpx2.Client()
        pool.close()
        with pytest.raises(ConfigurationError, match="closed") as caught:
            call("http://h", flavour, http_client=pool)
    else:

        async def run() -> None:
            pool = httpx2.AsyncClient()
            await pool.aclose()
            client = AsyncClient("http://h", TOKEN, "", "a", pool, {"max_retries": 0})
            await AsyncPets(client).get()

        with pytest.raises(ConfigurationError, match="closed") as caught:
            asyncio.run(run())
    assert caught.value.outcome == "not_sent"


@pytest.mark.parametrize("way", ["http://proxy", 5, object(), httpx2.ASGITransport(app=None)])  # type: ignore[arg-type]  # not called
def test_what_is_no_client_of_httpx2_is_told_at_once(way: Any) -> None:
    with pytest.raises(ConfigurationError, match="http_client="):
        SyncClient("http://h", TOKEN, "", "a", way, {})


def test_a_client_of_the_other_kind_is_told_at_once() -> None:
    with httpx2.Client() as pool, pytest.raises(ConfigurationError, match=r"http_client= must be an httpx2\.Async"):
        AsyncClient("http://h", TOKEN, "", "a", pool, {})  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(ConfigurationError, match="http_client="):
        SyncClient("http://h", TOKEN, "", "a", httpx2.AsyncClient(), {})  # type: ignore[arg-type]  # wrong on purpose


def test_an_application_in_the_same_process() -> None:
    heads: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        heads.append((scope["method"], scope["path"], await receive()))
        headers = [(b"content-type", b"application/json"), (b"content-encoding", b"gzip")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": gzip.compress(PET.content)})

    transport = httpx2.ASGITransport(app=application)
    for way in (transport, lambda: httpx2.AsyncClient(transport=transport)):
        assert isinstance(call("http://h/v1", "async", ADD, {"name": "Rex"}, http_client=way), Pet)
    assert [head[:2] for head in heads] == [("POST", "/v1/pets")] * 2


def test_a_stream_of_a_transport_is_held_to_limit_and_deadline() -> None:
    class Endless(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(0.001)
                yield b" " * 100

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, stream=Endless(), headers={"content-type": "application/json"})

    with pytest.raises(UndecodableResponseError, match="larger than"):
        call("http://h", "async", http_client=httpx2.MockTransport(answer), max_response_bytes=1000)
    with pytest.raises(CallTimeoutError, match="deadline"):
        call("http://h", "async", http_client=httpx2.MockTransport(answer), deadline=0.1)


# -- proxies ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.mark.usefixtures("no_proxies")
def test_a_proxy_of_the_environment_is_used(server: Loopback, flavour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    assert isinstance(call("http://pets.example:8080/v1", flavour, times=2), Pet)
    assert [asked.target for asked in server.asked] == ["http://pets.example:8080/v1/pet"] * 2
    assert server.last.headers["host"] == "pets.example:8080"
    assert server.last.headers["authorization"] == "Bearer t0ken-value"


@pytest.mark.usefixtures("no_proxies")
def test_no_proxy_is_honoured(server: Loopback, flavour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with pytest.raises(ConnectionFailedError) as caught:
        call(server.url, flavour)
    assert caught.value.outcome == "not_sent"
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert isinstance(call(server.url, flavour), Pet)
    assert server.last.target == "/pet"


@pytest.mark.usefixtures("no_proxies")
@pytest.mark.parametrize("variable", ["ALL_PROXY", "all_proxy", "Http_Proxy"])
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("socks://user:hunter2@h", "has the scheme socks, and only http, https, socks5, socks5h can be used"),
        ("SOCKS9://user:hunter2@h:1080", "has the scheme socks9, and only http, https, socks5, socks5h can be used"),
        ("://hunter2@h", "has the scheme of no proxy, and only http, https, socks5, socks5h can be used"),
        ("socks5h://user:hunter2@h:1", "has the scheme socks5h, which needs the package socksio"),
        ("http://user:hunter2@h:port", "has an address that is none"),
        ("user:hunter2@h:port:x", "has an address that is none"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_told(
    variable: str, url: str, why: str, flavour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, url)
    with pytest.raises(ConfigurationError) as caught:
        call("http://127.0.0.1:1", flavour)
    assert (caught.value.outcome, caught.value.attempts) == ("not_sent", 1)  # another attempt would fare no better
    assert f"the proxy that {variable} names {why}; NO_PROXY may list hosts that need none" in str(caught.value)
    seen = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    locals_of = [frame.locals for frame in seen.stack if frame.filename != __file__]
    assert "hunter2" not in f"{caught.value!r} {caught.value.__context__!r} {locals_of}"


@pytest.mark.usefixtures("no_proxies")
@pytest.mark.parametrize("socks", ["socks://user:hunter2@h", "socks5://h", "http://h:port"])
@pytest.mark.parametrize(
    "around",
    [
        {"NO_PROXY": "127.0.0.1"},
        {"no_proxy": "example.com, 127.0.0.0/8"},
        {"NO_PROXY": "*"},
        {"HTTPS_PROXY": "{socks}", "ALL_PROXY": ""},
        {"HTTP_PROXY": "{server}"},
        {"http_proxy": "{server}", "HTTP_PROXY": "{socks}"},
    ],
)
def test_a_proxy_that_is_not_needed_is_not_in_the_way(
    around: dict[str, str], socks: str, server: Loopback, flavour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ({"ALL_PROXY": socks} | around).items():
        monkeypatch.setenv(name, value.format(socks=socks, server=server.url))
    assert isinstance(call(server.url, flavour, times=2), Pet)


@pytest.mark.slow
@pytest.mark.usefixtures("no_proxies")
def test_a_client_behind_a_proxy_closes_what_it_opened(
    server: Loopback, flavour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    call("http://pets.example", flavour)
    gc.collect()  # an open socket would be a warning, and that an error


# -- forks -----------------------------------------------------------------------------------------------------------

FORKING = """
import os, sys, threading
from tests.generator.runtime.wire import Pets
from generator.runtime.core import SyncClient

client = SyncClient(sys.argv[1], {"client_id": "i", "client_secret": "s"}, "", "agent/1", None, {"deadline": 5})
pets = Pets(client)
if sys.argv[2] == "used":
    pets.get()
    source = next(iter(client._credentials._fetched.values()))
    source._current = None
    locks = [source._lock.threads]
else:
    locks = []
locks += [client._transport._own._locks.setdefault(os.getpid(), threading.Lock())]
# Another thread is within both locks at the moment of the fork.
held, release = threading.Event(), threading.Event()
def hold():
    for lock in locks:
        lock.acquire()
    held.set()
    release.wait()
    for lock in locks:
        lock.release()
thread = threading.Thread(target=hold)
thread.start()
held.wait()
child = os.fork()
if not child:
    try:
        for _ in range(3):
            pets.get()
        client.close()
        os._exit(0)
    except BaseException as error:
        print(error, file=sys.stderr)
        os._exit(1)
release.set()
thread.join()
for _ in range(3):
    pets.get()
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
pets.get()
client.close()
sys.exit(code)
"""


@pytest.mark.parametrize("before", ["used", "fresh"])
def test_after_a_fork_both_have_connections_of_their_own(before: str) -> None:
    def answer(asked: Asked) -> Answer:
        return Answer(body=b'{"access_token": "t"}' if asked.target.endswith("token") else PET.content)

    with serving(answer) as server:
        command = [sys.executable, "-W", "error", "-c", FORKING, server.url, before]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    calls = [asked for asked in server.asked if asked.target == "/pet"]
    assert len(calls) == (8 if before == "used" else 7)
