"""Servers of single operations: which address is called, by that of the client."""

from __future__ import annotations

import pytest

from generator.runtime.address import parse
from generator.runtime.servers import server_of

KNOWN = ("https://api.example/v1", "https://api.test/v1")


@pytest.mark.parametrize(
    ("base", "own", "called"),
    [
        ("https://api.example/v1", (), "https://api.example/v1"),
        ("https://api.example/v1", ("https://upload.example",), "https://upload.example"),
        ("https://API.example:443/v1/", ("https://upload.example/",), "https://upload.example"),
        ("https://api.test/v1", ("https://a.example", "https://b.example"), "https://a.example"),
        # Whoever calls a server of his own calls no other host.
        ("http://localhost:8080", ("https://upload.example",), "http://localhost:8080"),
        ("http://localhost:8080", ("//upload.example",), "http://localhost:8080"),
        ("https://api.example", ("https://upload.example",), "https://api.example"),
        ("http://api.example/v1", ("https://upload.example",), "http://api.example/v1"),
        # One of the operation's servers is as good as the first.
        ("https://b.example", ("https://a.example", "https://b.example"), "https://b.example"),
        # What is relative is on the client's host.
        ("https://api.example/v1", ("/v2",), "https://api.example/v2"),
        ("http://localhost:8080/v1", ("/v2/",), "http://localhost:8080/v2"),
        ("http://localhost:8080/v1", ("/",), "http://localhost:8080"),
        ("http://localhost:8080/v1", ("labs",), "http://localhost:8080/v1/labs"),
        ("http://localhost:8080/v1", ("../labs",), "http://localhost:8080/labs"),
        ("http://localhost:8080/v1", ("../../../labs",), "http://localhost:8080/labs"),
        ("https://api.example/v1", ("//upload.example/x",), "https://upload.example/x"),
        ("https://[::1]:81/v1", ("/v2",), "https://[::1]:81/v2"),
    ],
)
def test_what_is_called(base: str, own: tuple[str, ...], called: str) -> None:
    assert str(server_of(parse(base), own, KNOWN)) == called
