"""From a reply to a value or an error."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

import pytest

from generator.runtime import model
from generator.runtime.errors import ApiError, NotFoundError, RejectionError, ServerError, StatusError
from generator.runtime.errors import UndecodableResponseError as Undecodable
from generator.runtime.operation import Operation, Response
from generator.runtime.response import Reply, read

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


def test_a_reply_shows_its_status_alone() -> None:
    assert repr(Reply(200, {"set-cookie": "s3cret"}, b"s3cret")) == "Reply(200)"
    assert Reply(200, {"content-type": "Text/HTML ; x"}, b"").media_type == "text/html"
    assert Reply(200, {}, b"").media_type == ""


def test_the_answer_to_head_has_no_body_whatever_is_described() -> None:
    """HTTP forbids a body there, and descriptions often say that of GET."""
    one: Operation[object] = Operation("hasPet", "HEAD", "/pets", responses=(Response("200", "application/json", Pet),))
    assert read(one, reply(200)) is None
