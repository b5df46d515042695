"""Which proxy the environment names for an address."""

from __future__ import annotations

import os

import httpx2
import pytest

from generator.runtime import address
from generator.runtime.proxies import Proxies, Proxy
from generator.runtime.secret import Secret


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


def found(url: str) -> Proxy | None:
    return Proxies().of(address.parse(url))


def test_without_any_there_is_none() -> None:
    assert found("http://h") is None


@pytest.mark.parametrize(
    ("variables", "url", "expected"),
    [
        ({"HTTP_PROXY": "http://a"}, "http://h", ("HTTP_PROXY", "http://a")),
        ({"HTTP_PROXY": "http://a"}, "https://h", None),
        ({"HTTPS_PROXY": "http://a"}, "http://h", None),
        ({"HTTPS_PROXY": "a:3128"}, "https://h", ("HTTPS_PROXY", "http://a:3128")),
        ({"ALL_PROXY": "socks://a"}, "https://h", ("ALL_PROXY", "socks://a")),
        ({"ALL_PROXY": "socks://a", "https_proxy": "b"}, "https://h", ("https_proxy", "http://b")),
        ({"ALL_PROXY": "socks://a", "HTTPS_PROXY": ""}, "https://h", ("ALL_PROXY", "socks://a")),
        ({"All_Proxy": "socks://a"}, "https://h", ("All_Proxy", "socks://a")),
        ({"ALL_PROXY": "b", "all_proxy": "a"}, "http://h", ("all_proxy", "http://a")),
        ({"ALL_PROXY": "a", "all_proxy": "a"}, "http://h", ("all_proxy", "http://a")),
        ({"ALL_PROXY": "b", "all_proxy": ""}, "http://h", None),
        ({"HTTP_PROXY": "a", "REQUEST_METHOD": "GET"}, "http://h", None),  # it may be a header of a caller's
        ({"FTP_PROXY": "a", "APT_PROXY": "b"}, "http://h", None),
    ],
)
def test_a_proxy_is_told_with_the_variable_that_names_it(
    variables: dict[str, str], url: str, expected: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert found(url) == (expected and Proxy(expected[0], Secret(expected[1])))


URLS = (
    *("http://example.com", "https://example.com", "http://www.example.com", "https://a.b.example.com:8443"),
    *("http://badexample.com", "http://example.com.evil", "http://example.com:8080", "http://localhost:8080"),
    *("http://10.0.0.1", "https://10.1.2.3:8443", "http://11.0.0.1", "http://[::1]", "http://[::1]:8080"),
    *("http://[fe80::5]", "https://xn--bcher-kva.example"),
)
EXCEPTIONS = (
    *("", ",", "*", "x, * ,y", "example.com", "EXAMPLE.com", ".example.com", "*.example.com", " example.com ,other"),
    *("example.com:8080", ".example.com:8443", "*.example.com:8443", ":8080", "localhost", "10.0.0.1", "10.0.0.1:8080"),
    *("10.0.0.0/8", "10.0.0.7/8", "10.0.0.0/33", "10.0.0.0/", "0.0.0.0/0", "::/0", "::1", "[::1]", "[::1]:8080"),
    *("fe80::/10", "[fe80::]/10", "fe80::/200", "example.com/path", "http://example.com", "https://example.com"),
    *("http://", "https://", "all://example.com", "http://*.example.com", "http://*example.com", "http://10.0.0.0/8"),
    *("https://a.b.example.com:8443", "ftp://example.com", "http://[", "example.com:port", "["),
)


@pytest.mark.parametrize("exceptions", EXCEPTIONS)
def test_exceptions_are_read_as_httpx2_reads_them(exceptions: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://proxy")
    monkeypatch.setenv("NO_PROXY", exceptions)
    with httpx2.Client(verify=False) as client:  # which is quicker made
        theirs = {url: client._transport_for_url(httpx2.URL(url)) is not client._transport for url in URLS}
    assert {url: found(url) is not None for url in URLS} == theirs


@pytest.mark.parametrize(
    ("exception", "direct", "other"),
    [
        ("example.com:443", "https://example.com", "http://example.com"),
        ("xn--bcher-kva.example", "http://xn--bcher-kva.example", "http://xn--bcher-kva.example.com"),
    ],
)
def test_what_httpx2_does_not_see(exception: str, direct: str, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://proxy")
    monkeypatch.setenv("NO_PROXY", exception)
    assert found(direct) is None
    assert found(other) is not None


def test_a_proxy_does_not_show_its_password() -> None:
    assert repr(Proxy("ALL_PROXY", Secret("http://user:hunter2@h"))) == "Proxy(variable='ALL_PROXY', url='***')"


@pytest.mark.parametrize(
    ("url", "scheme"),
    [("SOCKS5://h", "socks5"), ("a+b-c.1://h", "a+b-c.1"), ("user:pass://h", ""), ("://h", ""), ("ü://h", "")],
)
def test_the_scheme_of_a_proxy(url: str, scheme: str) -> None:
    assert Proxy("ALL_PROXY", Secret(url)).scheme == scheme
