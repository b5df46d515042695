"""A secret is seen nowhere, whatever fails and whatever a server echoes."""

from __future__ import annotations

import asyncio
import base64
import copy
import html
import inspect
import json
import logging
import pickle
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

import httpx2
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.auth import Credentials
from generator.runtime.core import AsyncClient, AsyncResource, SyncClient, SyncResource
from generator.runtime.errors import ApiError
from generator.runtime.http import Reply, TransportError
from generator.runtime.operation import Operation, Response, SecurityScheme
from generator.runtime.secret import Secret, hidden
from generator.runtime.steps import Send
from tests.generator.runtime.flows import (
    ADD,
    BASE,
    BEARER,
    GET,
    PET,
    Failure,
    Pet,
    Script,
    called,
    failed,
    flow,
    reply,
    shown_by,
    token,
)
from tests.loopback import Answer, Asked, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.runtime.events import Event
    from generator.runtime.options import Options

PLAIN = "s3cr3t.value-of_mine~1"
ODD = 'ab/c+d==" e\\f&<g>%2F'
"""Written in other ways in URLs, JSON and HTML."""
QUOTED = """it's "m\\ne"/"""
"""And in Python."""


# -- the string ------------------------------------------------------------------------------------------------------


def test_a_secret_is_a_string_that_does_not_show_itself() -> None:
    secret = Secret(PLAIN)
    assert (secret, len(secret), hash(secret)) == (PLAIN, len(PLAIN), hash(PLAIN))
    for shown in (
        repr(secret),
        ascii(secret),
        f"{secret!r}",
        f"{secret!r}",
        str([secret]),
        str({"a": (secret,)}),
    ):
        assert PLAIN not in shown
    for spread in (pickle.dumps, copy.copy, copy.deepcopy):
        for value in (secret, [secret]):
            if spread is copy.copy and value is not secret:
                continue
            with pytest.raises(TypeError, match="not pickled"):
                spread(value)


@pytest.mark.parametrize("secret", [PLAIN, ODD, QUOTED, "pässwört-42/", "pä\\ss'/"])
@pytest.mark.parametrize(
    "form",
    [
        str,
        lambda text: quote(text, safe=""),
        quote,
        quote_plus,
        lambda text: json.dumps(text)[1:-1],
        lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
        html.escape,
        lambda text: text.encode().decode("latin-1"),
        lambda text: repr(text)[1:-1],
        lambda text: repr(text.encode())[2:-1],
        # Among quotes of both kinds.
        lambda text: repr(f"'{text}\"")[3:-2],
        lambda text: repr(f"'{text}\"".encode())[4:-2],
    ],
)
def test_a_secret_is_hidden_however_it_is_written(secret: str, form: Callable[[str], str]) -> None:
    assert hidden(f"a {form(secret)} b {secret}", [secret]) == "a *** b ***"


WORDS = st.text("ab/+ ", max_size=30)


@given(WORDS, st.lists(st.text("ab/+ ", min_size=3), max_size=3))
def test_hiding_leaves_no_secret(text: str, secrets: list[str]) -> None:
    found = hidden(text, secrets)
    assert not [secret for secret in secrets if secret in found]
    assert found == text or "***" in found


JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.just(ODD), st.just(f"<{ODD}>")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text() | st.just(ODD), inner, max_size=3)),
    max_leaves=8,
)


@given(JSON, st.booleans())
def test_json_stays_json_without_its_secrets(value: Any, escaped: bool) -> None:
    content = json.dumps(value).encode() if escaped else msgspec.json.encode(value)
    found = Reply(200, {}, content).without([ODD])
    assert ODD not in shown_by(json.loads(found.content))
    if ODD not in shown_by(value):
        assert found.content == content


def test_numbers_are_no_secrets() -> None:
    """A password of digits must not make something else of an answer."""
    content = b'{"code":12345678,"say":"12345678","price":1.10}'
    assert Reply(200, {}, content).without(["12345678"]).content == b'{"code":12345678,"say":"***","price":1.10}'


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a": "' + PLAIN.encode(), b"\xff" + PLAIN.encode(), b""])
def test_what_is_no_json_is_searched_as_text(content: bytes) -> None:
    assert Reply(200, {}, content).without([PLAIN]).content == content.replace(PLAIN.encode(), b"***")


# -- all that can fail -----------------------------------------------------------------------------------------------


