"""From arguments to the request: everything is checked, everything wrong is told at once, nothing else goes out."""

from __future__ import annotations

import gzip
import json
import pickle
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from pydantic import ConfigDict, Field

from generator.runtime import model
from generator.runtime.address import parse
from generator.runtime.constraints import AnyOf, Condition, HasFields, Present
from generator.runtime.errors import ConfigurationError, RequestValidationError
from generator.runtime.http import Request
from generator.runtime.operation import Body, Encoding, Operation, Parameter, Response
from generator.runtime.options import Settings
from generator.runtime.request import Draft, draft
from generator.runtime.secret import Secret
from generator.runtime.signature import Signature
from generator.runtime.values import Date, Number, same_json

if TYPE_CHECKING:
    from generator.runtime.options import Options

BASE = parse("http://localhost/v1/")


class Line(model.RequestModel):
    article: Annotated[str, Field(max_length=3)]
    price: Number | None = None


class Order(model.RequestModel):
    constraints: ClassVar[tuple[Condition, ...]] = (AnyOf(Present("mail"), Present("phone")),)
    nullable: ClassVar[frozenset[str]] = frozenset({"phone"})

    mail: str | None = None
    phone: str | None = None
    lines: list[Line] | None = None
    placed_on: Annotated[Date | None, Field(validation_alias="placedOn", serialization_alias="placedOn")] = None


class Form(model.RequestModel):
    model_config = ConfigDict(extra="allow")

    name: str
    seats: list[int] | None = None
    day: Date | None = None
    price: Number | None = None
    member: bool | None = None


def operation(*parameters: Parameter, body: Body | None = None, path: str = "/orders") -> Operation[object]:
    return Operation("placeOrder", "POST", path, parameters, body)


def built(
    one: Operation[object], body: object = None, signature: Signature | None = None, **arguments: object
) -> Request:
    return draft(one, arguments, body, Settings(user_agent="agent/1")).signed(BASE, signature or Signature(), None)


def violations(one: Operation[object], body: object = None, **arguments: object) -> dict[str, str]:
    with pytest.raises(RequestValidationError) as error:
        draft(one, arguments, body, Settings(user_agent="agent/1"))
    assert error.value.operation == "placeOrder"
    return {violation.path: violation.message for violation in error.value.violations}


JSON = Body("application/json", Order, required=True)


def test_everything_has_its_place() -> None:
    one = operation(
        Parameter("id", "id", "path", int, required=True),
        Parameter("q", "q", "query", str, style="form", explode=True),
        Parameter("tags", "tags", "query", list[str], style="form", explode=True),
        Parameter("X-Trace", "trace", "header", str),
        Parameter("session", "session", "cookie", str, style="form", explode=True),
        body=JSON,
        path="/orders/{id}/lines",
    )
    signature = Signature({"Authorization": Secret("Bearer t"), "Cookie": Secret("key=k")}, {"secret": Secret("a b")})
    found = built(one, Order(mail="a@b"), signature, id=7, q="a&b", tags=["x", "y"], trace="t-1", session="s;1")
    assert found.url == "http://localhost/v1/orders/7/lines?q=a%26b&tags=x&tags=y&secret=a+b"
    assert found.headers == {
        "User-Agent": "agent/1",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Content-Type": "application/json",
        "X-Trace": "t-1",
        "Cookie": "session=s%3B1; key=k",
        "Authorization": "Bearer t",
    }
    assert found.content == b'{"mail":"a@b"}'
    assert found.method == "POST"


def test_a_path_may_have_a_query_of_its_own() -> None:
    one = operation(Parameter("q", "q", "query", str, style="form"), path="/orders?action=find")
    signature = Signature({}, {"secret": Secret("s")})
    assert built(one, None, signature, q="a").url == "http://localhost/v1/orders?action=find&q=a&secret=s"
    assert built(one, None).url == "http://localhost/v1/orders?action=find"


