"""Forms of several parts, read back by the standard library."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from generator.runtime.multipart import multipart


def read(fields: dict[str, object], media_types: dict[str, str] | None = None) -> list[Message]:
    body, media_type = multipart(fields, media_types or {})
    message = message_from_bytes(f"Content-Type: {media_type}\r\n\r\n".encode() + body)
    parts = message.get_payload()
    assert isinstance(parts, list)
    return [part for part in parts if isinstance(part, Message)]


def told(part: Message) -> tuple[object, object, str, object]:
    header = "content-disposition"
    return (
        part.get_param("name", header=header),
        part.get_filename(),
        part.get_content_type(),
        part.get_payload(decode=True),
    )


def test_each_kind_of_value() -> None:
    parts = read({"a": "x", "b": 5, "c": True, "d": b"\x00\r\n--", "e": {"f": [1]}, "g": None, "h": ["1", b"2"]})
    assert list(map(told, parts)) == [
        ("a", None, "text/plain", b"x"),
        ("b", None, "text/plain", b"5"),
        ("c", None, "text/plain", b"true"),
        ("d", "d", "application/octet-stream", b"\x00\r\n--"),
        ("e", None, "application/json", b'{"f":[1]}'),
        ("h", None, "text/plain", b"1"),
        ("h", "h", "application/octet-stream", b"2"),
    ]


def test_media_types_that_the_description_names() -> None:
    kinds = {"a": "image/png", "b": "application/xml", "c": "application/vnd.x+json"}
    parts = read({"a": b"1", "b": "<b/>", "c": {}}, kinds)
    assert [part.get_content_type() for part in parts] == list(kinds.values())


def test_a_name_cannot_end_its_header() -> None:
    body, _ = multipart({'a"\r\nX-Evil: 1': b"x"}, {})
    assert b'name="a%22%0D%0AX-Evil: 1"; filename="a%22%0D%0AX-Evil: 1"\r\n' in body


def test_the_same_fields_give_the_same_bytes() -> None:
    assert multipart({"a": b"x"}, {}) == multipart({"a": b"x"}, {})
    assert multipart({"a": b"x"}, {})[1] != multipart({"a": b"y"}, {})[1]


def test_a_form_without_fields_ends() -> None:
    body, media_type = multipart({}, {})
    assert body == f"--{media_type.partition('boundary=')[2]}--\r\n".encode()