def echo(step: Send, status: int, *, in_json: bool = True) -> Reply:
    """An answer that repeats all that it got, in its headers and its body."""
    got = {**step.request.headers, "target": step.request.target}
    headers = {f"echo-{name.lower()}": value for name, value in got.items()}
    said = {
        "success": False,
        "got": got,
        **got,
        "reasons": [{"code": value, "message": value} for value in got.values()],
    }
    said["processId"] = got.get("Authorization", "")
    content = json.dumps(said).encode() if in_json else f"<p>{got}</p>".encode()
    return Reply(status, {"content-type": "application/json", **headers}, content)


class Nasty(Script):
    """Answers with an echo; the last status for ever."""

    def __init__(self, *statuses: int, in_json: bool = True) -> None:
        super().__init__(PET)
        self.statuses = list(statuses)
        self.in_json = in_json

    def done(self, step: object) -> object:
        if isinstance(step, Send) and not step.request.address.path.endswith("/token"):
            self.sends.append(step)
            status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
            return echo(step, status, in_json=self.in_json)
        return super().done(step)


@contextmanager
def scanned(caplog: pytest.LogCaptureFixture, *secrets: str) -> Iterator[list[object]]:
    """What is put into the list, and all that was logged, shows no secret."""
    caplog.set_level(logging.DEBUG, "generator.runtime")
    found: list[object] = []
    yield found
    assert found
    records = [record for record in caplog.records if record.name.startswith("generator.runtime")]
    text = "\n".join(map(shown_by, [*found, *records])) + caplog.text
    for secret in secrets:
        for form in (
            secret,
            quote(secret, safe=""),
            json.dumps(secret)[1:-1],
            base64.b64encode(secret.encode()).decode(),
        ):
            where = text.find(form)
            assert where < 0, text[max(0, where - 300) : where + 100]


HEADER = SecurityScheme("header", "header_key", "X-Key")
QUERY = SecurityScheme("query", "query_key", "key")
COOKIE = SecurityScheme("cookie", "cookie_key", "pass")
BASIC = SecurityScheme("basic", "username")
SCHEMES = [
    ((BEARER,), {"token": PLAIN}),
    ((BEARER,), {"token": ODD}),
    ((BEARER,), {"token": lambda: ODD}),
    ((BEARER, HEADER, QUERY, COOKIE), {"token": PLAIN, "header_key": ODD, "query_key": ODD, "cookie_key": ODD}),
    ((BASIC,), {"username": "Aladdin", "password": PLAIN}),
    ((BASIC,), {"username": "Aladdin", "password": ODD}),
]


@pytest.mark.parametrize("schemes", SCHEMES, ids=range(len(SCHEMES)))
@pytest.mark.parametrize("in_json", [True, False])
@pytest.mark.parametrize("statuses", [(200,), (400,), (401,), (409,), (503, 401), (302,)], ids=str)
def test_echoes_of_a_server(
    schemes: tuple[Any, Any], in_json: bool, statuses: tuple[int, ...], caplog: pytest.LogCaptureFixture
) -> None:
    security, given_ = schemes
    pair = base64.b64encode(f"Aladdin:{PLAIN}".encode()).decode(), base64.b64encode(f"Aladdin:{ODD}".encode()).decode()
    one = msgspec.structs.replace(ADD, security=(security,))
    with scanned(caplog, PLAIN, ODD, *pair) as found:
        script = Nasty(*statuses, in_json=in_json)
        error = failed(script, one, given_, options={"hooks": [found.append]})
        sent = "\n".join(
            text for send in script.sends for text in (*send.request.headers.values(), send.request.target)
        )
        assert any(form in sent for form in (PLAIN, ODD, *pair))
        found.append(error)


def test_a_token_that_was_replaced_meanwhile_is_still_a_secret(caplog: pytest.LogCaptureFixture) -> None:
    tokens = [PLAIN, PLAIN[::-1], "an0ther-one"]

    class Late(Nasty):
        def done(self, step: object) -> object:
            come = super().done(step)
            if isinstance(come, Reply) and self.statuses == [400]:
                return Reply(come.status, come.headers, come.content + f" {PLAIN}".encode())
            return come

    with scanned(caplog, *tokens) as found:
        found.append(failed(Late(401, 400, in_json=False), given={"token": lambda: tokens.pop(0)}))