def test_what_is_not_given_is_not_sent() -> None:
    one = operation(
        Parameter("q", "q", "query", str, style="form"),
        Parameter("X-Trace", "trace", "header", str),
        body=Body("a/b", bytes),
    )
    headers = {"User-Agent": "agent/1", "Accept": "*/*", "Accept-Encoding": "gzip"}
    assert built(one) == Request("POST", BASE, "/v1/orders", headers, None)


def test_absent_stays_absent_and_null_stays_null() -> None:
    assert built(operation(body=JSON), Order(phone=None)).content == b'{"phone":null}'
    assert built(operation(body=JSON), {"phone": None}).content == b'{"phone":null}'


def test_numbers_and_dates_are_exact() -> None:
    order = Order(
        mail="m", lines=[Line(article="a", price=Decimal("12345678901234567890.120"))], placed_on=date(2026, 11, 21)
    )
    assert built(operation(body=JSON), order).content == (
        b'{"mail":"m","lines":[{"article":"a","price":12345678901234567890.120}],"placedOn":"2026-11-21"}'
    )


def test_all_that_is_wrong_is_told_at_once_by_wire_path() -> None:
    one = operation(
        Parameter("X-Count", "count", "header", Annotated[int, Field(ge=1)], required=True),
        Parameter("needed", "needed", "query", str, required=True),
        body=JSON,
    )
    body = {"lines": [{"article": "fine"}, {"article": "abc", "price": True}], "placedOn": "soon", "odd": 1}
    found = violations(one, body, count=0)
    assert set(found) == {"X-Count", "needed", "lines[0].article", "lines[1].price", "placedOn", "odd", "mail"}
    assert found["needed"] == "this query parameter is required"
    assert found["mail"] == "at least one of mail and phone is required"


def test_a_model_is_checked_again_before_it_goes() -> None:
    order = Order(mail="m", lines=[Line(article="a")])
    assert order.lines is not None
    order.lines[0].article = "too long"
    assert set(violations(operation(body=JSON), order)) == {"lines[0].article"}


@pytest.mark.parametrize("body", [b"{}", bytearray(b"{}"), "text", 5, [], object()])
def test_bodies_of_the_wrong_kind(body: object) -> None:
    assert violations(operation(body=JSON), body)


def test_a_body_that_is_required() -> None:
    assert violations(operation(body=JSON)) == {"": "a body is required"}
    assert built(operation(body=Body("application/json", Order))).content is None


@pytest.mark.parametrize("form", [Order | None, None, str | None, Any])
def test_a_body_that_may_be_null(form: Any) -> None:
    """Required, `None` is `null`; else it is no body. A text is never null."""
    required = built(operation(body=Body("application/merge-patch+json", form, required=True)))
    assert (required.content, required.headers["Content-Type"]) == (b"null", "application/merge-patch+json")
    assert built(operation(body=Body("application/json", form))).content is None
    assert violations(operation(body=Body("text/plain", form, required=True))) == {"": "a body is required"}


def test_strict_parameters() -> None:
    one = operation(
        Parameter("count", "count", "query", int, style="form"), Parameter("name", "name", "query", str, style="form")
    )
    assert set(violations(one, count="3", name=4)) == {"count", "name"}
    assert set(violations(one, count=True)) == {"count"}


@pytest.mark.parametrize("text", ["a\r\nX-Evil: 1", "a\nb", "é", "\x00", " a", "a ", "\t"])
@pytest.mark.parametrize("type_", [str, list[str]])
def test_headers_carry_nothing_that_would_break_out(text: str, type_: Any) -> None:
    one = operation(Parameter("X-Trace", "trace", "header", type_))
    assert "X-Trace" in violations(one, trace=text if type_ is str else [text])


