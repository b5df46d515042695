"""From a reply to a value or an error."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

import pytest

from generator.runtime import model
from generator.runtime.codec import encode
from generator.runtime.errors import ApiError, NotFoundError, RejectionError, ServerError, StatusError
from generator.runtime.errors import UndecodableResponseError as Undecodable
from generator.runtime.http import Reply
from generator.runtime.operation import Operation, Response
from generator.runtime.reasons import Category, FailureBody
from generator.runtime.response import read

if TYPE_CHECKING:
    from generator.runtime.values import Json

JSON = {"content-type": "application/json; charset=utf-8"}


class Pet(model.ResponseModel):
    name: str
    price: Decimal | None = None
    kind: Literal["cat"] | str | None = None  # noqa: PYI051 - as it is generated


class Failure(model.ResponseModel):
    failure: ClassVar[bool] = True

    success: Literal[False]
    why: str | None = None


class Problem(model.ResponseModel):
    title: str


def operation(*responses: Response) -> Operation[object]:
    return Operation("getPet", "GET", "/pets", responses=responses)


PETS = operation(
    Response("200", "application/json", Pet | Failure),
    Response("201", "application/json", list[Pet]),
    Response("202", "text/plain", str),
    Response("203", "image/png", bytes),
    Response("204"),
    Response("4XX", "application/problem+json", Problem),
    Response("404", "application/json", Problem),
    Response("500"),
)


def reply(status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, JSON if headers is None else headers, content)


def failed(one: Operation[object], answer: Reply) -> ApiError:
    with pytest.raises(ApiError) as error:
        read(one, answer)
    assert "\n" not in str(error.value)
    return error.value


def test_each_status_has_its_type() -> None:
    pet = read(PETS, reply(200, b'{"name": "Rex", "price": 1234567890123456.789, "kind": "dog", "more": [0.10]}'))
    assert isinstance(pet, Pet)
    assert (pet.name, pet.price, pet.kind) == ("Rex", Decimal("1234567890123456.789"), "dog")
    assert pet.to_wire()["more"] == [Decimal("0.10")]
    assert read(PETS, reply(201, b'[{"name": "Rex"}]')) == [Pet(name="Rex")]
    assert read(PETS, reply(202, "grüße".encode())) == "grüße"
    assert read(PETS, reply(203, b"\x00\xff")) == b"\x00\xff"
    assert read(PETS, reply(204)) is None
    assert read(PETS, reply(204, b"ignored")) is None


def test_a_body_that_says_failure_raises_although_the_status_is_200() -> None:
    error = failed(PETS, reply(200, b'{"success": false, "why": "no\\nroom"}'))
    assert isinstance(error, RejectionError)
    assert isinstance(error.body, Failure)
    assert (error.status, error.outcome, error.headers) == (200, "rejected", JSON)
    assert "room" in str(error)


def test_a_status_is_looked_up_exactly_then_by_range_then_by_default() -> None:
    one = operation(Response("2XX", "text/plain", str), Response("200"), Response("default", "image/png", bytes))
    assert read(one, reply(200, b"x")) is None
    assert read(one, reply(201, b"x")) == "x"
    assert isinstance(failed(one, reply(500, b"x")), ServerError)
    assert read(operation(Response("default", "text/plain", str)), reply(299, b"x")) == "x"
    assert read(operation(Response("2xx", "text/plain", str)), reply(201, b"x")) == "x"


def test_where_a_success_is_described_default_is_what_failures_are() -> None:
    one = operation(Response("201", "application/json", Pet), Response("default", "application/json", Failure))
    for answer in (reply(200, b'{"name": "Rex"}'), reply(202, b"{}"), reply(204)):
        error = failed(one, answer)
        assert isinstance(error, Undecodable)
        assert "the description does not know this status" in str(error)
        assert error.outcome == "unknown"
    error = failed(one, reply(500, b'{"success": false, "why": "x"}'))
    assert isinstance(error, ServerError)
    assert isinstance(error.body, Failure)


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("", "Müller;5 €".encode()),
        ("; charset=utf-8", b"\xef\xbb\xbf" + "Müller;5 €".encode()),
        ("; Charset = UTF8", "Müller;5 €".encode()),
        ('; header=present; charset="windows-1252"', "Müller;5 €".encode("cp1252")),
        ("; charset=iso-8859-15", "Müller;5 €".encode("iso-8859-15")),
        ("; charset=gb18030", "Müller;5 €".encode("gb18030")),
        ("; charset=windows-of-mine", "Müller;5 €".encode()),
        ("; charset=unicode_escape", "Müller;5 €".encode()),
    ],
)
def test_text_is_read_by_its_charset(charset: str, content: bytes) -> None:
    assert read(PETS, reply(202, content, {"content-type": f"text/plain{charset}"})) == "Müller;5 €"


def test_what_is_no_text_in_its_charset_is_not_guessed_at() -> None:
    error = failed(PETS, reply(202, b"M\xfcller", {"content-type": "text/plain"}))
    assert isinstance(error, Undecodable)
    assert "not text: 'utf-8' codec can't decode byte 0xfc in position 1" in str(error)


def test_the_media_type_decides_between_several() -> None:
    one = operation(Response("200", "application/json", Pet), Response("200", "text/plain", str))
    assert read(one, reply(200, b"x", {"content-type": "Text/Plain"})) == "x"
    assert isinstance(read(one, reply(200, b'{"name": "x"}')), Pet)
    assert isinstance(read(one, reply(200, b'{"name": "x"}', {})), Pet)


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (200, b""),
        (200, b"<html>"),
        (200, b'{"name": 5}'),
        (200, b"[]"),
        (200, b"\xff"),
        (201, b'[{"name": "a"}, {}]'),
        (299, b"{}"),
    ],
)
def test_what_is_not_as_described(status: int, content: bytes) -> None:
    error = failed(PETS, reply(status, content))
    assert isinstance(error, Undecodable)
    assert (error.body, error.status, error.outcome) == (content, status, "unknown")


def test_where_an_answer_is_wrong_is_said_by_wire_path() -> None:
    assert "[1].name" in str(failed(PETS, reply(201, b'[{"name": "a"}, {}]')))


def test_an_empty_body_where_none_is_described_too() -> None:
    one = operation(Response("200", "application/json", Pet), Response("200"))
    assert read(one, reply(200)) is None


@pytest.mark.parametrize(
    ("status", "content", "body"),
    [
        (404, b'{"title": "gone"}', Problem(title="gone")),
        (418, b'{"title": "tea"}', Problem(title="tea")),
        (404, b'{"other": 1.50}', {"other": Decimal("1.50")}),
        (404, b"<p>gone</p>", "<p>gone</p>"),
        (404, b"\xff", "\ufffd"),
        (404, b"", ""),
        (500, b"", None),
        (302, b"", ""),
        (503, b'{"x": 1}', {"x": 1}),
    ],
)
def test_failures_bring_their_body_as_far_as_it_can_be_read(status: int, content: bytes, body: object) -> None:
    error = failed(PETS, reply(status, content))
    assert isinstance(error, StatusError)
    assert (error.status, error.body, error.operation) == (status, body, "getPet")
    assert str(error).startswith(f"getPet: {status}: ")


def test_a_failure_is_of_the_class_of_its_status() -> None:
    assert type(failed(PETS, reply(404))) is NotFoundError
    assert type(failed(PETS, reply(503))) is ServerError


def test_a_long_answer_is_cut_in_the_message_and_whole_in_the_body() -> None:
    error = failed(PETS, reply(503, b"word\n" * 1000))
    assert len(str(error)) < 350
    assert str(error).endswith("...")
    assert isinstance(error, StatusError)
    assert error.body == "word\n" * 1000


def test_no_body_is_said_so() -> None:
    assert str(failed(PETS, reply(404))) == "getPet: 404: no body"


@pytest.mark.parametrize("status", [302, 400, 404, 418, 500, 503])
@pytest.mark.parametrize("content", ["{}", "[]", "null", "0", '""', "false"])
def test_an_empty_body_is_told_as_it_is_for_every_status(status: int, content: str) -> None:
    assert str(failed(PETS, reply(status, content.encode()))) == f"getPet: {status}: {content}"


def test_the_answer_to_head_has_no_body_whatever_is_described() -> None:
    """HTTP forbids a body there, and descriptions often say that of GET."""
    one: Operation[object] = Operation("hasPet", "HEAD", "/pets", responses=(Response("200", "application/json", Pet),))
    assert read(one, reply(200)) is None


def test_a_success_of_which_nobody_says_anything_brings_nothing() -> None:
    """Some descriptions tell of failures alone; where one tells of a success, another status is none it knows."""
    failing = operation(Response("404", "application/json", Pet))
    assert read(failing, reply(200, b"done")) is None
    assert read(failing, reply(204)) is None
    with pytest.raises(Undecodable, match="does not know this status"):
        read(operation(Response("201")), reply(200))


FAILING: Operation[object] = Operation(
    "getPet",
    "GET",
    "/pets",
    responses=PETS.responses,
    failure=FailureBody("reasons", "code", "message", "process", 100, (Category(50, "busy", transient=True),)),
)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ({"code": 58490050, "message": "later"}, (58490050, "later", 50)),
        ({"code": "58490050"}, ("58490050", None, 50)),
        ({"code": 50}, (50, None, 50)),
        ({"code": 58490020}, (58490020, None, None)),
        ({"code": "busy", "message": 5}, ("busy", None, None)),
        ({"code": True}, (None, None, None)),
        ({"code": [50]}, (None, None, None)),
        ({"code": 50.0}, (None, None, None)),
        ({"code": None}, (None, None, None)),
        ({"code": "\u0665\u0660"}, ("\u0665\u0660", None, None)),
        ({}, (None, None, None)),
    ],
)
def test_reasons_are_read_as_far_as_they_can_be(
    reason: dict[str, object], expected: tuple[object, object, object]
) -> None:
    error = failed(FAILING, reply(400, encode({"reasons": [reason, "odd", 5]})))
    if expected == (None, None, None):
        assert error.reasons == ()  # what says nothing is left out
        return
    [found] = error.reasons
    assert (found.code, found.message, found.category.number if found.category else None) == expected
    assert error.transient == (expected[2] == 50)


@pytest.mark.parametrize("body", [[], {}, None, {"reasons": None}, {"reasons": {"code": 1}}, {"reasons": "busy"}])
def test_bodies_without_reasons(body: Json) -> None:
    error = failed(FAILING, reply(400, encode(body)))
    assert (error.reasons, error.process_id) == ((), None)


@pytest.mark.parametrize(
    ("process", "found"), [("p-1", "p-1"), ("a\nb", "a b"), ("x" * 999, "x" * 297 + "..."), (7, None), ("", None)]
)
def test_the_id_of_a_process_stays_on_its_line(process: object, found: str | None) -> None:
    error = failed(FAILING, reply(400, encode({"process": process})))
    error.attempts = 1
    assert error.process_id == found
    assert str(error).isprintable()


def test_many_faults_are_a_short_line() -> None:
    error = failed(PETS, reply(201, b"[" + b",".join([b"{}"] * 5000) + b"]"))
    assert len(str(error)) < 400
    error = failed(PETS, reply(200, b'{"name": 5, "a\\nb": 1, "kind": {"x\\ny": 2}}'))
    assert str(error).isprintable()


def test_what_is_asked_for_comes_with_the_error() -> None:
    assert failed(PETS, Reply(429, {"retry-after": "7"}, b"")).retry_after == 7
    assert failed(PETS, Reply(429, {"ratelimit-reset": "9"}, b"")).retry_after == 9
    assert failed(PETS, Reply(200, {**JSON, "retry-after": "7"}, b"{")).retry_after is None


@pytest.mark.parametrize("content", [b"", b"{", b'{"name": "Rex"', b"<html>", b"\xff", b"not json"])
def test_what_is_not_even_json_may_have_been_cut(content: bytes) -> None:
    error = failed(PETS, reply(200, content))
    assert isinstance(error, Undecodable)
    assert error.cut


@pytest.mark.parametrize("content", [b"{}", b"[]", b'{"name": 5}', b"null"])
def test_what_is_json_is_whole(content: bytes) -> None:
    error = failed(PETS, reply(200, content))
    assert isinstance(error, Undecodable)
    assert not error.cut
