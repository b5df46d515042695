"""Several media types of one body or answer, the whole way: the case `media` is generated and called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.generator.runtime.test_multipart import parts
from tests.generator.sources import NO_CONTENT, described, findings, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

DESCRIPTION = Path(__file__).parents[1] / "cases" / "generate" / "media" / "openapi.yaml"


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with opened(DESCRIPTION, tmp_path_factory.mktemp("notes"), "notes_client") as package:
        yield package


def sent(package: ModuleType, method: str, *arguments: Any, **named: Any) -> tuple[httpx2.Request, Any]:
    requests: list[httpx2.Request] = []
    answer = named.pop("answer", None)

    def handle(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return httpx2.Response(204) if answer is None else httpx2.Response(200, **answer)

    with package.Client(http_client=httpx2.MockTransport(handle)) as client:
        result = getattr(client.default, method)(*arguments, **named)
    return requests[0], result


JSON, FORM, XML, TEXT = "application/json", "application/x-www-form-urlencoded", "application/xml", "text/plain"


@pytest.mark.parametrize(
    ("body", "named", "media_type", "content"),
    [
        ({"text": "a b"}, None, JSON, b'{"text":"a b"}'),
        ({"text": "a b"}, JSON, JSON, b'{"text":"a b"}'),
        ({"text": "a b", "stars": 5}, FORM, FORM, b"text=a%20b&stars=5"),
        (b"<note/>", None, XML, b"<note/>"),
        (bytearray(b"<note/>"), None, XML, b"<note/>"),
        (b"<note/>", XML, XML, b"<note/>"),
        ("a b", None, TEXT, b"a b"),
        ("a b", TEXT, TEXT, b"a b"),
    ],
)
def test_the_type_of_a_body_or_its_caller_decides(
    notes: ModuleType, body: Any, named: str | None, media_type: str, content: bytes
) -> None:
    request, _ = sent(notes, "add_note", body, content_type=named)
    assert (request.headers["content-type"], request.content) == (media_type, content)


def test_a_model_goes_out_as_what_it_is(notes: ModuleType) -> None:
    request, _ = sent(notes, "add_note", notes.models.NoteRequest(text="a"))
    assert (request.headers["content-type"], request.content) == (JSON, b'{"text":"a"}')
    form = notes.models.ImportNotesRequestMultipart(file=b"a;b", n=1)
    request, _ = sent(notes, "import_notes", form)
    assert parts(request.headers["content-type"], request.content) == [
        ("file", "file", "application/octet-stream", b"a;b"),
        ("n", None, None, b"1"),
    ]
    request, _ = sent(notes, "import_notes", [notes.models.NoteRequest(text="a")])
    assert (request.headers["content-type"], request.content) == (JSON, b'[{"text":"a"}]')
    request, _ = sent(notes, "import_notes", b"PK")
    assert (request.headers["content-type"], request.content) == ("application/zip", b"PK")
    request, _ = sent(notes, "import_notes", b"\x1f\x8b", content_type="application/gzip")
    assert (request.headers["content-type"], request.content) == ("application/gzip", b"\x1f\x8b")
    request, _ = sent(notes, "import_notes", content_type="application/gzip")
    assert "content-type" not in request.headers


def test_parameters_are_written_in_their_media_type(notes: ModuleType) -> None:
    request, _ = sent(notes, "find_note", 'a "b"', like="c d", mood='x"y', near={"text": "e"})
    assert request.url.raw_path.decode() == "/notes/a%20%22b%22?like=c%20d&near=%7B%22text%22%3A%22e%22%7D"
    assert request.headers["mood"] == 'x"y'


@pytest.mark.parametrize(
    ("body", "named", "media_type"),
    [
        ({"text": "a"}, None, "application/json;version=2"),
        ({"text": "a"}, JSON, "application/json;version=2"),
        ("ä", None, 'text/plain; format="flowed"'),
        ("ä", "text/xml", "text/xml"),
        (b"<a/>", XML, "application/xml;charset=iso-8859-1"),
        (b"a: b", "application/yaml", "application/yaml"),
    ],
)
def test_a_body_goes_out_with_the_parameters_of_its_media_type(
    notes: ModuleType, body: Any, named: str | None, media_type: str
) -> None:
    answer = {"content": b'{"text":"b"}', "headers": {"Content-Type": "application/json;version=2"}}
    request, note = sent(notes, "add_version", body, content_type=named, answer=answer)
    assert request.headers["content-type"] == media_type
    assert request.headers["accept"] == "application/json; version=2, application/problem+json; v=1"
    assert note.text == "b"


@pytest.mark.parametrize(
    ("named", "accept"),
    [
        (None, "application/json;version=2"),
        (JSON, "application/json;version=2"),
        (TEXT, "text/plain;format=flowed"),
    ],
)
def test_an_answer_is_asked_for_with_the_parameters_of_its_media_type(
    notes: ModuleType, named: str | None, accept: str
) -> None:
    answer = {"content": b'{"text":"b"}', "headers": {"Content-Type": accept}}
    request, _ = sent(notes, "read_version", accept=named, answer=answer)
    assert request.headers["accept"] == accept


@pytest.mark.parametrize(
    ("body", "named", "paths"),
    [
        ({"text": "a", "stars": 6}, FORM, ["stars"]),
        ({"text": "a", "stars": 6}, None, ["stars"]),
        ({"text": "a"}, "application/yaml", ["Content-Type"]),
        (b"<note/>", JSON, [""]),
        ({"text": "a"}, TEXT, [""]),
        ({"text": "a"}, XML, [""]),
        (None, FORM, [""]),
    ],
)
def test_what_does_not_fit_the_media_type_is_not_sent(
    notes: ModuleType, body: Any, named: str | None, paths: list[str]
) -> None:
    with notes.Client() as client, pytest.raises(notes.RequestValidationError) as caught:
        client.default.add_note(body, content_type=named)
    assert [one.path for one in caught.value.violations] == paths


def test_a_parameter_of_that_name_has_another(notes: ModuleType) -> None:
    request, _ = sent(notes, "add_note", {"text": "a"}, content_type2="b")
    assert request.url.query == b"content_type=b"


@pytest.mark.parametrize("media_type", ["application/json", "application/vnd.note+json"])
def test_answers_that_are_the_same_in_python(notes: ModuleType, media_type: str) -> None:
    answer = {"content": b'{"text": "a"}', "headers": {"content-type": media_type}}
    request, note = sent(notes, "read_note", answer=answer)
    assert request.headers["accept"] == "application/json, application/vnd.note+json"
    assert note.text == "a"


def test_answers_of_bytes(notes: ModuleType) -> None:
    answer = {"content": b"\xff\xd8", "headers": {"content-type": "image/jpeg"}}
    request, picture = sent(notes, "read_picture", answer=answer)
    assert (request.headers["accept"], picture) == ("image/png, image/jpeg", b"\xff\xd8")


STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("media_type", "media", "rules"),
    [
        ("multipart/form-data", {"encoding": {"a": {"contentType": "text/plain"}}}, []),
        ("multipart/form-data", {"encoding": {"a": {"encoding": {"b": {}}}}}, ["unsupported-encoding"]),
        ("multipart/form-data", {"encoding": {"a": {"prefixEncoding": [{}]}}}, ["unsupported-encoding"]),
        ("multipart/form-data", {"prefixEncoding": [{}], "itemEncoding": {}}, ["unsupported-encoding"] * 2),
        ("multipart/mixed", {"prefixEncoding": [{}]}, ["untyped-media-type"]),
        ("application/x-www-form-urlencoded", {"encoding": {"a": {"headers": {"X-A": {"schema": STRING}}}}}, []),
    ],
)
def test_what_of_a_form_is_not_written_is_told(
    media_type: str, media: dict[str, Any], rules: list[str], tmp_path: Path
) -> None:
    schema = {} if media_type == "multipart/mixed" else {"schema": {"type": "object", "properties": {"a": STRING}}}
    body = {"content": {media_type: {**schema, **media}}}
    operation = {"operationId": "send", "requestBody": body, "responses": NO_CONTENT}
    description = {**described({"/": {"post": operation}}), "openapi": "3.2.0"}
    assert findings(description, tmp_path) == rules
