"""Bodies: kinds, encodings, sizes, bombs, and what is no JSON."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuora_invoices._runtime.codec import encode
from zuora_invoices._runtime.compression import compressed
from zuora_invoices_sandbox.gates.body import MAX_BODY, MAX_DEPTH, MAX_TEXT, read
from zuora_invoices_sandbox.messages import Headers, Request
from zuora_invoices_sandbox.refusal import Refused

JSON = ("Content-Type", "application/json")
GZIP = ("Content-Encoding", "gzip")


def request(body: bytes, *headers: tuple[str, str]) -> Request:
    return Request("POST", "/v1/invoices", headers=Headers(headers or (JSON,)), body=body)


def refused(one: Request) -> tuple[int, int, str]:
    """Status, code and message."""
    with pytest.raises(Refused) as caught:
        read(one)
    (found,) = caught.value.reasons
    return caught.value.status, found.code, found.message


@pytest.mark.parametrize(
    "kind",
    [
        *("application/json", "Application/JSON", "application/json;charset=utf-8", "application/json ; charset=UTF-8"),
        *(
            'application/json;charset="utf-8"',
            "application/json; charset=utf8",
            "application/json;v=1",
            "application/json;",
        ),
    ],
)
def test_json_is_read(kind: str) -> None:
    assert read(request(b' {"a": [1, 1.50]} ', ("content-type", kind))) == {"a": [1, Decimal("1.50")]}


@pytest.mark.parametrize(
    "kind",
    [
        *("", "text/plain", "application/x-www-form-urlencoded", "application/jsonl", "application/vnd.x+json"),
        *("application/json, application/json", "*/*", "application/json;charset=latin-1", "application/json;charset="),
    ],
)
def test_another_kind_of_body(kind: str) -> None:
    with pytest.raises(Refused) as caught:
        read(request(b"{}", ("Content-Type", kind)))
    assert (caught.value.status, caught.value.headers) == (415, (("Accept", "application/json"),))
    assert [one.code for one in caught.value.reasons] == [50000020]


def test_a_body_without_a_kind() -> None:
    assert refused(request(b"{}", ("Accept", "*/*")))[0] == 415


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "zstd", "", "*"])
def test_another_encoding(coding: str) -> None:
    with pytest.raises(Refused) as caught:
        read(request(gzip.compress(b"{}"), JSON, ("Content-Encoding", coding)))
    assert (caught.value.status, caught.value.headers) == (415, (("Accept-Encoding", "gzip, identity"),))


@pytest.mark.parametrize("coding", ["gzip", "GZIP", " x-gzip "])
def test_gzip(coding: str) -> None:
    assert read(request(gzip.compress(b'{"a":1}'), JSON, ("Content-Encoding", coding))) == {"a": 1}
    assert read(request(compressed(b'{"a":1}'), JSON, ("Content-Encoding", coding))) == {"a": 1}


def test_identity() -> None:
    assert read(request(b"{}", JSON, ("Content-Encoding", "identity"))) == {}


NAMED = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64) | NAMED,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMED, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(NAMED, VALUES), st.booleans())
def test_what_goes_in_comes_out(value: dict[str, object], packed: bool) -> None:
    text = encode(value)
    assert read(request(gzip.compress(text), JSON, GZIP) if packed else request(text)) == value


@given(st.binary() | st.binary().map(gzip.compress) | st.binary().map(lambda one: gzip.compress(b"{}") + one))
def test_anything_else_is_refused(body: bytes) -> None:
    for one in (request(body), request(body, JSON, GZIP)):
        outcome: object = None
        try:
            outcome = read(one)
        except Refused as refusal:
            outcome = refusal.status
        assert outcome == 400 or isinstance(outcome, dict)


PACKED = gzip.compress(b'{"a": "some text that is worth it"}')


@pytest.mark.parametrize("end", range(len(PACKED)))
def test_gzip_that_ends_early(end: int) -> None:
    status, code, _ = refused(request(PACKED[:end], JSON, GZIP))
    assert (status, code) == (400, 90000090)


@pytest.mark.parametrize(
    "body",
    [
        *(b"{}", b"", PACKED + b"x", PACKED + b"\0", PACKED + PACKED, PACKED[:-8] + b"\0" * 8, zlib.compress(b"{}")),
        PACKED[:12] + b"\xff\xff" + PACKED[14:],
    ],
    ids=range(8),
)
def test_gzip_that_is_broken(body: bytes) -> None:
    status, code, message = refused(request(body, JSON, GZIP))
    assert (status, code) == (400, 90000090)
    assert "gzip" in message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the body is empty"),
        (b" \n", "the body is empty"),
        (b"\xef\xbb\xbf{}", "the body is no JSON: it begins with a byte order mark"),
        (b'{"a": "\xff"}', "the body is no UTF-8 (byte 7)"),
        ("{}".encode("utf-16"), "the body is no UTF-8 (byte 0)"),
        (b'{"a": 1,}', "the body is no JSON: JSON is malformed: trailing comma in object (byte 8)"),
        (b'{"a": 1} {}', "the body is no JSON: JSON is malformed: trailing characters (byte 10)"),
        (b'{"a": NaN}', "the body is no JSON: JSON is malformed: invalid character (byte 6)"),
        (b"[]", "the body must be a JSON object"),
        (b'"x"', "the body must be a JSON object"),
        (b"null", "the body must be a JSON object"),
    ],
)
def test_what_is_no_json_object(body: bytes, message: str) -> None:
    assert refused(request(body)) == (400, 90000090, message)


@pytest.mark.parametrize(
    "body",
    [
        *(
            b'{"a": Infinity}',
            b'{"a": -}',
            b'{"a": 01}',
            b'{"a": .5}',
            b'{"a": "\\ud800"}',
            b"{'a': 1}",
            b'{"a": "\n"}',
        ),
        *(b'{"a": ' + b"9" * 100_000 + b"}", b'{"a": 1e' + b"9" * 30 + b"}", b'{"a": 1', b"{}\0", b"{1: 2}"),
    ],
    ids=range(12),
)
def test_more_that_is_no_json(body: bytes) -> None:
    assert refused(request(body))[:2] == (400, 90000090)


def test_a_number_that_is_costly_to_write_out_is_read_as_it_is() -> None:
    assert read(request(b'{"a": 1e999999999}')) == {"a": Decimal("1e999999999")}


def test_of_a_name_that_is_given_twice_the_last_one_counts() -> None:
    assert read(request(b'{"a": 1, "a": 2}')) == {"a": 2}


@pytest.mark.parametrize(("opened", "closed"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_depth(opened: bytes, closed: bytes) -> None:
    inner = MAX_DEPTH - 1
    read(request(b'{"x__c": ' + opened * inner + b"1" + closed * inner + b"}"))
    deep = b'{"x__c": ' + opened * MAX_DEPTH + b"1" + closed * MAX_DEPTH + b"}"
    assert refused(request(deep)) == (400, 90000090, f"the body is nested deeper than {MAX_DEPTH} levels")
    for levels in (1_000, 1_000_000):
        assert refused(request(b'{"a":' + opened * levels))[:2] == (400, 90000090)
        assert refused(request(b'{"a":' + opened * levels + b"1" + closed * levels + b"}"))[:2] == (400, 90000090)


def of_size(length: int) -> bytes:
    return b'{"a":"' + b"x" * (length - 8) + b'"}'


def test_size() -> None:
    assert read(request(of_size(MAX_BODY)))
    assert refused(request(of_size(MAX_BODY + 1))) == (413, 90000090, f"the body has more than {MAX_BODY} bytes")
    assert read(request(gzip.compress(of_size(MAX_TEXT), 1), JSON, GZIP))
    packed = gzip.compress(of_size(MAX_TEXT + 1), 1)
    assert refused(request(packed, JSON, GZIP)) == (413, 90000090, f"the body unpacks to more than {MAX_TEXT} bytes")


def test_a_bomb_takes_no_more_memory_than_the_limit() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(2**20)
    bomb = b"".join(packer.compress(zeros) for _ in range(100)) + packer.flush()
    assert len(bomb) < 2**17
    tracemalloc.start()
    try:
        assert refused(request(bomb, JSON, GZIP))[0] == 413
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2.5 * MAX_TEXT  # zlib fills blocks, which are then put together


def test_nothing_of_a_body_is_in_a_message() -> None:
    secret = json.dumps({"password": "hunter2"})[:-1].encode()
    assert "hunter2" not in refused(request(secret))[2]