@pytest.mark.parametrize(
    ("token", "fault"),
    [
        (PLAIN, TransportError(f"illegal header line: {PLAIN}", sent=True)),
        (QUOTED, TransportError(f"illegal header line: {bytearray(QUOTED.encode())!r}", sent=True)),
        (ODD, TransportError(f"""illegal status line: {bytearray(f"it's {ODD}".encode())!r}""", sent=True)),
        (PLAIN, TransportError(f"no way to http://h/?key={PLAIN}", sent=False, timeout=True)),
    ],
)
def test_what_a_transport_says(token: str, fault: TransportError, caplog: pytest.LogCaptureFixture) -> None:
    with scanned(caplog, token, repr(token)[1:-1]) as found:
        error = failed(Script(fault), given={"token": lambda: token}, options={"hooks": [found.append]})
        assert "***" in str(error)
        found.append(error)


PAIR = {"client_id": "my-id", "client_secret": ODD}


@pytest.mark.parametrize(
    "answer",
    [
        reply(400, {"error": "invalid_client", "error_description": f"no: {ODD}"}, www_authenticate=f"id {ODD}"),
        reply(400, {"error": "x" * 195 + ODD, "error_description": "x" * 190 + ODD}),
        reply(400, f"client_secret={quote_plus(ODD)}".encode()),
        reply(500, {"error": ODD}, location=f"http://h/?{quote(ODD, safe='')}"),
        reply(503, {"error": ODD}),
        reply(200, {"error": ODD}),
        reply(200, {"access_token": f"{PLAIN}\n"}),
        reply(200, {"access_token": [PLAIN]}),
        reply(200, f'{{"access_token": "{PLAIN}"'.encode()),
        reply(200, PLAIN.encode(), content_encoding="gzip"),
        TransportError("cut", sent=True),
        TransportError(f"bad header: {ODD}", sent=True),
    ],
    ids=str,
)
def test_echoes_of_a_token_endpoint(answer: Any, caplog: pytest.LogCaptureFixture) -> None:
    if isinstance(answer, Exception):
        answer.__traceback__ = None
    with scanned(caplog, PLAIN, ODD) as found:
        error = failed(Script(answer), given=PAIR, options={"max_retries": 1, "hooks": [found.append]})
        assert type(error).__name__ == "TokenError"
        found.append(error)


def raising() -> str:
    raise OSError("down")


@pytest.mark.parametrize(
    "source", [raising, lambda: f"{PLAIN}\n", lambda: f"{PLAIN}ä", lambda: "", PLAIN.encode, lambda: [PLAIN]]
)
@pytest.mark.parametrize("status", [401, 200])
def test_what_a_function_gives(source: Callable[[], object], status: int, caplog: pytest.LogCaptureFixture) -> None:
    first = [PLAIN] if status == 401 else []

    def function() -> object:
        return first.pop() if first else source()

    with scanned(caplog, PLAIN) as found:
        found.append(failed(Nasty(status), given={"token": function}, options={"hooks": [found.append]}))


def test_what_is_told_of_a_call_that_succeeds(caplog: pytest.LogCaptureFixture) -> None:
    from generator.runtime.answers import answers

    class Kind(Nasty):
        def done(self, step: object) -> object:
            come = super().done(step)
            return Reply(200, come.headers, PET.content) if isinstance(come, Reply) else come

    with scanned(caplog, PLAIN) as found, answers() as recorded:
        called(Kind(200), given={"token": PLAIN}, options={"hooks": [found.append]})
        found.append(recorded)
        assert recorded[0].headers["echo-authorization"] == "Bearer ***"


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), ValueError("mock")])
def test_what_goes_through_shows_nothing_of_ours(stop: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    with scanned(caplog, PLAIN, ODD) as found:
        for given_ in ({"token": PLAIN}, {"token": lambda: PLAIN}, PAIR):
            stop.__traceback__ = None
            try:
                called(Script(stop), given=given_)
            except BaseException as error:  # noqa: BLE001 - it is looked at
                found.append(error)


# -- over real connections, where frames of the transports are seen as well ------------------------------------------

PETS = SecurityScheme("bearer", "token", token_url="/token")
READ: Operation[object] = Operation(
    "getPet", "GET", "/pet", responses=(Response("200", "application/json", Pet | Failure),), security=((PETS, QUERY),)
)


class Pets(SyncResource):
    def get(self) -> object:
        return self._call(READ, {})


class AsyncPets(AsyncResource):
    async def get(self) -> object:
        return await self._call(READ, {})


def garbled(kind: str, asked: bytes) -> bytes:
    """Answers that no client can read, with all that was asked in them."""
    said = b" ".join(asked.split())
    return {
        "status line": b"HTTP/1.1 " + said + b"\r\n\r\n",
        "header": b"HTTP/1.1 200 OK\r\n" + said.replace(b":", b"") + b"\r\n\r\n",
        "length": b"HTTP/1.1 200 OK\r\nContent-Length: " + said + b"\r\n\r\n",
        "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + said + b"\r\n",
        "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\nX: " + said.replace(b"\r", b"") + b"\r\n\r\n" + said,
        "silence": b"",
    }[kind]


@contextmanager
def garbling(kind: str) -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    asked = b""
                    while b"\r\n\r\n" not in asked and (part := connection.recv(65536)):
                        asked += part
                    if b"/token" in asked and kind != "token":
                        body = json.dumps({"access_token": PLAIN}).encode()
                        head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
                        connection.sendall(head + body)
                    elif kind == "token":
                        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + PLAIN.encode())
                    else:
                        connection.sendall(garbled(kind, asked))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("kind", ["status line", "header", "length", "chunk", "cut", "silence", "token"])