@pytest.mark.parametrize(
    ("where", "style", "value"),
    [
        ("header", "simple", ["a,b", "c"]),
        ("header", "simple", {"k": "v,w"}),
        ("header", "simple", {"k,l": "v"}),
        ("query", "spaceDelimited", ["a b", "c"]),
        ("query", "pipeDelimited", {"k": "a|b"}),
    ],
)
def test_a_part_that_holds_what_stands_between_parts_is_refused(where: Any, style: Any, value: object) -> None:
    one = operation(Parameter("X-Parts", "parts", where, Any, style=style))
    assert "within a part" in violations(one, parts=value)["X-Parts"]


@pytest.mark.parametrize(
    ("where", "style", "explode", "value"),
    [
        ("header", "simple", False, ["a", "b c"]),
        ("query", "spaceDelimited", False, ["a,b", "c"]),
        ("query", "spaceDelimited", True, ["a b", "c"]),
        ("query", "pipeDelimited", False, ["a b", "c,d"]),
        ("query", "deepObject", True, {"k": ["a,b"]}),
        ("query", "form", False, ["a,b", "c"]),
        ("header", "simple", False, "a,b"),
    ],
)
def test_a_part_may_hold_what_is_quoted_or_separates_nothing(
    where: Any, style: Any, explode: bool, value: object
) -> None:
    draft(
        operation(Parameter("X-Parts", "parts", where, Any, style=style, explode=explode)),
        {"parts": value},
        None,
        Settings(),
    )


@pytest.mark.parametrize("explode", [False, True])
def test_a_comma_that_is_not_quoted_is_no_part_of_a_list_that_commas_separate(explode: bool) -> None:
    one = operation(Parameter("q", "q", "query", list[str], style="form", explode=explode, reserved=True))
    if explode:
        assert built(one, q=["a,b", "c"]).url.endswith("?q=a,b&q=c")
    else:
        assert "within a part" in violations(one, q=["a,b", "c"])["q"]


@pytest.mark.parametrize("value", ["", ".", ".."])
@pytest.mark.parametrize("type_", [str, list[str]])
def test_a_path_parameter_cannot_lead_to_another_path(value: str, type_: Any) -> None:
    one = operation(Parameter("id", "id", "path", type_, required=True), path="/orders/{id}")
    assert "id" in violations(one, id=value if type_ is str else [value])


def test_an_empty_array_cannot_stand_in_a_path() -> None:
    one = operation(Parameter("id", "id", "path", list[str], required=True), path="/orders/{id}")
    assert "id" in violations(one, id=[])


@given(text=st.text(min_size=1, max_size=12).filter(lambda text: text not in {".", ".."}))
def test_a_path_parameter_stays_one_segment(text: str) -> None:
    one = operation(
        Parameter("id", "id", "path", str, required=True),
        Parameter("other", "other", "path", str, required=True),
        path="/orders/{id}/{other}",
    )
    path = built(one, id=text, other="{id}").url.removeprefix("http://localhost/v1")
    assert path.count("/") == 3
    assert not set(path) & set("?# ")
    assert path.endswith("/%7Bid%7D")


def test_a_fresh_idempotency_key_is_made_for_each_call() -> None:
    one = operation(Parameter("Key", "key", "header", str, idempotency_key=True))
    first, second = (built(one).headers["Key"] for _ in range(2))
    assert first != second
    assert UUID(first).version == 4
    assert built(one, key="mine").headers["Key"] == "mine"


def test_a_json_parameter() -> None:
    one = operation(
        Parameter("filter", "filter", "query", Line, style="form", json=True),
        Parameter("X-Filter", "x", "header", Line, json=True),
    )
    found = built(one, filter=Line(article="a&b", price=Decimal("1.10")), x={"article": "abc"})
    assert found.url.endswith("?filter=%7B%22article%22%3A%22a%26b%22%2C%22price%22%3A1.10%7D")
    assert json.loads(found.headers["X-Filter"]) == {"article": "abc"}
    assert set(violations(one, filter={"article": "long"})) == {"filter.article"}


FORM = Body("application/x-www-form-urlencoded", Form, required=True)


