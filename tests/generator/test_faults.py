"""What a client of a faulty description does: the packages of two golden cases, called against a transport of our own.

`faulty` has what is mended, `unsupported` what has no form in the client. The golden files show what they say.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from generator import pipeline
from generator.diagnostics import Consequence
from tests.generator.sources import NO_CONTENT, described, findings, getting, imported, placed, sending, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

CASES = Path(__file__).parents[1] / "cases" / "generate"
STRING = {"type": "string"}


class Wire:
    """The client of a package, and what it sent last."""

    def __init__(self, package: ModuleType, answer: bytes = b"", media_type: str = "application/json") -> None:
        self.models = package.models
        self.answer = answer
        self.media_type = media_type
        self.sent: httpx2.Request | None = None
        self.client: Any = package.Client(base_url="http://here", http_client=httpx2.MockTransport(self._handle))
        self.refusal: type[Exception] = package.RequestValidationError

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        self.sent = request
        headers = {"Content-Type": self.media_type}
        return httpx2.Response(200, content=self.answer, headers=headers) if self.answer else httpx2.Response(204)

    @property
    def target(self) -> str:
        """Method, path and query of what was sent."""
        assert self.sent is not None
        return f"{self.sent.method} {self.sent.url.raw_path.decode()}"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, ModuleType]]:
    folder = tmp_path_factory.mktemp("packages")
    sys.path.insert(0, str(folder))
    made = {}
    for name in ("faulty", "unsupported"):
        placed(pipeline.generate(CASES / name / "openapi.yaml", f"{name}_called").files, folder / f"{name}_called")
        importlib.invalidate_caches()
        made[name] = importlib.import_module(f"{name}_called")
    yield made
    sys.path.remove(str(folder))


@pytest.fixture
def faulty(packages: dict[str, ModuleType]) -> Wire:
    return Wire(packages["faulty"])


@pytest.fixture
def reading(packages: dict[str, ModuleType]) -> Wire:
    return Wire(packages["faulty"], b'{"title": "M", "+1": 5, "size": 2, "same": {"any": 1}, "owner": "me"}')


def test_an_operation_without_an_id_is_named_after_method_and_path(reading: Wire) -> None:
    reading.client.books.get_books_id(7, limit=3, kind="b", gone="anything")
    assert reading.target == "GET /books/7?gone=anything&limit=3&kind=b"


def test_of_two_operations_with_one_id_the_first_keeps_it(faulty: Wire) -> None:
    faulty.client.books.add_page("1", "2", {"title": "Moby", "owner": None})
    assert faulty.target == "POST /books/1/pages/2"
    faulty.client.books.put_books_id_pages_page("1", "2")
    assert faulty.target == "PUT /books/1/pages/2"


def test_paths_that_differ_in_the_name_of_a_parameter_are_two(faulty: Wire) -> None:
    faulty.client.default.delete_books_name("x")
    assert faulty.target == "DELETE /books/x"


def test_a_bound_in_quotes_is_a_bound(faulty: Wire) -> None:
    with pytest.raises(faulty.refusal, match="limit: must be at least 1"):
        faulty.client.books.get_books_id(7, limit=0)


def test_the_values_of_an_enum_are_as_they_are(reading: Wire) -> None:
    reading.client.books.get_books_id(7, kind=5)
    assert reading.target == "GET /books/7?kind=5"
    with pytest.raises(reading.refusal, match="kind: must be one of"):
        reading.client.books.get_books_id(7, kind="c")


def test_a_status_in_small_letters_is_a_range(reading: Wire) -> None:
    book = reading.client.books.get_books_id(7)
    assert isinstance(book, reading.models.Book)
    assert (book.title, book.plus_1, book.size, book.same) == ("M", 5, 2, {"any": 1})
    assert book.to_wire()["owner"] == "me", "what is required and not declared is kept in answers"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"title": "M"}, "owner: is required"),
        ({"title": "M", "owner": 1, "-1": "no"}, "-1: must be true or false"),
        ({"title": "M", "owner": 1, "format": "x"}, "format: must be a whole number"),
        ({"title": "M", "owner": 1, "name": "Dick"}, "name: must be 'Moby'"),
        ({"title": "M", "owner": 1, "other": "x"}, "other: is not a field here"),
    ],
)
def test_what_can_be_checked_is_checked(body: dict[str, Any], fault: str, faulty: Wire) -> None:
    with pytest.raises(faulty.refusal, match=fault):
        faulty.client.books.add_page("1", "2", body)


def test_what_cannot_be_known_is_passed_on(faulty: Wire) -> None:
    body = {"title": "anything", "owner": {"any": 1}, "pages": [1, "2"], "same": {"a": []}, "name": "Moby"}
    faulty.client.books.add_page("1", "2", body)
    assert faulty.sent is not None
    assert json.loads(faulty.sent.content) == body


def test_a_server_without_an_address_is_none(packages: dict[str, ModuleType]) -> None:
    assert packages["faulty"].Client.__init__.__kwdefaults__["base_url"] == "https://example.com"


def test_the_size_of_a_map_is_checked(packages: dict[str, ModuleType]) -> None:
    wire = Wire(packages["unsupported"])
    wire.client.books.add_book({"notes": {"a": "1", "b": "2", "c": "3"}})
    with pytest.raises(wire.refusal, match="notes: must have at most 3 items"):
        wire.client.books.add_book({"notes": dict.fromkeys("abcd", "1")})


def test_an_operation_whose_credential_cannot_be_sent_is_made(packages: dict[str, ModuleType]) -> None:
    wire = Wire(packages["unsupported"])
    wire.client.books.find_books()
    assert wire.target == "GET /books"


# -- one by one -------------------------------------------------------------------------------------------------------


def form(encoding: dict[str, Any]) -> dict[str, Any]:
    tags = {"type": "array", "items": STRING}
    deep = {"type": "object", "properties": {"in": {"type": "object", "properties": {"it": tags}}}}
    schema = {"type": "object", "properties": {"name": STRING, "tags": tags, "deep": deep}}
    body = {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}},
    }
    return described({"/": {"post": {"operationId": "send", "requestBody": body, "responses": NO_CONTENT}}})


def test_fields_of_a_form_are_written_as_the_description_says(tmp_path: Path) -> None:
    encoding = {"tags": {"style": "pipeDelimited"}, "deep": {"style": "deepObject", "explode": True}}
    description = form(encoding)
    assert findings(description, tmp_path) == []
    wire = Wire(imported(description, tmp_path, "faults_form"))
    wire.client.default.send({"name": "n", "tags": ["a", "b"], "deep": {"in": {"it": ["x", "y"]}}})
    assert wire.sent is not None
    assert wire.sent.content == b"name=n&tags=a%7Cb&deep%5Bin%5D%5Bit%5D%5B0%5D=x&deep%5Bin%5D%5Bit%5D%5B1%5D=y"


def test_xml_is_bytes_on_both_ways(tmp_path: Path) -> None:
    content = {"application/xml": {"schema": {"type": "object", "properties": {"a": STRING}}}}
    answer = {"200": {"description": "It.", "content": content}}
    body = {"required": True, "content": content}
    description = described({"/": {"post": {"operationId": "send", "requestBody": body, "responses": answer}}})
    assert findings(description, tmp_path) == ["untyped-media-type", "untyped-media-type"]
    wire = Wire(imported(description, tmp_path, "faults_xml"), b"<b/>", "application/xml")
    assert wire.client.default.send(b"<a/>") == b"<b/>"
    assert wire.sent is not None
    assert (wire.sent.content, wire.sent.headers["content-type"]) == (b"<a/>", "application/xml")


def test_a_keyword_of_another_type_says_nothing(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer", "maxLength": 1, "items": STRING}}}
    assert findings(sending(schema), tmp_path) == ["keyword-type", "keyword-type"]


def test_a_bound_without_a_type_is_unchecked(tmp_path: Path) -> None:
    made = pipeline.inspect(written(sending({"type": "object", "properties": {"a": {"minLength": 1}}}), tmp_path))
    assert [(one.rule, one.consequence) for one in made[2]] == [("unsupported-bound", Consequence.UNCHECKED)]


def test_what_is_required_and_declared_nowhere_can_be_sent(tmp_path: Path) -> None:
    root = {
        "type": "object",
        "properties": {"a": STRING},
        "required": ["b"],
        "anyOf": [{"required": ["a"]}, {"required": ["c"]}],
    }
    description = sending(root)
    assert findings(description, tmp_path) == ["unknown-required", "unknown-required"]
    wire = Wire(imported(description, tmp_path, "faults_required"))
    wire.client.default.send({"b": [1], "c": None})
    assert wire.sent is not None
    assert json.loads(wire.sent.content) == {"b": [1], "c": None}
    for wrong in ({"c": 1}, {"b": 1}, {"b": 1, "c": 1, "d": 1}):
        with pytest.raises(wire.refusal):
            wire.client.default.send(wrong)


def test_what_is_required_of_fields_that_cannot_be_is_unchecked(tmp_path: Path) -> None:
    closed = {"type": "object", "properties": {"a": STRING}, "required": ["b"], "additionalProperties": False}
    assert set(findings(sending(closed), tmp_path)) == {"unknown-required", "unsupported-keyword"}
    assert findings(sending({"type": "object", "required": ["b"]}), tmp_path) == ["unsupported-keyword"]


@pytest.mark.parametrize("required", [True, False])
def test_a_parameter_that_cannot_be_written_costs_itself_or_its_operation(required: bool, tmp_path: Path) -> None:
    parameter = {"name": "no token", "in": "header", "required": required, "schema": STRING}
    description = getting(NO_CONTENT, [parameter])
    description["paths"]["/other"] = {"get": {"operationId": "other", "responses": NO_CONTENT}}
    api, _, found = pipeline.inspect(written(description, tmp_path))
    assert api is not None
    assert [one.id for one in api.resources[0].operations] == (["other"] if required else ["read", "other"])
    assert [one.rule for one in found] == ["unsupported-parameter"]
    assert api.left_out == tuple(f"{one.message} (`/paths/~1pets/get`)" for one in found)


def test_names_of_one_spelling_are_told_apart_without_a_word(tmp_path: Path) -> None:
    parameters = [{"name": name, "in": "query", "schema": STRING} for name in ("Opened", "Opened>")]
    parameters.append({"name": "opened", "in": "header", "schema": STRING})
    description = getting(NO_CONTENT, parameters)
    assert findings(description, tmp_path) == []
