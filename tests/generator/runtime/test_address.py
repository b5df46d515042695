"""Base URLs are taken apart once, lead nowhere else, and are not shown where they are refused."""

from __future__ import annotations

import traceback
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.runtime.address import Address, parse, quoted

HOSTS = st.one_of(
    st.from_regex(r"[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?){0,3}", fullmatch=True),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda address: f"[{address}]"),
)
PATHS = st.text(st.characters(exclude_characters="?#", exclude_categories=["C", "Z"]), max_size=12)


@pytest.mark.parametrize(
    ("url", "address", "written"),
    [
        ("https://h", Address("https", "h", 443, ""), "https://h"),
        ("HTTP://H.Example/", Address("http", "h.example", 80, ""), "http://h.example"),
        ("https://h:443/v1//", Address("https", "h", 443, "/v1"), "https://h/v1"),
        ("http://h:443/v1/", Address("http", "h", 443, "/v1"), "http://h:443/v1"),
        ("http://h:/x", Address("http", "h", 80, "/x"), "http://h/x"),
        ("http://[::1]:8080/x", Address("http", "::1", 8080, "/x"), "http://[::1]:8080/x"),
        ("http://[0:0::1]", Address("http", "::1", 80, ""), "http://[::1]"),
        ("http://bücher.example/ü b", Address("http", "xn--bcher-kva.example", 80, "/%C3%BC%20b"), None),
        ("http://my_host.local./a%20b", Address("http", "my_host.local.", 80, "/a%20b"), None),
    ],
)
def test_a_base_url_is_taken_apart(url: str, address: Address, written: str | None) -> None:
    assert parse(url) == address
    assert written in (None, str(address))


REFUSED = [
    *("", "h", "//h", "ftp://h", "http:h", "http://", "http:///x", "https//h", "http://?", "http://:80"),
    *("http://h:0", "http://h:65536", "http://h:-1", "http://h:+80", "http://h:8 0", "http://h:\uff18\uff10"),
    *("http://[::1", "http://::1", "http://[::1]x", "http://[::1%25eth0]", "http://[v1.x]", "http://[h]"),
    *("http://a b", "http://a\\b", "http://h%2fb", "http://a..b", "http://.a", "http://a,b", "http://a\x7fb"),
    *("http://h?", "http://h#", "http://h/?x=1", "http://h/x#y", " http://h", "http://h ", "http://h\n", "http://h/\t"),
    *("http://user:hunter2@h", "http://user@h", "http://@h", "http://h\\@evil.example/"),
    *("http://fa\xdf.example", "http://a\u200db.example", "http://\u2100.example", f"http://{'a' * 64}.example"),
]
"""No address, or one of which it is open where it leads."""


@pytest.mark.parametrize("url", [*REFUSED, None, 3, b"http://h"])
def test_what_is_no_base_url_is_refused(url: object) -> None:
    with pytest.raises(ValueError, match=r"^(must|is no|names)"):
        parse(url)


@pytest.mark.parametrize("secret", ["hunter2", "hunter2\u2100", "hunter2\u200d"])
@pytest.mark.parametrize(
    "form", ["http://u:{}", "http://u:{}@h", "http://u:{}@[", "http://{}\u2100/", "ftp://{}", "{}"]
)
def test_what_is_refused_is_not_shown(form: str, secret: str) -> None:
    with pytest.raises(ValueError, match=r"^(must|is no|names)") as caught:
        parse(form.format(secret))
    assert "hunter2" not in "".join(traceback.format_exception_only(caught.value))
    assert caught.value.__context__ is None


@given(st.text())
@example("http://u:hunter2@h")
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        found = parse(text)
    except ValueError:
        return
    assert parse(str(found)) == found


@given(HOSTS, st.integers(1, 65535), PATHS)
def test_the_host_is_the_one_that_is_named(host: str, port: int, path: str) -> None:
    found = parse(f"http://{host}:{port}/{path}")
    assert (found.host, found.port) == (host.strip("[]"), port)
    assert parse(str(found)) == found


@given(HOSTS, PATHS, st.booleans())
def test_a_relative_url_stays_on_its_host_and_below_its_path(host: str, path: str, slash: bool) -> None:
    base = parse(f"https://{host}/v1")
    if "://" in path:
        return
    found = base.to("/" * slash + path)
    assert (found.scheme, found.host, found.port) == (base.scheme, base.host, base.port)
    assert found.path.startswith("/v1/")


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("/oauth/token", "https://h/v1/oauth/token"),
        ("oauth/token", "https://h/v1/oauth/token"),
        ("/oauth/token/", "https://h/v1/oauth/token/"),
        ("/token?next=https://x", "https://h/v1/token?next=https://x"),
        ("//evil.example/token", "https://h/v1/evil.example/token"),
        ("https://login.example/token", "https://login.example/token"),
        ("https://login.example/token/", "https://login.example/token/"),
        ("https://login.example:8443/token?tenant=a b", "https://login.example:8443/token?tenant=a%20b"),
    ],
)
def test_where_a_url_of_the_description_leads(url: str, written: str) -> None:
    assert str(parse("https://h/v1/").to(url)) == written


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_quoting_twice_changes_nothing_and_loses_nothing(text: str) -> None:
    once = quoted(text)
    assert quoted(once) == once
    assert once.isascii()
    assert not set(once) & set(' "<>\\^`{|}')
    assert unquote_to_bytes(once) == unquote_to_bytes(text.encode())