def test_a_form() -> None:
    body = {"name": "a b&c=ü", "seats": [1, 2], "day": "2026-11-21", "price": Decimal("1.10"), "member": True}
    found = built(operation(body=FORM), body)
    assert found.content == b"name=a%20b%26c%3D%C3%BC&seats=1&seats=2&day=2026-11-21&price=1.10&member=true"
    assert found.headers["Content-Type"] == "application/x-www-form-urlencoded"


def form(media_type: str, encoding: Encoding) -> Operation[object]:
    return operation(body=Body(media_type, dict[str, Any], encoding=(encoding,)))


@pytest.mark.parametrize(
    ("encoding", "value", "content"),
    [
        (Encoding("a"), None, ""),
        (Encoding("a", media_type="application/json"), None, ""),
        (Encoding("a", media_type="application/a+json; v=1"), "b", "a=%22b%22"),
        (Encoding("a", media_type="text/json"), {"b": 1}, "a=%7B%22b%22%3A1%7D"),
        (Encoding("a", style="form"), None, ""),
        (Encoding("a", style="form"), "b/c:d", "a=b%2Fc%3Ad"),
        (Encoding("a", style="form", explode=True, reserved=True), ["b/c:d&e", "f,g"], "a=b/c:d%26e&a=f,g"),
        (Encoding("a", style="pipeDelimited"), ["b", "c d"], "a=b%7Cc%20d"),
    ],
)
def test_a_field_that_is_written_in_its_own_way(encoding: Encoding, value: object, content: str) -> None:
    found = built(form("application/x-www-form-urlencoded", encoding), {"a": value})
    assert found.content == content.encode()


@pytest.mark.parametrize(
    ("media_type", "encoding", "value"),
    [
        ("application/x-www-form-urlencoded", Encoding("a", style="spaceDelimited"), ["x", "y z"]),
        ("application/x-www-form-urlencoded", Encoding("a", style="form", reserved=True), ["x", "y,z"]),
        ("multipart/form-data", Encoding("a", style="form"), ["x", "y,z"]),
        ("multipart/form-data", Encoding("a", style="pipeDelimited"), ["x", "y|z"]),
    ],
)
def test_a_field_that_holds_what_stands_between_its_parts_is_refused(
    media_type: str, encoding: Encoding, value: object
) -> None:
    assert "within a part" in violations(form(media_type, encoding), {"a": value})["a"]


@pytest.mark.parametrize("value", [{"x": ["y"]}, [{"x": "y"}], [["x"]]])
def test_values_that_have_no_form_are_refused_rather_than_sent_as_python_writes_them(value: object) -> None:
    one = operation(Parameter("q", "q", "query", Any, style="form", explode=True))
    try:
        url = built(one, q=value).url
    except RequestValidationError:
        return
    assert "%27" not in url


def test_text_and_bytes() -> None:
    assert built(operation(body=Body("text/plain", str)), "grüße").content == "grüße".encode()
    assert built(operation(body=Body("image/png", bytes)), b"\x00\xff").content == b"\x00\xff"
    assert built(operation(body=Body("image/png", bytes)), bytearray(b"x")).content == b"x"


def test_what_is_accepted_is_what_is_described() -> None:
    responses = (Response("200", "application/json", str), Response("400", "text/plain", str), Response("204"))
    one: Operation[object] = Operation("placeOrder", "GET", "/", responses=(*responses, responses[0]))
    assert built(one).headers["Accept"] == "application/json, text/plain"


def test_a_request_shows_neither_its_address_nor_its_headers() -> None:
    assert repr(Request("GET", BASE, "/?key=s3cret", {"Authorization": "s3cret"}, b"s3cret")) == "Request('GET')"


# -- options, keys and credentials -----------------------------------------------------------------------------------

KEY = Parameter("Key", "key", "header", Annotated[str, Field(min_length=1, max_length=9)], idempotency_key=True)
TRACK = Parameter("Track", "track", "header", Annotated[str, Field(max_length=3)], correlation_id=True)


def drafted(one: Operation[object], options: Options, body: object = None, **arguments: object) -> Draft:
    return draft(one, arguments, body, Settings(user_agent="agent/1").changed(options))


