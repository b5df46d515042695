"""The whole way of forms: the case `forms` is generated and called, and what arrives is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.generator.runtime.test_multipart import parts
from tests.generator.sources import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

DESCRIPTION = Path(__file__).parents[1] / "cases" / "generate" / "forms" / "openapi.yaml"


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with opened(DESCRIPTION, tmp_path_factory.mktemp("post"), "post_client") as package:
        yield package


def sent(
    post: ModuleType, method: str, *arguments: Any, answer: str = "", **options: Any
) -> tuple[httpx2.Request, Any]:
    requests: list[httpx2.Request] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return (
            httpx2.Response(200, text=answer, headers={"Content-Type": "text/xml"}) if answer else httpx2.Response(204)
        )

    with post.Client(http_client=httpx2.MockTransport(handle)) as client:
        result = getattr(client.default, method)(*arguments, **options)
    return requests[0], result


def test_parts(post: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "page.jpg"
    page.write_bytes(b"jpg")
    letter = post.models.SendLetterRequest(
        photo=b"\x89png",
        scans=[page, post.File(b"tif", "scan.tif", "image/tiff")],
        note="Dear all",
        copies=2,
        tags=["a", "b"],
        address={"town": "Bern"},
        history=[{"place": "Basel"}],
    )
    request, _ = sent(post, "send_letter", 7, letter)
    assert parts(request.headers["content-type"], request.content) == [
        ("photo", "file", "image/png", b"\x89png"),
        ("scans", "page.jpg", "image/jpeg", b"jpg"),
        ("scans", "scan.tif", "image/tiff", b"tif"),
        ("note", None, None, b"Dear all"),
        ("copies", None, None, b"2"),
        ("tags", None, None, b"a"),
        ("tags", None, None, b"b"),
        ("address", None, "application/vnd.address+json", b'{"town":"Bern"}'),
        ("history", None, "application/json", b'{"place":"Basel"}'),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"photo": b"jpg"}, [("photo", "file", "application/octet-stream", b"jpg")]),
        ({"any": b"jpg"}, [("any", "file", "application/octet-stream", b"jpg")]),
        ({"any": "words"}, [("any", None, None, b"words")]),
        ({"any": {"a": [1]}}, [("any", None, "application/json", b'{"a":[1]}')]),
        (
            {"pages": [b"jpg", "words"]},
            [("pages", "file", "application/octet-stream", b"jpg"), ("pages", None, None, b"words")],
        ),
        ({"scan": b"tif"}, [("scan", "file", "application/octet-stream", b"tif")]),
        ({"scans": b"tif"}, [("scans", "file", "application/octet-stream", b"tif")]),
        ({"scans": [b"a", b"b"]}, [("scans", "file", "application/octet-stream", one) for one in (b"a", b"b")]),
        ({"scans": None}, []),
        ({"drawing": b"png"}, [("drawing", "file", "image/png", b"png")]),
        ({"drawing": "png"}, [("drawing", None, "image/png", b"png")]),
        ({"data": "words"}, [("data", None, "application/json", b'"words"')]),
    ],
)
def test_files_by_whatever_says_that_they_are(post: ModuleType, fields: Any, expected: Any) -> None:
    for body in (fields, post.models.SendPhotosRequest.model_validate(fields)):
        request, _ = sent(post, "send_photos", body)
        assert parts(request.headers["content-type"], request.content) == expected


@pytest.mark.parametrize("fields", [{"photo": "words"}, {"vector": b"svg"}, {"data": b"{}"}, {"scans": "tif"}])
def test_what_is_no_file_is_told(post: ModuleType, fields: Any) -> None:
    with pytest.raises(post.RequestValidationError) as error:
        sent(post, "send_photos", fields)
    assert {one.path for one in error.value.violations} == {*fields}


def test_what_is_wrong_with_parts_is_told_at_once(post: ModuleType) -> None:
    with pytest.raises(post.RequestValidationError) as error:
        sent(post, "send_letter", 7, {"photo": "page.jpg", "scans": [1], "note": "x" * 21})
    assert [one.path for one in error.value.violations] == ["photo", "scans[0]", "note"]


def test_the_same_schema_as_json_has_no_files(post: ModuleType) -> None:
    request, _ = sent(post, "describe_letter", 7, {"photo": "in words"})
    assert request.content == b'{"photo":"in words"}'


def test_fields(post: ModuleType) -> None:
    order = {"plain": "a b", "listed": [1, 2], "joined": [3, 4], "deep": {"k": ["x", "y"]}, "whole": {"n": 1}}
    request, _ = sent(post, "order_stamps", order)
    assert request.content.decode().split("&") == [
        "plain=a%20b",
        "listed=1",
        "listed=2",
        "joined=3,4",
        "deep%5Bk%5D%5B0%5D=x",
        "deep%5Bk%5D%5B1%5D=y",
        "whole=%7B%22n%22%3A1%7D",
    ]


def test_queries_of_any_depth_and_reserved_characters(post: ModuleType) -> None:
    filter_ = {"weight": {"least": 5}, "colours": ["red", "a b"]}
    request, _ = sent(post, "send_letter", 7, {"photo": b""}, filter=filter_, route="a/b:c?d&e=f#g")
    assert request.url.query.decode().split("&") == [
        "filter%5Bweight%5D%5Bleast%5D=5",
        "filter%5Bcolours%5D%5B0%5D=red",
        "filter%5Bcolours%5D%5B1%5D=a%20b",
        "route=a/b:c?d%26e%3Df%23g",
    ]


def test_other_media_types_are_bytes_and_texts(post: ModuleType) -> None:
    request, result = sent(post, "import_parcels", b"<parcels/>", answer="<done/>")
    assert (request.headers["content-type"], request.content) == ("application/xml", b"<parcels/>")
    assert result == "<done/>"
