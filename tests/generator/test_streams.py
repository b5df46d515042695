"""Streams and the choice of a media type, the whole way: the case `streams` is generated and called, sync and async."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.generator.sources import described, findings, opened, operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

DESCRIPTION = Path(__file__).parents[1] / "cases" / "generate" / "streams" / "openapi.yaml"
EVENTS, LINES = "text/event-stream", "application/jsonl"
DAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def prices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with opened(DESCRIPTION, tmp_path_factory.mktemp("prices"), "prices_client") as package:
        yield package


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def called(
    package: ModuleType, flavour: str, method: str, *arguments: Any, answer: dict[str, Any], **named: Any
) -> tuple[str, Any]:
    """The `Accept` header of a call, and what it gives: of a stream all that comes in it."""
    accepted: list[str] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        accepted.append(request.headers["accept"])
        media_type, content = answer["gives"]
        return httpx2.Response(answer.get("status", 200), content=content, headers={"content-type": media_type})

    def sync() -> Any:
        with package.Client(http_client=httpx2.MockTransport(handle)) as client:
            result = getattr(client.default, method)(*arguments, **named)
            return [*result] if isinstance(result, package.Stream) else result

    async def awaited() -> Any:
        async with package.AsyncClient(http_client=httpx2.MockTransport(handle)) as client:
            result = await getattr(client.default, method)(*arguments, **named)
            return [one async for one in result] if isinstance(result, package.AsyncStream) else result

    result = sync() if flavour == "sync" else asyncio.run(awaited())
    return accepted[0], result


def test_events_of_several_kinds(prices: ModuleType, flavour: str) -> None:
    content = (
        b'event: tick\nid: 1\ndata: {"price": 0.10}\n\nevent: pause\ndata: {"seconds": 3}\n\n'
        b"event: warning\ndata: late\n\nevent: tick\ndata: [DONE]\n\nevent: note\ndata: never\n\n"
    )
    accepted, found = called(prices, flavour, "watch_ticks", answer={"gives": (EVENTS, content)})
    assert accepted == f"{EVENTS}, application/json"
    tick, pause, warning = found
    assert (type(tick), str(tick.data.price), tick.event, tick.id) == (prices.ServerSentEvent, "0.10", "tick", "1")
    assert (pause.data.seconds, pause.id) == (3, "1")
    assert (warning.data, warning.event) == ("late", "warning")


@pytest.mark.parametrize(
    ("named", "gives", "accepted"),
    [
        ({}, ("application/json", b'{"text": "a b"}'), "application/json"),
        ({"accept": "application/json"}, ("application/json", b'{"text": "a b"}'), "application/json"),
        (
            {"accept": EVENTS},
            (EVENTS, b'data: {"word": "a"}\n\ndata: {"word": "b"}\n\n'),
            f"{EVENTS}, application/json;q=0.1",
        ),
    ],
)
def test_an_answer_at_once_or_bit_by_bit(
    prices: ModuleType, flavour: str, named: dict[str, str], gives: tuple[str, bytes], accepted: str
) -> None:
    header, found = called(prices, flavour, "ask", {"text": "?"}, answer={"gives": gives}, **named)
    words = [one.data.word for one in found] if isinstance(found, list) else found.text.split()
    assert (header, words) == (accepted, ["a", "b"])


@pytest.mark.parametrize(
    ("named", "gives", "accepted", "expected"),
    [
        ({}, (LINES, b'{"price":1}\n{"price":2}\n'), f"{LINES}, application/x-ndjson", [1, 2]),
        ({"accept": "application/x-ndjson"}, ("application/x-ndjson", b'{"price":1}'), "application/x-ndjson", [1]),
        ({"accept": "text/csv"}, ("text/csv", b"1\n"), "text/csv", "1\n"),
        ({"accept": "application/gzip"}, ("application/gzip", b"\x1f"), "application/gzip", b"\x1f"),
    ],
)
def test_an_answer_in_one_of_many_media_types(
    prices: ModuleType, flavour: str, named: dict[str, str], gives: tuple[str, bytes], accepted: str, expected: Any
) -> None:
    header, found = called(prices, flavour, "export", since=DAY, answer={"gives": gives}, **named)
    assert header == accepted
    assert ([one.price for one in found] if isinstance(found, list) else found) == expected


def test_another_success_comes_whatever_was_chosen(prices: ModuleType, flavour: str) -> None:
    for named in ({}, {"accept": "text/csv"}):
        answer = {"gives": ("text/plain", b""), "status": 202}
        assert called(prices, flavour, "export", since=DAY, answer=answer, **named)[1] is None


def test_the_others(prices: ModuleType, flavour: str) -> None:
    answer = {"gives": ("application/zip", b"PK")}
    assert called(prices, flavour, "read_report", accept="application/zip", answer=answer) == ("application/zip", b"PK")
    found = called(prices, flavour, "read_report", answer=answer)
    assert found == ("application/pdf, application/zip", b"PK")
    [event] = called(prices, flavour, "read_log", answer={"gives": (EVENTS, b"data: [DONE]\n\n")})[1]
    assert event.data == "[DONE]"
    answer = {"gives": ("application/json-seq", b'\x1e{"line": "a"}\n\x1e{"line": "b"}\n')}
    assert [one.line for one in called(prices, flavour, "replay_log", answer=answer)[1]] == ["a", "b"]


def test_what_is_no_choice_is_not_sent(prices: ModuleType) -> None:
    with prices.Client() as client, pytest.raises(prices.RequestValidationError) as caught:
        client.default.export(since=DAY, accept="text/html")
    assert [(one.path, one.rule) for one in caught.value.violations] == [("Accept", "enum")]


def test_what_was_not_chosen_is_not_read(prices: ModuleType, flavour: str) -> None:
    with pytest.raises(prices.UndecodableResponseError, match="event-stream came, which has to be chosen by `accept=`"):
        called(prices, flavour, "ask", {"text": "?"}, answer={"gives": (EVENTS, b"data: {}")})
    with pytest.raises(prices.UndecodableResponseError, match="which has to be chosen"):
        called(prices, flavour, "ask", {"text": "?"}, accept=EVENTS, answer={"gives": ("application/json", b"{}")})


def test_a_failure_has_its_type_all_the_same(prices: ModuleType, flavour: str) -> None:
    for named in ({}, {"accept": EVENTS}):
        answer = {"gives": ("application/json", b'{"why": "not here"}'), "status": 404}
        with pytest.raises(prices.NotFoundError) as caught:
            called(prices, flavour, "ask", {"text": "?"}, answer=answer, **named)
        assert caught.value.body.why == "not here"


def test_a_text_is_streamed_where_it_is_chosen(prices: ModuleType, tmp_path: Path) -> None:
    def handle(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=b"1\n2\n", headers={"content-type": request.headers["accept"]})

    with prices.Client(http_client=httpx2.MockTransport(handle)) as client:
        export = prices.streamed(client.default.export)
        assert export(since=DAY, accept="text/csv").write_to(tmp_path / "prices.csv") == 4
        with pytest.raises(prices.ConfigurationError, match="read as a whole"):
            prices.streamed(client.default.ask)({"text": "?"})
    assert (tmp_path / "prices.csv").read_bytes() == b"1\n2\n"


TICK = {"type": "object", "required": ["price"], "properties": {"price": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ({}, "ServerSentEvent[str]"),
        ({"schema": {"type": "string"}}, "ServerSentEvent[str]"),
        ({"schema": TICK}, "ServerSentEvent[models.ReadResponseItem]"),
        ({"schema": {"oneOf": [TICK, {"const": "[DONE]"}]}}, "ServerSentEvent[models.ReadResponseItem]"),
        ({"schema": {"type": "object", "properties": {"data": TICK}}}, "ServerSentEvent[models.ReadResponseItem]"),
        (
            {"schema": {"type": "object", "properties": {"data": {"type": "integer"}, "event": {"type": "string"}}}},
            "ServerSentEvent[int]",
        ),
        ({"itemSchema": {"properties": {"data": {"contentMediaType": "application/json"}}}}, "ServerSentEvent[Any]"),
        ({"itemSchema": {"properties": {"data": {"contentSchema": {"type": "boolean"}}}}}, "ServerSentEvent[bool]"),
        (
            {"itemSchema": {"allOf": [{"properties": {"event": {"const": "a"}}},
                                      {"properties": {"data": {"contentSchema": {"type": "integer"}}}}]}},
            "ServerSentEvent[int]",
        ),
        (
            {"itemSchema": {"anyOf": [{"properties": {"data": {"contentSchema": {"type": one}}}}
                                      for one in ("boolean", "integer")]}},
            "ServerSentEvent[bool | int]",
        ),
        ({"itemSchema": {"properties": {"event": {"type": "string"}, "data": {}}}}, "ServerSentEvent[str]"),
    ],
)  # fmt: skip
def test_what_the_data_of_events_is(media: dict[str, Any], expected: str, tmp_path: Path) -> None:
    answer = {"200": {"description": "Events.", "content": {EVENTS: media}}}
    description = {**described({"/": {"get": {"operationId": "read", "responses": answer}}}), "openapi": "3.2.0"}
    assert findings(description, tmp_path) == []
    [choice] = operation(description, tmp_path).choices
    assert (choice.items, choice.values) == ((expected,), ())


@pytest.mark.parametrize(
    ("media", "items", "values"),
    [
        ({"schema": TICK}, ("models.ReadResponseItem",), ()),
        ({}, ("Any",), ()),
        ({"itemSchema": {"type": "string"}}, ("str",), ()),
        ({"schema": {"type": "string", "format": "binary"}}, (), ("bytes",)),
    ],
)
def test_what_lines_are(media: dict[str, Any], items: tuple[str, ...], values: tuple[str, ...], tmp_path: Path) -> None:
    answer = {"200": {"description": "Lines.", "content": {"application/x-ndjson": media}}}
    description = {**described({"/": {"get": {"operationId": "read", "responses": answer}}}), "openapi": "3.2.0"}
    [choice] = operation(description, tmp_path).choices
    assert (choice.items, choice.values) == (items, values)
