"""Forms of parts, read again by the standard library."""

from __future__ import annotations

import json
from decimal import Decimal
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.files import File
from generator.runtime.multipart import multipart
from generator.runtime.operation import Encoding

if TYPE_CHECKING:
    from generator.runtime.operation import Style


def parts(media_type: str, body: bytes) -> list[tuple[str | None, str | None, str | None, bytes]]:
    """Name, name of the file, media type and content of each part."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {media_type}\r\n\r\n".encode() + body)
    found = []
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name, filename = (part.get_param(word, header="content-disposition") for word in ("name", "filename"))
        assert name is None or isinstance(name, str)
        assert filename is None or isinstance(filename, str)
        found.append((name, filename, part["content-type"], content))
    return found


@pytest.mark.parametrize(
    ("value", "media_type", "expected"),
    [
        ("a b", None, [(None, None, b"a b")]),
        (True, None, [(None, None, b"true")]),
        (Decimal("1.50"), None, [(None, None, b"1.50")]),
        (None, None, []),
        (["a", None, 1], None, [(None, None, b"a"), (None, None, b"1")]),
        ({"a": 1}, None, [(None, "application/json", b'{"a":1}')]),
        ([{"a": 1}, {}], None, [(None, "application/json", b'{"a":1}'), (None, "application/json", b"{}")]),
        ({"a": 1}, "application/x+json", [(None, "application/x+json", b'{"a":1}')]),
        ({"a": 1}, "application/xml", [(None, "application/json", b'{"a":1}')]),
        ("a", "application/json", [(None, "application/json", b'"a"')]),
        ("a", "application/a+json; v=1", [(None, 'application/a+json; v="1"', b'"a"')]),
        ("a", "text/csv", [(None, "text/csv", b"a")]),
        (File(b"\x00\r\n--", "f"), None, [("f", "application/octet-stream", b"\x00\r\n--")]),
        (File(b"x", "f"), "image/png", [("f", "image/png", b"x")]),
        (File(b"x", "f", "image/gif"), "image/png", [("f", "image/gif", b"x")]),
        (
            [File(b"x", "f"), File(b"y", "g")],
            None,
            [("f", "application/octet-stream", b"x"), ("g", "application/octet-stream", b"y")],
        ),
    ],
)
def test_parts(value: object, media_type: str | None, expected: list[tuple[str | None, str | None, bytes]]) -> None:
    made = multipart({"field": value}, {} if media_type is None else {"field": Encoding("field", media_type)})
    assert parts(*made) == [("field", *one) for one in expected]


@pytest.mark.parametrize(
    ("value", "style", "explode", "expected"),
    [
        ("a b/c", "form", True, [("field", b"a b/c")]),
        (["a", None, "b c"], "form", True, [("field", b"a"), ("field", b"b c")]),
        (["a", None, "b c"], "form", False, [("field", b"a,b c")]),
        (["a", "b,c"], "spaceDelimited", False, [("field", b"a b,c")]),
        (["a", "b"], "pipeDelimited", False, [("field", b"a|b")]),
        ({"a": 1, "b/c": Decimal("1.50")}, "form", True, [("a", b"1"), ("b/c", b"1.50")]),
        ({"a": 1, "b": True}, "form", False, [("field", b"a,1,b,true")]),
        ({"a": 1, "b": {"c": ["d e"]}}, "deepObject", False, [("field[a]", b"1"), ("field[b][c][0]", b"d e")]),
        (None, "form", False, []),
    ],
)
def test_styles(value: object, style: Style, explode: bool, expected: list[tuple[str, bytes]]) -> None:
    made = multipart({"field": value}, {"field": Encoding("field", style=style, explode=explode)})
    assert parts(*made) == [(name, None, None, content) for name, content in expected]


def test_names_cannot_end_their_line() -> None:
    _, body = multipart({'a"\r\nX: y': File(b"", 'b"\r\nX: y')}, {})
    head = body.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert head[1:] == [
        b'Content-Disposition: form-data; name="a%22%0D%0AX: y"; filename="b%22%0D%0AX: y"',
        b"Content-Type: application/octet-stream",
    ]


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.binary(max_size=30), max_size=4))
def test_what_goes_in_comes_out_and_is_the_same_each_time(fields: dict[str, bytes]) -> None:
    made = multipart({name: File(content) for name, content in fields.items()}, {})
    assert {name: content for name, _, _, content in parts(*made)} == fields
    assert made == multipart({name: File(content) for name, content in fields.items()}, {})


def test_an_empty_form_is_a_form() -> None:
    media_type, body = multipart({}, {})
    assert parts(media_type, body) == []
    assert json.dumps(body.decode()).endswith('--\\r\\n"')