def test_headers_of_the_options_go_with_every_call() -> None:
    found = drafted(operation(TRACK), {"headers": {"X-Own": "x", "User-Agent": "mine/1"}})
    assert found.headers == {"User-Agent": "mine/1", "Accept": "*/*", "Accept-Encoding": "gzip", "X-Own": "x"}
    assert drafted(operation(body=JSON), {"headers": {"X-Own": "x"}}, {"mail": "m"}).headers["X-Own"] == "x"


def test_a_header_that_is_a_parameter_is_checked_and_gives_way_to_an_argument() -> None:
    found = drafted(operation(TRACK), {"headers": {"tRACK": "a"}})
    assert (found.track_id, found.headers.get("Track"), "tRACK" in found.headers) == ("a", "a", False)
    found = drafted(operation(TRACK), {"headers": {"tRACK": "a"}}, track="b")
    assert (found.track_id, [value for name, value in found.headers.items() if name.lower() == "track"]) == ("b", ["b"])
    with pytest.raises(RequestValidationError, match="Track"):
        drafted(operation(TRACK), {"headers": {"track": "long"}})


def test_no_key_can_be_set_for_all_calls() -> None:
    with pytest.raises(ConfigurationError, match="a key of its own"):
        drafted(operation(KEY), {"headers": {"key": "k"}})
    assert drafted(operation(TRACK), {"headers": {"key": "k"}}).headers["key"] == "k"


def constant(value: object) -> Any:
    return lambda: value