@pytest.mark.parametrize("own", [True, False])
def test_answers_that_cannot_be_read(kind: str, own: bool, caplog: pytest.LogCaptureFixture) -> None:
    options: Options = {"max_retries": 0, "timeout": 5}
    given_ = {"client_id": "my-id", "client_secret": ODD, "query_key": "qu3ry-k3y"}
    with garbling(kind) as url, scanned(caplog, PLAIN, ODD, "qu3ry-k3y") as found:
        with httpx2.Client() as pool:
            client = SyncClient(url, given_, "", "agent/1", None if own else pool, options)
            with client, pytest.raises(ApiError) as caught:
                Pets(client).get()
            found.append(caught.value)

        async def run() -> None:
            async with httpx2.AsyncClient() as pool:
                client = AsyncClient(url, given_, "", "agent/1", None if own else pool, options)
                async with client:
                    with pytest.raises(ApiError) as caught:
                        await AsyncPets(client).get()
                    found.append(caught.value)

        asyncio.run(run())


def test_a_transport_of_the_caller_that_breaks(caplog: pytest.LogCaptureFixture) -> None:
    def broken(request: httpx2.Request) -> httpx2.Response:
        raise LookupError("a mock")

    given_ = {"token": PLAIN, "query_key": "qu3ry-k3y"}
    with scanned(caplog, PLAIN, "qu3ry-k3y") as found:
        for way in (httpx2.MockTransport(broken), httpx2.Client(transport=httpx2.MockTransport(broken))):
            client = SyncClient("http://h", given_, "", "agent/1", way, {})
            with pytest.raises(LookupError) as caught:
                Pets(client).get()
            found.append(caught.value)


# -- what there is to see while nothing fails ------------------------------------------------------------------------


def test_what_is_alive_shows_nothing() -> None:
    credentials = Credentials({"client_id": "my-id", "client_secret": ODD}, BASE)
    script = Script(token(PLAIN), PET)
    called(script, GET, credentials)
    begun = flow(GET, credentials)
    step = next(begun)
    seen = [
        credentials,
        script.sends,
        step,
        begun,
        inspect.getgeneratorlocals(begun),
        list(credentials._fetched.values()),
    ]
    text = "\n".join(repr(one) for one in seen)
    for source in credentials._fetched.values():
        text += repr(vars(source))
    begun.close()
    assert PLAIN not in text
    assert ODD not in text
    for one in (credentials, script.sends[0], script.sends[0].request, token(PLAIN) and script.sends):
        with pytest.raises(TypeError, match="pickle"):
            pickle.dumps(one)


def test_events_and_answers_of_a_real_server_show_no_cookie(caplog: pytest.LogCaptureFixture) -> None:
    def answer(asked: Asked) -> Answer:
        said = {"Content-Type": "application/json", "Set-Cookie": f"session={asked.headers.get('authorization', '')}"}
        return Answer(401, b"{}", said)

    told: list[Event] = []
    with serving(answer) as server, scanned(caplog, PLAIN) as found:
        given_ = {"token": PLAIN, "query_key": "qu3ry-k3y"}
        client = SyncClient(server.url, given_, "", "agent/1", None, {"hooks": [told.append]})
        with client, pytest.raises(ApiError) as caught:
            Pets(client).get()
        assert server.last.headers["authorization"] == f"Bearer {PLAIN}"
        found += [caught.value, *told]
