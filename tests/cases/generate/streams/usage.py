"""What type checkers have to know of streams."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import assert_type

from streams_client import (
    AsyncByteStream,
    AsyncClient,
    AsyncStream,
    ByteStream,
    Client,
    ServerSentEvent,
    Stream,
    StreamBrokenError,
    models,
    streamed,
)

DAY = date(2026, 1, 1)


def use(client: Client) -> None:
    with client.default.watch_ticks() as ticks:
        for event in ticks:
            assert_type(event.data, models.Tick | models.WatchTicksResponsePause | str)
            assert_type((event.event, event.id, event.retry), tuple[str, str, int | None])
    assert_type(client.default.ask(models.Question(text="?")), models.Answer)
    assert_type(client.default.ask(models.Question(text="?"), accept="application/json"), models.Answer)
    words = client.default.ask(models.Question(text="?"), accept="text/event-stream")
    assert_type(words, Stream[ServerSentEvent[models.Word]])
    assert_type(client.default.export(since=DAY), Stream[models.Tick] | None)
    assert_type(client.default.export(since=DAY, accept="text/csv"), str | None)
    assert_type(client.default.export(since=DAY, accept="application/zip"), bytes | None)
    assert_type(client.default.read_report(accept="application/zip"), bytes)
    report = streamed(client.default.read_report)(accept="application/pdf")
    assert_type(report, ByteStream)
    try:
        assert_type(report.write_to(Path("report.pdf")), int)
    except StreamBrokenError as error:
        assert_type(error.status, int | None)


async def use_async(client: AsyncClient) -> None:
    async with await client.default.watch_ticks() as ticks:
        async for event in ticks:
            assert_type(event.data, models.Tick | models.WatchTicksResponsePause | str)
    assert_type(await client.default.ask(models.Question(text="?")), models.Answer)
    words = await client.default.ask(models.Question(text="?"), accept="text/event-stream")
    assert_type(words, AsyncStream[ServerSentEvent[models.Word]])
    assert_type(await client.default.export(since=DAY, accept="text/csv"), str | None)
    method = streamed(client.default.read_report)
    report = await method(accept="application/pdf")
    assert_type(report, AsyncByteStream)
    assert_type(await report.write_to("report.pdf"), int)


_: Callable[[Client], None] = use
__: Callable[[AsyncClient], Awaitable[None]] = use_async
