"""OpenAPI 3.2, the whole way: the case `current` is generated and called, and what arrives is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.generator.runtime.test_multipart import parts
from tests.generator.sources import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

DESCRIPTION = Path(__file__).parents[1] / "cases" / "generate" / "current" / "openapi.yaml"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with opened(DESCRIPTION, tmp_path_factory.mktemp("shelf"), "shelf_client") as package:
        yield package


def sent(shelf: ModuleType, resource: str, method: str, *arguments: Any, **named: Any) -> tuple[httpx2.Request, Any]:
    requests: list[httpx2.Request] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        has_books = request.url.path == "/api/books" and request.method != "LINK"
        return httpx2.Response(200, json=["Emma"]) if has_books else httpx2.Response(204)

    with shelf.Client(http_client=httpx2.MockTransport(handle)) as client:
        result = getattr(getattr(client, resource), method)(*arguments, **named)
    return requests[0], result


def test_methods(shelf: ModuleType) -> None:
    request, result = sent(shelf, "books", "query_books", {"title": "Emma"})
    assert (request.method, str(request.url)) == ("QUERY", "https://shelf.example/api/books")
    assert (json.loads(request.content), result) == ({"title": "Emma"}, ["Emma"])
    request, _ = sent(shelf, "books", "link_books", wing="top")
    assert (request.method, str(request.url)) == ("LINK", "https://shelf.example/api/books?wing=top")
    assert not hasattr(shelf.Client(), "default")  # its one operation is left out


@pytest.mark.parametrize(
    ("method", "named", "query"),
    [
        (
            "list_books",
            {"filter": {"author": "J & A", "years": [1811, 1815]}},
            "author=J%20%26%20A&years=1811&years=1815",
        ),
        ("list_books", {"filter": {"author": "A", "size": "large"}}, "author=A&size=large"),
        ("list_books", {}, ""),
        ("search_by_tree", {"tree": {"a": 1}}, "%7B%22a%22%3A1%7D"),
        ("search_by_text", {"words": "pride & prejudice"}, "pride%20%26%20prejudice"),
    ],
)
def test_a_whole_query(shelf: ModuleType, method: str, named: dict[str, Any], query: str) -> None:
    request, _ = sent(shelf, "books", method, **named)
    assert request.url.query.decode() == query


@pytest.mark.parametrize(
    ("filter_", "path"),
    [({"author": ""}, "filter.author"), ({}, "filter.author"), ({"author": "A", "size": "huge"}, "filter.size")],
)
def test_a_query_is_checked(shelf: ModuleType, filter_: dict[str, Any], path: str) -> None:
    with shelf.Client() as client, pytest.raises(shelf.RequestValidationError) as caught:
        client.books.list_books(filter=filter_)
    assert [one.path for one in caught.value.violations] == [path]


def test_what_a_tag_does_not_tell_is_told_by_its_fields(shelf: ModuleType) -> None:
    request, _ = sent(shelf, "library", "add_thing", {"radius": 3})
    assert json.loads(request.content) == {"radius": 3}


def test_a_style_says_how_a_field_is_written(shelf: ModuleType) -> None:
    loan = {"until": "1/2: a b", "books": ["Emma", "It"], "reader": {"n a": "J&A"}, "notes": {"a": "b", "c": None}}
    request, _ = sent(shelf, "library", "add_loan", loan, content_type="application/x-www-form-urlencoded")
    assert request.content == b"until=1/2:%20a%20b&books=Emma,It&reader%5Bn%20a%5D=J%26A&a=b"
    covers = {"covers": [b"\x89PNG,"]}
    request, _ = sent(shelf, "library", "add_loan", {**loan, **covers}, content_type="multipart/form-data")
    assert parts(request.headers["content-type"], request.content) == [
        ("until", None, None, b"1/2: a b"),
        ("books", None, None, b"Emma,It"),
        ("reader[n a]", None, None, b"J&A"),
        ("a", None, None, b"b"),
        ("covers", "file", "application/octet-stream", b"\x89PNG,"),
    ]


def test_a_field_of_a_media_type_that_the_client_does_not_write_is_taken_as_it_is(shelf: ModuleType) -> None:
    card = {"title": "<é/>", "rows": ["a,b"], "entries": "<i/>", "owner": {"name": "A"}, "names": "b"}
    request, _ = sent(shelf, "library", "add_card", card, content_type="application/x-www-form-urlencoded")
    assert request.content == (
        b"title=%3C%C3%A9%2F%3E&rows=a%2Cb&entries=%3Ci%2F%3E&names=b&owner=%7B%22name%22%3A%22A%22%7D"
    )
    files = {"rows": ["a,b", b"c,\xff"], "entries": b"<i/>", "anything": b"a: 1", "cover": b"\x89PNG"}
    request, _ = sent(shelf, "library", "add_card", {**card, **files}, content_type="multipart/form-data")
    assert parts(request.headers["content-type"], request.content) == [
        ("title", None, 'application/xml; charset="utf-8"', "<é/>".encode()),
        ("rows", None, "text/csv", b"a,b"),
        ("rows", "file", "text/csv", b"c,\xff"),
        ("entries", "file", "application/octet-stream", b"<i/>"),
        ("cover", "file", "image/png", b"\x89PNG"),
        ("names", None, "application/xml", b"b"),
        ("anything", "file", "application/yaml", b"a: 1"),
        ("owner", None, "application/json", b'{"name":"A"}'),
    ]
    with shelf.Client() as client, pytest.raises(shelf.RequestValidationError) as caught:
        client.library.add_card({**card, "title": {"title": "a"}}, content_type="multipart/form-data")
    assert {one.path for one in caught.value.violations} == {"title", "entries"}


def test_what_is_left_out_is_said(shelf: ModuleType) -> None:
    assert not hasattr(shelf.Client().books, "search_by_xml")
    assert "'CONNECT' is no method that a client can send" in str(shelf.__doc__)
