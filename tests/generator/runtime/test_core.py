"""Clients: what copies share, what is closed, and what a call of its own can set."""

from __future__ import annotations

import asyncio
import gc
import pickle
from functools import cached_property
from typing import Any

import httpx2
import pytest

from generator.runtime.answers import answers
from generator.runtime.core import AsyncClient, AsyncResource, SyncClient, SyncResource
from generator.runtime.errors import (
    ConfigurationError,
)
from tests.generator.runtime.flows import GET, PET
from tests.generator.runtime.wire import TOKEN, Pets, call
from tests.loopback import Answer, Loopback, serving


def test_a_client_closes_what_it_opened(server: Loopback, flavour: str) -> None:
    call(server.url, flavour)
    gc.collect()
    if flavour == "sync":
        client = SyncClient(server.url, TOKEN, "", "a", None, {"max_retries": 0})
        copy = client.with_options(timeout=3)
        Pets(copy).get()
        copy.close()
        with copy:
            Pets(copy).get()
        Pets(client).get()
        client.close()
        client.close()
        for one in (client, copy):
            with pytest.raises(ConfigurationError, match="the client is closed"):
                Pets(one).get()


def test_a_client_that_was_closed_uses_no_connections_of_the_caller_either(server: Loopback) -> None:
    with httpx2.Client() as pool:
        client = SyncClient(server.url, TOKEN, "", "a", pool, {"max_retries": 0})
        Pets(client).get()
        client.close()
        with pytest.raises(ConfigurationError, match="the client is closed"):
            Pets(client).get()
        assert not pool.is_closed
    assert len(server.asked) == 1


def test_a_copy_shares_connections_and_tokens_and_has_resources_of_its_own() -> None:
    class Own(SyncClient):
        @cached_property
        def pets(self) -> Pets:
            return Pets(self)

    client = Own("http://h", TOKEN, "", "a", None, {"timeout": 3, "headers": {"X-A": "1"}})
    pets = client.pets
    copy = client.with_options(max_retries=1, headers={"X-B": "2"})
    assert type(copy) is Own
    assert copy.pets is not pets
    assert copy.pets._client is copy
    assert (copy._transport, copy._credentials) == (client._transport, client._credentials)
    assert (copy._settings.timeout, copy._settings.max_retries) == (3, 1)
    assert dict(copy._settings.headers) == {"X-A": "1", "X-B": "2"}
    assert (client._settings.max_retries, dict(client._settings.headers)) == (4, {"X-A": "1"})


@pytest.mark.parametrize("kind", [SyncClient, AsyncClient])
def test_a_client_shows_where_it_goes_and_no_more(kind: Any) -> None:
    client = kind("http://h/v1/", TOKEN, "", "a", None, {"headers": {"X-A": "s3cret"}})
    assert repr(client) == str(client) == f"{kind.__name__}(base_url='http://h/v1')"
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(client)


def test_options_of_a_call_are_of_that_call_alone(server: Loopback, flavour: str) -> None:
    one = {"headers": {"X-One": "1"}, "timeout": 3}

    class Sync(SyncResource):
        def get(self, options: Any = None) -> object:
            return self._call(GET, {}, None, options)

    class Async(AsyncResource):
        async def get(self, options: Any = None) -> object:
            return await self._call(GET, {}, None, options)

    if flavour == "sync":
        with SyncClient(server.url, TOKEN, "", "a", None, {}) as client:
            Sync(client).get(one)
            Sync(client).get()
            with pytest.raises(ConfigurationError, match=r"getPet: timeout= must"):
                Sync(client).get({"timeout": 0})
    else:

        async def run() -> None:
            async with AsyncClient(server.url, TOKEN, "", "a", None, {}) as client:
                await Async(client).get(one)
                await Async(client).get()
                with pytest.raises(ConfigurationError, match=r"getPet: timeout= must"):
                    await Async(client).get({"timeout": 0})

        asyncio.run(run())
    assert [asked.headers.get("x-one") for asked in server.asked] == ["1", None]


def test_answers_and_hooks_over_real_connections(flavour: str) -> None:
    headers = {"Content-Type": "application/json", "Request-Id": "r-1"}
    replies = [Answer(503, b"{}"), Answer(body=PET.content, headers=headers)]
    seen: list[object] = []
    with serving(lambda _: replies.pop(0)) as server, answers() as recorded:
        call(server.url, flavour, max_retries=1, backoff=0, hooks=[seen.append])
    assert [(one.status, one.attempts, one.headers["request-id"]) for one in recorded] == [(200, 2, "r-1")]
    names = [type(event).__name__.removesuffix("Event") for event in seen]
    assert names == ["Request", "Response", "Retry", "Request", "Response"]


@pytest.mark.parametrize("url", [None, "h", "http://user:hunter2@h", "http://u:hunter2"])
def test_what_is_no_base_url_is_refused(url: Any) -> None:
    with pytest.raises(ConfigurationError, match="base_url") as caught:
        SyncClient(url, TOKEN, "", "a", None, {})
    assert "hunter2" not in str(caught.value)
