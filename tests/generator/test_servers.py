"""Servers of paths and operations, the whole way: the case `servers` is generated and called."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.generator.sources import NO_CONTENT, described, findings, imported, opened, operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

DESCRIPTION = Path(__file__).parents[1] / "cases" / "generate" / "servers" / "openapi.yaml"
LIVE = "https://api.files.example/v1"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with opened(DESCRIPTION, tmp_path_factory.mktemp("files"), "files_client") as package:
        yield package


def called(package: ModuleType, method: str, base_url: str) -> httpx2.Request:
    """The request of the client that blocks, which is that of the other one too."""
    requests: list[httpx2.Request] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return httpx2.Response(204)

    async def awaited() -> None:
        transport = httpx2.MockTransport(handle)
        async with package.AsyncClient(base_url=base_url, key="k3y", http_client=transport) as client:
            await getattr(client.default, method)()

    with package.Client(base_url=base_url, key="k3y", http_client=httpx2.MockTransport(handle)) as client:
        getattr(client.default, method)()
    asyncio.run(awaited())
    assert requests[0].url == requests[1].url
    return requests[0]


@pytest.mark.parametrize(
    ("method", "base_url", "url"),
    [
        ("list_files", LIVE, f"{LIVE}/files"),
        ("upload_file", LIVE, "https://eu.upload.files.example/v1/files"),
        ("upload_file", "https://api.files.test/v1", "https://eu.upload.files.example/v1/files"),
        ("upload_file", "https://upload.files.test", "https://upload.files.test/files"),
        ("upload_file", "http://localhost:8080", "http://localhost:8080/files"),
        ("preview", LIVE, "https://api.files.example/v2/preview"),
        ("preview", "http://localhost:8080/v1", "http://localhost:8080/v2/preview"),
        ("set_preview", LIVE, "https://api.files.example/labs/preview"),
        ("delete_preview", LIVE, f"{LIVE}/preview"),
        ("read_status", LIVE, "https://api.files.example/status"),
    ],
)
def test_where_a_call_goes(files: ModuleType, method: str, base_url: str, url: str) -> None:
    request = called(files, method, base_url)
    assert str(request.url) == url
    assert request.headers.get("key") == (None if method == "read_status" else "k3y")


def test_it_is_said(files: ModuleType) -> None:
    client = files.Client(base_url=LIVE)
    assert "Its server is `https://eu.upload.files.example/v1` (others: `https://upload.files.test`)" in str(
        client.default.upload_file.__doc__
    )
    assert "Operations with a server of their own are called there" in str(files.Client.__doc__)
    assert "Its server" not in str(client.default.list_files.__doc__)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "ftp://files.example",
            "mailto:files",
            "https://",
            "https:files",
            "https://a..example",
            "https://b\\c.example",
        ),
        *("https://files.example:0", "https://files.example:99999", "https://[::g]", "https://user@files.example"),
        *("https://files.example?a=1", "/v2#top", "/v 2", "https://files.example\r\n", "//files.example:x"),
    ],
)
def test_what_is_no_server_is_left_out(url: str, tmp_path: Path) -> None:
    read = {"get": {"operationId": "read", "responses": NO_CONTENT}, "servers": [{"url": url}, {"url": "/v2"}]}
    description = described({"/a": read})
    assert "unsupported-servers" in findings(description, tmp_path)
    assert operation(description, tmp_path).servers == ("/v2",)


def test_what_all_operations_have_is_the_server_of_the_api(tmp_path: Path) -> None:
    read = {"get": {"operationId": "read", "responses": NO_CONTENT}, "servers": [{"url": "https://a.example/x"}]}
    add = {"post": {"operationId": "add", "responses": NO_CONTENT}, "servers": [{"url": "https://a.example/x"}]}
    package = imported(described({"/a": read, "/b": add}), tmp_path, "one_server_client")
    assert package.Client.__init__.__kwdefaults__["base_url"] == "https://a.example/x"


def test_servers_of_operations_alone_are_those_of_the_api(tmp_path: Path) -> None:
    read = {"get": {"operationId": "read", "responses": NO_CONTENT}, "servers": [{"url": "https://a.example"}]}
    add = {"post": {"operationId": "add", "responses": NO_CONTENT}, "servers": [{"url": "https://b.example"}]}
    package = imported(described({"/a": read, "/b": add}), tmp_path, "two_servers_client")
    requests: list[str] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        requests.append(str(request.url))
        return httpx2.Response(204)

    for base_url in ("https://a.example", "https://b.example", "http://localhost"):
        with package.Client(base_url=base_url, http_client=httpx2.MockTransport(handle)) as client:
            client.default.read()
            client.default.add()
    assert requests == [*["https://a.example/a", "https://b.example/b"] * 2, "http://localhost/a", "http://localhost/b"]