def test_a_key_that_is_made_is_checked_like_one_that_is_given() -> None:
    assert drafted(operation(KEY), {"make_key": lambda: "made"}).idempotency_key == "made"
    assert drafted(operation(KEY), {"make_key": lambda: "made"}, key="mine").idempotency_key == "mine"
    for wrong in (None, 5, b"k"):
        with pytest.raises(ConfigurationError, match="must return a string"):
            drafted(operation(KEY), {"make_key": constant(wrong)})
    with pytest.raises(ConfigurationError, match="make_key= failed: ZeroDivisionError"):
        drafted(operation(KEY), {"make_key": lambda: str(1 // 0)})
    for rubbish in ("", "x" * 10, "a\nb"):
        with pytest.raises(RequestValidationError, match="Key"):
            drafted(operation(KEY), {"make_key": constant(rubbish)})


def of_body(body: bytes) -> str:
    return f"{len(body)}-{body[:1].decode()}"


class OfBody:
    def __call__(self, body: bytes) -> str:
        return of_body(body)

    def bound(self, body: bytes, /, first: str = "{") -> str:
        return f"{len(body)}-{first if body else ''}"


@pytest.mark.parametrize(
    "make", [of_body, OfBody(), OfBody().bound, lambda body, *_, **__: of_body(body), partial(of_body)]
)
def test_a_key_can_follow_from_the_body(make: Any) -> None:
    added = operation(KEY, body=JSON)
    assert drafted(added, {"make_key": make}, {"mail": "m"}).idempotency_key == "12-{"
    assert drafted(added, {"make_key": make, "compress_above": 0}, {"mail": "m"}).idempotency_key == "12-{"
    assert drafted(added, {"make_key": make}, {"mail": "m"}, key="mine").idempotency_key == "mine"
    assert drafted(operation(KEY), {"make_key": make}).idempotency_key == "0-"


def test_of_a_body_that_is_not_sent_no_key_is_made() -> None:
    seen: list[bytes] = []

    def make(body: bytes) -> str:
        seen.append(body)
        return "a\nb"

    added = operation(KEY, TRACK, body=JSON)
    with pytest.raises(RequestValidationError) as caught:
        drafted(added, {"make_key": make}, {"mail": 3}, track="long")
    assert ({one.path for one in caught.value.violations}, seen) == ({"mail", "Track"}, [])
    with pytest.raises(RequestValidationError) as caught:
        drafted(added, {"make_key": make}, {"mail": "m"})
    assert ([one.path for one in caught.value.violations], seen) == (["Key"], [b'{"mail":"m"}'])


@pytest.mark.parametrize("make", [lambda key="made": key, lambda *_: "made", lambda **_: "made"])
def test_what_needs_no_argument_gets_none(make: Any) -> None:
    assert drafted(operation(KEY, body=JSON), {"make_key": make}, {"mail": "m"}).idempotency_key == "made"


LASTING = structs.replace(KEY, form=str, lifetime=60)


def test_keys_of_the_caller_are_told_from_random_ones() -> None:
    assert drafted(operation(LASTING), {}, key="k").what
    assert drafted(operation(LASTING), {"make_key": lambda: "k"}).what
    assert not drafted(operation(LASTING), {}).what
    assert not drafted(operation(KEY), {}, key="k").what
    assert not drafted(operation(), {}).what


def test_what_is_asked_for_has_a_fingerprint() -> None:
    added, other = operation(LASTING, body=JSON), operation(LASTING, body=JSON, path="/other")
    first = drafted(added, {}, {"mail": "m"}, key="a").what
    assert drafted(added, {"compress_above": 0, "headers": {"X": "y"}}, {"mail": "m"}, key="b").what == first
    assert (
        len({first, drafted(added, {}, {"mail": "n"}, key="a").what, drafted(other, {}, {"mail": "m"}, key="a").what})
        == 3
    )


def test_the_key_of_an_attempt_takes_the_place_of_the_first() -> None:
    found = drafted(operation(KEY), {}, key="k")
    assert found.signed(BASE, Signature(), ("Key", "k~2")).headers["Key"] == "k~2"
    assert found.signed(BASE, Signature(), None).headers["Key"] == "k"
    assert found.headers["Key"] == "k"


def test_a_body_is_compressed_only_where_the_server_takes_that() -> None:
    packable = Body("application/json", Order, required=True, gzip=True)
    for body, above, packed in ((packable, 0, True), (packable, None, False), (packable, 99, False), (JSON, 0, False)):
        found = drafted(operation(body=body), {"compress_above": above}, {"mail": "m"})
        assert found.headers.get("Content-Encoding") == ("gzip" if packed else None)
        content = found.content or b""
        assert (gzip.decompress(content) if packed else content) == b'{"mail":"m"}'
    assert (
        "Content-Encoding" not in drafted(operation(body=Body("a/b", Order, gzip=True)), {"compress_above": 0}).headers
    )


def test_a_draft_does_not_change_with_what_it_was_made_of() -> None:
    lines = [Line(article="a")]
    order = Order(mail="m", lines=lines)
    found = drafted(operation(body=JSON), {}, order)
    lines[0].article = "b"
    order.mail = "changed"
    assert found.content == b'{"mail":"m","lines":[{"article":"a"}]}'
    assert isinstance(found.body, HasFields)
    assert same_json(found.body, {"mail": "m", "lines": [{"article": "a"}]})


def test_a_draft_of_what_was_changed_does_not_change_either() -> None:
    lines = [Line(article="a")]
    order = Order(mail="m", lines=lines)
    lines[0].article = "b"
    found = drafted(operation(body=JSON), {}, order)
    lines[0].article = "c"
    order.mail = "changed"
    assert found.content == b'{"mail":"m","lines":[{"article":"b"}]}'
    assert isinstance(found.body, HasFields)
    assert same_json(found.body, {"mail": "m", "lines": [{"article": "b"}]})


def test_neither_a_draft_nor_a_request_shows_what_is_in_it_or_is_pickled() -> None:
    found = drafted(operation(TRACK), {"headers": {"X-Own": "s3cret"}})
    request = found.signed(BASE, Signature({"Authorization": Secret("s3cret")}, {"key": Secret("s3cret")}), None)
    assert "s3cret" not in f"{found!r} {found} {request!r} {request}"
    assert request.target.endswith("?key=s3cret")
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(request)
